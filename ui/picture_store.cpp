// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// See picture_store.h.
#include "picture_store.h"

#include <QMutexLocker>

namespace galago::ui {

void PictureStore::add(const ChatPicturePtr& picture) {
  const QMutexLocker lock(&m_mutex);
  m_pictures.insert(picture->id(), picture);
  if (m_pictures.size() < m_sweepAt) return;
  m_pictures.removeIf([](const auto& entry) { return entry.value().expired(); });
  m_sweepAt = 2 * m_pictures.size() + 64;
}

ChatPicturePtr PictureStore::find(const QString& id) const {
  const QMutexLocker lock(&m_mutex);
  return m_pictures.value(id).lock();
}

}  // namespace galago::ui
