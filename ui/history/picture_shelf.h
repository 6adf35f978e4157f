// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// The folder in which the pictures of chats are kept: each once, by the hash of its pixels, and no
// larger than a full screen needs.
#pragma once

#include <QString>
#include <QStringList>

#include "base/result.h"
#include "engine/generation.h"

namespace galago::ui {

class PictureShelf {
 public:
  /// Larger pictures are reduced to this: four times what a model sees.
  static constexpr int kLargestSide = 1344;

  /// Errors: kIo.
  static Result<PictureShelf> open(const QString& folder);

  /// The name of its file, which is written if there is none; whole or not at all. Small files are
  /// PNG, so that drawings stay as they are; larger ones JPEG. Errors: kIo.
  Result<QString> keep(const Picture& picture) const;
  QString path(const QString& name) const;
  /// Removes the files that are not among `used`.
  void sweep(const QStringList& used) const;

 private:
  explicit PictureShelf(QString folder);

  QString m_folder;
};

}  // namespace galago::ui
