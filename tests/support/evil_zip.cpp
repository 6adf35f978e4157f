// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
#include "evil_zip.h"

#include <utility>

namespace galago {
namespace {

constexpr std::uint64_t kElsewhere = 0xFFFFFFFF;  // the number is in the entry's zip64 part

std::uint32_t crc32_of(const std::string& data) {
  std::uint32_t crc = 0xFFFFFFFFU;
  for (const char c : data) {
    crc ^= static_cast<unsigned char>(c);
    for (int bit = 0; bit < 8; ++bit) crc = (crc >> 1U) ^ ((crc & 1U) != 0 ? 0xEDB88320U : 0);
  }
  return ~crc;
}

void put(std::string& out, std::uint64_t value, int bytes) {
  for (int i = 0; i < bytes; ++i) out += static_cast<char>((value >> (8 * i)) & 0xFFU);
}

class Writer {
 public:
  explicit Writer(ZipKind kind) : is_zip64_(kind == ZipKind::kZip64) {}

  void add(const ZipEntry& entry) {
    const std::uint64_t offset = entry.stated_offset.value_or(out_.size());
    put(out_, 0x04034B50, 4);
    put_common(out_, entry, is_zip64_ ? 20 : 0);
    out_ += entry.name;
    if (is_zip64_) put_large(out_, entry, 16);
    out_ += entry.data;
    put(list_, 0x02014B50, 4);
    put(list_, 0x0314, 2);  // made on Unix, so that modes count
    put_common(list_, entry, is_zip64_ ? 28 : 0);
    put(list_, 0, 2);
    put(list_, 0, 2);
    put(list_, 0, 2);
    put(list_, entry.attributes, 4);
    put(list_, is_zip64_ ? kElsewhere : offset, 4);
    list_ += entry.name;
    if (is_zip64_) {
      put_large(list_, entry, 24);
      put(list_, offset, 8);
    }
    ++count_;
  }

  std::string finish() {
    const std::uint64_t begin = out_.size();
    out_ += list_;
    if (is_zip64_) put_zip64_end(begin);
    put(out_, 0x06054B50, 4);
    put(out_, 0, 4);
    put(out_, is_zip64_ ? 0xFFFF : count_, 2);
    put(out_, is_zip64_ ? 0xFFFF : count_, 2);
    put(out_, is_zip64_ ? kElsewhere : list_.size(), 4);
    put(out_, is_zip64_ ? kElsewhere : begin, 4);
    put(out_, 0, 2);
    return std::move(out_);
  }

 private:
  /// What the head of an entry and its line in the list have in common.
  void put_common(std::string& out, const ZipEntry& entry, int extra_bytes) const {
    const std::uint64_t size = entry.data.size();
    put(out, is_zip64_ ? 45 : 20, 2);
    put(out, entry.flags, 2);
    put(out, entry.method, 2);
    put(out, 0, 4);
    put(out, crc32_of(entry.data), 4);
    put(out, is_zip64_ ? kElsewhere : entry.stated_packed_size.value_or(size), 4);
    put(out, is_zip64_ ? kElsewhere : entry.stated_size.value_or(size), 4);
    put(out, entry.name.size(), 2);
    put(out, static_cast<std::uint64_t>(extra_bytes), 2);
  }

  static void put_large(std::string& out, const ZipEntry& entry, std::uint64_t bytes) {
    put(out, 1, 2);
    put(out, bytes, 2);
    put(out, entry.stated_size.value_or(entry.data.size()), 8);
    put(out, entry.stated_packed_size.value_or(entry.data.size()), 8);
  }

  void put_zip64_end(std::uint64_t begin) {
    const std::uint64_t at = out_.size();
    put(out_, 0x06064B50, 4);
    put(out_, 44, 8);
    put(out_, 45, 2);
    put(out_, 45, 2);
    put(out_, 0, 8);
    put(out_, count_, 8);
    put(out_, count_, 8);
    put(out_, list_.size(), 8);
    put(out_, begin, 8);
    put(out_, 0x07064B50, 4);
    put(out_, 0, 4);
    put(out_, at, 8);
    put(out_, 1, 4);
  }

  bool is_zip64_;
  std::string out_;
  std::string list_;
  std::uint64_t count_ = 0;
};

}  // namespace

std::string evil_zip(const std::vector<ZipEntry>& entries, ZipKind kind) {
  Writer writer(kind);
  for (const ZipEntry& entry : entries) writer.add(entry);
  return writer.finish();
}

}  // namespace galago
