// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// How "auto" becomes a device: measured once, kept, measured again when asked for. The GPU is a
// driver that computes on the processor, which only these tests let it choose.
#include "placement/placement.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <nlohmann/json.hpp>
#include <string>

#include "devices/device_registry.h"
#include "temporary_folder.h"
#include "test_data.h"
#include "variable.h"

namespace galago {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;

class Placement : public testing::Test {
 protected:
  Placement() {
    options_.model = test_data_folder() / "model" / "ggml-model-f16.gguf";
    options_.mmproj = test_data_folder() / "model" / "mmproj-model-f16.gguf";
    options_.device = "auto";
    options_.context_size = 64;
  }

  static bool has_gpu(bool is_software) {
    const auto found = find_devices();
    return std::any_of(found.begin(), found.end(), [&](const FoundDevice& device) {
      return device.kind != "cpu" && device.is_software == is_software;
    });
  }

  fs::path file() const { return home_.path() / "galago" / "devices.json"; }

  json kept() const {
    std::ifstream stream(file());
    return json::parse(stream)["trials"];
  }

  /// Changes what is kept of the GPUs.
  void rewrite(const json& changes) const {
    json all = {{"format", 1}, {"trials", kept()}};
    for (json& trial : all["trials"])
      if (trial["device"] != "cpu") trial.update(changes);
    std::ofstream(file()) << all;
  }

  PlacedEngine load(Measure measure = Measure::kOnce) const {
    auto placed = load_engine(options_, measure);
    EXPECT_TRUE(placed) << placed.error().message();
    return placed ? *std::move(placed) : PlacedEngine{};
  }

  TemporaryFolder home_;
  Variable state_{"XDG_STATE_HOME", home_.path()};
  EngineOptions options_;
};

TEST_F(Placement, DriversThatAreTheProcessorAreNoChoice) {
  if (has_gpu(false)) GTEST_SKIP() << "this machine has a GPU to choose";
  const PlacedEngine placed = load();
  ASSERT_TRUE(placed.engine);
  EXPECT_EQ(placed.engine->device_info().kind, "cpu");
  EXPECT_EQ(placed.reason, "there is no GPU to choose");
  EXPECT_TRUE(placed.trials.empty());
  EXPECT_FALSE(fs::exists(file()));
}

TEST_F(Placement, WhatIsAskedForIsNotMeasured) {
  options_.device = "cpu";
  const PlacedEngine placed = load();
  ASSERT_TRUE(placed.engine);
  EXPECT_EQ(placed.reason, "");
  EXPECT_TRUE(placed.trials.empty());
  options_.device = "vulkan:of another machine";
  const PlacedEngine other = load();
  ASSERT_TRUE(other.engine);
  EXPECT_EQ(other.engine->device_info().kind, "cpu");
  EXPECT_NE(other.reason.find("does not work"), std::string::npos) << other.reason;
  options_.device = "abacus";
  EXPECT_EQ(load_engine(options_).error().code, Errc::kInvalidArgument);
}

class PlacementWithGpu : public Placement {
 protected:
  void SetUp() override {
    if (!has_gpu(true) && !has_gpu(false)) GTEST_SKIP() << "this machine has no Vulkan driver";
  }

