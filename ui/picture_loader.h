// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// Reads and decodes pictures on threads of its own, with the engine's decoder, and hands them to
// the UI thread.
#pragma once

#include <QByteArray>
#include <QImage>
#include <QObject>
#include <QString>
#include <QThreadPool>
#include <QUrl>
#include <functional>

#include "base/result.h"
#include "engine/generation.h"
#include "history/chat_picture.h"

namespace galago::ui {

class PictureLoader : public QObject {
  Q_OBJECT

 public:
  using Done = std::function<void(Result<PicturePtr>)>;

  explicit PictureLoader(QObject* parent = nullptr);
  /// Waits for the pictures being decoded; their `done` is no longer called.
  ~PictureLoader() override;

  PictureLoader(const PictureLoader&) = delete;
  PictureLoader& operator=(const PictureLoader&) = delete;

  /// UI thread, as is the call of `done`. Local files and the program's own resources; anything
  /// else is Errc::kNetwork. Other errors: as load_image.
  void load(const QUrl& url, Done done);
  /// The bytes of a picture file, as browsers drop them. Errors: as decode_image.
  void load(const QByteArray& file, Done done);
  /// Pixels, as screenshots are pasted; transparency is laid over white. Errors: kFormat.
  void load(const QImage& pixels, Done done, Picture::Kind kind = Picture::Kind::kLasting);
  /// One that is kept in a file. Errors: kIo.
  void load(const ChatPicturePtr& kept, Done done);

 private:
  void run(std::function<Result<PicturePtr>()> work, Done done);

  QThreadPool m_pool;
};

}  // namespace galago::ui
