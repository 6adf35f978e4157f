// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// See picture_store.h.
#include "picture_store.h"

#include <QMutexLocker>
#include <utility>

namespace galago::ui {

QString PictureStore::add(PicturePtr picture) {
  const QMutexLocker lock(&m_mutex);
  const QString id = QString::number(++m_lastId);
  m_pictures.insert(id, std::move(picture));
  return id;
}

void PictureStore::remove(const QString& id) {
  const QMutexLocker lock(&m_mutex);
  m_pictures.remove(id);
}

PicturePtr PictureStore::find(const QString& id) const {
  const QMutexLocker lock(&m_mutex);
  return m_pictures.value(id);
}

qsizetype PictureStore::size() const {
  const QMutexLocker lock(&m_mutex);
  return m_pictures.size();
}

}  // namespace galago::ui