  Variable software_{"GALAGO_SOFTWARE_GPUS", "1"};
};

TEST_F(PlacementWithGpu, MeasuresOnceAndTakesTheFastest) {
  const PlacedEngine first = load();
  ASSERT_TRUE(first.engine);
  ASSERT_GE(first.trials.size(), 2U);
  for (std::size_t i = 0; i < first.trials.size(); ++i) {
    ASSERT_TRUE(first.trials[i].is_good()) << first.trials[i].failure;
    EXPECT_GT(first.trials[i].tokens_per_second, 0);
    EXPECT_GT(first.trials[i].picture_ms, 0);
    if (i > 0) {
      EXPECT_LE(first.trials[i - 1].answer_ms(), first.trials[i].answer_ms());
    }
  }
  EXPECT_EQ(device_kind(first.trials[0].device), first.engine->device_info().kind);
  EXPECT_EQ(first.reason, describe(first.trials));
  // The same figures to the last digit: they were not measured again.
  const PlacedEngine second = load();
  ASSERT_EQ(second.trials.size(), first.trials.size());
  for (std::size_t i = 0; i < first.trials.size(); ++i) {
    EXPECT_EQ(second.trials[i].device, first.trials[i].device);
    EXPECT_EQ(second.trials[i].tokens_per_second, first.trials[i].tokens_per_second);
  }
  EXPECT_EQ(describe(known_trials(options_)), first.reason);
}

TEST_F(PlacementWithGpu, WhatIsKeptDecides) {
  load();
  rewrite({{"tokens_per_second", 1e6}, {"picture_ms", 1e-3}});
  const PlacedEngine placed = load();
  ASSERT_TRUE(placed.engine);
  EXPECT_NE(placed.engine->device_info().kind, "cpu") << placed.reason;
  EXPECT_NE(placed.reason.find(" 1000000 tokens/s"), std::string::npos) << placed.reason;
  const PlacedEngine again = load(Measure::kAgain);
  EXPECT_EQ(again.reason.find(" 1000000 tokens/s"), std::string::npos) << again.reason;
}

TEST_F(PlacementWithGpu, ADriverThatEndedTheProgramIsNotTriedAgain) {
  load();
  rewrite({{"failure", "its measurement did not come to an end"}});
  const PlacedEngine placed = load();
  ASSERT_TRUE(placed.engine);
  EXPECT_EQ(placed.engine->device_info().kind, "cpu");
  EXPECT_NE(placed.reason.find("failed: its measurement did not come to an end"), std::string::npos)
      << placed.reason;
  EXPECT_TRUE(load(Measure::kAgain).trials.back().is_good());
}

TEST_F(PlacementWithGpu, AGpuThatIsLostIsAReasonForTheProcessor) {
  const Variable lost("GALAGO_VULKAN_LOST_AFTER", "6");  // the check takes two steps
  const PlacedEngine placed = load();
  ASSERT_TRUE(placed.engine);
  EXPECT_EQ(placed.engine->device_info().kind, "cpu");
  EXPECT_NE(placed.reason.find("failed: "), std::string::npos) << placed.reason;
  EXPECT_EQ(kept().size(), placed.trials.size());
}

TEST_F(PlacementWithGpu, ModelsAreMeasuredEachForThemselves) {
  load();
  const std::size_t of_one = kept().size();
  options_.mmproj.clear();
  const PlacedEngine text_only = load();
  EXPECT_EQ(kept().size(), 2 * of_one);
  for (const DeviceTrial& trial : text_only.trials) EXPECT_EQ(trial.picture_ms, 0);
}

TEST_F(PlacementWithGpu, AStopLeavesNothingBehind) {
  std::stop_source stop;
  const auto progress = [&](double) { stop.request_stop(); };
  const auto placed = load_engine(options_, Measure::kOnce, stop.get_token(), progress);
  ASSERT_FALSE(placed);
  EXPECT_EQ(placed.error().code, Errc::kCancelled);
  EXPECT_TRUE(kept().empty());
}

TEST_F(PlacementWithGpu, ADamagedFileIsNone) {
  for (const char* text : {"", "{", "[]", R"({"format":1,"trials":[{"model":1}]})",
                           R"({"format":1,"trials":[{"model":-1,"way":[],"device":7}]})"}) {
    fs::create_directories(file().parent_path());
    std::ofstream(file()) << text;
    EXPECT_TRUE(known_trials(options_).empty()) << text;
  }
  EXPECT_GE(load().trials.size(), 2U);
  rewrite({{"tokens_per_second", -1}});
  EXPECT_EQ(known_trials(options_).size(), 1U);
}

TEST(PlacementText, FiguresAreShort) {
  EXPECT_EQ(describe({{"cpu", 35.04, 1132, {}}, {"vulkan:Mali-G610", 9.126, 26, {}}}),
            "CPU 35 tokens/s, picture 1.1 s; Vulkan (Mali-G610) 9.1 tokens/s, picture 26 ms");
  EXPECT_EQ(describe({{"cpu", 3, 0, {}}, {"cuda:Orin", 0, 0, "no memory"}}),
            "CPU 3.0 tokens/s; CUDA (Orin) failed: no memory");
}

}  // namespace
}  // namespace galago
