// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// Scripts of comparisons: what is written is what is run, and what is wrong is told with its place.
#include "compare/script.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <string>
#include <vector>

#include "base/process_memory.h"
#include "compare/agreement.h"
#include "compare/distributions.h"
#include "temporary_folder.h"
#include "test_data.h"

namespace galago {
namespace {

class CompareScriptTest : public testing::Test {
 protected:
  Result<CompareScript> read(const std::string& text) const {
    return read_compare_script(folder_.write("script.json", text));
  }

  /// The message of a script that must not be read.
  std::string refusal(const std::string& text) const {
    const auto script = read(text);
    return script ? "it was read" : script.error().message();
  }

  void expect_refusal(const std::string& text, const std::string& part) const {
    const std::string message = refusal(text);
    EXPECT_NE(message.find(part), std::string::npos) << message;
    EXPECT_NE(message.find("script.json"), std::string::npos) << message;
  }

  TemporaryFolder folder_;
};

TEST_F(CompareScriptTest, AScriptIsReadAsItIsWritten) {
  folder_.write("here.gguf", std::string("x"));
  const auto script = read(R"({
    "format": 1, "title": "Two", "order": "at_once", "divergence": false,
    "defaults": {"threads": 2, "temperature": 0.5, "seed": 9, "max_tokens": 20},
    "columns": [
      {"model": "here.gguf", "top_k": 40},
      {"name": "four bits", "quantise": "Q4_K", "device": "cpu", "context": 512, "temperature": 0}],
    "cases": [
      {"name": "first", "picture": "a.png", "prompt": "What?", "seed": 18446744073709551615,
       "max_tokens": 3, "expect": " Yes. ", "must_contain": "es"},
      {"picture": ["a.png", "b.png"], "prompt": "And?", "must_contain": ["1", "2"]},
      {"prompt": "Hello"}]})");
  ASSERT_TRUE(script) << script.error().message();
  EXPECT_EQ(script->title, "Two");
  EXPECT_EQ(script->order, CompareOrder::kAtOnce);
  EXPECT_FALSE(script->measures_divergence);
  ASSERT_EQ(script->columns.size(), 2U);
  const CompareColumn& first = script->columns[0];
  EXPECT_EQ(first.name, "here");
  EXPECT_EQ(first.model, (folder_.path() / "here.gguf").string());
  EXPECT_EQ(first.threads, 2);
  EXPECT_EQ(first.params.sampling.temperature, 0.5F);
  EXPECT_EQ(first.params.sampling.top_k, 40);
  EXPECT_EQ(first.params.sampling.seed, 9U);
  EXPECT_EQ(first.params.max_tokens, 20);
  const CompareColumn& second = script->columns[1];
  EXPECT_EQ(second.name, "four bits");
  EXPECT_EQ(second.quantise, "q4_K_M");
  EXPECT_EQ(second.context_size, 512);
  EXPECT_EQ(second.params.sampling.temperature, 0.0F);
  ASSERT_EQ(script->cases.size(), 3U);
  EXPECT_EQ(script->cases[0].picture_files.at(0), folder_.path() / "a.png");
  EXPECT_EQ(script->cases[0].seed, UINT64_MAX);
  EXPECT_EQ(script->cases[0].max_tokens, 3);
  EXPECT_EQ(script->cases[0].expected, " Yes. ");
  EXPECT_EQ(script->cases[1].name, "2");
  EXPECT_EQ(script->cases[1].place, "cases[1]");
  EXPECT_EQ(script->cases[1].must_contain, (std::vector<std::string>{"1", "2"}));
  EXPECT_TRUE(script->cases[2].picture_files.empty());
}

TEST_F(CompareScriptTest, WhatIsWrongIsToldWithItsPlace) {
  const std::string column = R"("columns": [{}])";
  const std::string item = R"("cases": [{"prompt": "Hi"}])";
  const auto with = [](const std::string& parts) { return R"({"format": 1, )" + parts + "}"; };
  EXPECT_TRUE(read(with(column + ", " + item)));
  expect_refusal("", "not valid JSON");
  expect_refusal("{\n  \"format\": 1,\n  oops\n}", "line 3, column 3");
  expect_refusal("[1]", "not a JSON object");
  expect_refusal("{}", "'format' is missing");
  expect_refusal(R"({"format": 2})", "newer version");
  expect_refusal(std::string(100, '['), "nested too deeply");
  expect_refusal(with(item), "columns: there is no column");
  expect_refusal(with(R"("columns": [], )" + item), "columns: there is no column");
  expect_refusal(with(R"("columns": {}, )" + item), "columns: this is not a list");
  expect_refusal(with(column), "cases: there is no case");
  expect_refusal(with(column + R"(, "cases": [{"prompt": "Hi"}, {"promt": "Hi"}])"),
                 "cases[1]: 'promt' means nothing here; known are: name, picture, prompt");
  expect_refusal(with(column + R"(, "cases": [7])"), "cases[0]: this is not an object");
  expect_refusal(with(column + R"(, "cases": [{"prompt": ["Hi"]}])"),
                 "cases[0].prompt: this is not a text");
  expect_refusal(with(column + R"(, "cases": [{}])"), "cases[0].prompt: there is no prompt");
  expect_refusal(with(column + R"(, "cases": [{"prompt": "Hi", "picture": ["a", 2]}])"),
                 "cases[0].picture[1]: this is not a text");
  expect_refusal(with(column + R"(, "cases": [{"prompt": "Hi", "seed": -1}])"), "cases[0].seed");
  expect_refusal(with(column + R"(, "cases": [{"prompt": "Hi", "max_tokens": 0}])"),
                 "cases[0].max_tokens: this is not a whole number from 1");
  expect_refusal(with(column + R"(, "cases": [{"prompt": "a\u0000b"}])"), "zero character");
  expect_refusal(with(R"("columns": [{"temperature": "hot"}], )" + item),
                 "columns[0].temperature: this is not a number from 0");
  expect_refusal(with(R"("columns": [{"top_p": 1e999}], )" + item), "");
  expect_refusal(with(R"("columns": [{"quantise": "q4"}], )" + item),
                 "columns[0].quantise: there is no type 'q4'");
  expect_refusal(with(R"("columns": [{}, {}], )" + item), "columns[1]: there is a column");
  expect_refusal(with(R"("defaults": 3, )" + column + ", " + item), "defaults");
  expect_refusal(with(R"("order": "backwards", )" + column + ", " + item),
                 "order: this is neither");
  std::string many = R"("columns": [{})";
  for (int i = 0; i < 16; ++i) many += ", {}";
  expect_refusal(with(many + "], " + item), "columns: there are more than 16");
  EXPECT_EQ(refusal(std::string(17U << 20, ' ')).find("it was read"), std::string::npos);
}

TEST_F(CompareScriptTest, WhatIsNotThereIsToldBeforeAnythingIsLoaded) {
  const auto missing_model =
      read(R"({"format": 1, "columns": [{"model": "none.gguf"}], "cases": [{"prompt": "Hi"}]})");
  ASSERT_TRUE(missing_model);
  const Status model = check_compare_script(*missing_model);
  ASSERT_FALSE(model);
  EXPECT_NE(model.error().message().find("column 'none'"), std::string::npos);
  auto script = read(R"({"format": 1, "columns": [{"model": "m"}], "cases": [
      {"prompt": "Hi"}, {"prompt": "Hi", "picture": "none.png"}]})");
  ASSERT_TRUE(script);
  script->columns[0].model =
      (std::filesystem::path(GALAGO_TESTS_DIR) / "../resources/models/tiny").string();
  const Status picture = check_compare_script(*script);
  ASSERT_FALSE(picture);
  EXPECT_EQ(picture.error().message().find("cases[1]: "), 0U) << picture.error().message();
  EXPECT_NE(picture.error().message().find("none.png"), std::string::npos);
}

