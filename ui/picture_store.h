// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// The pictures on show, by id. The UI thread adds them; QML's picture threads look them up to draw.
#pragma once

#include <QHash>
#include <QMutex>
#include <QString>
#include <memory>

#include "history/chat_picture.h"

namespace galago::ui {

class PictureStore {
 public:
  /// From now on "image://pictures/ID" shows it, as long as somebody else holds it.
  void add(const ChatPicturePtr& picture);
  /// Null when there is none of that id.
  ChatPicturePtr find(const QString& id) const;

 private:
  mutable QMutex m_mutex;
  QHash<QString, std::weak_ptr<ChatPicture>> m_pictures;  // guarded by m_mutex
  qsizetype m_sweepAt = 64;                               // guarded by m_mutex
};

}  // namespace galago::ui
