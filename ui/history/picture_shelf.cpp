// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// See picture_shelf.h.
#include "history/picture_shelf.h"

#include <QBuffer>
#include <QCryptographicHash>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QSaveFile>
#include <QSet>
#include <algorithm>
#include <utility>

#include "history/chat_picture.h"

namespace galago::ui {
namespace {

constexpr qsizetype kLargestPng = 512 * 1024;
constexpr int kJpegQuality = 92;

QString hashOf(const Image& image) {
  QCryptographicHash hash(QCryptographicHash::Sha256);
  hash.addData(QByteArray::number(image.width) + 'x' + QByteArray::number(image.height) + ' ');
  hash.addData(QByteArray::fromRawData(reinterpret_cast<const char*>(image.pixels.data()),
                                       static_cast<qsizetype>(image.pixels.size())));
  return QString::fromLatin1(hash.result().toHex().left(32));
}

QByteArray encoded(const QImage& image, const char* format, int quality) {
  QByteArray bytes;
  QBuffer buffer(&bytes);
  return image.save(&buffer, format, quality) ? bytes : QByteArray();
}

Error cannotWrite(const QString& path, const QString& reason) {
  return {Errc::kIo, "The picture cannot be kept: " + reason.toStdString(), {path.toStdString()}};
}

}  // namespace

Result<PictureShelf> PictureShelf::open(const QString& folder) {
  if (!QDir().mkpath(folder)) return cannotWrite(folder, QStringLiteral("the folder is missing"));
  return PictureShelf(folder);
}

PictureShelf::PictureShelf(QString folder) : m_folder(std::move(folder)) {}

QString PictureShelf::path(const QString& name) const { return m_folder + QLatin1Char('/') + name; }

Result<QString> PictureShelf::keep(const Picture& picture) const {
  const QString hash = hashOf(picture.image());
  for (const char* ending : {".png", ".jpg"}) {
    const QString name = hash + QLatin1String(ending);
    if (QFileInfo::exists(path(name))) return name;
  }
  QImage image = viewOf(picture.image());
  if (std::max(image.width(), image.height()) > kLargestSide)
    image = image.scaled(kLargestSide, kLargestSide, Qt::KeepAspectRatio, Qt::SmoothTransformation);
  QString name = hash + QLatin1String(".png");
  QByteArray bytes = encoded(image, "PNG", -1);
  if (bytes.isEmpty() || bytes.size() > kLargestPng) {
    // Without Qt's JPEG plugin the picture stays a large PNG.
    if (QByteArray jpeg = encoded(image, "JPEG", kJpegQuality); !jpeg.isEmpty()) {
      name = hash + QLatin1String(".jpg");
      bytes = std::move(jpeg);
    }
  }
  QSaveFile file(path(name));
  if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size() || !file.commit())
    return cannotWrite(file.fileName(), file.errorString());
  return name;
}

void PictureShelf::sweep(const QStringList& used) const {
  const QSet<QString> kept(used.begin(), used.end());
  for (const QFileInfo& file : QDir(m_folder).entryInfoList(QDir::Files)) {
    if (!kept.contains(file.fileName())) QFile::remove(file.filePath());
  }
}

}  // namespace galago::ui
