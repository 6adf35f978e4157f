// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// What the reader gives back of a sound file, and which sentence it says to each kind of broken
// one.
#include "gguf/gguf_reader.h"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <cmath>
#include <cstring>
#include <functional>
#include <string>

#include "gguf_builder.h"
#include "reference_data.h"
#include "temporary_folder.h"
#include "text/tokenizer.h"

namespace galago {
namespace {

std::shared_ptr<const GgufFile> sample() {
  auto file = parse_copy(build_gguf(sample_header()));
  EXPECT_TRUE(file) << file.error().message();
  return *file;
}

TEST(GgufReaderTest, ValuesOfEveryType) {
  const auto file = sample();
  EXPECT_EQ(file->version(), 3U);
  EXPECT_EQ(file->alignment(), 64U);
  EXPECT_EQ(file->get_u32("u8"), 200U);
  EXPECT_EQ(file->get_i32("i8"), -100);
  EXPECT_EQ(file->get_u32("u16"), 60000U);
  EXPECT_EQ(file->get_i32("i16"), -30000);
  EXPECT_EQ(file->get_u32("u32"), 4000000000U);
  EXPECT_EQ(file->get_i32("i32"), -2000000000);
  EXPECT_EQ(file->get_f32("f32"), 0.5F);
  EXPECT_EQ(file->get_bool("bool"), true);
  EXPECT_EQ(file->get_string("general.name"), "Sämple");
  EXPECT_EQ(file->get_string("empty"), "");
  EXPECT_EQ(file->get_u64("u64"), std::uint64_t{1} << 63);
  EXPECT_EQ(file->value("i64")->as_i64(), -5000000000);
  EXPECT_EQ(file->value("f64")->as_f64(), 1e-300);
  EXPECT_EQ(file->get_f32_array("f32s"), (std::vector<float>{0.25F, -1.0F, 3.0F}));
  EXPECT_EQ(file->get_f32_array("no_f32s"), std::vector<float>());
  EXPECT_EQ(file->get_string_array("tokenizer.ggml.tokens"),
            (std::vector<std::string_view>{"<unk>", "<s>", "", "▁a"}));
  EXPECT_EQ(file->get_i32_array("tokenizer.ggml.token_type"),
            (std::vector<std::int32_t>{2, 3, 1, 1}));
}

TEST(GgufReaderTest, ValuesConvertWhenTheyFit) {
  const auto file = sample();
  EXPECT_EQ(file->get_u64("i8"), std::nullopt);  // negative
  EXPECT_EQ(file->get_i32("u32"), std::nullopt);
  EXPECT_EQ(file->get_u32("u64"), std::nullopt);
  EXPECT_EQ(file->get_i32("u8"), 200);
  EXPECT_EQ(file->get_f32("f64"), 0.0F);
  EXPECT_EQ(file->get_f32("i16"), -30000.0F);
  EXPECT_EQ(file->get_f32("u64"), 0x1p63F);
  EXPECT_EQ(file->get_i32_array("u16s"), (std::vector<std::int32_t>{1, 2, 65535}));
  EXPECT_EQ(file->get_i32_array("i64s"), (std::vector<std::int32_t>{-1, 1}));
  EXPECT_EQ(file->get_f32_array("i64s"), (std::vector<float>{-1, 1}));
  EXPECT_TRUE(std::isinf(file->get_f32_array("f64s")->front()));  // 1e300
}

TEST(GgufReaderTest, ValuesOfAnotherKindAreNotThere) {
  const auto file = sample();
  EXPECT_EQ(file->get_u64("f32"), std::nullopt);
  EXPECT_EQ(file->get_u64("bool"), std::nullopt);
  EXPECT_EQ(file->get_bool("u8"), std::nullopt);
  EXPECT_EQ(file->get_string("u8"), std::nullopt);
  EXPECT_EQ(file->get_f32("general.name"), std::nullopt);
  EXPECT_EQ(file->get_string_array("f32s"), std::nullopt);
  EXPECT_EQ(file->get_f32_array("tokenizer.ggml.tokens"), std::nullopt);
  EXPECT_EQ(file->get_i32_array("f32s"), std::nullopt);
  EXPECT_EQ(file->get_i32_array("u8"), std::nullopt);
  EXPECT_EQ(file->get_u64("no such key"), std::nullopt);
  EXPECT_EQ(file->value("u"), nullptr);
}

TEST(GgufReaderTest, NestedArrays) {
  const auto file = sample();
  const auto outer = file->value("nested")->elements(10);
  ASSERT_EQ(outer.size(), 3U);
  EXPECT_EQ(outer[1].as_i32_array(), (std::vector<std::int32_t>{2, 3}));
  EXPECT_EQ(outer[2].elements(1).front().as_u64(), 4U);
}

TEST(GgufReaderTest, Tensors) {
  const auto file = sample();
  ASSERT_EQ(file->tensors().size(), 6U);
  const GgufTensor* table = file->find("token_embd.weight");
  ASSERT_NE(table, nullptr);
  EXPECT_EQ(table->shape, (std::vector<std::uint64_t>{64, 4}));
  EXPECT_EQ(table->dtype, DType::kQ4_0);
  EXPECT_EQ(table->bytes.size(), 8U * 18U);
  EXPECT_EQ(table->element_count, 256U);
  EXPECT_EQ(table->bytes[0], std::byte{0});  // byte i of the data is i mod 251
  const GgufTensor* norm = file->find("blk.0.attn_norm.weight");
  ASSERT_NE(norm, nullptr);
  EXPECT_EQ(norm->bytes.size(), 20U);
  EXPECT_EQ(norm->bytes[0], std::byte{192});  // 144 bytes before it, aligned to 64
  EXPECT_EQ(file->find("scalar")->element_count, 1U);
  EXPECT_EQ(file->find("cube")->shape, (std::vector<std::uint64_t>{2, 3, 4}));
  EXPECT_EQ(file->find("four")->bytes.size(), 12U);
  EXPECT_EQ(file->find("supe"), nullptr);
  EXPECT_EQ(file->element_count(), 256U + 5 + 24 + 6 + 1 + 512);
  EXPECT_EQ(file->commonest_type(), DType::kQ6_K);
}

TEST(GgufReaderTest, VocabularyAsItStands) {
  const Vocabulary vocabulary = sample()->vocabulary();
  EXPECT_EQ(vocabulary.pieces, (std::vector<std::string>{"<unk>", "<s>", "", "▁a"}));
  EXPECT_EQ(vocabulary.scores, (std::vector<float>{0, 0, -1, -2}));
  EXPECT_EQ(vocabulary.types, (std::vector<std::int32_t>{2, 3, 1, 1}));
  EXPECT_EQ(vocabulary.bos_id, 7);
  EXPECT_EQ(vocabulary.eos_id, 2);  // not in the file
  const auto bare = parse_copy(build_gguf(GgufHeader()));
  ASSERT_TRUE(bare);
  EXPECT_TRUE((*bare)->vocabulary().pieces.empty());
  EXPECT_EQ((*bare)->commonest_type(), DType::kF32);
}

TEST(GgufReaderTest, UnknownTensorTypesMatterOnlyWhenUsed) {
  Bytes bytes = build_gguf(tiny_language_model("m"));
  // The last twelve bytes of the head before padding are the type and offset of the only tensor.
  const std::string name = "token_embd.weight";
  const auto found =
      std::search(bytes.begin(), bytes.end(), name.begin(), name.end(),
                  [](std::byte b, char c) { return b == static_cast<std::byte>(c); });
  const std::size_t type = static_cast<std::size_t>(found - bytes.begin()) + name.size() + 4 + 16;
  ASSERT_EQ(bytes[type], std::byte{8});  // q8_0
  bytes[type] = std::byte{20};
  auto file = parse_copy(bytes);
  ASSERT_TRUE(file) << file.error().message();
  const GgufTensor* tensor = (*file)->find(name);
  EXPECT_EQ(tensor->dtype, std::nullopt);
  EXPECT_TRUE(tensor->bytes.empty());
  EXPECT_EQ(tensor->checked_dtype().error().code, Errc::kUnsupported);
  EXPECT_NE(tensor->checked_dtype().error().detail.find("token_embd.weight"), std::string::npos);
  EXPECT_NE(tensor->checked_dtype().error().detail.find("iq4_nl"), std::string::npos);
  bytes[type] = std::byte{99};
  file = parse_copy(bytes);
  ASSERT_TRUE(file);
  EXPECT_NE((*file)->find(name)->checked_dtype().error().detail.find("type 99"), std::string::npos);
}

// One key "k" of type u32 and one tensor "t" of four f32, byte by byte from the specification; the
// names are the places of its fields.
constexpr std::size_t kVersion = 4, kTensorCount = 8, kKeyCount = 16, kKeyLength = 24,
                      kKeyType = 33, kNameLength = 41, kDims = 50, kDim = 54, kType = 62,
                      kOffset = 66, kHeadEnd = 74, kData = 96, kFileSize = 128;

Bytes minimal() {
  const std::string text =
      std::string("GGUF\3\0\0\0", 8) + std::string("\1\0\0\0\0\0\0\0", 8) +
      std::string("\1\0\0\0\0\0\0\0", 8) + std::string("\1\0\0\0\0\0\0\0k", 9) +
      std::string("\4\0\0\0\7\0\0\0", 8) + std::string("\1\0\0\0\0\0\0\0t", 9) +
      std::string("\1\0\0\0", 4) + std::string("\4\0\0\0\0\0\0\0", 8) + std::string("\0\0\0\0", 4) +
      std::string("\0\0\0\0\0\0\0\0", 8) + std::string(54, '\0');
  Bytes bytes(text.size());
  std::memcpy(bytes.data(), text.data(), text.size());
  return bytes;
}

template <class T>
Bytes with(Bytes bytes, std::size_t at, T value) {
  std::memcpy(bytes.data() + at, &value, sizeof value);
  return bytes;
}

TEST(GgufReaderTest, FileWrittenByHand) {
  const Bytes bytes = minimal();
  ASSERT_EQ(bytes.size(), kFileSize);
  for (const std::uint32_t version : {2U, 3U}) {
    const auto file = parse_copy(with(bytes, kVersion, version));
    ASSERT_TRUE(file) << file.error().message();
    EXPECT_EQ((*file)->version(), version);
    EXPECT_EQ((*file)->get_u32("k"), 7U);
    EXPECT_EQ((*file)->find("t")->bytes.data() - (*file)->tensors()[0].bytes.data(), 0);
    EXPECT_EQ((*file)->find("t")->bytes.size(), 16U);
  }
  // The data may end with the last tensor, without padding.
  EXPECT_TRUE(parse_copy(std::span(bytes).first(kData + 16)));
}

struct BrokenCase {
  const char* name;
  Bytes bytes;
  Errc code;
  const char* sentence;  ///< part of the message
};

Bytes of_text(std::string_view text) {
  const auto bytes = std::as_bytes(std::span(text.data(), text.size()));
  return {bytes.begin(), bytes.end()};
}

Bytes shortened(std::size_t size) {
  Bytes bytes = minimal();
  bytes.resize(size);
  return bytes;
}

/// A second copy of the key or of the tensor.
Bytes doubled_key() {
  Bytes bytes = with(minimal(), kKeyCount, std::uint64_t{2});
  bytes.insert(bytes.begin() + kKeyLength, bytes.begin() + kKeyLength, bytes.begin() + kNameLength);
  return bytes;
}

Bytes two_tensors(char second_name, std::uint64_t second_offset) {
  Bytes bytes = with(minimal(), kTensorCount, std::uint64_t{2});
  const Bytes copy(bytes.begin() + kNameLength, bytes.begin() + kHeadEnd);
  bytes.insert(bytes.begin() + kHeadEnd, copy.begin(), copy.end());
  bytes[kHeadEnd + 8] = static_cast<std::byte>(second_name);
  bytes = with(bytes, kOffset + copy.size(), second_offset);
  bytes.resize(256);
  return bytes;
}

std::vector<BrokenCase> broken_cases() {
  const Bytes m = minimal();
  const auto huge = std::uint64_t{1} << 62;
  return {
      {"Text", of_text("Dear diary, today"), Errc::kFormat,
       "this is not a GGUF file (it begins with 'Dear diary, toda')"},
      {"ControlCharacters", of_text("\x1b[2J\n\xff"), Errc::kFormat, "'\\x1b[2J\\n\\xff'"},
      {"LfsPointer", of_text("version https://git-lfs.github.com/spec/v1\n"), Errc::kFormat,
       "Git LFS pointer"},
      {"WebPage", of_text("<!DOCTYPE html>"), Errc::kFormat, "web page"},
      {"Zip", of_text("PK\x03\x04...."), Errc::kFormat, "PyTorch"},
      {"OldGgml", of_text("tjgg...."), Errc::kFormat, "old GGML"},
      {"OneByte", of_text("G"), Errc::kFormat, "not a GGUF file"},
      {"MagicOnly", of_text("GGUF"), Errc::kFormat, "truncated"},
      {"Version1", with(m, kVersion, 1U), Errc::kUnsupported, "version 1"},
      {"Version4", with(m, kVersion, 4U), Errc::kUnsupported, "version 4"},
      {"BigEndian", with(m, kVersion, 0x03000000U), Errc::kUnsupported, "big-endian"},
      {"TensorCount", with(m, kTensorCount, huge), Errc::kFormat, "tensors"},
      {"TensorCountTooMany", with(m, kTensorCount, std::uint64_t{60000}), Errc::kFormat,
       "claims to hold 60000 tensors, but has only 128 bytes"},
      {"KeyCount", with(m, kKeyCount, huge), Errc::kFormat, "keys"},
      {"KeyCountTooMany", with(m, kKeyCount, std::uint64_t{60000}), Errc::kFormat,
       "claims to hold 60000 keys"},
      {"KeyLength", with(m, kKeyLength, huge), Errc::kFormat, "within key 1"},
      {"KeyEmpty", with(m, kKeyLength, std::uint64_t{0}), Errc::kFormat, "name of key 1"},
      {"KeyType", with(m, kKeyType, 13U), Errc::kFormat, "'k' has the unknown type 13"},
      {"KeyTypeString", with(m, kKeyType, 8U), Errc::kFormat, "value of the key 'k'"},
      // The value 7 makes it an array of bool, the name's length is the count.
      {"KeyTypeArray", with(with(m, kKeyType, 9U), kNameLength, huge), Errc::kFormat,
       "value of the key 'k'"},
      {"KeyTwice", doubled_key(), Errc::kFormat, "key 'k' occurs twice"},
      {"NameLength", with(m, kNameLength, huge), Errc::kFormat, "description of tensor 1"},
      {"NameEmpty", with(m, kNameLength, std::uint64_t{0}), Errc::kFormat, "name in the desc"},
      {"Dims", with(m, kDims, 5U), Errc::kFormat, "'t' has 5 dimensions"},
      {"DimZero", with(m, kDim, std::uint64_t{0}), Errc::kFormat, "impossible shape"},
      {"DimHuge", with(m, kDim, huge), Errc::kFormat, "impossible shape"},
      {"DimTooLarge", with(m, kDim, std::uint64_t{9}), Errc::kFormat,
       "the file is truncated: the tensor 't' needs bytes 96–132, the file has 128"},
      {"TypeWithBlocks", with(m, kType, 2U), Errc::kFormat, "not whole blocks of q4_0"},
      {"OffsetUnaligned", with(m, kOffset, std::uint64_t{4}), Errc::kFormat, "not aligned"},
      {"OffsetOutside", with(m, kOffset, std::uint64_t{1024}), Errc::kFormat,
       "needs bytes 1120–1136"},
      {"OffsetOverflow", with(m, kOffset, ~std::uint64_t{31}), Errc::kFormat, "impossible"},
      {"TensorTwice", two_tensors('t', 32), Errc::kFormat, "tensor 't' occurs twice"},
      {"Overlap", two_tensors('u', 0), Errc::kFormat, "'t' and 'u' overlap"},
      {"HeadOnly", shortened(kHeadEnd), Errc::kFormat, "truncated: the tensor 't'"},
      {"DataCutOff", shortened(kData + 15), Errc::kFormat, "needs bytes 96–112, the file has 111"},
  };
}

class GgufBrokenTest : public testing::TestWithParam<BrokenCase> {};

TEST_P(GgufBrokenTest, SaysWhatIsWrong) {
  const auto file = parse_copy(GetParam().bytes);
  ASSERT_FALSE(file);
  EXPECT_EQ(file.error().code, GetParam().code);
  EXPECT_NE(file.error().detail.find(GetParam().sentence), std::string::npos)
      << file.error().detail;
}

INSTANTIATE_TEST_SUITE_P(All, GgufBrokenTest, testing::ValuesIn(broken_cases()),
                         [](const auto& broken) { return std::string(broken.param.name); });

TEST(GgufReaderTest, TensorsThatFollowEachOtherAreFine) {
  const auto file = parse_copy(two_tensors('u', 32));
  ASSERT_TRUE(file) << file.error().message();
  EXPECT_EQ((*file)->tensors().size(), 2U);
}

TEST(GgufReaderTest, Alignment) {
  for (const std::uint32_t alignment : {8U, 16U, 4096U}) {
    GgufHeader header(alignment);
    ASSERT_TRUE(header.add_tensor("a", std::array<std::uint64_t, 1>{3}, DType::kF32));
    ASSERT_TRUE(header.add_tensor("b", std::array<std::uint64_t, 1>{3}, DType::kF32));
    const auto file = parse_copy(build_gguf(header));
    ASSERT_TRUE(file) << file.error().message();
    EXPECT_EQ((*file)->find("b")->bytes.data() - (*file)->find("a")->bytes.data(),
              static_cast<std::ptrdiff_t>(std::max(16U, alignment)));
  }
  for (const std::uint32_t alignment : {0U, 1U, 4U, 24U, 1U << 21, 0xffffffffU}) {
    GgufHeader header;
    header.put("general.alignment", alignment);
    const auto file = parse_copy(build_gguf(header));
    ASSERT_FALSE(file) << alignment;
    EXPECT_NE(file.error().detail.find("general.alignment"), std::string::npos);
  }
  GgufHeader header;
  header.put_string("general.alignment", "32");
  EXPECT_FALSE(parse_copy(build_gguf(header)));
}

TEST(GgufReaderTest, ArraysNestOnlySoDeep) {
  for (int depth = 1; depth <= 8; ++depth) {
    // The innermost array is empty, each other one holds the next.
    Bytes inner;
    for (int i = 1; i < depth; ++i) {
      const std::uint32_t type = i == 1 ? 0 : 9;
      const std::uint64_t count = i == 1 ? 0 : 1;
      Bytes outer(12);
      std::memcpy(outer.data(), &type, 4);
      std::memcpy(outer.data() + 4, &count, 8);
      outer.insert(outer.end(), inner.begin(), inner.end());
      inner = outer;
    }
    GgufValue value;
    value.type = GgufType::kArray;
    value.element_type = depth == 1 ? GgufType::kU8 : GgufType::kArray;
    value.count = depth == 1 ? 0 : 1;
    value.bytes = inner;
    GgufHeader header;
    header.put_value("deep", value);
    EXPECT_EQ(parse_copy(build_gguf(header)).has_value(), depth <= kGgufMaxArrayDepth) << depth;
  }
}

TEST(GgufReaderTest, Files) {
  const TemporaryFolder folder;
  const auto path = folder.write("model.gguf", build_gguf(sample_header()));
  const auto file = GgufFile::open(path);
  ASSERT_TRUE(file) << file.error().message();
  EXPECT_EQ((*file)->path(), path);
  EXPECT_EQ((*file)->size_bytes(), std::filesystem::file_size(path));
  EXPECT_EQ((*file)->get_string("general.architecture"), "llama");

  const auto text = GgufFile::open(folder.write("text.gguf", "Hello, world"));
  ASSERT_FALSE(text);
  EXPECT_EQ(text.error().message(),
            (folder.path() / "text.gguf").string() +
                ": this is not a GGUF file (it begins with 'Hello, world')");
  EXPECT_EQ(GgufFile::open(folder.path() / "missing").error().code, Errc::kIo);
  EXPECT_EQ(GgufFile::open(folder.path()).error().code, Errc::kIo);
  // Opening a pipe that nobody writes to would wait for ever.
  const auto pipe = folder.path() / "pipe.gguf";
  ASSERT_EQ(::mkfifo(pipe.c_str(), 0600), 0);
  EXPECT_EQ(GgufFile::open(pipe).error().code, Errc::kIo);
}

TEST(GgufReaderTest, ReferenceFiles) {
  GALAGO_SKIP_WITHOUT_REFERENCE();
  const auto folder = reference_folder() / "gguf" / "tiny-rope4";
  const auto model = GgufFile::open(folder / "ggml-model-f16.gguf");
  ASSERT_TRUE(model) << model.error().message();
  EXPECT_EQ((*model)->tensors().size(), 39U);
  EXPECT_EQ((*model)->get_f32("llama.rope.scaling.factor"), 4.0F);
  EXPECT_EQ((*model)->vocabulary().pieces.size(), 32000U);
  EXPECT_EQ((*model)->find("token_embd.weight")->shape, (std::vector<std::uint64_t>{96, 32000}));
  const auto mmproj = GgufFile::open(folder / "mmproj-model-f16.gguf");
  ASSERT_TRUE(mmproj) << mmproj.error().message();
  EXPECT_EQ((*mmproj)->tensors().size(), 77U);
  EXPECT_EQ((*mmproj)->get_string("clip.projector_type"), "ldp");
}

}  // namespace
}  // namespace galago
