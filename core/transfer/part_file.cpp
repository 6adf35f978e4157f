// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
#include "transfer/part_file.h"

#include <fcntl.h>
#include <unistd.h>

#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>
#include <cerrno>
#include <system_error>
#include <utility>

#include "base/atomic_file.h"

namespace galago {
namespace {

namespace fs = std::filesystem;

constexpr qint64 kLargestOrigin = 64 * 1024;

/// Nothing when it cannot be read as what write_origin() wrote: the part is then begun again.
std::optional<PartOrigin> read_origin(const fs::path& path) {
  QFile file(QString::fromStdString(path.string()));
  if (!file.open(QIODevice::ReadOnly) || file.size() > kLargestOrigin) return {};
  const QJsonObject json = QJsonDocument::fromJson(file.readAll()).object();
  PartOrigin origin;
  origin.url = json["url"].toString().toStdString();
  if (origin.url.empty()) return {};
  origin.etag = json["etag"].toString().toStdString();
  origin.last_modified = json["last_modified"].toString().toStdString();
  if (const qint64 size = json["size"].toInteger(-1); size >= 0)
    origin.size = static_cast<std::uint64_t>(size);
  return origin;
}

Status write_origin(const fs::path& path, const PartOrigin& origin) {
  QJsonObject json{{"url", QString::fromStdString(origin.url)},
                   {"etag", QString::fromStdString(origin.etag)},
                   {"last_modified", QString::fromStdString(origin.last_modified)}};
  if (origin.size) json["size"] = static_cast<qint64>(*origin.size);
  const QByteArray text = QJsonDocument(json).toJson();
  GALAGO_TRY(AtomicFile file, AtomicFile::create(path));
  GALAGO_TRY(file.write(
      std::as_bytes(std::span(text.constData(), static_cast<std::size_t>(text.size())))));
  return file.finish();
}

}  // namespace

QByteArray PartOrigin::validator() const {
  // A weak tag says "means the same", not "has the same bytes".
  if (!etag.empty() && !etag.starts_with("W/")) return QByteArray::fromStdString(etag);
  return QByteArray::fromStdString(last_modified);
}

fs::path PartFile::origin_path(const fs::path& part) {
  fs::path path = part;
  path += ".json";
  return path;
}

Result<PartFile> PartFile::open(const fs::path& path, const std::stop_token& stop,
                                const HashProgress& progress) {
  const int descriptor =
      ::open(path.c_str(), O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0666);
  PartFile part(descriptor, path);
  if (descriptor < 0) return part.write_error();
  GALAGO_TRY(part.size_, hash_into(*part.hash_, path, stop, progress));
  part.origin_ = read_origin(origin_path(path));
  return part;
}

PartFile::PartFile(int descriptor, fs::path path)
    : descriptor_(descriptor),
      path_(std::move(path)),
      hash_(std::make_unique<QCryptographicHash>(QCryptographicHash::Sha256)) {}

PartFile::PartFile(PartFile&& other) noexcept
    : descriptor_(std::exchange(other.descriptor_, -1)),
      path_(std::move(other.path_)),
      size_(other.size_),
      origin_(std::move(other.origin_)),
      hash_(std::move(other.hash_)) {}

PartFile::~PartFile() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

Status PartFile::restart(PartOrigin origin) {
  // Empty before it is said to be of another origin: whenever the program ends, the two agree.
  if (::ftruncate(descriptor_, 0) != 0) return write_error();
  size_ = 0;
  hash_->reset();
  GALAGO_TRY(write_origin(origin_path(path_), origin));
  origin_ = std::move(origin);
  return {};
}

Status PartFile::append(std::span<const char> bytes) {
  if (const Status written = write_all(bytes); !written) {
    // A piece that came in half (a full disk) would not be in the hash. Freeing space cannot fail.
    if (::ftruncate(descriptor_, static_cast<off_t>(size_)) != 0) remove();
    return written;
  }
  hash_->addData(QByteArray::fromRawData(bytes.data(), static_cast<qsizetype>(bytes.size())));
  size_ += bytes.size();
  return {};
}

std::string PartFile::sha256() const { return hash_text(*hash_); }

void PartFile::remove() {
  std::error_code ignored;
  fs::remove(path_, ignored);
  fs::remove(origin_path(path_), ignored);
}

Status PartFile::write_all(std::span<const char> bytes) {
  while (!bytes.empty()) {
    const ssize_t count = ::write(descriptor_, bytes.data(), bytes.size());
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return write_error();
    bytes = bytes.subspan(static_cast<std::size_t>(count));
  }
  return {};
}

Error PartFile::write_error() const {
  if (errno == ENOSPC || errno == EDQUOT)
    return {Errc::kIo,
            "the disk is full; what has come is kept: make room, then go on with the download",
            {path_.parent_path().string()}};
  return {Errc::kIo,
          "the file cannot be written: " + std::generic_category().message(errno),
          {path_.string()}};
}

}  // namespace galago
