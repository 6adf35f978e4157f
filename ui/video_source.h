// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// Pictures that move: the cameras of this machine, or what stands in for them in tests. UI thread.
#pragma once

#include <QImage>
#include <QList>
#include <QObject>
#include <QString>
#include <functional>
#include <memory>

namespace galago::ui {

class VideoSource : public QObject {
  Q_OBJECT

 public:
  struct Camera {
    QString id;
    QString name;
  };

  using QObject::QObject;

  virtual QList<Camera> cameras() const = 0;
  /// Frames come from now on, or `failed`. What was on before is off.
  virtual void start(const QString& id) = 0;
  virtual void stop() = 0;

 signals:
  void camerasChanged();
  void frameReady(const QImage& frame);
  /// In the words of whoever drives the camera.
  void failed(const QString& reason);
};

/// Makes the source when it is first needed: looking for cameras takes a moment.
using VideoSourceFactory = std::function<std::unique_ptr<VideoSource>()>;

/// The cameras of this machine; empty: this build was made without Qt Multimedia.
VideoSourceFactory cameraFactory();

}  // namespace galago::ui
