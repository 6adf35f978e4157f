// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// Cameras through Qt Multimedia.
#include <QCamera>
#include <QCameraDevice>
#include <QMediaCaptureSession>
#include <QMediaDevices>
#include <QVideoFrame>
#include <QVideoSink>

#include "video_source.h"

namespace galago::ui {
namespace {

class QtVideoSource final : public VideoSource {
 public:
  QtVideoSource() {
    connect(&m_devices, &QMediaDevices::videoInputsChanged, this, &VideoSource::camerasChanged);
    connect(&m_sink, &QVideoSink::videoFrameChanged, this, [this](const QVideoFrame& frame) {
      // Some backends send a frame without pixels when they begin or end.
      if (QImage image = frame.toImage(); !image.isNull()) emit frameReady(image);
    });
    m_session.setVideoSink(&m_sink);
  }

  ~QtVideoSource() override { stop(); }

  QtVideoSource(const QtVideoSource&) = delete;
  QtVideoSource& operator=(const QtVideoSource&) = delete;

  QList<Camera> cameras() const override {
    QList<Camera> found;
    for (const QCameraDevice& device : QMediaDevices::videoInputs())
      found.append({QString::fromUtf8(device.id()), device.description()});
    return found;
  }

  void start(const QString& id) override {
    stop();
    for (const QCameraDevice& device : QMediaDevices::videoInputs()) {
      if (QString::fromUtf8(device.id()) == id) m_camera = std::make_unique<QCamera>(device);
    }
    if (!m_camera) return emit failed(QString());
    connect(m_camera.get(), &QCamera::errorOccurred, this,
            [this](QCamera::Error error, const QString& reason) {
              if (error != QCamera::NoError) emit failed(reason);
            });
    m_session.setCamera(m_camera.get());
    m_camera->start();
  }

  void stop() override {
    if (!m_camera) return;
    m_camera->disconnect(this);
    m_camera->stop();
    m_session.setCamera(nullptr);
    m_camera.reset();
  }

 private:
  QMediaDevices m_devices;
  QVideoSink m_sink;
  QMediaCaptureSession m_session;
  std::unique_ptr<QCamera> m_camera;
};

}  // namespace

VideoSourceFactory cameraFactory() {
  return [] { return std::make_unique<QtVideoSource>(); };
}

}  // namespace galago::ui
