// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
#include "text/chat_template.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <fstream>
#include <iterator>
#include <nlohmann/json.hpp>

#include "base/mapped_file.h"
#include "reference_data.h"
#include "test_data.h"
#include "text/prompt_encoder.h"

namespace galago {
namespace {

using nlohmann::json;

ChatTemplate find(std::string_view name) {
  auto found = ChatTemplate::find(name);
  EXPECT_TRUE(found) << name;
  return *found;
}

/// The prompt as the original writes it, a picture as its marker.
std::string join(const std::vector<PromptSegment>& segments) {
  std::string text;
  for (const PromptSegment& segment : segments)
    text += segment.is_picture ? std::string(kPictureMarker) : segment.text;
  return text;
}

std::string render(std::string_view name, std::string_view system,
                   const std::vector<TextTurn>& turns) {
  return join(find(name).render(system, turns));
}

constexpr std::string_view kVicunaSystem =
    "A chat between a curious user and an artificial intelligence assistant. The assistant gives "
    "helpful, detailed, and polite answers to the user's questions.";

TEST(ChatTemplate, IsFoundByName) {
  for (const std::string_view name : ChatTemplate::names()) EXPECT_EQ(find(name).name(), name);
  EXPECT_EQ(ChatTemplate::names().size(), 4U);
  EXPECT_EQ(find("v1").name(), "vicuna_v1");
  EXPECT_EQ(find("vicuna_v1").default_system(), kVicunaSystem);
  EXPECT_EQ(find("plain").default_system(), "");
  EXPECT_EQ(find("llama_2").default_system().size(), 508U);
  const auto missing = ChatTemplate::find("chatml");
  ASSERT_FALSE(missing);
  EXPECT_EQ(missing.error().code, Errc::kInvalidArgument);
  for (const std::string_view name : ChatTemplate::names())
    EXPECT_NE(missing.error().detail.find(name), std::string::npos) << missing.error().detail;
}

// What the original's conversation.py gives for these messages, except where it gives nothing: it
// has no alpaca, and no second message in plain. For an empty system text in llama_2, LLaVA's later
// version, which leaves out the empty <<SYS>>.

TEST(ChatTemplate, Vicuna) {
  EXPECT_EQ(render("vicuna_v1", "S.", {{"q", 0, ""}}), "S. USER: q ASSISTANT:");
  EXPECT_EQ(render("vicuna_v1", "S.", {{"q", 1, ""}}), "S. USER: <image>\nq ASSISTANT:");
  EXPECT_EQ(render("vicuna_v1", "S.", {{"a", 1, "b"}, {"c", 2, "d"}, {"e", 0, ""}}),
            "S. USER: <image>\na ASSISTANT: b</s>USER: <image>\n<image>\nc ASSISTANT: d</s>USER: e "
            "ASSISTANT:");
  EXPECT_EQ(render("vicuna_v1", "", {{"q", 0, ""}}), " USER: q ASSISTANT:");
}

TEST(ChatTemplate, VicunaWithoutMessagesHasNoSeparators) {
  EXPECT_EQ(render("vicuna_v1", "S.", {{"", 0, ""}}), "S. USER:ASSISTANT:");
  EXPECT_EQ(render("vicuna_v1", "S.", {{"a", 0, ""}, {"b", 0, ""}}),
            "S. USER: a ASSISTANT:USER: b ASSISTANT:");
  EXPECT_EQ(render("vicuna_v1", "S.", {{"", 1, ""}}), "S. USER: <image>\n ASSISTANT:");
}

TEST(ChatTemplate, Plain) {
  EXPECT_EQ(render("plain", "", {{"q", 1, ""}}), "<image>\nq\n");
  EXPECT_EQ(render("plain", "S", {{"a", 0, "b"}, {"c", 0, ""}}), "Sa\nb\nc\n");
}

TEST(ChatTemplate, Alpaca) {
  EXPECT_EQ(render("alpaca", "S.", {{"q", 1, ""}}),
            "S.\n\n### Instruction:\n<image>\nq\n\n### Response:");
  EXPECT_EQ(render("alpaca", "S.", {{"a", 0, "b"}, {"c", 0, ""}}),
            "S.\n\n### Instruction:\na\n\n### Response:b</s>### Instruction:\nc\n\n### Response:");
}

TEST(ChatTemplate, Llama2) {
  EXPECT_EQ(render("llama_2", "S.", {{"q", 1, ""}}),
            "[INST] <<SYS>>\nS.\n<</SYS>>\n\n<image>\nq [/INST]");
  EXPECT_EQ(render("llama_2", "S.", {{"a", 0, "b"}, {"c", 1, "d"}, {"e", 0, ""}}),
            "[INST] <<SYS>>\nS.\n<</SYS>>\n\na [/INST] b </s><s>[INST] <image>\nc [/INST] d "
            "</s><s>[INST] e [/INST]");
  EXPECT_EQ(render("llama_2", "", {{"q", 0, ""}}), "[INST] q [/INST]");
}

TEST(ChatTemplate, NothingEndsAnAnswerThatGoesOn) {
  const std::vector<TextTurn> turns{{"Hi", 0, "Hello"}, {"And", 0, "Well", true}};
  EXPECT_TRUE(render("vicuna_v1", "", turns).ends_with("Hello</s>USER: And ASSISTANT: Well"));
  EXPECT_TRUE(render("alpaca", "", turns).ends_with("### Response:Well"));
  EXPECT_TRUE(render("plain", "", turns).ends_with("Hello\nAnd\nWell"));
  EXPECT_TRUE(render("llama_2", "", turns).ends_with("[INST] And [/INST] Well"));
}

TEST(ChatTemplate, TheMarkerInTextIsNoPicture) {
  const auto segments =
      find("vicuna_v1")
          .render("<image>",
                  std::vector<TextTurn>{{"what is <image>?", 1, "<image>"}, {"why", 0, ""}});
  EXPECT_EQ(segments.size(), 3U);
  EXPECT_EQ(std::count_if(segments.begin(), segments.end(),
                          [](const PromptSegment& s) { return s.is_picture; }),
            1);
  EXPECT_TRUE(segments[1].is_picture);
  EXPECT_EQ(segments[0].text, "<image> USER: ");
}

TEST(SplitAtPictures, SplitsAtEachMarker) {
  EXPECT_TRUE(split_at_pictures("").empty());
  const auto one = split_at_pictures("<image>");
  ASSERT_EQ(one.size(), 1U);
  EXPECT_TRUE(one[0].is_picture);
  const auto many = split_at_pictures("a<image><image>\nb<image");
  ASSERT_EQ(many.size(), 4U);
  EXPECT_EQ(many[0].text, "a");
  EXPECT_TRUE(many[1].is_picture && many[2].is_picture);
  EXPECT_EQ(many[3].text, "\nb<image");
}

std::unique_ptr<Tokenizer> load_tokenizer(const std::filesystem::path& path) {
  const auto file = MappedFile::open(path);
  if (!file) {
    ADD_FAILURE() << file.error().message();
    return nullptr;
  }
  auto tokenizer = Tokenizer::from_model((*file)->bytes());
  if (!tokenizer) {
    ADD_FAILURE() << tokenizer.error().message();
    return nullptr;
  }
  return *std::move(tokenizer);
}

TEST(EncodePrompt, PutsBosFirstAndPicturesBetweenTheirTexts) {
  const auto tokenizer = load_tokenizer(test_data_folder() / "text" / "bpe.model");
  ASSERT_NE(tokenizer, nullptr);
  const auto before = tokenizer->encode("the monkey");
  const auto after = tokenizer->encode("\nand");
  ASSERT_TRUE(before && after);
  std::vector<TokenId> expected{1};
  expected.insert(expected.end(), before->begin(), before->end());
  expected.push_back(-200);
  expected.insert(expected.end(), after->begin(), after->end());
  const auto ids = encode_prompt(*tokenizer, split_at_pictures("the monkey<image>\nand"));
  ASSERT_TRUE(ids);
  EXPECT_EQ(*ids, expected);
  // Text in several segments is one text: no dummy prefix in its middle.
  const std::vector<PromptSegment> parts = {
      {"the mon", false}, {"key", false}, {"", true}, {"\na", false}, {"nd", false}};
  const auto joined = encode_prompt(*tokenizer, parts);
  ASSERT_TRUE(joined);
  EXPECT_EQ(*joined, expected);
}

TEST(EncodePrompt, OfNothingOrOfPicturesAloneBeginsWithBos) {
  const auto tokenizer = load_tokenizer(test_data_folder() / "text" / "bpe.model");
  ASSERT_NE(tokenizer, nullptr);
  const auto none = encode_prompt(*tokenizer, {});
  const auto pictures = encode_prompt(*tokenizer, split_at_pictures("<image><image>"));
  ASSERT_TRUE(none && pictures);
  EXPECT_EQ(*none, (std::vector<TokenId>{1}));
  EXPECT_EQ(*pictures, (std::vector<TokenId>{1, kPictureToken, kPictureToken}));
}

class ReferencePrompts : public testing::Test {
 protected:
  void SetUp() override {
    if (!reference_data_present()) GTEST_SKIP() << "no reference data";
    std::ifstream file(reference_folder() / "manifest.json");
    cases_ = json::parse(file)["cases"];
    ASSERT_GT(cases_.size(), 50U);
  }

