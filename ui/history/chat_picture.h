// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// A picture of a chat: decoded, or kept in a file and decoded when it is asked for, so that a chat
// of many pictures is opened at once and takes little memory.
#pragma once

#include <QImage>
#include <QSize>
#include <QString>
#include <memory>
#include <mutex>

#include "engine/generation.h"

namespace galago::ui {

class ChatPicture {
 public:
  explicit ChatPicture(PicturePtr picture);
  /// A file of the picture shelf.
  explicit ChatPicture(QString file);

  /// Names it for "image://pictures/ID"; no other of this run has it.
  const QString& id() const { return m_id; }

  /// May read the file: not for the UI thread. Null if that fails.
  PicturePtr picture() const;
  /// In pixels; empty: not known without reading the file.
  QSize size() const;
  /// Where it is kept; empty: nowhere yet.
  QString file() const;
  void setFile(const QString& file);

 private:
  const QString m_id;
  const PicturePtr m_own;
  mutable std::mutex m_mutex;
  mutable std::weak_ptr<const Picture> m_decoded;  // guarded by m_mutex
  QString m_file;                                  // guarded by m_mutex
};

using ChatPicturePtr = std::shared_ptr<ChatPicture>;

/// A view of the pixels: valid as long as `image`.
QImage viewOf(const Image& image);

}  // namespace galago::ui
