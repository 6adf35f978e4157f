// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// See picture_loader.h.
#include "picture_loader.h"

#include <QFile>
#include <QFileInfo>
#include <QPainter>
#include <algorithm>
#include <cstddef>
#include <exception>
#include <memory>
#include <new>
#include <span>
#include <utility>

#include "image/image_decoder.h"

namespace galago::ui {
namespace {

Result<PicturePtr> picture(Result<Image> image, Picture::Kind kind = Picture::Kind::kLasting) {
  if (!image) return std::move(image).error();
  return PicturePtr(std::make_shared<const Picture>(*std::move(image), kind));
}

Result<PicturePtr> fromBytes(const QByteArray& file) {
  const auto bytes = std::as_bytes(std::span(file.constData(), std::size_t(file.size())));
  return picture(decode_image(bytes, ImageInterpretation::kAsSeen));
}

Result<PicturePtr> fromResource(const QString& path) {
  QFile file(path);
  if (!file.open(QIODevice::ReadOnly)) {
    return Error{Errc::kIo, "The resource cannot be read.", {path.toStdString()}};
  }
  return fromBytes(file.readAll());
}

Result<PicturePtr> fromFile(const QString& path) {
  return picture(load_image(QFileInfo(path).filesystemFilePath(), ImageInterpretation::kAsSeen));
}

Result<PicturePtr> fromPixels(const QImage& pixels, Picture::Kind kind) {
  if (pixels.isNull()) return Error{Errc::kFormat, "The pasted picture has no pixels.", {}};
  QImage opaque(pixels.size(), QImage::Format_RGB888);
  opaque.fill(Qt::white);
  QPainter(&opaque).drawImage(QRect(QPoint(0, 0), pixels.size()), pixels);

  Image image{opaque.width(), opaque.height(), {}};
  const std::size_t rowBytes = std::size_t{3} * image.width;
  image.pixels.resize(rowBytes * image.height);
  for (int y = 0; y < image.height; ++y) {
    std::copy_n(opaque.constScanLine(y), rowBytes, image.pixels.data() + y * rowBytes);
  }
  return picture(std::move(image), kind);
}

}  // namespace

PictureLoader::PictureLoader(QObject* parent) : QObject(parent) {
  // Two: a batch is dropped faster than one by one, and the answer keeps most of the processor.
  m_pool.setMaxThreadCount(2);
}

PictureLoader::~PictureLoader() {
  m_pool.clear();
  m_pool.waitForDone();
}

void PictureLoader::load(const QUrl& url, Done done) {
  if (url.isLocalFile()) {
    run([path = url.toLocalFile()] { return fromFile(path); }, std::move(done));
  } else if (url.scheme() == QLatin1String("qrc")) {
    run([path = QLatin1Char(':') + url.path()] { return fromResource(path); }, std::move(done));
  } else {
    run(
        [name = url.toDisplayString().toStdString()]() -> Result<PicturePtr> {
          return Error{Errc::kNetwork, "Only files of this computer are read.", {name}};
        },
        std::move(done));
  }
}

void PictureLoader::load(const QByteArray& file, Done done) {
  run([file] { return fromBytes(file); }, std::move(done));
}

void PictureLoader::load(const QImage& pixels, Done done, Picture::Kind kind) {
  run([pixels, kind] { return fromPixels(pixels, kind); }, std::move(done));
}

void PictureLoader::load(const ChatPicturePtr& kept, Done done) {
  run(
      [kept]() -> Result<PicturePtr> {
        if (PicturePtr picture = kept->picture()) return picture;
        return Error{Errc::kIo, "The kept picture cannot be read.", {kept->file().toStdString()}};
      },
      std::move(done));
}

void PictureLoader::run(std::function<Result<PicturePtr>()> work, Done done) {
  m_pool.start([this, work = std::move(work), done = std::move(done)] {
    // QThreadPool must not see exceptions, and the decoders' libraries may run out of memory.
    const auto guarded = [&]() -> Result<PicturePtr> {
      try {
        return work();
      } catch (const std::bad_alloc&) {
        return Error{Errc::kOutOfMemory, "There is not enough memory for this picture.", {}};
      } catch (const std::exception& exception) {
        return Error{Errc::kInternal, exception.what(), {}};
      }
    };
    QMetaObject::invokeMethod(
        this, [result = guarded(), done] { done(result); }, Qt::QueuedConnection);
  });
}

}  // namespace galago::ui
