// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
#include "text/tokenizer.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <fstream>
#include <limits>
#include <nlohmann/json.hpp>
#include <ostream>
#include <thread>

#include "base/mapped_file.h"
#include "reference_data.h"
#include "test_data.h"
#include "text/sentencepiece_proto.h"
#include "text/utf8.h"

namespace galago {
namespace {

using nlohmann::json;

std::vector<json> read_lines(const std::filesystem::path& path) {
  std::vector<json> rows;
  std::ifstream file(path);
  for (std::string line; std::getline(file, line);) rows.push_back(json::parse(line));
  return rows;
}

std::vector<std::byte> read_bytes(const std::filesystem::path& path) {
  const auto file = MappedFile::open(path);
  if (!file) {
    ADD_FAILURE() << file.error().message();
    return {};
  }
  return {(*file)->bytes().begin(), (*file)->bytes().end()};
}

std::filesystem::path own_model() { return test_data_folder() / "text" / "bpe.model"; }

Vocabulary own_vocabulary() {
  auto vocabulary = read_sentencepiece_model(read_bytes(own_model()));
  EXPECT_TRUE(vocabulary);
  return vocabulary ? *std::move(vocabulary) : Vocabulary{};
}

std::unique_ptr<Tokenizer> make_tokenizer(const std::filesystem::path& model, bool is_rebuilt) {
  const std::vector<std::byte> bytes = read_bytes(model);
  auto tokenizer = [&]() -> Result<std::unique_ptr<Tokenizer>> {
    if (!is_rebuilt) return Tokenizer::from_model(bytes);
    GALAGO_TRY(const Vocabulary vocabulary, read_sentencepiece_model(bytes));
    return Tokenizer::from_vocabulary(vocabulary);
  }();
  if (!tokenizer) {
    ADD_FAILURE() << tokenizer.error().message();
    return nullptr;
  }
  return *std::move(tokenizer);
}

/// Both ways to make a tokenizer.
class OwnTokenizer : public testing::TestWithParam<bool> {
 protected:
  void SetUp() override {
    tokenizer_ = make_tokenizer(own_model(), GetParam());
    ASSERT_NE(tokenizer_, nullptr);
  }

  std::unique_ptr<Tokenizer> tokenizer_;
};

TEST_P(OwnTokenizer, EncodesAsLegacyLlamaTokenizer) {
  const auto rows = read_lines(test_data_folder() / "text" / "encode.jsonl");
  ASSERT_GT(rows.size(), 300U);
  for (const json& row : rows) {
    const auto text = row["text"].get<std::string>();
    const auto ids = tokenizer_->encode(text);
    ASSERT_TRUE(ids) << ids.error().message();
    EXPECT_EQ(*ids, row["ids"].get<std::vector<TokenId>>()) << row["text"];
  }
}

TEST_P(OwnTokenizer, DecodesAsBatchDecode) {
  const auto rows = read_lines(test_data_folder() / "text" / "decode.jsonl");
  ASSERT_GT(rows.size(), 400U);
  for (const json& row : rows)
    EXPECT_EQ(tokenizer_->decode(row["ids"].get<std::vector<TokenId>>()),
              row["text"].get<std::string>())
        << row["ids"];
}

INSTANTIATE_TEST_SUITE_P(Sources, OwnTokenizer, testing::Bool(),
                         [](const auto& source) { return source.param ? "Rebuilt" : "Model"; });

class ReferenceTokenizer : public testing::TestWithParam<bool> {
 protected:
  void SetUp() override {
    if (!reference_data_present()) GTEST_SKIP() << "no reference data";
    tokenizer_ = make_tokenizer(reference_folder() / "tiny-v1" / "tokenizer.model", GetParam());
    ASSERT_NE(tokenizer_, nullptr);
  }

