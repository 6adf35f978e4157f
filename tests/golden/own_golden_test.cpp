// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// The numbers of independent implementations, stage by stage: for the project's own small models
// (tests/data/model, README.md there), and what the built-in model's recipe computed in PyTorch
// (tests/data/tiny, resources/models/tiny/recipe/golden.py).
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

/// A folder of golden cases: cases.json, pictures, arrays.
struct GoldenData {
  const char* name;
  std::filesystem::path folder;
  json data;

  GoldenData(const char* test_name, const char* folder_name)
      : name(test_name), folder(test_data_folder() / folder_name) {
    std::ifstream file(folder / "cases.json");
    data = file ? json::parse(file) : json::object();
  }
};

const std::vector<GoldenData>& golden_data() {
  static const std::vector<GoldenData> all = {{"OwnGolden", "model"}, {"TinyGolden", "tiny"}};
  return all;
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
    {"vulkan_f32_cache", {"vulkan", DType::kF32}, "logits"},
    {"vulkan_f16_cache", {"vulkan", DType::kF16}, "logits_f16_cache"},
    {"cuda_f32_cache", {"cuda", DType::kF32}, "logits"},
    {"cuda_f16_cache", {"cuda", DType::kF16}, "logits_f16_cache"},
};

/// Compares what the golden array keeps of a stage: every `stride`-th value.
void expect_close(const GoldenData& source, std::span<const float> actual, const json& golden,
                  const char* tolerance) {
  const auto file = golden["file"].get<std::string>();
  const auto array = read_npy(source.folder / file);
  ASSERT_TRUE(array) << array.error().message();
  std::size_t count = 1;
  for (const json& size : golden["shape"]) count *= size.get<std::size_t>();
  ASSERT_EQ(actual.size(), count) << file;
  std::vector<float> kept;
  const auto stride = golden["stride"].get<std::size_t>();
  for (std::size_t i = 0; i < actual.size(); i += stride) kept.push_back(actual[i]);
  EXPECT_LE(max_difference(kept, array->f32), source.data["tolerance"][tolerance].get<double>())
      << file;
}

class OwnGolden : public testing::Test {
 public:
  OwnGolden(const GoldenData& source, json golden_case, const Setting& setting)
      : source_(source), case_(std::move(golden_case)), setting_(setting) {}

  void TestBody() override {
    if (!has_device(setting_.choice.device)) GTEST_SKIP() << "no device of this kind";
    const json& mmproj = case_["mmproj"];
    const auto engine = load_pair(
        source_.folder / case_["model"].get<std::string>(),
        mmproj.is_null() ? std::filesystem::path() : source_.folder / mmproj.get<std::string>(),
        setting_.choice);
    ASSERT_TRUE(engine);
    std::vector<PicturePtr> pictures;
    for (const json& name : case_["pictures"]) {
      auto image =
          load_image(source_.folder / name.get<std::string>(), ImageInterpretation::kAsOriginal);
      ASSERT_TRUE(image) << image.error().message();
      pictures.push_back(std::make_shared<const Picture>(*std::move(image)));
    }
    check_pictures(engine, pictures);
    check_answer(engine, pictures);
    EXPECT_EQ(engine->device_info().kind, setting_.choice.device) << engine->device_reason();
  }

 private:
  void check_pictures(const std::shared_ptr<const Engine>& engine,
                      const std::vector<PicturePtr>& pictures) const {
    for (std::size_t i = 0; i < pictures.size(); ++i) {
      const PictureTrace trace = trace_picture(engine, *pictures[i]);
      const json& stages = case_["stages"].at(i);
      expect_close(source_, trace.pixels, stages["pixel_values"], "pixel_values");
      expect_close(source_, trace.features, stages["features"], "features");
      expect_close(source_, trace.tokens, stages["projector"], "projector");
    }
  }

  void check_answer(const std::shared_ptr<const Engine>& engine,
                    const std::vector<PicturePtr>& pictures) const {
    const AnswerTrace answer = trace_answer(engine, case_["prompt"].get<std::string>(), pictures,
                                            source_.data["steps"].get<int>());
    EXPECT_EQ(answer.input_ids, case_["input_ids"].get<std::vector<std::int32_t>>());
    EXPECT_EQ(answer.tokens, case_["tokens"].get<std::vector<TokenId>>());
    EXPECT_EQ(answer.text, case_["text"].get<std::string>());
    std::vector<float> logits;
    for (const std::vector<float>& step : answer.logits)
      logits.insert(logits.end(), step.begin(), step.end());
    expect_close(source_, logits, case_["logits"], setting_.logits_tolerance);
  }

  const GoldenData& source_;
  json case_;
  Setting setting_;
};

void register_tests() {
  for (const GoldenData& source : golden_data())
    for (const Setting& setting : kSettings)
      for (const json& golden_case : source.data.value("cases", json::array()))
        testing::RegisterTest((std::string(source.name) + "_" + setting.name).c_str(),
                              test_name(golden_case["id"].get<std::string>()).c_str(), nullptr,
                              nullptr, __FILE__, __LINE__, [&, golden_case]() -> testing::Test* {
                                return new OwnGolden(source, golden_case, setting);
                              });
}

}  // namespace

TEST(OwnGoldenData, IsPresent) {
  EXPECT_FALSE(golden_data().front().data.value("cases", json::array()).empty());
}

TEST(TinyGoldenData, IsPresent) {
  EXPECT_FALSE(golden_data().back().data.value("cases", json::array()).empty());
}

}  // namespace galago::golden

int main(int argc, char** argv) {
  testing::InitGoogleTest(&argc, argv);
  galago::golden::register_tests();
  return RUN_ALL_TESTS();
}
