// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// The decoded pictures on show, by id. The UI thread adds and removes them; QML's picture threads
// look them up to draw.
#pragma once

#include <QHash>
#include <QMutex>
#include <QString>

#include "engine/generation.h"

namespace galago::ui {

class PictureStore {
 public:
  /// The id under which "image://pictures/ID" shows it.
  QString add(PicturePtr picture);
  void remove(const QString& id);
  /// Null when there is none of that id.
  PicturePtr find(const QString& id) const;
  qsizetype size() const;

 private:
  mutable QMutex m_mutex;
  QHash<QString, PicturePtr> m_pictures;  // guarded by m_mutex
  quint64 m_lastId = 0;                   // guarded by m_mutex
};

}  // namespace galago::ui
