// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// The original checkpoints of the shared reference data as they are imported, against the GGUF
// pairs that were made of the same weights: every tensor bit for bit, and what a program reads of
// the metadata.
#include <gtest/gtest.h>

#include <cstring>
#include <set>
#include <string>
#include <vector>

#include "base/half.h"
#include "convert/huggingface_model.h"
#include "converted_model.h"
#include "gguf/gguf_reader.h"
#include "reference_data.h"
#include "temporary_folder.h"

namespace galago {
namespace {

std::shared_ptr<const GgufFile> open_pair(const std::string& model, const char* file) {
  auto opened = GgufFile::open(reference_folder() / "gguf" / model / file);
  if (!opened) {
    ADD_FAILURE() << opened.error().message();
    return nullptr;
  }
  return *opened;
}

/// The bytes of an imported tensor in the type it is said to be stored in.
std::vector<std::byte> stored_bytes(const TensorSource& source, std::size_t index) {
  const GgufHeader::TensorPlace& tensor = source.header().tensors()[index];
  const std::size_t element = tensor.dtype == DType::kF32 ? 4 : 2;
  std::vector<float> values(tensor.size / element);
  const Status status = source.read(index, 0, values);
  if (!status) ADD_FAILURE() << status.error().message();
  if (tensor.dtype == DType::kF32) {
    const auto bytes = std::as_bytes(std::span(values));
    return {bytes.begin(), bytes.end()};
  }
  std::vector<std::uint16_t> halves;
  for (const float value : values) halves.push_back(float_to_half(value));
  const auto bytes = std::as_bytes(std::span(halves));
  return {bytes.begin(), bytes.end()};
}

/// As f16, whatever the checkpoint stores: that is what the pairs hold.
std::vector<std::byte> as_pair_stores(const TensorSource& source, std::size_t index, DType dtype) {
  const GgufHeader::TensorPlace& tensor = source.header().tensors()[index];
  if (dtype == tensor.dtype) return stored_bytes(source, index);
  EXPECT_EQ(dtype, DType::kF16) << tensor.name;
  std::uint64_t count = 1;
  for (const std::uint64_t size : tensor.shape) count *= size;
  std::vector<float> values(count);
  EXPECT_TRUE(source.read(index, 0, values));
  std::vector<std::byte> bytes(count * 2);
  for (std::size_t i = 0; i < count; ++i) {
    const std::uint16_t half = float_to_half(values[i]);
    std::memcpy(bytes.data() + 2 * i, &half, 2);
    EXPECT_EQ(half_to_float(half), values[i]) << tensor.name;  // the reference's weights are exact
  }
  return bytes;
}

void expect_same_tensors(const TensorSource& source, const GgufFile& pair) {
  const auto tensors = source.header().tensors();
  EXPECT_EQ(tensors.size(), pair.tensors().size());
  for (std::size_t i = 0; i < tensors.size(); ++i) {
    const GgufTensor* expected = pair.find(tensors[i].name);
    ASSERT_NE(expected, nullptr) << tensors[i].name;
    EXPECT_EQ(tensors[i].shape, expected->shape) << tensors[i].name;
    const auto bytes = as_pair_stores(source, i, *expected->dtype);
    ASSERT_EQ(bytes.size(), expected->bytes.size()) << tensors[i].name;
    EXPECT_EQ(std::memcmp(bytes.data(), expected->bytes.data(), bytes.size()), 0)
        << tensors[i].name;
  }
}

/// Every key of the pair, but the name and what the writer of a file adds to it.
void expect_same_metadata(const TensorSource& source, const GgufFile& pair) {
  const auto encoded = source.header().encode();
  ASSERT_TRUE(encoded) << encoded.error().message();
  // A file of the head alone is truncated: the keys are compared in one that has room for the data.
  std::vector<std::byte> bytes = *encoded;
  const auto tensors = source.header().tensors();
  bytes.resize(bytes.size() + tensors.back().offset + tensors.back().size);
  const auto imported = GgufFile::parse(bytes, nullptr);
  ASSERT_TRUE(imported) << imported.error().message();
  std::set<std::string> keys;
  for (const GgufFile* file : {&pair, imported->get()})
    for (const GgufEntry& entry : file->entries()) keys.insert(std::string(entry.key));
  keys.erase("general.name");
  keys.erase("general.file_type");
  for (const std::string& key : keys) {
    const GgufValue* expected = pair.value(key);
    const GgufValue* found = (*imported)->value(key);
    ASSERT_TRUE(expected != nullptr && found != nullptr) << key;
    EXPECT_EQ(found->type, expected->type) << key;
    EXPECT_EQ(found->count, expected->count) << key;
    ASSERT_EQ(found->bytes.size(), expected->bytes.size()) << key;
    EXPECT_EQ(std::memcmp(found->bytes.data(), expected->bytes.data(), found->bytes.size()), 0)
        << key;
  }
}

void expect_imports_as(const HuggingFaceFolders& folders, const std::string& pair) {
  auto model = HuggingFaceModel::open(folders);
  ASSERT_TRUE(model) << model.error().message();
  EXPECT_EQ(model->name, folders.model.filename().string());
  for (const auto& [source, file] : {std::pair(model->language.get(), "ggml-model-f16.gguf"),
                                     std::pair(model->vision.get(), "mmproj-model-f16.gguf")}) {
    const auto expected = open_pair(pair, file);
    ASSERT_NE(expected, nullptr);
    expect_same_tensors(*source, *expected);
    expect_same_metadata(*source, *expected);
  }
}

struct ImportCase {
  const char* folder;
  const char* pair;
};

class ImportGoldenTest : public testing::TestWithParam<ImportCase> {};

TEST_P(ImportGoldenTest, GivesTheTensorsOfTheGgufPair) {
  GALAGO_SKIP_WITHOUT_REFERENCE();
  expect_imports_as({reference_folder() / GetParam().folder, {}, {}}, GetParam().pair);
}

INSTANTIATE_TEST_SUITE_P(
    Reference, ImportGoldenTest,
    testing::Values(ImportCase{"tiny-v1", "tiny-v1"}, ImportCase{"tiny-v2", "tiny-v2"},
                    ImportCase{"tiny-v2-sharded", "tiny-v2"}, ImportCase{"tiny-v2-st", "tiny-v2"},
                    ImportCase{"tiny-mlp", "tiny-mlp"}, ImportCase{"tiny-gqa", "tiny-gqa"},
                    ImportCase{"tiny-lora", "tiny-lora"}),
    [](const testing::TestParamInfo<ImportCase>& tested) {
      std::string name = tested.param.folder;
      for (char& c : name)
        if (c == '-') c = '_';
      return name;
    });

TEST(ImportGolden, TowersOfOtherFoldersAreTakenWhenNamed) {
  GALAGO_SKIP_WITHOUT_REFERENCE();
  expect_imports_as({reference_folder() / "tiny-v1", {}, reference_folder() / "tiny-clip-st"},
                    "tiny-v1");
}

TEST(ImportGolden, AnAdapterTakesTheBaseThatIsNamed) {
  GALAGO_SKIP_WITHOUT_REFERENCE();
  expect_imports_as({reference_folder() / "tiny-lora", reference_folder() / "tiny-v1", {}},
                    "tiny-lora");
}

TEST(ImportGolden, RopeScalingIsCarriedOver) {
  GALAGO_SKIP_WITHOUT_REFERENCE();
  const TemporaryFolder scratch;
  expect_imports_as(golden::reference_checkpoint("tiny-rope4", scratch), "tiny-rope4");
}

}  // namespace
}  // namespace galago
