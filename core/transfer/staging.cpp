// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
#include "transfer/staging.h"

#include <fcntl.h>
#include <unistd.h>

#include <QString>
#include <QUrl>
#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <set>
#include <system_error>
#include <utility>

#include "base/file_size.h"
#include "gguf/printable.h"
#include "library/safe_name.h"

namespace galago {
namespace {

namespace fs = std::filesystem;

constexpr const char* kStaging = ".partial";
constexpr const char* kPart = ".part";

Error io_error(const char* what, const fs::path& path, const std::error_code& error) {
  return {Errc::kIo, std::string(what) + ": " + error.message(), {path.string()}};
}

std::error_code last_error() { return {errno, std::generic_category()}; }

/// Also a folder's: its entries.
Status write_to_disk(const fs::path& path) {
  const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  const bool is_written = descriptor >= 0 && ::fsync(descriptor) == 0;
  const std::error_code error = last_error();
  if (descriptor >= 0) ::close(descriptor);
  if (!is_written) return io_error("the file cannot be written", path, error);
  return {};
}

Status move_entry(const fs::path& from, const fs::path& to) {
  std::error_code error;
  fs::rename(from, to, error);
  if (error) return io_error("the file cannot be moved into place", to, error);
  return {};
}

/// Everything in `staging`, each by itself, where `folder` is there already.
Status move_entries(const fs::path& staging, const fs::path& folder) {
  std::vector<fs::path> entries;
  std::error_code error;
  for (fs::directory_iterator entry(staging, error); !error && entry != fs::directory_iterator();
       entry.increment(error))
    entries.push_back(entry->path());
  if (error) return io_error("the folder cannot be read", staging, error);
  for (const fs::path& entry : entries) GALAGO_TRY(move_entry(entry, folder / entry.filename()));
  return {};
}

Status move_folder(const fs::path& staging, const fs::path& folder) {
  if (std::rename(staging.c_str(), folder.c_str()) == 0) return write_to_disk(folder.parent_path());
  const std::error_code error = last_error();
  if (error.value() != EEXIST && error.value() != ENOTEMPTY)
    return io_error("the folder cannot be moved into place", folder, error);
  GALAGO_TRY(move_entries(staging, folder));
  return write_to_disk(folder);
}

}  // namespace

fs::path staging_folder(const fs::path& folder) {
  return folder.parent_path() / kStaging / folder.filename();
}

fs::path part_path(const fs::path& folder, const std::string& name) {
  return staging_folder(folder) / (name + kPart);
}

Status check_request(const DownloadRequest& request) {
  const auto invalid = [](std::string detail) {
    return Error{Errc::kInvalidArgument, std::move(detail), {}};
  };
  if (!request.folder.is_absolute() || !request.folder.has_filename() || request.files.empty())
    return invalid("a download needs files and an absolute folder");
  std::set<std::string> names;
  for (const DownloadFile& file : request.files) {
    GALAGO_TRY(check_plain_name(file.name));
    if (file.name.ends_with(kPart))
      return invalid("the name '" + file.name + "' is that of a part of a file");
    if (!names.insert(file.name).second)
      return invalid("two files have the name '" + printable(file.name) + "'");
    const QUrl url(QString::fromStdString(file.url), QUrl::StrictMode);
    if (!url.isValid() || url.host().isEmpty() ||
        (url.scheme() != "https" && url.scheme() != "http"))
      return invalid("not an address of https or http: '" + printable(file.url) + "'");
    if (!file.sha256.empty() && !is_sha256(file.sha256))
      return invalid("not a SHA-256: '" + printable(file.sha256) + "'");
  }
  return {};
}

Status make_staging(const DownloadRequest& request) {
  const fs::path staging = staging_folder(request.folder);
  std::error_code error;
  fs::create_directories(staging, error);
  if (error) return io_error("the folder cannot be made", staging, error);
  for (const DownloadFile& file : request.files)
    if (fs::exists(staging / file.name, error))
      GALAGO_TRY(move_entry(staging / file.name, part_path(request.folder, file.name)));
  return {};
}

void remove_staging(const fs::path& folder) {
  std::error_code ignored;
  fs::remove_all(staging_folder(folder), ignored);
}

void remove_staging_if_empty(const fs::path& folder) {
  std::error_code ignored;
  fs::remove(staging_folder(folder), ignored);
}

bool has_begun(const DownloadRequest& request) {
  const fs::path staging = staging_folder(request.folder);
  std::error_code error;
  return std::any_of(request.files.begin(), request.files.end(), [&](const DownloadFile& file) {
    return file_size_or_zero(part_path(request.folder, file.name)) > 0 ||
           fs::exists(staging / file.name, error);
  });
}

std::uint64_t bytes_there(const fs::path& folder, const DownloadFile& file) {
  if (const std::uint64_t part = file_size_or_zero(part_path(folder, file.name)); part > 0)
    return part;
  const std::uint64_t whole = file_size_or_zero(folder / file.name);
  return file.size && *file.size == whole ? whole : 0;
}

Result<StagedFile> open_staged(const fs::path& folder, const DownloadFile& file,
                               const std::stop_token& stop) {
  StagedFile staged;
  const fs::path whole = folder / file.name;
  const bool may_be_whole =
      file.size ? file_size_or_zero(whole) == *file.size : !file.sha256.empty();
  std::error_code error;
  if (may_be_whole && fs::is_regular_file(whole, error)) {
    staged.size = file_size_or_zero(whole);
    GALAGO_TRY(staged.sha256, file_sha256(whole, stop));
    if (file.sha256.empty() || QByteArray::fromStdString(file.sha256).toLower() ==
                                   QByteArray::fromStdString(staged.sha256))
      return staged;
  }
  GALAGO_TRY(PartFile part, PartFile::open(part_path(folder, file.name), stop, {}));
  staged.size = part.size();
  staged.part.emplace(std::move(part));
  return staged;
}

Status move_into_place(const DownloadRequest& request, std::vector<DownloadedFile> files,
                       const std::stop_token& stop) {
  const fs::path staging = staging_folder(request.folder);
  for (DownloadedFile& file : files) {
    const fs::path part = part_path(request.folder, file.name);
    std::error_code error;
    if (!fs::exists(part, error)) {
      file.path = request.folder / file.name;
      continue;
    }
    if (stop.stop_requested()) return Error{Errc::kCancelled, {}, {}};
    GALAGO_TRY(write_to_disk(part));
    file.path = staging / file.name;
    GALAGO_TRY(move_entry(part, file.path));
    fs::remove(PartFile::origin_path(part), error);
  }
  if (request.check) GALAGO_TRY(request.check(staging, files));
  if (stop.stop_requested()) return Error{Errc::kCancelled, {}, {}};
  GALAGO_TRY(write_to_disk(staging));
  GALAGO_TRY(move_folder(staging, request.folder));
  remove_staging_if_empty(request.folder);  // where its entries were moved, not itself
  return {};
}

}  // namespace galago