TEST_F(CompareScriptTest, AFolderOfPicturesHasItsPromptsBesideThem) {
  folder_.write("b.PNG", std::string("x"));
  folder_.write("a.jpg", std::string("x"));
  folder_.write("notes.md", std::string("x"));
  const auto without = read_compare_script(folder_.path());
  ASSERT_FALSE(without);
  EXPECT_NE(without.error().message().find("a.jpg: there is no prompt"), std::string::npos);
  folder_.write("prompt.txt", std::string("What is this?\n"));
  folder_.write("a.txt", std::string(" How many? \n"));
  const auto script = read_compare_script(folder_.path());
  ASSERT_TRUE(script) << script.error().message();
  EXPECT_TRUE(script->columns.empty());
  ASSERT_EQ(script->cases.size(), 2U);
  EXPECT_EQ(script->cases[0].name, "a.jpg");
  EXPECT_EQ(script->cases[0].prompt, "How many?");
  EXPECT_EQ(script->cases[1].prompt, "What is this?");
  folder_.write("a.txt", std::string("\xff"));
  EXPECT_FALSE(read_compare_script(folder_.path()));
  folder_.write("compare.json",
                std::string(R"({"format": 1, "columns": [{}], "cases": [{"prompt": "Hi"}]})"));
  const auto scripted = read_compare_script(folder_.path());
  ASSERT_TRUE(scripted) << scripted.error().message();
  EXPECT_EQ(scripted->cases.size(), 1U);
  const TemporaryFolder empty;
  EXPECT_FALSE(read_compare_script(empty.path()));
  EXPECT_FALSE(read_compare_script(empty.path() / "none"));
}

