// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
#include "engine/picture_files.h"

#include <xxhash.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdio>
#include <cstring>
#include <system_error>
#include <utility>

#include "base/atomic_file.h"
#include "base/mapped_file.h"

namespace galago {
namespace {

namespace fs = std::filesystem;

constexpr const char* kExtension = ".tokens";

std::uint64_t hash_of(std::span<const std::byte> bytes) {
  return XXH3_64bits(bytes.data(), bytes.size());
}

std::string hexadecimal(std::uint64_t number) {
  std::array<char, 17> text{};
  std::snprintf(text.data(), text.size(), "%016llx", static_cast<unsigned long long>(number));
  return text.data();
}

struct KeptFile {
  fs::path path;
  std::uintmax_t size = 0;
  fs::file_time_type used;
};

std::vector<KeptFile> kept_files(const fs::path& folder) {
  std::vector<KeptFile> files;
  std::error_code error;
  for (fs::directory_iterator it(folder, error), end; !error && it != end; it.increment(error)) {
    if (it->path().extension() != kExtension) continue;
    std::error_code gone;
    const auto size = it->file_size(gone);
    const auto used = it->last_write_time(gone);
    if (!gone) files.push_back({it->path(), size, used});
  }
  return files;
}

}  // namespace

PictureFiles::PictureFiles(fs::path folder, std::uint64_t encoder, std::uintmax_t max_bytes)
    : folder_(std::move(folder)), encoder_(encoder), max_bytes_(max_bytes) {}

fs::path PictureFiles::path_of(std::uint64_t picture) const {
  return folder_ / (hexadecimal(picture) + "-" + hexadecimal(encoder_) + kExtension);
}

std::optional<std::vector<float>> PictureFiles::read(std::uint64_t picture,
                                                     std::size_t count) const {
  const fs::path path = path_of(picture);
  const auto file = MappedFile::open(path);
  if (!file) return {};
  const std::span<const std::byte> bytes = (*file)->bytes();
  std::uint64_t hash = 0;
  if (bytes.size() != sizeof(hash) + count * sizeof(float)) return {};
  std::memcpy(&hash, bytes.data(), sizeof(hash));
  const std::span<const std::byte> numbers = bytes.subspan(sizeof(hash));
  if (hash_of(numbers) != hash) return {};
  std::vector<float> tokens(count);
  std::memcpy(tokens.data(), numbers.data(), numbers.size());
  std::error_code ignored;
  fs::last_write_time(path, fs::file_time_type::clock::now(), ignored);
  return tokens;
}

void PictureFiles::write(std::uint64_t picture, std::span<const float> tokens) const {
  const std::span<const std::byte> numbers = std::as_bytes(tokens);
  const std::uint64_t hash = hash_of(numbers);
  auto file = AtomicFile::create(path_of(picture));
  if (!file || !file->write(std::as_bytes(std::span(&hash, 1))) || !file->write(numbers) ||
      !file->finish())
    return;
  remove_oldest();
}

void PictureFiles::remove_oldest() const {
  std::vector<KeptFile> files = kept_files(folder_);
  std::sort(files.begin(), files.end(),
            [](const KeptFile& a, const KeptFile& b) { return a.used > b.used; });
  std::uintmax_t total = 0;
  for (const KeptFile& file : files) {
    total += file.size;
    std::error_code ignored;
    if (total > max_bytes_) fs::remove(file.path, ignored);
  }
}

}  // namespace galago
