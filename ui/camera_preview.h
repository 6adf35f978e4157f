// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// Paints a camera's newest frame, as large as fits. Not VideoOutput: that needs a GPU, and Qt
// Multimedia in every build.
#pragma once

#include <QQuickPaintedItem>

#include "camera_view_model.h"

namespace galago::ui {

class CameraPreview : public QQuickPaintedItem {
  Q_OBJECT
  QML_ELEMENT
  Q_PROPERTY(
      galago::ui::CameraViewModel* camera READ camera WRITE setCamera NOTIFY cameraChanged REQUIRED)

 public:
  explicit CameraPreview(QQuickItem* parent = nullptr);

  CameraViewModel* camera() const { return m_camera; }

  void setCamera(CameraViewModel* camera);
  /// Render thread, while the UI thread waits.
  void paint(QPainter* painter) override;

 signals:
  void cameraChanged();

 private:
  CameraViewModel* m_camera = nullptr;
};

}  // namespace galago::ui
