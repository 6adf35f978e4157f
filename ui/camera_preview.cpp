// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// See camera_preview.h.
#include "camera_preview.h"

#include <QPainter>

namespace galago::ui {

CameraPreview::CameraPreview(QQuickItem* parent) : QQuickPaintedItem(parent) {}

void CameraPreview::setCamera(CameraViewModel* camera) {
  if (camera == m_camera) return;
  if (m_camera != nullptr) m_camera->disconnect(this);
  m_camera = camera;
  if (m_camera != nullptr)
    connect(m_camera, &CameraViewModel::frameChanged, this, [this] { update(); });
  emit cameraChanged();
}

void CameraPreview::paint(QPainter* painter) {
  const QImage frame = m_camera == nullptr ? QImage() : m_camera->frame();
  if (frame.isNull()) return;
  const QSizeF fitted = QSizeF(frame.size()).scaled(size(), Qt::KeepAspectRatio);
  const QPointF corner((width() - fitted.width()) / 2, (height() - fitted.height()) / 2);
  painter->setRenderHint(QPainter::SmoothPixmapTransform);
  painter->drawImage(QRectF(corner, fitted), frame);
}

}  // namespace galago::ui