  json cases_;
};

TEST_F(ReferencePrompts, AreRenderedAsTheOriginalDoes) {
  int compared = 0;
  for (const json& golden_case : cases_) {
    if (!golden_case.contains("turns")) continue;
    const auto messages = golden_case["turns"].get<std::vector<std::string>>();
    std::vector<TextTurn> turns;
    for (std::size_t i = 0; i < messages.size(); i += 2)
      turns.push_back({messages[i], 0, i + 1 < messages.size() ? messages[i + 1] : ""});
    turns.front().pictures = static_cast<int>(golden_case["images"].size());
    const ChatTemplate vicuna = find("v1");
    EXPECT_EQ(join(vicuna.render(vicuna.default_system(), turns)),
              golden_case["prompt"].get<std::string>())
        << golden_case["id"];
    ++compared;
  }
  EXPECT_GT(compared, 50);
}

/// A vector of a .npy file of little-endian int32.
std::vector<TokenId> read_ids(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  const std::string bytes{std::istreambuf_iterator<char>(file), {}};
  const std::size_t header_end = bytes.find('\n') + 1;
  EXPECT_NE(bytes.substr(0, header_end).find("'<i4'"), std::string::npos) << path;
  std::vector<TokenId> ids;
  for (std::size_t at = header_end; header_end != 0 && at + 4 <= bytes.size(); at += 4) {
    std::uint32_t value = 0;
    for (std::size_t i = 0; i < 4; ++i)
      value |= std::uint32_t{static_cast<std::uint8_t>(bytes[at + i])} << (8 * i);
    ids.push_back(static_cast<TokenId>(value));
  }
  return ids;
}

TEST_F(ReferencePrompts, HaveTheOriginalsIds) {
  const auto tokenizer = load_tokenizer(reference_folder() / "tiny-v1" / "tokenizer.model");
  ASSERT_NE(tokenizer, nullptr);
  for (const json& golden_case : cases_) {
    const auto ids =
        encode_prompt(*tokenizer, split_at_pictures(golden_case["prompt"].get<std::string>()));
    ASSERT_TRUE(ids) << golden_case["id"];
    EXPECT_EQ(*ids,
              read_ids(reference_folder() / golden_case["files"]["input_ids"].get<std::string>()))
        << golden_case["id"];
  }
}

}  // namespace
}  // namespace galago
