// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// Which tensor gets which type in which mix. Expected types of language models were read off files
// that llama.cpp's quantiser (commit c392e50) made of a model of these shapes.
#include "convert/tensor_types.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "convert/mix.h"

namespace galago {
namespace {

using Shape = std::vector<std::uint64_t>;

GgufHeader keys(std::string_view architecture, std::uint32_t layers, std::uint32_t sharing = 1) {
  GgufHeader header;
  header.put_string("general.architecture", architecture);
  header.put("llama.block_count", layers);
  header.put("llama.attention.head_count", std::uint32_t{8});
  header.put("llama.attention.head_count_kv", 8 / sharing);
  return header;
}

GgufHeader language_model(std::uint32_t layers, std::uint32_t sharing = 1, bool has_output = true) {
  GgufHeader header = keys("llama", layers, sharing);
  EXPECT_TRUE(header.add_tensor("token_embd.weight", Shape{512, 64}, DType::kF16));
  if (has_output) {
    EXPECT_TRUE(header.add_tensor("output.weight", Shape{512, 64}, DType::kF16));
  }
  return header;
}

GgufHeader::TensorPlace tensor(std::string name, Shape shape = {512, 512},
                               DType dtype = DType::kF16) {
  return {std::move(name), std::move(shape), dtype, 0, 0};
}

TensorTypes types(const GgufHeader& header, std::string_view mix) {
  auto made = TensorTypes::create(header, mix_from_name(mix).value());
  EXPECT_TRUE(made) << made.error().message();
  return *made;
}

/// The names of the types of `name` in layers 0 … layers − 1, as "q6_K q4_K …".
std::string by_layer(std::string_view mix, const std::string& name, std::uint32_t layers,
                     std::uint32_t sharing = 1) {
  const TensorTypes chosen = types(language_model(layers, sharing), mix);
  std::string text;
  for (std::uint32_t i = 0; i < layers; ++i) {
    const DType type = chosen.wanted(tensor("blk." + std::to_string(i) + "." + name));
    text += (i == 0 ? "" : " ") + std::string(dtype_info(type).name).substr(1, 1);
  }
  return text;
}

TEST(MixTest, NamesAsPeopleWriteThem) {
  EXPECT_EQ(mix_from_name("q4_K_M"), Mix::kQ4_K_M);
  EXPECT_EQ(mix_from_name("Q4_K_M"), Mix::kQ4_K_M);
  EXPECT_EQ(mix_from_name("q4_k"), Mix::kQ4_K_M);
  EXPECT_EQ(mix_from_name("Q8_0"), Mix::kQ8_0);
  EXPECT_EQ(mix_from_name("BF16"), Mix::kBF16);
  EXPECT_FALSE(mix_from_name("q4"));
  EXPECT_FALSE(mix_from_name("q4_K_L"));
  EXPECT_FALSE(mix_from_name(""));
  for (const MixInfo& info : all_mixes()) EXPECT_EQ(mix_from_name(info.name), info.mix);
}

// Sixteen layers: an eighth is two, a sixteenth one.
TEST(TensorTypesTest, MixesGiveMoreBitsToSomeLayers) {
  const std::string everywhere_third = "6 6 4 4 6 4 4 6 4 4 6 4 4 6 6 6";
  EXPECT_EQ(by_layer("q4_K_M", "attn_v.weight", 16), everywhere_third);
  EXPECT_EQ(by_layer("q4_K_M", "ffn_down.weight", 16), everywhere_third);
  EXPECT_EQ(by_layer("q5_K_M", "ffn_down.weight", 16), "6 6 5 5 6 5 5 6 5 5 6 5 5 6 6 6");
  EXPECT_EQ(by_layer("q4_K_S", "attn_v.weight", 6), "5 5 5 5 4 4");
  EXPECT_EQ(by_layer("q4_K_S", "ffn_down.weight", 16), "5 5 4 4 4 4 4 4 4 4 4 4 4 4 4 4");
  EXPECT_EQ(by_layer("q3_K_M", "attn_v.weight", 4), "5 5 4 4");
  EXPECT_EQ(by_layer("q3_K_M", "ffn_down.weight", 16), "5 4 4 4 4 4 4 4 4 4 4 4 4 4 4 4");
  EXPECT_EQ(by_layer("q3_K_L", "ffn_down.weight", 2), "5 5");
  EXPECT_EQ(by_layer("q3_K_S", "ffn_down.weight", 2), "3 3");
  EXPECT_EQ(by_layer("q2_K", "ffn_down.weight", 2), "3 3");
  EXPECT_EQ(by_layer("q2_K", "attn_v.weight", 2), "3 3");
  EXPECT_EQ(by_layer("q2_K", "attn_v.weight", 2, 4), "4 4") << "shared by four heads";
  EXPECT_EQ(by_layer("q5_K_S", "ffn_down.weight", 2), "5 5");
  EXPECT_EQ(by_layer("q3_K_M", "attn_output.weight", 2), "4 4");
  EXPECT_EQ(by_layer("q3_K_L", "attn_output.weight", 2), "5 5");
  EXPECT_EQ(by_layer("q2_K", "attn_output.weight", 2), "3 3");
  for (const auto* name : {"attn_q.weight", "attn_k.weight", "ffn_gate.weight", "ffn_up.weight"})
    EXPECT_EQ(by_layer("q4_K_M", name, 4), "4 4 4 4") << name;
  for (const auto* mix : {"q4_0", "q4_1"})
    EXPECT_EQ(by_layer(mix, "ffn_down.weight", 3), "4 4 4") << mix;
}

TEST(TensorTypesTest, OutputAndEmbedding) {
  const auto output = tensor("output.weight"), embedding = tensor("token_embd.weight");
  for (const auto* mix : {"q2_K", "q3_K_S", "q4_K_M", "q5_K_S", "q6_K", "q4_0", "q5_1"}) {
    EXPECT_EQ(types(language_model(4), mix).wanted(output), DType::kQ6_K) << mix;
    EXPECT_EQ(types(language_model(4), mix).wanted(embedding), mix_info(*mix_from_name(mix)).type);
    EXPECT_EQ(types(language_model(4, 1, false), mix).wanted(embedding), DType::kQ6_K)
        << mix << ": it is the output as well";
  }
  EXPECT_EQ(types(language_model(4), "q8_0").wanted(output), DType::kQ8_0);
  EXPECT_EQ(types(language_model(4), "bf16").wanted(output), DType::kBF16);
}

TEST(TensorTypesTest, VectorsStayExact) {
  for (const MixInfo& info : all_mixes()) {
    const TensorTypes chosen = types(language_model(4), info.name);
    EXPECT_EQ(chosen.wanted(tensor("blk.0.attn_norm.weight", {512})), DType::kF32) << info.name;
    EXPECT_EQ(chosen.wanted(tensor("blk.0.attn_norm.weight", {512, 1})), DType::kF32);
  }
}

// Only matrices that are multiplied with; what is read in another way stays f16, or f32.
TEST(TensorTypesTest, ProjectorsKeepWhatIsNotMultiplied) {
  GgufHeader header = keys("clip", 1);
  for (const auto& [mix, type] : {std::pair("q8_0", DType::kQ8_0), std::pair("q4_K", DType::kQ4_K),
                                  std::pair("bf16", DType::kBF16), std::pair("f16", DType::kF16)}) {
    const TensorTypes chosen = types(header, mix);
    EXPECT_EQ(chosen.wanted(tensor("v.blk.0.attn_q.weight")), type);
    EXPECT_EQ(chosen.wanted(tensor("mm.model.mlp.1.weight")), type);
    EXPECT_EQ(chosen.wanted(tensor("v.position_embd.weight", {512, 577})), DType::kF16) << mix;
    EXPECT_EQ(chosen.wanted(tensor("v.patch_embd.weight", {14, 14, 3, 512})), DType::kF16);
    EXPECT_EQ(chosen.wanted(tensor("mm.model.peg.0.weight", {3, 3, 1, 512})), DType::kF16);
    EXPECT_EQ(chosen.wanted(tensor("v.class_embd", {512})), DType::kF32);
    EXPECT_EQ(chosen.wanted(tensor("v.blk.0.attn_q.bias", {512})), DType::kF32);
  }
  EXPECT_EQ(types(header, "f32").wanted(tensor("v.patch_embd.weight", {14, 14, 3, 512})),
            DType::kF32);
  for (const auto* mix : {"q2_K", "q4_0", "q6_K"}) {
    const auto refused = TensorTypes::create(header, *mix_from_name(mix));
    ASSERT_FALSE(refused) << mix;
    EXPECT_EQ(refused.error().code, Errc::kInvalidArgument);
    EXPECT_NE(refused.error().detail.find("f32, f16, bf16, q8_0, q4_K_M"), std::string::npos);
  }
}

TEST(TensorTypesTest, RowsThatAreNotWholeBlocks) {
  EXPECT_EQ(fitting_type(DType::kQ4_K, 704 + 64), DType::kQ4_K);
  EXPECT_EQ(fitting_type(DType::kQ2_K, 704), DType::kQ4_0);
  EXPECT_EQ(fitting_type(DType::kQ3_K, 704), DType::kQ4_0);
  EXPECT_EQ(fitting_type(DType::kQ4_K, 704), DType::kQ5_0);
  EXPECT_EQ(fitting_type(DType::kQ5_K, 704), DType::kQ5_1);
  EXPECT_EQ(fitting_type(DType::kQ6_K, 704), DType::kQ8_0);
  for (const DType type : {DType::kQ2_K, DType::kQ6_K, DType::kQ8_0, DType::kQ4_0})
    EXPECT_EQ(fitting_type(type, 100), DType::kF16);
  EXPECT_EQ(fitting_type(DType::kF32, 1), DType::kF32);
}

TEST(TensorTypesTest, OtherFilesAreRefused) {
  EXPECT_EQ(TensorTypes::create(GgufHeader(), Mix::kF16).error().code, Errc::kFormat);
  EXPECT_EQ(TensorTypes::create(keys("gpt2", 4), Mix::kF16).error().code, Errc::kUnsupported);
  EXPECT_EQ(TensorTypes::create(keys("llama", 0), Mix::kF16).error().code, Errc::kFormat);
  EXPECT_EQ(TensorTypes::create(keys("llama", 1U << 30), Mix::kF16).error().code, Errc::kFormat);
}

// A file is not trusted: its names may hold anything where a layer's number is expected.
TEST(TensorTypesTest, OddNames) {
  const TensorTypes chosen = types(language_model(16), "q4_K_M");
  for (const auto* name : {"blk..attn_v.weight", "blk.99999999999999999999.attn_v.weight",
                           "blk.-7.ffn_down.weight", "attn_v.weight", "blk."})
    EXPECT_TRUE(dtype_info(chosen.wanted(tensor(name))).is_quantised) << name;
}

}  // namespace
}  // namespace galago