  std::unique_ptr<Tokenizer> tokenizer_;
};

TEST_P(ReferenceTokenizer, EncodesEveryString) {
  const auto rows = read_lines(reference_folder() / "tokenizer" / "encode.jsonl");
  ASSERT_GT(rows.size(), 300U);
  for (const json& row : rows) {
    const auto ids = tokenizer_->encode(row["text"].get<std::string>());
    ASSERT_TRUE(ids) << ids.error().message();
    std::vector<TokenId> with_bos{tokenizer_->bos_id()};
    with_bos.insert(with_bos.end(), ids->begin(), ids->end());
    EXPECT_EQ(with_bos, row["hf_ids"].get<std::vector<TokenId>>()) << row["text"];
    EXPECT_EQ(tokenizer_->decode(with_bos), row["hf_decoded"].get<std::string>()) << row["text"];
  }
}

TEST_P(ReferenceTokenizer, DecodesEveryAnswer) {
  const auto rows = read_lines(reference_folder() / "tokenizer" / "decode.jsonl");
  ASSERT_GT(rows.size(), 100U);
  for (const json& row : rows) {
    const std::string text = tokenizer_->decode(row["ids"].get<std::vector<TokenId>>());
    EXPECT_EQ(text, row["decoded"].get<std::string>()) << row["ids"];
    // The original's last steps: strip, drop a literal "</s>" at the end, strip.
    std::string_view final_text = strip(text);
    if (final_text.ends_with("</s>")) final_text.remove_suffix(4);
    EXPECT_EQ(strip(final_text), row["final"].get<std::string>()) << row["ids"];
  }
}

INSTANTIATE_TEST_SUITE_P(Sources, ReferenceTokenizer, testing::Bool(),
                         [](const auto& source) { return source.param ? "Rebuilt" : "Model"; });

TEST(Tokenizer, KnowsItsSpecialIdsAndPieces) {
  const auto tokenizer = make_tokenizer(own_model(), false);
  ASSERT_NE(tokenizer, nullptr);
  EXPECT_EQ(tokenizer->vocabulary_size(), 900);
  EXPECT_EQ(tokenizer->unknown_id(), 0);
  EXPECT_EQ(tokenizer->bos_id(), 1);
  EXPECT_EQ(tokenizer->eos_id(), 2);
  EXPECT_EQ(tokenizer->piece_bytes(1), "");
  EXPECT_EQ(tokenizer->piece_bytes(3 + 0xE2), "\xE2");
  EXPECT_EQ(tokenizer->piece_bytes(3), std::string_view("\0", 1));
  EXPECT_EQ(tokenizer->piece_bytes(262), " the");
  for (const TokenId id : {-200, -1, 900, std::numeric_limits<TokenId>::max()}) {
    EXPECT_EQ(tokenizer->piece_bytes(id), "");
    EXPECT_EQ(tokenizer->decode(std::vector<TokenId>{id}), "");
  }
}

TEST(Tokenizer, ReplacesInvalidInputInsteadOfFailing) {
  const auto tokenizer = make_tokenizer(own_model(), false);
  ASSERT_NE(tokenizer, nullptr);
  const auto ids = tokenizer->encode("a\xFF\xE2\x82");
  ASSERT_TRUE(ids);
  EXPECT_EQ(tokenizer->decode(*ids), "a\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD");
}

double seconds_to_encode(const Tokenizer& tokenizer, const std::string& text) {
  const auto start = std::chrono::steady_clock::now();
  EXPECT_TRUE(tokenizer.encode(text));
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

TEST(Tokenizer, LongTextTakesNoQuadraticTime) {
  const auto tokenizer = make_tokenizer(own_model(), false);
  ASSERT_NE(tokenizer, nullptr);
  // The worst for BPE: no place to cut. And the worst for the search of special pieces.
  for (const std::string unit : {"a", "the monkey ", "<", "</", " ", "\xE5\x9B\xBE"}) {
    std::string text;
    while (text.size() < 100'000) text += unit;
    // about 0.03 s on two cores of 2023; quadratic time would be minutes.
    EXPECT_LT(seconds_to_encode(*tokenizer, text), 5.0) << unit;
  }
}

TEST(Tokenizer, RefusesTextBeyondAnyContext) {
  const auto tokenizer = make_tokenizer(own_model(), false);
  ASSERT_NE(tokenizer, nullptr);
  const auto ids = tokenizer->encode(std::string((std::size_t{4} << 20) + 1, 'a'));
  ASSERT_FALSE(ids);
  EXPECT_EQ(ids.error().code, Errc::kInvalidArgument);
}

TEST(Tokenizer, EncodesInSeveralThreads) {
  const auto tokenizer = make_tokenizer(own_model(), false);
  ASSERT_NE(tokenizer, nullptr);
  const std::string text = "A monkey </s> and \xF0\x9F\x99\x82 a table.";
  const auto expected = tokenizer->encode(text);
  ASSERT_TRUE(expected);
  std::vector<std::vector<TokenId>> last(4);
  {
    std::vector<std::jthread> threads;
    for (auto& result : last)
      threads.emplace_back([&] {
        for (int i = 0; i < 200; ++i) {
          auto ids = tokenizer->encode(text);
          if (!ids || *ids != *expected) return;
          result = *std::move(ids);
        }
      });
  }
  for (const auto& result : last) EXPECT_EQ(result, *expected);
}

// A vocabulary from a file is untrusted: what sentencepiece would abort on, or take, is refused.

using Damage = void (*)(Vocabulary&);

struct BadVocabulary {
  const char* name;
  Damage damage;
  Errc code = Errc::kFormat;
};

void PrintTo(const BadVocabulary& kind, std::ostream* out) { *out << kind.name; }

const BadVocabulary kBadVocabularies[] = {
    {"Empty", [](Vocabulary& v) { v = {}; }},
    {"FewScores", [](Vocabulary& v) { v.scores.pop_back(); }},
    {"NoScores", [](Vocabulary& v) { v.scores.clear(); }},
    {"ManyTypes", [](Vocabulary& v) { v.types.push_back(1); }},
    {"NoTypes", [](Vocabulary& v) { v.types.clear(); }},
    {"Duplicate", [](Vocabulary& v) { v.pieces[500] = v.pieces[600]; }},
    {"ControlDuplicatesNormal", [](Vocabulary& v) { v.pieces[1] = v.pieces[600]; }},
    {"EmptyPiece", [](Vocabulary& v) { v.pieces[500].clear(); }},
    {"EmptyControl", [](Vocabulary& v) { v.pieces[1].clear(); }},
    {"InvalidUtf8", [](Vocabulary& v) { v.pieces[500] = "a\xFF"; }},
    {"LongPiece", [](Vocabulary& v) { v.pieces[500] = std::string(5000, 'q'); }},
    {"LongControl", [](Vocabulary& v) { v.pieces[1] = std::string(500, 'q'); }, Errc::kUnsupported},
    {"NanScore", [](Vocabulary& v) { v.scores[500] = std::numeric_limits<float>::quiet_NaN(); }},
    {"InfiniteScore",
     [](Vocabulary& v) { v.scores[500] = -std::numeric_limits<float>::infinity(); }},
    {"TypeZero", [](Vocabulary& v) { v.types[500] = 0; }},
    {"TypeSeven", [](Vocabulary& v) { v.types[500] = 7; }},
    {"NegativeType", [](Vocabulary& v) { v.types[500] = -1; }},
    {"NoUnknown", [](Vocabulary& v) { v.types[0] = 1; }},
    {"TwoUnknown", [](Vocabulary& v) { v.types[500] = 2; }},
    {"UnknownElsewhere", [](Vocabulary& v) { v.unknown_id = 500; }},
    {"NegativeUnknown", [](Vocabulary& v) { v.unknown_id = -1; }},
    {"BosOutside", [](Vocabulary& v) { v.bos_id = 900; }},
    {"EosNegative", [](Vocabulary& v) { v.eos_id = -1; }},
    {"MissingByte", [](Vocabulary& v) { v.types[100] = 1; }},
    {"NoBytes",
     [](Vocabulary& v) {
       for (auto& type : v.types) type = type == 6 ? 1 : type;
     }},
    {"FalseByte", [](Vocabulary& v) { v.types[500] = 6; }},
    {"LowerCaseByte", [](Vocabulary& v) { v.pieces[3 + 0xAB] = "<0xab>"; }},
    {"ZeroInUserDefined",
     [](Vocabulary& v) {
       v.pieces[500] = std::string("\0a", 2);
       v.types[500] = 4;
     }},
    {"Huge",
     [](Vocabulary& v) {
       v.pieces.resize((std::size_t{1} << 20) + 1, "x");
       v.scores.resize(v.pieces.size());
       v.types.resize(v.pieces.size(), 1);
     },
     Errc::kUnsupported},
};

class HostileVocabulary : public testing::TestWithParam<BadVocabulary> {};

TEST_P(HostileVocabulary, IsRefused) {
  Vocabulary vocabulary = own_vocabulary();
  ASSERT_TRUE(Tokenizer::from_vocabulary(vocabulary));
  GetParam().damage(vocabulary);
  const auto tokenizer = Tokenizer::from_vocabulary(vocabulary);
  ASSERT_FALSE(tokenizer);
  EXPECT_EQ(tokenizer.error().code, GetParam().code) << tokenizer.error().message();
}

INSTANTIATE_TEST_SUITE_P(Kinds, HostileVocabulary, testing::ValuesIn(kBadVocabularies),
                         [](const auto& kind) { return kind.param.name; });

TEST(Tokenizer, TakesUserDefinedAndUnusedPieces) {
  Vocabulary vocabulary = own_vocabulary();
  vocabulary.pieces.insert(vocabulary.pieces.end(), {"<extra>", "[PAD900]"});
  vocabulary.scores.insert(vocabulary.scores.end(), {0.0F, 0.0F});
  vocabulary.types.insert(vocabulary.types.end(), {4, 5});
  const auto tokenizer = Tokenizer::from_vocabulary(vocabulary);
  ASSERT_TRUE(tokenizer) << tokenizer.error().message();
  const auto ids = (*tokenizer)->encode("a<extra>b[PAD900]");
  ASSERT_TRUE(ids);
  EXPECT_EQ(std::count(ids->begin(), ids->end(), 900), 1);
  EXPECT_EQ(std::count(ids->begin(), ids->end(), 901), 0);
  EXPECT_EQ((*tokenizer)->decode(*ids), "a<extra>b[PAD900]");
}

TEST(SentencepieceModel, SurvivesBeingWrittenAndRead) {
  const Vocabulary vocabulary = own_vocabulary();
  const std::string model = write_sentencepiece_model(vocabulary);
  const auto again = read_sentencepiece_model(std::as_bytes(std::span(model)));
  ASSERT_TRUE(again) << again.error().message();
  EXPECT_EQ(again->pieces, vocabulary.pieces);
  EXPECT_EQ(again->scores, vocabulary.scores);
  EXPECT_EQ(again->types, vocabulary.types);
  EXPECT_EQ(again->bos_id, vocabulary.bos_id);
}

TEST(SentencepieceModel, EveryTruncationAndManyCorruptionsEndWell) {
  const std::vector<std::byte> model = read_bytes(own_model());
  ASSERT_GT(model.size(), 10'000U);
  // Without its last part, which holds the settings, no model is complete.
  for (std::size_t size = 0; size < model.size(); size += 7)
    EXPECT_FALSE(Tokenizer::from_model(std::span(model).first(size))) << size;
  std::uint64_t random = 1;
  for (int round = 0; round < 300; ++round) {
    std::vector<std::byte> corrupt = model;
    for (int i = 0; i < 3; ++i) {
      random = random * 6364136223846793005U + 1442695040888963407U;
      corrupt[(random >> 33) % corrupt.size()] = static_cast<std::byte>(random >> 25);
    }
    const auto tokenizer = Tokenizer::from_model(corrupt);
    if (tokenizer) {
      EXPECT_TRUE((*tokenizer)->encode("A monkey </s>\n on a table"));
    } else {
      EXPECT_FALSE(tokenizer.error().detail.empty());
    }
  }
  const std::string text = "This is no model, but a text file.";
  const auto tokenizer = Tokenizer::from_model(std::as_bytes(std::span(text)));
  ASSERT_FALSE(tokenizer);
  EXPECT_EQ(tokenizer.error().code, Errc::kFormat);
}

/// A model whose settings are followed by others: the last value of a field counts.
Result<Vocabulary> read_with_settings(std::string_view settings) {
  const std::string model = write_sentencepiece_model(own_vocabulary()) + std::string(settings);
  return read_sentencepiece_model(std::as_bytes(std::span(model)));
}

TEST(SentencepieceModel, OtherSettingsAreUnsupported) {
  using std::string_view_literals::operator""sv;
  for (const std::string_view settings :
       {"\x12\x05\x18\x01\x98\x02\x01"sv,              // trainer: unigram, byte fallback
        "\x12\x02\x18\x02"sv,                          // trainer: BPE without byte fallback
        "\x12\x08\x18\x02\x98\x02\x01\xC0\x01\x01"sv,  // trainer: white space as suffix
        "\x1A\x00"sv,                                  // normalizer: removes white space by default
        "\x1A\x04\x18\x00\x20\x00"sv,                  // normalizer: no dummy prefix
        "\x1A\x04\x20\x00\x28\x00"sv,                  // normalizer: white space not escaped
        "\x1A\x05\x12\x01x\x20\x00"sv,                 // normalizer: rules
        "\x2A\x03\x12\x01x"sv}) {                      // denormalizer: rules
    const auto vocabulary = read_with_settings(settings);
    ASSERT_FALSE(vocabulary);
    EXPECT_EQ(vocabulary.error().code, Errc::kUnsupported) << vocabulary.error().message();
  }
  EXPECT_TRUE(read_with_settings("\x12\x05\x18\x02\x98\x02\x01"sv));
}

}  // namespace
}  // namespace galago
