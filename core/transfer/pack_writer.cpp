// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
#include <quazip.h>
#include <quazipfile.h>

#include <QCryptographicHash>
#include <QDateTime>
#include <QFile>

#include "transfer/file_hash.h"
#include "transfer/pack_archive.h"

namespace galago {
namespace {

constexpr qint64 kPiece = 1 << 20;
constexpr int kStored = 0;

QuaZipNewInfo entry_info(const std::string& name) {
  QuaZipNewInfo info(QString::fromStdString(name));
  // The same model gives the same pack, whenever it is made.
  info.dateTime = QDateTime(QDate(1980, 1, 1), QTime(0, 0));
  info.setPermissions(QFile::ReadOwner | QFile::WriteOwner | QFile::ReadGroup | QFile::ReadOther);
  return info;
}

}  // namespace

PackWriter::PackWriter(const std::filesystem::path& path)
    : file_(QString::fromStdString(path.string())), zip_(std::make_unique<QuaZip>(&file_)) {
  zip_->setAutoClose(false);
  zip_->setZip64Enabled(true);
  zip_->setUtf8Enabled(true);
  zip_->setDataDescriptorWritingEnabled(false);  // sizes stand before the data
}

PackWriter::~PackWriter() {
  if (zip_->isOpen()) zip_->close();
}

Result<std::unique_ptr<PackWriter>> PackWriter::create(const std::filesystem::path& path) {
  std::unique_ptr<PackWriter> writer(new PackWriter(path));
  if (!writer->file_.open(QIODevice::WriteOnly) || !writer->zip_->open(QuaZip::mdCreate))
    return writer->write_error();
  return writer;
}

Error PackWriter::write_error() const {
  const QString reason = file_.error() == QFileDevice::NoError ? QString() : file_.errorString();
  return {Errc::kIo,
          "the file cannot be written" + (reason.isEmpty() ? "" : ": " + reason.toStdString()),
          {file_.fileName().toStdString()}};
}

Status PackWriter::add_text(const std::string& name, const std::string& text) {
  QuaZipFile entry(zip_.get());
  if (!entry.open(QIODevice::WriteOnly, entry_info(name), nullptr, 0, kStored, 0))
    return write_error();
  const auto size = static_cast<qint64>(text.size());
  if (entry.write(text.data(), size) != size) return write_error();
  entry.close();
  return entry.getZipError() == ZIP_OK ? Status() : write_error();
}

Status PackWriter::add_file(const std::string& name, const std::filesystem::path& path,
                            const std::string& sha256, const std::stop_token& stop,
                            const BytesMoved& moved) {
  QFile source(QString::fromStdString(path.string()));
  if (!source.open(QIODevice::ReadOnly))
    return Error{Errc::kIo,
                 "the file cannot be read: " + source.errorString().toStdString(),
                 {path.string()}};
  QuaZipFile entry(zip_.get());
  if (!entry.open(QIODevice::WriteOnly, entry_info(name), nullptr, 0, kStored, 0))
    return write_error();
  QCryptographicHash hash(QCryptographicHash::Sha256);
  while (!source.atEnd()) {
    if (stop.stop_requested()) return Error{Errc::kCancelled, {}, {}};
    const QByteArray piece = source.read(kPiece);
    if (piece.isEmpty())
      return Error{Errc::kIo,
                   "the file cannot be read: " + source.errorString().toStdString(),
                   {path.string()}};
    hash.addData(piece);
    if (entry.write(piece) != piece.size()) return write_error();
    if (moved) moved(static_cast<std::uint64_t>(piece.size()));
  }
  entry.close();
  if (entry.getZipError() != ZIP_OK) return write_error();
  if (hash_text(hash) != sha256)
    return Error{Errc::kHash, "the file changed while it was read", {path.string()}};
  return {};
}

Status PackWriter::finish() {
  zip_->close();
  if (zip_->getZipError() != ZIP_OK || !file_.commit()) return write_error();
  return {};
}

}  // namespace galago
