// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
#include "gguf/gguf_summary.h"

#include <gtest/gtest.h>

#include <string>
#include <string_view>

#include "gguf_builder.h"
#include "test_data.h"

namespace galago {
namespace {

GgufSummary summary_of(const GgufHeader& header) {
  const auto file = parse_copy(build_gguf(header));
  EXPECT_TRUE(file) << file.error().message();
  return summarise(**file);
}

bool contains(std::string_view text, std::string_view part) {
  return text.find(part) != std::string_view::npos;
}

TEST(PrintableTest, HarmlessTextStays) {
  EXPECT_EQ(printable("MobileVLM 1.7B, 图片 – ü"), "MobileVLM 1.7B, 图片 – ü");
  EXPECT_EQ(printable(""), "");
}

TEST(PrintableTest, ControlsAndBrokenUtf8AreEscaped) {
  EXPECT_EQ(printable("a\nb\r\tc"), "a\\nb\\r\\tc");
  EXPECT_EQ(printable("\x1b]0;title\x07"), "\\x1b]0;title\\x07");
  EXPECT_EQ(printable(std::string_view("\0\x7f", 2)), "\\x00\\x7f");
  EXPECT_EQ(printable("\xff\xc3"), "\\xff\\xc3");
  EXPECT_EQ(printable("\xed\xa0\x80"), "\\xed\\xa0\\x80");  // a surrogate
  EXPECT_EQ(printable("\xc2\x9b"
                      "31m"),
            "\\u{9b}31m");  // CSI as one character
  EXPECT_EQ(printable("\xe2\x80\xae"
                      "fdp"),
            "\\u{202e}fdp");                          // writes from right to left
  EXPECT_EQ(printable("\xe2\x80\xa8"), "\\u{2028}");  // a line break
}

TEST(PrintableTest, LongTextIsCutBetweenCharacters) {
  EXPECT_EQ(printable("üüüü", 4), "üüüü");
  EXPECT_EQ(printable("üüüüü", 4), "üüüü…");
  EXPECT_LT(printable(std::string(1 << 20, 'x')).size(), 210U);
}

TEST(GgufSummaryTest, LanguageModel) {
  GgufHeader header;
  header.put_string("general.architecture", "llama");
  header.put_string("general.name", "Test\x1b[31m");
  header.put("llama.block_count", 24U);
  header.put("llama.embedding_length", 2048U);
  header.put("llama.context_length", 2048U);
  header.put_string("llama.rope.scaling.type", "linear");
  header.put("llama.rope.scaling.factor", 4.0F);
  header.put_string("tokenizer.chat_template", "{{ messages }}\n");
  const std::array<std::uint64_t, 2> shape = {256, 12}, norm = {256, 1};
  ASSERT_TRUE(header.add_tensor("output_norm.weight", norm, DType::kF32));
  ASSERT_TRUE(header.add_tensor("token_embd.weight", shape, DType::kQ4_K));
  const GgufSummary s = summary_of(header);
  EXPECT_EQ(s.kind, GgufSummary::Kind::kLanguageModel);
  EXPECT_EQ(s.name, "Test\\x1b[31m");
  EXPECT_EQ(s.parameter_count, 256U * 13U);
  EXPECT_EQ(s.context_length, 2048U);
  EXPECT_EQ(s.rope_scaling, "linear × 4");
  EXPECT_EQ(s.vocabulary_size, 12U);  // rows of the embedding: there is no list
  EXPECT_EQ(s.prompt_template, "vicuna_v1");
  EXPECT_EQ(s.file_template, "{{ messages }}\\n");
  EXPECT_TRUE(s.projector_type.empty());
  ASSERT_EQ(s.types.size(), 2U);
  EXPECT_EQ(s.types[0].type, "q4_K");
  EXPECT_EQ(s.types[0].bytes, 12U * 144U);
  EXPECT_EQ(s.types[1].tensors, 1U);
  EXPECT_EQ(s.tensors[1].shape, (std::vector<std::uint64_t>{12, 256}));
  ASSERT_FALSE(s.shape.empty());
  EXPECT_EQ(s.shape[0], GgufSummary::Fact("layers", "24"));

  const std::string overview = to_text(s, SummaryDetail::kOverview);
  EXPECT_TRUE(contains(overview, "q4_K: 1 tensors")) << overview;
  EXPECT_TRUE(contains(overview, "vicuna_v1"));
  EXPECT_FALSE(contains(overview, "llama.block_count"));
  EXPECT_FALSE(contains(overview, "\x1b"));
  const std::string all = to_text(s, SummaryDetail::kMetadataAndTensors);
  EXPECT_TRUE(contains(all, "llama.block_count = 24"));
  EXPECT_TRUE(contains(all, "token_embd.weight [12, 256] q4_K")) << all;
  EXPECT_FALSE(contains(to_text(s, SummaryDetail::kMetadata), "token_embd.weight ["));
}

TEST(GgufSummaryTest, Projector) {
  const GgufSummary s = summary_of(tiny_projector("ldpv2"));
  EXPECT_EQ(s.kind, GgufSummary::Kind::kProjector);
  EXPECT_EQ(s.projector_type, "ldpv2");
  EXPECT_TRUE(s.prompt_template.empty());
  EXPECT_EQ(s.context_length, std::nullopt);
  EXPECT_TRUE(contains(to_text(s, SummaryDetail::kOverview), "projector (mmproj)"));
}

TEST(GgufSummaryTest, OtherFiles) {
  const GgufSummary s = summary_of(GgufHeader());
  EXPECT_EQ(s.kind, GgufSummary::Kind::kOther);
  EXPECT_TRUE(contains(to_text(s, SummaryDetail::kOverview), "not stated"));
}

TEST(GgufSummaryTest, LongArraysAreShortened) {
  GgufHeader header;
  header.put_array<float>("numbers", std::vector<float>(1000, 0.5F));
  header.put_array<std::uint8_t>("few", std::array<std::uint8_t, 2>{1, 2});
  const std::string long_text(5000, 'y');
  header.put_strings("texts", std::array<std::string_view, 2>{"a\nb", long_text});
  const GgufSummary s = summary_of(header);
  EXPECT_EQ(s.metadata[0].second, "[0.5, 0.5, 0.5, 0.5, 0.5, 0.5, …] (1000 × f32)");
  EXPECT_EQ(s.metadata[1].second, "[1, 2] (2 × u8)");
  EXPECT_TRUE(contains(s.metadata[2].second, "\"a\\nb\", \"yyy"));
  EXPECT_LT(s.metadata[2].second.size(), 100U);
}

TEST(GgufSummaryTest, TheTestsOwnModel) {
  const auto file = GgufFile::open(test_data_folder() / "model" / "ggml-model-f16.gguf");
  ASSERT_TRUE(file) << file.error().message();
  const GgufSummary s = summarise(**file);
  EXPECT_EQ(s.kind, GgufSummary::Kind::kLanguageModel);
  EXPECT_EQ(s.types[0].type, "f16");
  EXPECT_EQ(s.vocabulary_size, (*file)->find("token_embd.weight")->shape[1]);
}

}  // namespace
}  // namespace galago
