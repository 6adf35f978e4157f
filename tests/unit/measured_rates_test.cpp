// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// What is kept of the speed of answers: by the file and not its place, by device and threads.
#include "library/measured_rates.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "temporary_folder.h"
#include "test_data.h"
#include "variable.h"

namespace galago {
namespace {

namespace fs = std::filesystem;

class MeasuredRatesTest : public ::testing::Test {
 protected:
  std::vector<MeasuredRate> rates() const { return MeasuredRates::load().of(model_); }

  TemporaryFolder home_;
  Variable state_{"XDG_STATE_HOME", home_.path()};
  fs::path model_ = test_data_folder() / "model" / "ggml-model-f16.gguf";
};

TEST_F(MeasuredRatesTest, LatestOfEachWay) {
  EXPECT_TRUE(rates().empty());
  ASSERT_TRUE(record_answer_rate(model_, "cpu", 2, 32, 1000));
  ASSERT_TRUE(record_answer_rate(model_, "cpu", 4, 60, 1000));
  ASSERT_TRUE(record_answer_rate(model_, "cpu", 2, 20, 3000));
  const auto known = rates();
  ASSERT_EQ(known.size(), 2U);
  EXPECT_EQ(known[0].threads, 2);
  EXPECT_DOUBLE_EQ(known[0].tokens_per_second, 6.67);
  EXPECT_EQ(known[1].threads, 4);
  EXPECT_DOUBLE_EQ(known[1].tokens_per_second, 60);
  EXPECT_GT(known[0].measured_at, 1'700'000'000);
}

TEST_F(MeasuredRatesTest, OfTheFileNotOfItsPlace) {
  ASSERT_TRUE(record_answer_rate(model_, "cpu", 2, 32, 1000));
  const fs::path moved = home_.path() / "moved.gguf";
  fs::copy_file(model_, moved);
  EXPECT_EQ(MeasuredRates::load().of(moved).size(), 1U);
  {
    std::fstream file(moved, std::ios::in | std::ios::out | std::ios::binary);
    file.seekp(200);
    file.put('?');
  }
  EXPECT_TRUE(MeasuredRates::load().of(moved).empty());
  EXPECT_TRUE(MeasuredRates::load().of(home_.path() / "none.gguf").empty());
}

TEST_F(MeasuredRatesTest, ShortAnswersSayNothing) {
  ASSERT_TRUE(record_answer_rate(model_, "cpu", 2, MeasuredRates::kFewestTokens - 1, 1000));
  ASSERT_TRUE(record_answer_rate(model_, "cpu", 2, 100, 0));
  EXPECT_TRUE(rates().empty());
}

TEST_F(MeasuredRatesTest, DamagedFilesAreNone) {
  for (const char* text :
       {"", "{}", "[]", R"({"format": 1, "rates": [{}, 3]})", R"({"format": 9, "rates": []})",
        R"({"format": 1, "rates": [{"file": 1, "bytes": 1, "threads": 1, "measured_at": 1,
            "device": "cpu", "tokens_per_second": -4}]})"}) {
    home_.write("galago/rates.json", text);
    EXPECT_TRUE(rates().empty()) << text;
    ASSERT_TRUE(record_answer_rate(model_, "cpu", 2, 32, 1000)) << text;
    EXPECT_EQ(rates().size(), 1U) << text;
  }
}

}  // namespace
}  // namespace galago
