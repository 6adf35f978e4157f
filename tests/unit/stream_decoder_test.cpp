// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
#include "text/stream_decoder.h"

#include <gtest/gtest.h>

#include <cstdint>

#include "base/mapped_file.h"
#include "reference_data.h"
#include "test_data.h"
#include "text/utf8.h"

namespace galago {
namespace {

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

/// What the stream must add up to.
std::string whole_text(const Tokenizer& tokenizer, const std::vector<TokenId>& ids,
                       std::string_view stop_text) {
  std::string text = tokenizer.decode(ids);
  if (!stop_text.empty()) text.resize(std::min(text.size(), text.find(stop_text)));
  return std::string(strip(text));
}

class StreamDecoderTest : public testing::Test {
 protected:
  void SetUp() override {
    tokenizer_ = load_tokenizer(test_data_folder() / "text" / "bpe.model");
    ASSERT_NE(tokenizer_, nullptr);
  }

  /// The id of a piece by the bytes it adds to a text; byte pieces only when no other does.
  TokenId id_of(std::string_view bytes) const {
    for (TokenId id = tokenizer_->vocabulary_size() - 1; id >= 0; --id)
      if (tokenizer_->piece_bytes(id) == bytes) return id;
    ADD_FAILURE() << "no piece gives '" << bytes << "'";
    return 0;
  }

  static TokenId byte_id(int byte) { return 3 + byte; }

