// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// Comparisons on the model that comes with Galago: figures, agreement, expectations, a stop.
#include "compare/comparison.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <map>
#include <nlohmann/json.hpp>
#include <string>

#include "temporary_folder.h"
#include "test_data.h"

namespace galago {
namespace {

namespace fs = std::filesystem;

fs::path resources() { return fs::path(GALAGO_TESTS_DIR).parent_path() / "resources"; }

CompareColumn column(const std::string& name, const std::string& quantise = "") {
  CompareColumn column;
  column.name = name;
  column.model = (resources() / "models" / "tiny").string();
  column.quantise = quantise;
  column.device = "cpu";
  column.threads = 2;
  column.params.max_tokens = 12;
  return column;
}

CompareCase sample(const std::string& name, const std::string& file, const std::string& prompt) {
  CompareCase item;
  item.name = name;
  item.place = "cases[0]";
  item.picture_files = {resources() / "samples" / file};
  item.prompt = prompt;
  return item;
}

CompareScript script(std::vector<CompareColumn> columns, std::vector<CompareCase> cases) {
  CompareScript script;
  script.title = "Test";
  script.columns = std::move(columns);
  script.cases = std::move(cases);
  return script;
}

CompareReport run(const CompareScript& script, std::stop_token stop = {},
                  FunctionRef<void(const CompareEvent&)> sink = {}) {
  const auto ignore = [](const CompareEvent&) {};
  auto report = run_comparison(script, {}, stop, sink ? sink : ignore);
  EXPECT_TRUE(report) << report.error().message();
  return report ? *std::move(report) : CompareReport();
}

TEST(Comparison, TwoQuantisationsOfOneModelDivergeALittle) {
  const CompareReport report =
      run(script({column("q8_0"), column("again"), column("q2_K", "q2_K")},
                 {sample("car", "03-colour.png", "What color is the car?")}));
  ASSERT_EQ(report.columns.size(), 3U);
  const CompareAnswer& first = report.columns[0].answers[0];
  EXPECT_TRUE(report.failures().empty());
  EXPECT_EQ(first.text, "Green.");
  EXPECT_EQ(first.tokens.size(), static_cast<std::size_t>(first.stats.answer_tokens));
  EXPECT_EQ(first.stats.pictures_encoded, 1);
  EXPECT_GT(first.stats.image_encode_ms, 0);
  EXPECT_GT(first.stats.prefill_tps(), 0);
  EXPECT_GT(first.end_to_end_tps(), 0);
  EXPECT_FALSE(first.agreement);
  EXPECT_GT(first.peak_bytes.value_or(10'000'000), 5'000'000U);
  const auto& again = report.columns[1].answers[0].agreement;
  ASSERT_TRUE(again);
  EXPECT_TRUE(again->is_same_text);
  EXPECT_EQ(again->first_difference, -1);
  EXPECT_EQ(again->word_overlap, 1.0);
  ASSERT_TRUE(again->mean_kl);
  EXPECT_NEAR(*again->mean_kl, 0, 1e-6) << "the same file";
  EXPECT_GT(again->kl_tokens, 0);
  const auto& coarse = report.columns[2];
  ASSERT_TRUE(coarse.facts);
  EXPECT_EQ(coarse.facts->quantisation, "q2_K");
  ASSERT_TRUE(coarse.answers[0].agreement);
  ASSERT_TRUE(coarse.answers[0].agreement->mean_kl);
  EXPECT_GT(*coarse.answers[0].agreement->mean_kl, 1e-5);
  EXPECT_LT(*coarse.answers[0].agreement->mean_kl, 20);
}

TEST(Comparison, EachCaseCostsWhatItCosts) {
  const CompareCase item = sample("car", "03-colour.png", "What color is the car?");
  const CompareReport report = run(script({column("q8_0")}, {item, item}));
  for (const CompareAnswer& answer : report.columns[0].answers) {
    EXPECT_EQ(answer.stats.pictures_encoded, 1) << "nothing is known of the case before";
    EXPECT_EQ(answer.stats.reused_tokens, 0);
  }
}

TEST(Comparison, AtOnceGivesTheSameAnswers) {
  CompareScript together = script({column("one"), column("other")},
                                  {sample("car", "03-colour.png", "What color is the car?"),
                                   sample("number", "06-digit.png", "What number is this?")});
  together.order = CompareOrder::kAtOnce;
  const CompareReport report = run(together);
  EXPECT_EQ(report.columns[1].answers[0].text, "Green.");
  EXPECT_EQ(report.columns[0].answers[1].text, report.columns[1].answers[1].text);
  EXPECT_FALSE(report.columns[0].answers[0].peak_bytes) << "it cannot be told apart";
  ASSERT_TRUE(report.columns[1].answers[1].agreement);
  EXPECT_TRUE(report.columns[1].answers[1].agreement->mean_kl);
}

TEST(Comparison, WhatIsNotAsExpectedIsNamed) {
  CompareCase right = sample("right", "03-colour.png", "What color is the car?");
  right.expected = "Green.";
  CompareCase wrong = right;
  wrong.name = "wrong";
  wrong.place = "cases[1]";
  wrong.expected.reset();
  wrong.must_contain = {"Red"};
  const CompareReport report = run(script({column("q8_0")}, {right, wrong}));
  ASSERT_EQ(report.failures().size(), 1U);
  EXPECT_EQ(report.failures()[0],
            "cases[1] (wrong), column 'q8_0': 'Red' is not in the answer 'Green.'");
  const auto json = nlohmann::json::parse(compare_json(report));
  EXPECT_EQ(json["failures"].size(), 1U);
  EXPECT_EQ(json["cases"][0]["answers"][0]["text"], "Green.");
}

TEST(Comparison, APinnedSeedGivesTheSameDraw) {
  CompareColumn warm = column("warm");
  warm.params.sampling.temperature = 5;
  warm.params.sampling.seed = 1;
  CompareCase pinned = sample("pinned", "03-colour.png", "What color is the car?");
  pinned.seed = 42;
  CompareCase other = pinned;
  other.seed = 43;
  const CompareReport report = run(script({warm}, {pinned, pinned, other}));
  const auto& answers = report.columns[0].answers;
  EXPECT_EQ(answers[0].seed, 42U);
  EXPECT_EQ(answers[0].tokens, answers[1].tokens);
  EXPECT_NE(answers[0].tokens, answers[2].tokens);
}

TEST(Comparison, AModelThatCannotBeLoadedFailsAloneAndLoudly) {
  const TemporaryFolder folder;
  CompareColumn broken = column("broken");
  broken.model = (fs::path(GALAGO_TESTS_DIR) / "data/model/ggml-model-f16.gguf").string();
  broken.mmproj = (fs::path(GALAGO_TESTS_DIR) / "data/model/mmproj-model-f16.gguf").string();
  broken.context_size = 16;  // too little for a picture
  const CompareReport report = run(
      script({column("q8_0"), broken}, {sample("car", "03-colour.png", "What color is the car?")}));
  EXPECT_EQ(report.columns[0].answers[0].text, "Green.");
  EXPECT_FALSE(report.columns[1].answers[0].is_there);
  ASSERT_EQ(report.failures().size(), 1U);
  EXPECT_NE(report.failures()[0].find("column 'broken'"), std::string::npos);
}

TEST(Comparison, AStopLeavesWhatThereIs) {
  const CompareCase item = sample("car", "03-colour.png", "What color is the car?");
  std::stop_source stop;
  int done = 0;
  const auto stop_after_one = [&](const CompareEvent& event) {
    if (std::holds_alternative<AnswerDone>(event) && ++done == 1) stop.request_stop();
  };
  const CompareReport report =
      run(script({column("one"), column("other")}, {item, item}), stop.get_token(), stop_after_one);
  EXPECT_TRUE(report.is_stopped);
  EXPECT_EQ(report.answers_there(), 1);
  EXPECT_TRUE(report.failures().empty()) << "what was not asked did not fail";
}

TEST(Comparison, ReportsKeepToTheirFormats) {
  CompareReport report;
  report.script = script({column("a|b")}, {sample("x", "y.png", "one\ntwo \"three\"")});
  report.columns.resize(1);
  report.columns[0].answers.resize(1);
  report.columns[0].answers[0].is_there = true;
  report.columns[0].answers[0].text = "<b>, \"quoted\"\nline";
  const std::string csv = compare_csv(report);
  EXPECT_NE(csv.find("\"one\ntwo \"\"three\"\"\""), std::string::npos) << csv;
  EXPECT_NE(csv.find("\"<b>, \"\"quoted\"\"\nline\"\r\n"), std::string::npos) << csv;
  const std::string markdown = compare_markdown(report);
  EXPECT_NE(markdown.find("| a\\|b | \\<b\\>, \"quoted\" line |"), std::string::npos) << markdown;
  EXPECT_TRUE(nlohmann::json::accept(compare_json(report)));
}

}  // namespace
}  // namespace galago