TEST(Agreement, WordsAreCountedAsOftenAsBothHaveThem) {
  EXPECT_EQ(word_overlap("", ""), 1.0);
  EXPECT_EQ(word_overlap("a", ""), 0.0);
  EXPECT_EQ(word_overlap("A red car.", "a RED, car"), 1.0);
  EXPECT_DOUBLE_EQ(word_overlap("a a b", "a b b"), 2.0 / 3);
  EXPECT_DOUBLE_EQ(word_overlap("\u7ea2\u8272\u7684\u8f66\u3002", "\u7ea2\u8272"), 2.0 * 2 / 6);
  EXPECT_EQ(word_overlap("na\u00efve", "naive"), 0.0);
  EXPECT_EQ(word_overlap("\xff\xfe", "..."), 1.0) << "neither has a word";
}

TEST(Agreement, TheFirstDifferenceIsAnIndexOfTokens) {
  const std::vector<TokenId> one = {1, 2, 3};
  EXPECT_EQ(first_difference(one, one), -1);
  EXPECT_EQ(first_difference(one, std::vector<TokenId>{1, 2}), 2);
  EXPECT_EQ(first_difference(one, std::vector<TokenId>{4, 2, 3}), 0);
  EXPECT_EQ(first_difference({}, {}), -1);
}

TEST(Agreement, DivergenceIsThatOfKullbackAndLeibler) {
  std::vector<float> p = {std::log(1.0F), std::log(3.0F)};
  std::vector<float> q = {5.0F, 5.0F};
  ASSERT_TRUE(to_log_probabilities(p));
  ASSERT_TRUE(to_log_probabilities(q));
  EXPECT_NEAR(divergence(p, p), 0, 1e-9);
  EXPECT_NEAR(divergence(p, q), 0.25 * std::log(0.5) + 0.75 * std::log(1.5), 1e-6);
  EXPECT_NEAR(divergence(q, p), 0.5 * std::log(2.0) + 0.5 * std::log(2.0 / 3), 1e-6);
  std::vector<float> no_number = {1, std::numeric_limits<float>::quiet_NaN()};
  EXPECT_FALSE(to_log_probabilities(no_number));
  std::vector<float> endless = {1, std::numeric_limits<float>::infinity()};
  EXPECT_FALSE(to_log_probabilities(endless));
}

TEST(Agreement, ExpectationsAreOfTheWholeTextOrItsParts) {
  CompareCase item;
  EXPECT_TRUE(unmet_expectations(item, "anything").empty());
  item.expected = " Yes.\n";
  item.must_contain = {"Y", "no"};
  const auto failures = unmet_expectations(item, "Yes.");
  ASSERT_EQ(failures.size(), 1U);
  EXPECT_EQ(failures[0], "'no' is not in the answer 'Yes.'");
  EXPECT_EQ(unmet_expectations(item, "no Y").size(), 1U);
}

TEST(Distributions, AreReadBackAndLimited) {
  Distributions kept;
  EXPECT_EQ(kept.rows(3), 0U);
  ASSERT_TRUE(kept.begin(3));
  const std::vector<float> one = {1, 2};
  const std::vector<float> two = {3, 4};
  ASSERT_TRUE(kept.add(one));
  ASSERT_TRUE(kept.add(two));
  ASSERT_TRUE(kept.begin(1));
  for (std::size_t i = 0; i < Distributions::kMostTokens + 5; ++i) ASSERT_TRUE(kept.add(one));
  EXPECT_EQ(kept.rows(1), Distributions::kMostTokens);
  EXPECT_EQ(kept.rows(3), 2U);
  EXPECT_EQ(kept.rows(0), 0U);
  std::vector<float> row;
  ASSERT_TRUE(kept.read(3, 1, row));
  EXPECT_EQ(row, two);
}

TEST(ProcessMemory, ThePeakBeginsAnew) {
  const TemporaryFolder folder;
  const ProcessFiles files = {
      folder.write("status", std::string("Name:\tx y\nVmHWM:\t    20 kB\nVmRSS:\t   10 kB\n")),
      folder.path() / "none" / "clear_refs"};
  EXPECT_EQ(resident_memory(files), 10U * 1024);
  EXPECT_EQ(peak_memory(files), 20U * 1024);
  EXPECT_FALSE(reset_peak_memory(files));
  EXPECT_FALSE(resident_memory({folder.path() / "none", {}}));
  const auto now = resident_memory();
  ASSERT_TRUE(now);
  EXPECT_GE(peak_memory(), now);
}

}  // namespace
}  // namespace galago
