// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
#include "checkpoint/zip_archive.h"

#include <gtest/gtest.h>

#include <cstring>
#include <string>

#include "checkpoint_builder.h"

namespace galago {
namespace {

const std::vector<ZipInput> kEntries = {
    {"folder/b", to_bytes("second")}, {"folder/a", to_bytes("first entry")}, {"empty", {}}};

template <class T>
void patch(Bytes& file, std::size_t at, T value) {
  std::memcpy(file.data() + at, &value, sizeof value);
}

/// Where the n-th record with this signature begins.
std::size_t record(const Bytes& file, std::string_view signature, int n = 0) {
  const std::string_view text(reinterpret_cast<const char*>(file.data()), file.size());
  std::size_t at = text.find(signature);
  for (; n > 0; --n) at = text.find(signature, at + 1);
  return at;
}

constexpr std::string_view kLocal = "PK\x03\x04";
constexpr std::string_view kCentral = "PK\x01\x02";

void expect_refused(const Bytes& file, const std::string& why) {
  const auto archive = ZipArchive::parse(file);
  ASSERT_FALSE(archive) << why;
  EXPECT_NE(archive.error().message().find(why), std::string::npos) << archive.error().message();
}

TEST(ZipArchiveTest, FindsEntriesByName) {
  const Bytes file = build_zip(kEntries);
  const auto archive = ZipArchive::parse(file);
  ASSERT_TRUE(archive) << archive.error().message();
  ASSERT_EQ(archive->entries().size(), 3U);
  const ZipEntry* entry = archive->find("folder/a");
  ASSERT_NE(entry, nullptr);
  EXPECT_EQ(Bytes(entry->bytes.begin(), entry->bytes.end()), to_bytes("first entry"));
  EXPECT_TRUE(archive->find("empty")->bytes.empty());
  EXPECT_EQ(archive->find("folder"), nullptr);
}

TEST(ZipArchiveTest, ACommentMayFollow) {
  Bytes file = build_zip(kEntries);
  const Bytes comment = to_bytes("PK\x05\x06 is no end here");
  patch(file, file.size() - 2, static_cast<std::uint16_t>(comment.size()));
  file.insert(file.end(), comment.begin(), comment.end());
  EXPECT_TRUE(ZipArchive::parse(file));
}

TEST(ZipArchiveTest, RefusesNamesThatLeadElsewhere) {
  for (const std::string name : {"../x", "a/../../x", "/etc/passwd", "a\\..\\x", "..", ""})
    expect_refused(build_zip(std::vector<ZipInput>{{name, to_bytes("x")}}), "leads outside");
  EXPECT_TRUE(ZipArchive::parse(build_zip(std::vector<ZipInput>{{"a..b/..c", to_bytes("x")}})));
}

TEST(ZipArchiveTest, RefusesTwoEntriesOfOneName) {
  expect_refused(build_zip(std::vector<ZipInput>{{"same", to_bytes("1")}, {"same", to_bytes("2")}}),
                 "two entries");
}

TEST(ZipArchiveTest, RefusesCompressedAndEncryptedEntries) {
  const Bytes sound = build_zip(kEntries);
  Bytes file = sound;
  patch(file, record(file, kCentral) + 10, std::uint16_t{8});
  expect_refused(file, "compressed");
  for (const std::uint16_t flag : {0x0001, 0x0040, 0x2000}) {
    file = sound;
    patch(file, record(file, kCentral) + 8, flag);
    expect_refused(file, "encrypted");
  }
  // The entry itself says something else than the list.
  file = sound;
  patch(file, record(file, kLocal) + 8, std::uint16_t{8});
  expect_refused(file, "contradicts");
  file = sound;
  patch(file, record(file, kLocal) + 30, 'X');
  expect_refused(file, "contradicts");
}

TEST(ZipArchiveTest, RefusesSizesThatLie) {
  const Bytes sound = build_zip(kEntries);
  const std::size_t first = record(sound, kCentral);
  Bytes file = sound;
  patch(file, first + 24, std::uint32_t{1} << 30);  // unpacked: a bomb
  expect_refused(file, "lies about its size");
  file = sound;
  for (const std::size_t at : {first + 20, first + 24}) patch(file, at, std::uint32_t{1} << 30);
  expect_refused(file, "not there");
  file = sound;  // reaches into the next entry
  for (const std::size_t at : {first + 20, first + 24}) patch(file, at, std::uint32_t{60});
  expect_refused(file, "overlap");
  file = sound;  // the same place twice
  const std::size_t second = record(sound, kCentral, 1);
  patch(file, second + 42, std::uint32_t{0});
  patch(file, second + 46 + 7, 'b');
  expect_refused(file, "overlap");
  file = sound;  // in the list of entries itself
  patch(file, first + 42, static_cast<std::uint32_t>(first));
  expect_refused(file, "not where it should be");
}

/// The archive with bytes put at the end of its list of entries, as an extension of the last.
Bytes with_extension(Bytes file, const Bytes& extension) {
  const std::size_t end64 = record(file, "PK\x06\x06");
  const auto size = static_cast<std::uint32_t>(extension.size());
  const std::size_t last = record(file, kCentral, 2);
  std::uint64_t list = 0;
  std::memcpy(&list, file.data() + end64 + 40, sizeof list);
  patch(file, last + 30, static_cast<std::uint16_t>(size));
  patch(file, end64 + 40, list + size);
  patch(file, record(file, "PK\x06\x07") + 8, std::uint64_t{end64} + size);
  file.insert(file.begin() + static_cast<std::ptrdiff_t>(end64), extension.begin(),
              extension.end());
  return file;
}

TEST(ZipArchiveTest, NumbersOfMoreThan32BitsAreInAnExtension) {
  const std::vector<ZipInput> entries = {
      {"a", to_bytes("1")}, {"b", to_bytes("2")}, {"c", to_bytes("third")}};
  Bytes file = build_zip(entries);
  const std::size_t last = record(file, kCentral, 2);
  std::uint32_t offset = 0;
  std::memcpy(&offset, file.data() + last + 42, sizeof offset);
  // Only the numbers whose own fields are full are there: here the second size and the place.
  for (const std::size_t at : {last + 20, last + 42}) patch(file, at, std::uint32_t{UINT32_MAX});
  Bytes extension = to_bytes(std::string_view("XX\x01\0?\x01\0\x10\0", 9));
  extension.resize(9 + 16);
  patch(extension, 9, std::uint64_t{5});
  patch(extension, 17, std::uint64_t{offset});
  const Bytes extended = with_extension(file, extension);
  const auto archive = ZipArchive::parse(extended);
  ASSERT_TRUE(archive) << archive.error().message();
  EXPECT_EQ(archive->find("c")->bytes.size(), 5U);

  patch(extension, 9, std::uint64_t{UINT64_MAX});
  expect_refused(with_extension(file, extension), "lies about its size");
  patch(extension, 9, std::uint64_t{5});
  patch(extension, 17, std::uint64_t{UINT64_MAX - 2});
  expect_refused(with_extension(file, extension), "not where it should be");
  expect_refused(with_extension(file, to_bytes(std::string_view("\x01\0\x08\0"
                                                                "12345678",
                                                                12))),
                 "too short");
  expect_refused(with_extension(file, to_bytes("XX")), "cut off");
  expect_refused(file, "missing");
}

TEST(ZipArchiveTest, RefusesCountsThatLie) {
  const Bytes sound = build_zip(kEntries);
  const std::size_t end64 = record(sound, "PK\x06\x06");
  Bytes file = sound;
  for (const std::size_t at : {end64 + 24, end64 + 32}) patch(file, at, std::uint64_t{1} << 40);
  expect_refused(file, "claims to hold");
  file = sound;
  for (const std::size_t at : {end64 + 24, end64 + 32}) patch(file, at, std::uint64_t{2});
  expect_refused(file, "longer than it says");
  file = sound;
  patch(file, end64 + 24, std::uint64_t{2});
  expect_refused(file, "several files");
  file = sound;
  patch(file, end64 + 48, std::uint64_t{UINT64_MAX});
  expect_refused(file, "outside");
  file = sound;
  patch(file, end64 + 40, std::uint64_t{UINT64_MAX});
  expect_refused(file, "outside");
}

TEST(ZipArchiveTest, RefusesWhatIsCutOff) {
  const Bytes file = build_zip(kEntries);
  for (std::size_t size = 0; size < file.size(); ++size)
    EXPECT_FALSE(ZipArchive::parse(std::span(file).first(size))) << size;
}

}  // namespace
}  // namespace galago