  std::unique_ptr<Tokenizer> tokenizer_;
};

TEST_F(StreamDecoderTest, GivesTextAtOnce) {
  StreamDecoder decoder(*tokenizer_, "</s>");
  EXPECT_EQ(decoder.push(id_of(" the")), "the");
  EXPECT_EQ(decoder.push(id_of(" and")), " and");
  EXPECT_EQ(decoder.push(id_of("re")), "re");
  EXPECT_EQ(decoder.push(tokenizer_->eos_id()), "");
  EXPECT_EQ(decoder.finish(), "");
  EXPECT_FALSE(decoder.stopped());
}

TEST_F(StreamDecoderTest, KeepsTheSpaceBeforeWhatFollows) {
  StreamDecoder decoder(*tokenizer_, "</s>", true);
  EXPECT_EQ(decoder.push(id_of(" the")), " the");
  EXPECT_EQ(decoder.push(id_of("re")), "re");
  StreamDecoder within(*tokenizer_, "</s>", true);
  EXPECT_EQ(within.push(id_of("re")), "re");
}

TEST_F(StreamDecoderTest, HoldsPartsOfACharacter) {
  StreamDecoder decoder(*tokenizer_, "</s>");
  EXPECT_EQ(decoder.push(byte_id(0xF0)), "");
  EXPECT_EQ(decoder.push(byte_id(0x9F)), "");
  EXPECT_EQ(decoder.push(byte_id(0x99)), "");
  EXPECT_EQ(decoder.push(byte_id(0x82)), "\xF0\x9F\x99\x82");
  EXPECT_EQ(decoder.push(byte_id(0xE2)), "");
  // No character begins so: one replacement a byte, and the text goes on.
  EXPECT_EQ(decoder.push(id_of("re")), "\xEF\xBF\xBDre");
  EXPECT_EQ(decoder.push(byte_id(0xE2)), "");
  EXPECT_EQ(decoder.push(byte_id(0x82)), "");
  EXPECT_EQ(decoder.finish(), "\xEF\xBF\xBD\xEF\xBF\xBD");
}

TEST_F(StreamDecoderTest, HoldsWhiteSpaceThatMayBeTheLast) {
  StreamDecoder decoder(*tokenizer_, "</s>");
  EXPECT_EQ(decoder.push(byte_id('\n')), "");
  EXPECT_EQ(decoder.push(id_of("re")), "re");
  EXPECT_EQ(decoder.push(byte_id('\n')), "");
  EXPECT_EQ(decoder.push(id_of("  ")), "");
  EXPECT_EQ(decoder.push(id_of("le")), "\n  le");
  EXPECT_EQ(decoder.push(byte_id('\n')), "");
  EXPECT_EQ(decoder.finish(), "");
}

TEST_F(StreamDecoderTest, HoldsAndDropsTheStopText) {
  StreamDecoder decoder(*tokenizer_, "</s>");
  EXPECT_EQ(decoder.push(id_of("re")), "re");
  EXPECT_EQ(decoder.push(byte_id(' ')), "");
  EXPECT_EQ(decoder.push(byte_id('<')), "");
  EXPECT_EQ(decoder.push(byte_id('/')), "");
  EXPECT_EQ(decoder.push(byte_id('/')), " <//");
  for (const char c : {'<', '/', 's'}) EXPECT_EQ(decoder.push(byte_id(c)), "");
  EXPECT_FALSE(decoder.stopped());
  EXPECT_EQ(decoder.push(byte_id('>')), "");
  EXPECT_TRUE(decoder.stopped());
  EXPECT_EQ(decoder.push(id_of("re")), "");
  EXPECT_EQ(decoder.finish(), "");
}

TEST_F(StreamDecoderTest, AnUnfinishedStopTextIsText) {
  StreamDecoder decoder(*tokenizer_, "</s>");
  EXPECT_EQ(decoder.push(byte_id('<')), "");
  EXPECT_EQ(decoder.push(byte_id('/')), "");
  EXPECT_EQ(decoder.finish(), "</");
}

/// Random ids, weighted towards what is difficult, against the decoding of all at once.
void check_random_streams(const Tokenizer& tokenizer, int rounds) {
  std::uint64_t state = 7;
  const auto random = [&](std::uint64_t below) {
    state = state * 6364136223846793005U + 1442695040888963407U;
    return (state >> 33) % below;
  };
  std::vector<TokenId> leading;  // pieces that begin with white space
  for (TokenId id = 0; id < tokenizer.vocabulary_size(); ++id)
    if (tokenizer.piece_bytes(id).starts_with(' ')) leading.push_back(id);
  constexpr std::string_view kHard = "<</s>> \n\xE3\x80\x80\xF0\x9F\x99\x82\xEF\xBF\xBD";
  const std::string_view stops[] = {"</s>", "", "s>s>", "\n", " <", "\xEF\xBF\xBD"};
  for (int round = 0; round < rounds; ++round) {
    std::vector<TokenId> ids;
    const auto length = random(30);
    while (ids.size() < length) {
      switch (random(6)) {
        case 0:
          ids.push_back(static_cast<TokenId>(random(3)));
          break;
        case 1:
          ids.push_back(3 + static_cast<TokenId>(random(256)));
          break;
        case 2:
          ids.push_back(leading[random(leading.size())]);
          break;
        case 3:
          ids.push_back(static_cast<TokenId>(
              random(static_cast<std::uint64_t>(tokenizer.vocabulary_size()))));
          break;
        default: {
          const auto at = random(kHard.size());
          for (const char c : kHard.substr(at, 1 + random(5)))
            ids.push_back(3 + static_cast<std::uint8_t>(c));
        }
      }
    }
    const std::string_view stop = stops[random(std::size(stops))];
    StreamDecoder decoder(tokenizer, stop);
    std::string joined;
    for (const TokenId id : ids) {
      const std::string text = decoder.push(id);
      ASSERT_TRUE(is_valid_utf8(text)) << testing::PrintToString(ids);
      joined += text;
    }
    const std::string rest = decoder.finish();
    ASSERT_TRUE(is_valid_utf8(rest)) << testing::PrintToString(ids);
    ASSERT_EQ(joined + rest, whole_text(tokenizer, ids, stop)) << testing::PrintToString(ids);
  }
}

TEST_F(StreamDecoderTest, AddsUpToTheWholeText) { check_random_streams(*tokenizer_, 20'000); }

TEST_F(StreamDecoderTest, AddsUpToTheWholeTextOfTheRealVocabulary) {
  if (!reference_data_present()) GTEST_SKIP() << "no reference data";
  const auto tokenizer = load_tokenizer(reference_folder() / "tiny-v1" / "tokenizer.model");
  ASSERT_NE(tokenizer, nullptr);
  check_random_streams(*tokenizer, 5'000);
}

TEST(Utf8, ReadsAsRfc3629Says) {
  EXPECT_EQ(read_utf8("").state, Utf8State::kIncomplete);
  EXPECT_EQ(read_utf8("\xF4\x8F\xBF\xBF").code, 0x10FFFFU);
  EXPECT_EQ(read_utf8("\xED\x9F\xBF").code, 0xD7FFU);
  EXPECT_EQ(read_utf8("\xEE\x80\x80").code, 0xE000U);
  EXPECT_EQ(read_utf8("\xE0\xA0\x80").code, 0x800U);
  EXPECT_EQ(read_utf8("\xF0\x90\x80\x80").code, 0x10000U);
  EXPECT_EQ(read_utf8("\xC2\x80").code, 0x80U);
  for (const char* begun : {"\xC2", "\xE0\xA0", "\xED\x9F", "\xF0\x90", "\xF4\x8F\xBF"})
    EXPECT_EQ(read_utf8(begun).state, Utf8State::kIncomplete) << begun;
  for (const char* wrong : {"\x80", "\xC0\x80", "\xC1\xBF", "\xE0\x9F", "\xED\xA0", "\xF0\x8F",
                            "\xF4\x90", "\xF5", "\xFF", "\xC2z", "\xE2\x82z"}) {
    EXPECT_EQ(read_utf8(wrong).state, Utf8State::kInvalid) << wrong;
    EXPECT_EQ(read_utf8(wrong).size, 1U) << wrong;
  }
}

TEST(Utf8, StripsAsPython) {
  EXPECT_EQ(strip(" \t\n\v\f\r\x1C\x1F\xC2\x85\xC2\xA0\xE3\x80\x80 a b \xE2\x80\xA8\n"), "a b");
  EXPECT_EQ(strip("\xE2\x80\x8B a"), "\xE2\x80\x8B a");  // a zero-width space is none
  EXPECT_EQ(strip(" \n "), "");
  EXPECT_EQ(strip(""), "");
}

}  // namespace
}  // namespace galago
