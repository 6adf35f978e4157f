// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// See fake_camera.h.
#include "fake_camera.h"

namespace galago {

class FakeCameras::Source final : public ui::VideoSource {
 public:
  explicit Source(FakeCameras& cameras) : m_cameras(cameras) { m_cameras.m_source = this; }

  ~Source() override { m_cameras.m_source = nullptr; }

  Source(const Source&) = delete;
  Source& operator=(const Source&) = delete;

  QList<Camera> cameras() const override {
    QList<Camera> found;
    for (const QString& name : m_cameras.names) found.append({name, name});
    return found;
  }

  void start(const QString& id) override {
    m_on = id;
    if (!m_cameras.failure.isEmpty()) emit failed(m_cameras.failure);
  }

  void stop() override { m_on.clear(); }

  QString m_on;

 private:
  FakeCameras& m_cameras;
};

ui::VideoSourceFactory FakeCameras::factory() {
  return [this] { return std::make_unique<Source>(*this); };
}

void FakeCameras::show(const QImage& frame) {
  if (m_source != nullptr && !m_source->m_on.isEmpty()) emit m_source->frameReady(frame);
}

void FakeCameras::fail(const QString& reason) {
  if (m_source != nullptr) emit m_source->failed(reason);
}

void FakeCameras::change(const QStringList& now) {
  names = now;
  if (m_source != nullptr) emit m_source->camerasChanged();
}

QString FakeCameras::current() const { return m_source != nullptr ? m_source->m_on : QString(); }

}  // namespace galago
