// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// See picture_drop_area.h.
#include "picture_drop_area.h"

#include <QMimeData>
#include <algorithm>
#include <utility>

#include "dropped_models.h"
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
  const QList<QUrl> urls = event->mimeData()->urls();
  setHovered(accepted, std::any_of(urls.begin(), urls.end(),
                                   [this](const QUrl& url) { return isModel(url); }));
}

void PictureDropArea::dragMoveEvent(QDragMoveEvent* event) {
  event->setAccepted(m_hovered);
  if (m_hovered) event->setDropAction(Qt::CopyAction);
}

void PictureDropArea::dragLeaveEvent(QDragLeaveEvent* /*event*/) { setHovered(false); }

void PictureDropArea::dropEvent(QDropEvent* event) {
  setHovered(false);
  PictureSources pictures = pictureSources(*event->mimeData());
  QList<QUrl> models;
  QList<QUrl> others;
  for (const QUrl& url : std::as_const(pictures.urls)) (isModel(url) ? models : others) += url;
  pictures.urls = others;
  const bool hasPictures = !pictures.isEmpty() && m_chat != nullptr && m_chat->attach(pictures);
  event->setAccepted(hasPictures || !models.isEmpty());
  if (!event->isAccepted()) return;
  event->setDropAction(Qt::CopyAction);
  if (hasPictures) emit dropped();
  if (models.isEmpty()) return;
  m_imports->add(models);
  emit modelsDropped();
}

bool PictureDropArea::isModel(const QUrl& url) const {
  if (m_imports == nullptr) return false;
  return mayBeModel(url) || (m_prefersModels && url.isLocalFile() && !isNamedAsPicture(url));
}

void PictureDropArea::setHovered(bool hovered, bool hoversModel) {
  if (hovered == m_hovered && hoversModel == m_hoversModel) return;
  m_hovered = hovered;
  m_hoversModel = hoversModel;
  emit hoveredChanged();
}

}  // namespace galago::ui
