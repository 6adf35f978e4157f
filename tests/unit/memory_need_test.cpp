// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// What a model needs, what is free, and what is said when the one does not fit into the other.
#include "library/memory_need.h"

#include <gtest/gtest.h>

#include <fstream>

#include "base/free_memory.h"
#include "temporary_folder.h"
#include "test_data.h"

namespace galago {
namespace {

constexpr std::uint64_t kGb = 1'000'000'000;

/// MobileVLM 1.7B in q8_0.
ModelFacts facts() {
  ModelFacts f;
  f.quantisation = "q8_0";
  f.language_parameters = 1'365'000'000;
  f.language_bytes = 1'450'000'000;
  f.projector_bytes = 600'000'000;
  f.shape = {24, 2048, 5632, 2048, 32000, 2048, 576, 1024, 4096};
  return f;
}

TEST(MemoryNeed, CountsFilesCacheAndWorkspace) {
  const MemoryNeed need = memory_need(facts());
  EXPECT_EQ(need.weights, 2'050'000'000u);
  EXPECT_EQ(need.cache, 2ULL * 24 * 2048 * 2048 * 2);
  EXPECT_GT(need.workspace, 40'000'000u);
  EXPECT_LT(need.workspace, 300'000'000u);
  EXPECT_EQ(memory_need(facts(), 4096).cache, 2 * need.cache);
}

TEST(MemoryNeed, SaysWhatFits) {
  const std::uint64_t needed = memory_need(facts()).total();
  EXPECT_EQ(memory_fit(needed, needed * 2), MemoryFit::kFits);
  EXPECT_EQ(memory_fit(needed, needed + 1), MemoryFit::kTight);
  EXPECT_EQ(memory_fit(needed, needed - 1), MemoryFit::kWontFit);
  EXPECT_EQ(memory_fit(1, 0), MemoryFit::kWontFit);
}

TEST(MemoryNeed, AdvisesTheMostPreciseTypeThatFits) {
  EXPECT_EQ(type_that_fits(facts(), 10 * kGb), "q6_K") << "it is q8_0 already";
  EXPECT_EQ(type_that_fits(facts(), 2 * kGb), "q4_K");
  EXPECT_EQ(type_that_fits(facts(), kGb / 2), "");
  EXPECT_TRUE(check_memory(facts(), 10 * kGb));
  const Status small = check_memory(facts(), 2 * kGb);
  ASSERT_FALSE(small);
  EXPECT_EQ(small.error().code, Errc::kOutOfMemory);
  EXPECT_NE(small.error().detail.find("q4_K"), std::string::npos) << small.error().detail;
  EXPECT_NE(small.error().detail.find("2.0 GB are free"), std::string::npos);
  EXPECT_FALSE(check_memory(facts(), kGb / 2));
}

TEST(MemoryNeed, OfACatalogueEntryIsKnownWhereItsSizesAre) {
  CatalogueEntry entry;
  entry.manifest.files = {{"a", FileRole::kLanguageModel, 800'000'000, "", ""},
                          {"b", FileRole::kProjector, {}, "", ""}};
  entry.shape = CatalogueShape{24, 2048, 2048};
  EXPECT_FALSE(memory_need(entry));
  entry.manifest.files[1].size = 600'000'000;
  ASSERT_TRUE(memory_need(entry));
  EXPECT_GT(memory_need(entry)->total(), 1'800'000'000u);
  entry.shape.reset();
  EXPECT_FALSE(memory_need(entry));
}

TEST(MemoryNeed, IsReadFromTheFiles) {
  const auto folder = test_data_folder() / "model";
  const auto read =
      read_model_facts(folder / "ggml-model-f16.gguf", folder / "mmproj-model-f16.gguf");
  ASSERT_TRUE(read) << read.error().message();
  EXPECT_EQ(read->shape.layers, 2u);
  EXPECT_EQ(read->shape.dim, 64u);
  EXPECT_EQ(read->shape.kv_width, 32u) << "4 heads share 2";
  EXPECT_EQ(read->shape.context_length, 512u);
  EXPECT_EQ(read->shape.patches, 576u);
}

class FreeMemory : public ::testing::Test {
 protected:
  MemoryFiles files() const {
    return {folder_.path() / "meminfo", folder_.path() / "own", folder_.path() / "groups"};
  }

  TemporaryFolder folder_;
};

TEST_F(FreeMemory, IsUnknownWhereNothingSaysIt) { EXPECT_FALSE(free_memory(files())); }

TEST_F(FreeMemory, IsWhatTheSystemHas) {
  folder_.write("meminfo", "MemTotal: 8000 kB\nMemFree: 1000 kB\nMemAvailable:    4000 kB\n");
  EXPECT_EQ(free_memory(files()), 4'096'000u);
}

TEST_F(FreeMemory, IsHeldToEveryGroupAbove) {
  folder_.write("meminfo", "MemAvailable: 4000 kB\n");
  folder_.write("own", "1:name=x:/other\n0::/outer/inner\n");
  folder_.write("groups/outer/inner/memory.max", "max\n");
  folder_.write("groups/outer/inner/memory.current", "5\n");
  folder_.write("groups/outer/memory.max", "3000000\n");
  folder_.write("groups/outer/memory.current", "2500000\n");
  folder_.write("groups/outer/memory.stat", "anon 1\ninactive_file 500000\n");
  EXPECT_EQ(free_memory(files()), 1'000'000u);
  folder_.write("groups/outer/memory.current", "4000000\n");
  EXPECT_EQ(free_memory(files()), 0u);
}

TEST(ThisMachine, SaysHowMuchIsFree) {
  const auto bytes = free_memory();
  ASSERT_TRUE(bytes);
  EXPECT_GT(*bytes, 1'000'000u);
}

}  // namespace
}  // namespace galago
