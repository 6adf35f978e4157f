// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// See picture_drop_area.h.
#include "picture_drop_area.h"

#include <QMimeData>

#include "picture_mime.h"

namespace galago::ui {

PictureDropArea::PictureDropArea(QQuickItem* parent) : QQuickItem(parent) {
  setFlag(ItemAcceptsDrops);
}

void PictureDropArea::dragEnterEvent(QDragEnterEvent* event) {
  const bool accepted = mayHoldPictures(*event->mimeData());
  event->setAccepted(accepted);
  // Only ever copied: a file manager must not delete what was "moved" here.
  if (accepted) event->setDropAction(Qt::CopyAction);
  setHovered(accepted);
}

void PictureDropArea::dragMoveEvent(QDragMoveEvent* event) {
  event->setAccepted(m_hovered);
  if (m_hovered) event->setDropAction(Qt::CopyAction);
}

void PictureDropArea::dragLeaveEvent(QDragLeaveEvent* /*event*/) { setHovered(false); }

void PictureDropArea::dropEvent(QDropEvent* event) {
  setHovered(false);
  const bool taken = m_chat != nullptr && m_chat->attach(pictureSources(*event->mimeData()));
  event->setAccepted(taken);
  if (!taken) return;
  event->setDropAction(Qt::CopyAction);
  emit dropped();
}

void PictureDropArea::setHovered(bool hovered) {
  if (hovered == m_hovered) return;
  m_hovered = hovered;
  emit hoveredChanged();
}

}  // namespace galago::ui
