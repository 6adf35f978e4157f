// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
#include "checkpoint/zip_archive.h"

#include <algorithm>
#include <cstdint>
#include <string>
#include <utility>

#include "checkpoint/zip_records.h"
#include "gguf/byte_reader.h"
#include "gguf/printable.h"

namespace galago {
namespace {

using namespace zip;

constexpr std::uint32_t kFlagEncrypted = 1 << 0;
constexpr std::uint32_t kFlagSizesFollow = 1 << 3;
constexpr std::uint32_t kFlagPatch = 1 << 5;
constexpr std::uint32_t kFlagStrongEncryption = 1 << 6;
constexpr std::uint32_t kFlagMasked = 1 << 13;

Error format_error(std::string detail) { return {Errc::kFormat, std::move(detail), {}}; }

std::string quoted(std::string_view name) { return "'" + printable(name, 80) + "'"; }

std::string_view as_text(std::span<const std::byte> bytes) {
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

/// Whether unpacking an entry of this name could write outside the folder unpacked to.
bool leads_elsewhere(std::string_view name) {
  if (name.empty() || name.front() == '/' || name.find('\\') != std::string_view::npos ||
      name.find('\0') != std::string_view::npos)
    return true;
  for (std::size_t begin = 0; begin <= name.size();) {
    const std::size_t end = std::min(name.find('/', begin), name.size());
    if (name.substr(begin, end - begin) == "..") return true;
    begin = end + 1;
  }
  return false;
}

/// Where an entry says that it is.
struct Place {
  std::uint64_t header = 0;
  std::uint64_t size = 0;
};

/// Takes the numbers that did not fit their fields from the zip64 extension.
Status read_extension(std::span<const std::byte> extra, std::uint64_t& unpacked,
                      std::uint64_t& packed, std::uint64_t& header) {
  if (unpacked != kIn64 && packed != kIn64 && header != kIn64) return {};
  ByteReader reader(extra);
  while (reader.left() > 0) {
    const auto id = reader.take<std::uint16_t>();
    const auto size = reader.take<std::uint16_t>();
    const auto content = size ? reader.take_bytes(*size) : std::nullopt;
    if (!id || !content) return broken("an extension is cut off");
    if (*id != kExtra64) continue;
    ByteReader numbers(*content);
    for (std::uint64_t* number : {&unpacked, &packed, &header}) {
      if (*number != kIn64) continue;
      const auto large = numbers.take<std::uint64_t>();
      if (!large) return broken("a zip64 extension is too short");
      *number = *large;
    }
    return {};
  }
  return broken("a zip64 extension is missing");
}

class EntryReader {
 public:
  EntryReader(std::span<const std::byte> file, const CentralDirectory& directory)
      : file_(file), directory_(directory), reader_(directory.bytes) {}

  Result<std::vector<ZipEntry>> read() {
    for (std::uint64_t i = 0; i < directory_.entry_count; ++i) GALAGO_TRY(read_entry());
    if (reader_.left() > 0) return broken("its list of entries is longer than it says");
    GALAGO_TRY(check_overlap());
    std::sort(entries_.begin(), entries_.end(),
              [](const ZipEntry& a, const ZipEntry& b) { return a.name < b.name; });
    const auto twice =
        std::adjacent_find(entries_.begin(), entries_.end(),
                           [](const ZipEntry& a, const ZipEntry& b) { return a.name == b.name; });
    if (twice != entries_.end())
      return format_error("the archive has two entries called " + quoted(twice->name));
    return std::move(entries_);
  }

 private:
  Status read_entry() {
    const auto head = reader_.take_bytes(kCentralHeaderBytes);
    if (!head || field<std::uint32_t>(*head, 0) != kCentralHeader)
      return broken("its list of entries is damaged");
    const auto name = reader_.take_bytes(field<std::uint16_t>(*head, 28));
    const auto extra = name ? reader_.take_bytes(field<std::uint16_t>(*head, 30)) : std::nullopt;
    if (!extra || !reader_.take_bytes(field<std::uint16_t>(*head, 32)))
      return broken("its list of entries is cut off");
    const std::string_view text = as_text(*name);
    if (leads_elsewhere(text))
      return format_error("the archive has an entry called " + quoted(text) +
                          ", which leads outside of it");
    const auto flags = field<std::uint16_t>(*head, 8);
    if ((flags & (kFlagEncrypted | kFlagStrongEncryption | kFlagMasked)) != 0)
      return unsupported(text, "encrypted");
    if ((flags & kFlagPatch) != 0 || field<std::uint16_t>(*head, 10) != 0)
      return unsupported(text, "compressed");
    std::uint64_t packed = field<std::uint32_t>(*head, 20);
    std::uint64_t unpacked = field<std::uint32_t>(*head, 24);
    std::uint64_t header = field<std::uint32_t>(*head, 42);
    GALAGO_TRY(read_extension(*extra, unpacked, packed, header));
    if (packed != unpacked)
      return format_error("the entry " + quoted(text) + " of the archive lies about its size");
    return place(text, flags, {header, packed});
  }

  static Error unsupported(std::string_view name, const std::string& what) {
    return {Errc::kUnsupported,
            "the entry " + quoted(name) + " of the archive is " + what +
                ", which those of a checkpoint never are",
            {}};
  }

  /// Finds the bytes of an entry behind its own header, which must say the same.
  Status place(std::string_view name, std::uint16_t flags, const Place& claimed) {
    const std::uint64_t limit = directory_.begin;
    if (claimed.header > limit || limit - claimed.header < kLocalHeaderBytes ||
        !is_record(file_, static_cast<std::size_t>(claimed.header), kLocalHeaderBytes,
                   kLocalHeader))
      return broken("the entry " + quoted(name) + " is not where it should be");
    ByteReader reader(file_.subspan(static_cast<std::size_t>(claimed.header),
                                    static_cast<std::size_t>(limit - claimed.header)));
    const auto head = *reader.take_bytes(kLocalHeaderBytes);
    const auto own_name = reader.take_bytes(field<std::uint16_t>(head, 26));
    const auto extra = own_name ? reader.take_bytes(field<std::uint16_t>(head, 28)) : std::nullopt;
    const auto bytes = extra ? reader.take_bytes(claimed.size) : std::nullopt;
    if (!bytes)
      return broken("the entry " + quoted(name) + " needs " + std::to_string(claimed.size) +
                    " bytes, which are not there");
    const std::uint64_t own_size = field<std::uint32_t>(head, 18);
    const bool has_own_size = (flags & kFlagSizesFollow) == 0 && own_size != kIn64;
    if (as_text(*own_name) != name || field<std::uint16_t>(head, 6) != flags ||
        field<std::uint16_t>(head, 8) != 0 || (has_own_size && own_size != claimed.size))
      return format_error("the entry " + quoted(name) + " of the archive contradicts itself");
    entries_.push_back({name, *bytes});
    places_.push_back({claimed.header, reader.position()});
    return {};
  }

  Status check_overlap() {
    std::sort(places_.begin(), places_.end(),
              [](const Place& a, const Place& b) { return a.header < b.header; });
    for (std::size_t i = 1; i < places_.size(); ++i)
      if (places_[i].header - places_[i - 1].header < places_[i - 1].size)
        return format_error("entries of the archive overlap");
    return {};
  }

  std::span<const std::byte> file_;
  const CentralDirectory& directory_;
  ByteReader reader_;
  std::vector<ZipEntry> entries_;
  std::vector<Place> places_;  // with their headers
};

}  // namespace

Result<ZipArchive> ZipArchive::parse(std::span<const std::byte> file) {
  GALAGO_TRY(const CentralDirectory directory, find_directory(file));
  ZipArchive archive;
  GALAGO_TRY(archive.entries_, EntryReader(file, directory).read());
  return archive;
}

const ZipEntry* ZipArchive::find(std::string_view name) const {
  const auto found =
      std::lower_bound(entries_.begin(), entries_.end(), name,
                       [](const ZipEntry& entry, auto wanted) { return entry.name < wanted; });
  return found != entries_.end() && found->name == name ? &*found : nullptr;
}

}  // namespace galago
