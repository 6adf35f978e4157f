// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
#include <quazip.h>
#include <quazipfile.h>
#include <unzip.h>

#include <QByteArray>
#include <QCryptographicHash>
#include <QFileInfo>
#include <set>
#include <span>

#include "base/atomic_file.h"
#include "gguf/printable.h"
#include "library/safe_name.h"
#include "transfer/file_hash.h"
#include "transfer/pack_archive.h"

namespace galago {
namespace {

constexpr int kMostEntries = 4096;
constexpr std::size_t kLongestName = 1000;
constexpr qint64 kPiece = 1 << 20;
constexpr quint16 kEncrypted = 1;
constexpr std::uint64_t kSmallestHead = 30 + 46;  // of an entry: before its data, and in the list

/// Why an entry cannot be one of a pack; null: it can.
const char* refusal(const QuaZipFileInfo64& info) {
  if (info.method != 0) return "it is compressed, and packs are not";
  if ((info.flags & kEncrypted) != 0) return "it is encrypted";
  if (info.compressedSize != info.uncompressedSize) return "its sizes contradict each other";
  if (info.isSymbolicLink()) return "it is a link";
  if (info.name.isEmpty() || info.name.endsWith(QLatin1Char('/'))) return "it is a folder";
  return nullptr;
}

}  // namespace

PackReader::PackReader(const std::filesystem::path& path)
    : path_(path), zip_(std::make_unique<QuaZip>(QString::fromStdString(path.string()))) {}

PackReader::~PackReader() = default;

Error PackReader::damaged(const std::string& why) const {
  return {Errc::kFormat, "the pack is damaged: " + why, {path_.string()}};
}

Result<std::unique_ptr<PackReader>> PackReader::open(const std::filesystem::path& path) {
  std::unique_ptr<PackReader> reader(new PackReader(path));
  const QFileInfo file(QString::fromStdString(path.string()));
  if (!file.isFile() || !file.isReadable())
    return Error{Errc::kIo, "the file cannot be opened", {path.string()}};
  reader->file_size_ = static_cast<std::uint64_t>(file.size());
  if (!reader->zip_->open(QuaZip::mdUnzip))
    return Error{Errc::kFormat, "this is not a pack, or it is cut off", {path.string()}};
  GALAGO_TRY(reader->read_list());
  return reader;
}

Status PackReader::read_list() {
  const int count = zip_->getEntriesCount();
  if (count < 1 || count > kMostEntries) return damaged("it has no entries, or far too many");
  std::set<std::string> names;
  std::uint64_t room = file_size_;
  for (bool more = zip_->goToFirstFile(); more; more = zip_->goToNextFile()) {
    QuaZipFileInfo64 info;
    if (!zip_->getCurrentFileInfo(&info)) return damaged("its list of entries cannot be read");
    const std::string name = info.name.toStdString();
    const std::string quoted = "the entry '" + printable(name) + "': ";
    if (const char* why = refusal(info)) return damaged(quoted + why);
    if (name.size() > kLongestName || printable(name, kLongestName) != name)
      return damaged(quoted + "its name holds what no name should");
    if (!names.insert(ascii_lower(name)).second) return damaged(quoted + "it is there twice");
    // Each byte belongs to one entry at most, so that nothing is larger outside than inside.
    if (info.uncompressedSize > room || room - info.uncompressedSize < kSmallestHead)
      return damaged(quoted + "it claims more than the file holds");
    room -= info.uncompressedSize + kSmallestHead;
    entries_.push_back({name, info.uncompressedSize});
    if (entries_.size() > static_cast<std::size_t>(count)) break;
  }
  if (zip_->getZipError() != UNZ_OK || entries_.size() != static_cast<std::size_t>(count))
    return damaged("its list of entries cannot be read");
  return {};
}

const PackReader::Entry* PackReader::find(const std::string& name) const {
  for (const Entry& entry : entries_)
    if (entry.name == name) return &entry;
  return nullptr;
}

Status PackReader::check_place(const Entry& entry, std::uint64_t begin) {
  if (begin > file_size_ || entry.size > file_size_ - begin)
    return damaged("the entry '" + entry.name + "' lies outside the file");
  if (entry.size == 0) return {};
  const auto after = places_.lower_bound(begin);
  const bool meets_next = after != places_.end() && after->first < begin + entry.size &&
                          after->second.second != entry.name;
  const bool meets_previous = after != places_.begin() && std::prev(after)->second.first > begin &&
                              std::prev(after)->second.second != entry.name;
  if (meets_next || meets_previous)
    return damaged("the entry '" + entry.name + "' lies over another one");
  places_[begin] = {begin + entry.size, entry.name};
  return {};
}

Status PackReader::read(const Entry& entry, const Sink& sink) {
  if (!zip_->setCurrentFile(QString::fromStdString(entry.name), QuaZip::csSensitive))
    return damaged("the entry '" + entry.name + "' cannot be found");
  QuaZipFile file(zip_.get());
  if (!file.open(QIODevice::ReadOnly))
    return damaged("the entry '" + entry.name + "' cannot be opened");
  GALAGO_TRY(check_place(entry, unzGetCurrentFileZStreamPos64(zip_->getUnzFile())));
  std::uint64_t left = entry.size;
  QByteArray piece(kPiece, Qt::Uninitialized);
  while (left > 0) {
    const auto wanted = static_cast<qint64>(std::min<std::uint64_t>(left, kPiece));
    const qint64 count = file.read(piece.data(), wanted);
    if (count <= 0) return damaged("the entry '" + entry.name + "' ends too early");
    GALAGO_TRY(sink(piece.constData(), static_cast<std::size_t>(count)));
    left -= static_cast<std::uint64_t>(count);
  }
  file.close();
  if (file.getZipError() != UNZ_OK)
    return damaged("the entry '" + entry.name + "' does not match its checksum");
  return {};
}

Result<std::string> PackReader::read_text(const std::string& name, std::size_t max_bytes) {
  const Entry* entry = find(name);
  if (entry == nullptr) return damaged("it has no '" + printable(name) + "'");
  if (entry->size > max_bytes) return damaged("'" + printable(name) + "' is too large");
  std::string text;
  GALAGO_TRY(read(*entry, [&](const char* bytes, std::size_t count) {
    text.append(bytes, count);
    return Status();
  }));
  return text;
}

Result<std::string> PackReader::extract(const std::string& name, const std::filesystem::path& path,
                                        const std::stop_token& stop, const BytesMoved& moved) {
  const Entry* entry = find(name);
  if (entry == nullptr) return damaged("it has no '" + printable(name) + "'");
  GALAGO_TRY(AtomicFile file, AtomicFile::create(path));
  QCryptographicHash hash(QCryptographicHash::Sha256);
  const auto sink = [&](const char* bytes, std::size_t count) -> Status {
    if (stop.stop_requested()) return Error{Errc::kCancelled, {}, {}};
    hash.addData(QByteArray::fromRawData(bytes, static_cast<qsizetype>(count)));
    GALAGO_TRY(file.write(std::as_bytes(std::span(bytes, count))));
    if (moved) moved(count);
    return {};
  };
  GALAGO_TRY(read(*entry, sink));
  GALAGO_TRY(file.finish());
  return hash_text(hash);
}

}  // namespace galago
