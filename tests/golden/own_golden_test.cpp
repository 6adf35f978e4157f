// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// The numbers of an independent implementation for the project's own small models
// (tests/data/model, README.md there), stage by stage.
#include <gtest/gtest.h>

#include <fstream>
#include <nlohmann/json.hpp>

#include "base/npy.h"
#include "golden_model.h"
#include "image/image_decoder.h"
#include "test_data.h"

namespace galago::golden {
namespace {

using nlohmann::json;

std::filesystem::path model_folder() { return test_data_folder() / "model"; }

const json& golden_data() {
  static const json parsed = [] {
    std::ifstream file(model_folder() / "cases.json");
    return file ? json::parse(file) : json::object();
  }();
  return parsed;
}

struct Setting {
  const char* name;
  DeviceChoice choice;
  const char* logits_tolerance;
};

const Setting kSettings[] = {
    {"cpu_f32_cache", {"cpu", DType::kF32}, "logits"},
    {"cpu_f16_cache", {"cpu", DType::kF16}, "logits_f16_cache"},
    {"reference", {"reference", DType::kF32}, "logits"},
};

/// Compares what the golden array keeps of a stage: every `stride`-th value.
void expect_close(std::span<const float> actual, const json& golden, const char* tolerance) {
  const auto file = golden["file"].get<std::string>();
  const auto array = read_npy(model_folder() / file);
  ASSERT_TRUE(array) << array.error().message();
  std::size_t count = 1;
  for (const json& size : golden["shape"]) count *= size.get<std::size_t>();
  ASSERT_EQ(actual.size(), count) << file;
  std::vector<float> kept;
  const auto stride = golden["stride"].get<std::size_t>();
  for (std::size_t i = 0; i < actual.size(); i += stride) kept.push_back(actual[i]);
  EXPECT_LE(max_difference(kept, array->f32), golden_data()["tolerance"][tolerance].get<double>())
      << file;
}

class OwnGolden : public testing::Test {
 public:
  OwnGolden(json golden_case, const Setting& setting)
      : case_(std::move(golden_case)), setting_(setting) {}

  void TestBody() override {
    const json& mmproj = case_["mmproj"];
    const auto engine = load_pair(
        model_folder() / case_["model"].get<std::string>(),
        mmproj.is_null() ? std::filesystem::path() : model_folder() / mmproj.get<std::string>(),
        setting_.choice);
    ASSERT_TRUE(engine);
    std::vector<PicturePtr> pictures;
    for (const json& name : case_["pictures"]) {
      auto image =
          load_image(model_folder() / name.get<std::string>(), ImageInterpretation::kAsOriginal);
      ASSERT_TRUE(image) << image.error().message();
      pictures.push_back(std::make_shared<const Picture>(*std::move(image)));
    }
    check_pictures(engine, pictures);
    check_answer(engine, pictures);
  }

 private:
  void check_pictures(const std::shared_ptr<const Engine>& engine,
                      const std::vector<PicturePtr>& pictures) const {
    for (std::size_t i = 0; i < pictures.size(); ++i) {
      const PictureTrace trace = trace_picture(engine, *pictures[i]);
      const json& stages = case_["stages"].at(i);
      expect_close(trace.pixels, stages["pixel_values"], "pixel_values");
      expect_close(trace.features, stages["features"], "features");
      expect_close(trace.tokens, stages["projector"], "projector");
    }
  }

  void check_answer(const std::shared_ptr<const Engine>& engine,
                    const std::vector<PicturePtr>& pictures) const {
    const AnswerTrace answer = trace_answer(engine, case_["prompt"].get<std::string>(), pictures,
                                            golden_data()["steps"].get<int>());
    EXPECT_EQ(answer.input_ids, case_["input_ids"].get<std::vector<std::int32_t>>());
    EXPECT_EQ(answer.tokens, case_["tokens"].get<std::vector<TokenId>>());
    EXPECT_EQ(answer.text, case_["text"].get<std::string>());
    std::vector<float> logits;
    for (const std::vector<float>& step : answer.logits)
      logits.insert(logits.end(), step.begin(), step.end());
    expect_close(logits, case_["logits"], setting_.logits_tolerance);
  }

  json case_;
  Setting setting_;
};

void register_tests() {
  for (const Setting& setting : kSettings)
    for (const json& golden_case : golden_data()["cases"])
      testing::RegisterTest(
          ("OwnGolden_" + std::string(setting.name)).c_str(),
          test_name(golden_case["id"].get<std::string>()).c_str(), nullptr, nullptr, __FILE__,
          __LINE__, [=]() -> testing::Test* { return new OwnGolden(golden_case, setting); });
}

}  // namespace

TEST(OwnGoldenData, IsPresent) { EXPECT_FALSE(golden_data()["cases"].empty()); }

}  // namespace galago::golden

int main(int argc, char** argv) {
  testing::InitGoogleTest(&argc, argv);
  galago::golden::register_tests();
  return RUN_ALL_TESTS();
}
