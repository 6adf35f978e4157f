// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// The numbers of the original PyTorch code (shared reference data), stage by stage, within the
// tolerances its manifest states: f32 arithmetic with an f32 KV cache against `f32_max_abs`, and
// the f16 KV cache people use against `fp16_max_abs`. What faster arithmetic may change (bf16 in
// the tower, docs/performance.md) is bounded by what people see of it: the picture's tokens point
// the same way, and greedy answers are the same, word for word. The original checkpoints, converted
// to f16 and f32, are held to the same as the GGUF pairs that come with the data.
#include <gtest/gtest.h>

#include <fstream>
#include <nlohmann/json.hpp>
#include <optional>

#include "base/npy.h"
#include "converted_model.h"
#include "golden_model.h"
#include "image/image_decoder.h"
#include "reference_data.h"

namespace galago::golden {
namespace {

using nlohmann::json;

const json& manifest() {
  static const json parsed = [] {
    std::ifstream file(reference_folder() / "manifest.json");
    return file ? json::parse(file) : json::object();
  }();
  return parsed;
}

NpyArray load(const std::string& file) {
  auto array = read_npy(reference_folder() / file);
  if (!array) {
    ADD_FAILURE() << array.error().message();
    return {};
  }
  return *array;
}

double tolerance(const std::string& file, const char* kind) {
  return manifest()["files"][file]["tolerance"][kind].get<double>();
}

struct Setting {
  const char* name;
  DeviceChoice choice;
  const char* tolerance_kind;
  std::optional<Mix> converted = std::nullopt;  ///< the original checkpoint as this; else the pair
};

const Setting kExact = {"cpu_f32_cache", {"cpu", DType::kF32}, "f32_max_abs"};
const Setting kUsual = {"cpu_f16_cache", {"cpu", DType::kF16}, "fp16_max_abs"};
const Setting kFast = {"cpu_fast", {"cpu", DType::kF16, Arithmetic::kFast}, nullptr};
const Setting kScalar = {"reference", {"reference", DType::kF32}, "f32_max_abs"};
const Setting kVulkan = {"vulkan", {"vulkan", DType::kF32}, "f32_max_abs"};
const Setting kConvertedF16 = {"converted_f16", {"cpu", DType::kF32}, "f32_max_abs", Mix::kF16};
const Setting kConvertedF32 = {"converted_f32", {"cpu", DType::kF32}, "f32_max_abs", Mix::kF32};

std::shared_ptr<const Engine> load_model(const json& golden_case, const Setting& setting) {
  const auto model = golden_case["model"].get<std::string>();
  const auto folder = setting.converted ? converted_pair(model, *setting.converted)
                                        : reference_folder() / "gguf" / model;
  if (folder.empty()) return nullptr;
  return load_pair(folder / "ggml-model-f16.gguf", folder / "mmproj-model-f16.gguf",
                   setting.choice);
}

std::vector<PicturePtr> load_case_pictures(const json& golden_case) {
  std::vector<PicturePtr> pictures;
  for (const json& name : golden_case["images"]) {
    // JPEGs come decoded as well: what is compared here is not the JPEG decoder.
    auto path = reference_folder() / "images" / name.get<std::string>();
    auto decoded = path;
    decoded.replace_extension(".decoded.png");
    if (!std::filesystem::exists(decoded)) decoded = path.string() + ".decoded.png";
    auto image = load_image(std::filesystem::exists(decoded) ? decoded : path,
                            ImageInterpretation::kAsOriginal);
    if (!image) {
      ADD_FAILURE() << image.error().message();
      return {};
    }
    pictures.push_back(std::make_shared<const Picture>(*std::move(image)));
  }
  return pictures;
}

void expect_close(std::span<const float> actual, const std::string& file, const char* kind) {
  EXPECT_LE(max_difference(actual, load(file).f32), tolerance(file, kind)) << file;
}

void check_pictures(const json& golden_case, const std::vector<PicturePtr>& pictures,
                    const std::shared_ptr<const Engine>& engine, const Setting& setting) {
  for (std::size_t i = 0; i < pictures.size(); ++i) {
    const PictureTrace trace = trace_picture(engine, *pictures[i]);
    const auto pixel_file = golden_case["pixel_values"][i].get<std::string>();
    EXPECT_LE(max_difference(trace.pixels, load(pixel_file).f32), tolerance(pixel_file, "max_abs"))
        << pixel_file;
    expect_close(trace.features, golden_case["vision"][i].get<std::string>(),
                 setting.tolerance_kind);
    expect_close(trace.tokens, golden_case["projector"][i].get<std::string>(),
                 setting.tolerance_kind);
  }
}

constexpr double kFastCosine = 0.999;

void check_fast(const json& golden_case, const std::vector<PicturePtr>& pictures,
                const std::shared_ptr<const Engine>& engine) {
  for (std::size_t i = 0; i < pictures.size(); ++i) {
    const auto file = golden_case["projector"][i].get<std::string>();
    EXPECT_GE(cosine(trace_picture(engine, *pictures[i]).tokens, load(file).f32), kFastCosine)
        << file;
  }
  const AnswerTrace answer =
      trace_answer(engine, golden_case["prompt"].get<std::string>(), pictures, 16);
  EXPECT_EQ(answer.text, golden_case["text"].get<std::string>());
}

/// Logits of each step against the largest 32 and every 128th.
void check_logits(const json& files, const AnswerTrace& answer, const char* kind) {
  const auto top_file = files["top_logits"].get<std::string>();
  const auto sub_file = files["sub_logits"].get<std::string>();
  const NpyArray top_ids = load(files["top_ids"].get<std::string>());
  const NpyArray top = load(top_file);
  const NpyArray sub = load(sub_file);
  ASSERT_EQ(answer.logits.size(), top.shape.at(0));
  const std::size_t n_top = top.shape.at(1);
  const std::size_t n_sub = sub.shape.at(1);
  for (std::size_t step = 0; step < answer.logits.size(); ++step) {
    const std::vector<float>& logits = answer.logits[step];
    double worst = 0;
    for (std::size_t i = 0; i < n_top; ++i) {
      const std::size_t at = step * n_top + i;
      const float actual = logits.at(static_cast<std::size_t>(top_ids.i32[at]));
      worst = std::max(worst, max_difference({&actual, 1}, {&top.f32[at], 1}));
    }
    EXPECT_LE(worst, tolerance(top_file, kind)) << "step " << step;
    worst = 0;
    for (std::size_t i = 0; i < n_sub; ++i)
      worst = std::max(worst,
                       max_difference({&logits.at(i * 128), 1}, {&sub.f32[step * n_sub + i], 1}));
    EXPECT_LE(worst, tolerance(sub_file, kind)) << "step " << step;
  }
}

void check_answer(const json& golden_case, const std::vector<PicturePtr>& pictures,
                  const std::shared_ptr<const Engine>& engine, const Setting& setting) {
  const AnswerTrace answer =
      trace_answer(engine, golden_case["prompt"].get<std::string>(), pictures, 16);
  const json& files = golden_case["files"];
  EXPECT_EQ(answer.input_ids, load(files["input_ids"].get<std::string>()).i32);
  EXPECT_EQ(answer.tokens, golden_case["output_ids"].get<std::vector<TokenId>>());
  EXPECT_EQ(answer.text, golden_case["text"].get<std::string>());
  check_logits(files, answer, setting.tolerance_kind);
}

/// Prompts of thousands of tokens: logits at the positions the manifest names.
void check_long_prompt(const json& golden_case, const std::vector<PicturePtr>& pictures,
                       const std::shared_ptr<const Engine>& engine) {
  auto prompt = raw_prompt(engine->model(), golden_case["prompt"].get<std::string>(), pictures);
  ASSERT_TRUE(prompt) << prompt.error().message();
  auto runner = LanguageRunner::create(engine);
  ASSERT_TRUE(runner) << runner.error().message();
  ASSERT_TRUE((*runner)->set_picture(0, trace_picture(engine, *pictures[0]).tokens));
  const json& files = golden_case["files"];
  const auto top_file = files["top_logits"].get<std::string>();
  const NpyArray top_ids = load(files["top_ids"].get<std::string>());
  const NpyArray top = load(top_file);
  const auto positions = golden_case["positions"].get<std::vector<std::size_t>>();
  std::size_t done = 0;
  for (std::size_t p = 0; p < positions.size(); ++p) {
    const auto rows = std::span(prompt->rows).subspan(done, positions[p] + 1 - done);
    ASSERT_TRUE((*runner)->append(rows, {}));
    done = positions[p] + 1;
    auto logits = (*runner)->logits();
    ASSERT_TRUE(logits);
    for (std::size_t i = 0; i < top.shape.at(1); ++i) {
      const std::size_t at = p * top.shape.at(1) + i;
      EXPECT_NEAR((*logits)[static_cast<std::size_t>(top_ids.i32[at])], top.f32[at],
                  tolerance(top_file, "f32_max_abs"))
          << "position " << positions[p];
    }
  }
  EXPECT_EQ(done, prompt->rows.size());
}

class ReferenceGolden : public testing::Test {
 public:
  ReferenceGolden(json golden_case, const Setting& setting)
      : case_(std::move(golden_case)), setting_(setting) {}

