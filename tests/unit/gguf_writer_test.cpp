// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
#include "gguf/gguf_writer.h"

#include <gtest/gtest.h>

#include <array>
#include <iterator>
#include <string>

#include "gguf_builder.h"
#include "temporary_folder.h"

namespace galago {
namespace {

using Shape = std::vector<std::uint64_t>;

GgufHeader two_tensors() {
  GgufHeader header;
  header.put_string("general.architecture", "llama");
  EXPECT_TRUE(header.add_tensor("a", Shape{3}, DType::kF32));
  EXPECT_TRUE(header.add_tensor("b", Shape{32, 2}, DType::kQ8_0));
  return header;
}

std::vector<std::byte> filled(std::size_t size, int value) {
  return std::vector<std::byte>(size, static_cast<std::byte>(value));
}

std::size_t file_count(const TemporaryFolder& folder) {
  return static_cast<std::size_t>(
      std::distance(std::filesystem::directory_iterator(folder.path()), {}));
}

TEST(GgufWriterTest, StreamedTensorsComeBack) {
  const TemporaryFolder folder;
  const auto path = folder.path() / "model.gguf";
  auto writer = GgufWriter::create(path, two_tensors());
  ASSERT_TRUE(writer) << writer.error().message();
  ASSERT_TRUE(writer->write(filled(5, 1)));
  ASSERT_TRUE(writer->write(filled(7, 2)));
  ASSERT_TRUE(writer->write({}));
  ASSERT_TRUE(writer->write(filled(68, 3)));
  EXPECT_FALSE(std::filesystem::exists(path)) << "the name is given at the end";
  ASSERT_TRUE(writer->finish());
  const auto file = GgufFile::open(path);
  ASSERT_TRUE(file) << file.error().message();
  const auto a = (*file)->find("a")->bytes, b = (*file)->find("b")->bytes;
  ASSERT_EQ(a.size(), 12U);
  EXPECT_EQ(a[4], std::byte{1});
  EXPECT_EQ(a[5], std::byte{2});
  ASSERT_EQ(b.size(), 68U);
  EXPECT_EQ(b.front(), std::byte{3});
  EXPECT_EQ(b.back(), std::byte{3});
  EXPECT_EQ(b.data() - a.data(), 32);
  EXPECT_EQ((*file)->size_bytes() % 32, 0U);
  EXPECT_EQ(file_count(folder), 1U);
}

TEST(GgufWriterTest, ReplacesAnOlderFileOnlyWhenComplete) {
  const TemporaryFolder folder;
  const auto path = folder.write("model.gguf", "old");
  {
    auto writer = GgufWriter::create(path, two_tensors());
    ASSERT_TRUE(writer);
    ASSERT_TRUE(writer->write(filled(12, 1)));
    const Status status = writer->finish();
    ASSERT_FALSE(status) << "tensor b is missing";
    EXPECT_EQ(status.error().code, Errc::kInvalidArgument);
  }
  EXPECT_EQ(file_count(folder), 1U) << "an unfinished file leaves nothing";
  EXPECT_EQ(std::filesystem::file_size(path), 3U);
  auto writer = GgufWriter::create(path, GgufHeader());
  ASSERT_TRUE(writer);
  ASSERT_TRUE(writer->finish());
  EXPECT_TRUE(GgufFile::open(path));
  EXPECT_FALSE(writer->finish()) << "twice";
}

TEST(GgufWriterTest, RefusesDataThatDoesNotFit) {
  const TemporaryFolder folder;
  auto writer = GgufWriter::create(folder.path() / "model.gguf", two_tensors());
  ASSERT_TRUE(writer);
  EXPECT_FALSE(writer->write(filled(13, 0)));
  ASSERT_TRUE(writer->write(filled(12, 0)));
  ASSERT_TRUE(writer->write(filled(68, 0)));
  EXPECT_FALSE(writer->write(filled(1, 0)));
  EXPECT_TRUE(writer->finish());
}

TEST(GgufWriterTest, ReportsWhatTheSystemSays) {
  const TemporaryFolder folder;
  const auto writer = GgufWriter::create(folder.path() / "no" / "such.gguf", GgufHeader());
  ASSERT_FALSE(writer);
  EXPECT_EQ(writer.error().code, Errc::kIo);
  // Only here does the file have to be renamed over something that cannot be replaced.
  std::filesystem::create_directories(folder.path() / "taken" / "inside");
  auto onto_folder = GgufWriter::create(folder.path() / "taken", GgufHeader());
  ASSERT_TRUE(onto_folder);
  EXPECT_EQ(onto_folder->finish().error().code, Errc::kIo);
}

TEST(GgufHeaderTest, RefusesWhatGgufCannotExpress) {
  GgufHeader header = two_tensors();
  EXPECT_FALSE(header.add_tensor("a", Shape{1}, DType::kF32)) << "the name is taken";
  EXPECT_FALSE(header.add_tensor("", Shape{1}, DType::kF32));
  EXPECT_FALSE(header.add_tensor("c", Shape{1, 1, 1, 1, 1}, DType::kF32));
  EXPECT_FALSE(header.add_tensor("c", Shape{4, 0}, DType::kF32));
  EXPECT_FALSE(header.add_tensor("c", Shape{33}, DType::kQ4_0));
  EXPECT_TRUE(header.encode());
  header.put("general.architecture", 1U);
  EXPECT_FALSE(header.encode()) << "the key occurs twice";
}

TEST(GgufHeaderTest, ValuesOfAnotherFileCanBeCopied) {
  const auto from = parse_copy(build_gguf(sample_header()));
  ASSERT_TRUE(from);
  GgufHeader header;
  for (const GgufEntry& entry : (*from)->entries())
    if (entry.key != kGgufAlignmentKey) header.put_value(entry.key, entry.value);
  const auto to = parse_copy(build_gguf(header));
  ASSERT_TRUE(to) << to.error().message();
  ASSERT_EQ((*to)->entries().size(), (*from)->entries().size() - 1);
  for (const GgufEntry& entry : (*to)->entries()) {
    const GgufValue* original = (*from)->value(entry.key);
    ASSERT_NE(original, nullptr);
    EXPECT_EQ(entry.value.type, original->type);
    EXPECT_EQ(entry.value.count, original->count);
    EXPECT_TRUE(std::equal(entry.value.bytes.begin(), entry.value.bytes.end(),
                           original->bytes.begin(), original->bytes.end()))
        << entry.key;
  }
}

}  // namespace
}  // namespace galago