  void TestBody() override {
    if (!has_device(setting_.choice.device)) GTEST_SKIP() << "no device of this kind";
    const auto engine = load_model(case_, setting_);
    const auto pictures = load_case_pictures(case_);
    ASSERT_TRUE(engine && pictures.size() == case_["images"].size());
    if (case_.value("kind", "") == "prefill only") {
      check_long_prompt(case_, pictures, engine);
      return;
    }
    if (setting_.choice.arithmetic == Arithmetic::kFast) {
      check_fast(case_, pictures, engine);
      return;
    }
    check_pictures(case_, pictures, engine, setting_);
    check_answer(case_, pictures, engine, setting_);
  }

 private:
  json case_;
  Setting setting_;
};

/// The scalar device is slow, and so is a GPU that the processor plays: one case of each model is
/// enough to hold them to the original.
bool wants(const json& golden_case, const Setting& setting) {
  const auto id = golden_case["id"].get<std::string>();
  const bool is_long = golden_case.value("kind", "") == "prefill only";
  if (&setting == &kScalar || &setting == &kVulkan)
    return id.ends_with("/demo-p1") || id.ends_with("/demo-unk");
  return !is_long || &setting == &kExact || &setting == &kConvertedF16;
}

void register_tests() {
  for (const Setting* setting :
       {&kExact, &kUsual, &kFast, &kScalar, &kVulkan, &kConvertedF16, &kConvertedF32})
    for (const json& golden_case : manifest()["cases"])
      if (wants(golden_case, *setting))
        testing::RegisterTest(("ReferenceGolden_" + std::string(setting->name)).c_str(),
                              test_name(golden_case["id"].get<std::string>()).c_str(), nullptr,
                              nullptr, __FILE__, __LINE__, [=]() -> testing::Test* {
                                return new ReferenceGolden(golden_case, *setting);
                              });
}

}  // namespace

TEST(ReferenceGoldenData, IsPresent) {
  GALAGO_SKIP_WITHOUT_REFERENCE();
  EXPECT_FALSE(manifest()["cases"].empty());
}

}  // namespace galago::golden

int main(int argc, char** argv) {
  testing::InitGoogleTest(&argc, argv);
  if (galago::reference_data_present()) galago::golden::register_tests();
  return RUN_ALL_TESTS();
}
