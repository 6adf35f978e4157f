// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
#include "golden_model.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cctype>
#include <cmath>
#include <cstdlib>
#include <limits>

#include "devices/device_registry.h"
#include "text/prompt_encoder.h"
#include "text/sampler.h"

namespace galago::golden {

bool has_device(const std::string& kind) {
  ::setenv("GALAGO_VULKAN_VALIDATION", "1", 0);
  const auto device = make_device(kind, 0, Arithmetic::kExact);
  if (device) return true;
  EXPECT_FALSE(device.error().detail.starts_with("Vulkan validation")) << device.error().message();
  return false;
}

std::shared_ptr<const Engine> load_pair(const std::filesystem::path& model,
                                        const std::filesystem::path& mmproj,
                                        const DeviceChoice& choice) {
  static std::string loaded_key;  // tests run one after the other
  static std::shared_ptr<const Engine> loaded;
  const std::string key = model.string() + "|" + mmproj.string() + "|" + choice.device + "|" +
                          std::string(dtype_info(choice.kv_dtype).name) + "|" +
                          (choice.arithmetic == Arithmetic::kExact ? "exact" : "fast");
  if (key == loaded_key) return loaded;
  EngineOptions options;
  options.model = model;
  options.mmproj = mmproj;
  options.device = choice.device;
  options.threads = 2;
  options.kv_dtype = choice.kv_dtype;
  options.arithmetic = choice.arithmetic;
  auto engine = Engine::load(options);
  if (!engine) {
    ADD_FAILURE() << engine.error().message();
    return nullptr;
  }
  loaded_key = key;
  loaded = *engine;
  return loaded;
}

PictureTrace trace_picture(const std::shared_ptr<const Engine>& engine, const Picture& picture) {
  PictureTrace trace;
  const PreprocessConfig& preprocess = engine->model().vision->preprocess;
  auto fitted = fit_to_model(picture.image(), preprocess);
  if (!fitted) {
    ADD_FAILURE() << fitted.error().message();
    return trace;
  }
  trace.pixels = normalise(*fitted, preprocess);
  auto encoder = PictureEncoder::create(engine);
  if (!encoder) {
    ADD_FAILURE() << encoder.error().message();
    return trace;
  }
  auto tap = [&](std::string_view name, int, int, std::span<const float> values) {
    if (name == "vision_features") trace.features.assign(values.begin(), values.end());
  };
  (*encoder)->set_tap(tap);
  auto tokens = (*encoder)->encode_pixels(trace.pixels, {});
  if (!tokens) {
    ADD_FAILURE() << tokens.error().message();
    return trace;
  }
  trace.tokens = *tokens;
  return trace;
}

AnswerTrace trace_answer(const std::shared_ptr<const Engine>& engine, const std::string& text,
                         const std::vector<PicturePtr>& pictures, int max_tokens) {
  AnswerTrace trace;
  auto prompt = raw_prompt(engine->model(), text, pictures);
  auto runner = LanguageRunner::create(engine);
  if (!prompt || !runner) {
    ADD_FAILURE() << (prompt ? runner.error() : prompt.error()).message();
    return trace;
  }
  const int per_picture = engine->info().tokens_per_picture;
  for (const std::int32_t row : prompt->rows) {
    if (row >= 0)
      trace.input_ids.push_back(row);
    else if ((-1 - row) % per_picture == 0)
      trace.input_ids.push_back(kPictureToken);
  }
  for (std::size_t i = 0; i < pictures.size(); ++i) {
    const PictureTrace picture = trace_picture(engine, *pictures[i]);
    if (picture.tokens.empty()) return trace;
    EXPECT_TRUE((*runner)->set_picture(static_cast<int>(i), picture.tokens));
  }
  LanguageRunner& language = **runner;
  EXPECT_TRUE(language.set_mask(prompt_mask(*prompt, language.capacity())));
  const Status filled = language.append(prompt->rows, {});
  if (!filled) {
    ADD_FAILURE() << filled.error().message();
    return trace;
  }
  if (!pictures.empty()) {
    EXPECT_TRUE(
        language.set_mask(std::vector<float>(static_cast<std::size_t>(language.capacity()), 0.0F)));
  }
  Sampler greedy({});
  while (true) {
    auto logits = language.logits();
    if (!logits) {
      ADD_FAILURE() << logits.error().message();
      return trace;
    }
    trace.logits.emplace_back(logits->begin(), logits->end());
    const TokenId id = greedy.sample(*logits, {});
    trace.tokens.push_back(id);
    if (id == engine->model().tokenizer->eos_id() ||
        static_cast<int>(trace.tokens.size()) >= max_tokens)
      break;
    EXPECT_TRUE(language.append(std::span(&id, 1), {}));
  }
  trace.text = answer_text(*engine->model().tokenizer, trace.tokens);
  return trace;
}

double max_difference(std::span<const float> actual, std::span<const float> expected) {
  if (actual.size() != expected.size()) return std::numeric_limits<double>::infinity();
  double largest = 0;
  for (std::size_t i = 0; i < actual.size(); ++i) {
    const double difference = std::abs(static_cast<double>(actual[i]) - expected[i]);
    if (!(difference <= largest)) largest = difference;  // also takes NaN
  }
  return largest;
}

double cosine(std::span<const float> a, std::span<const float> b) {
  if (a.size() != b.size()) return 0;
  double product = 0;
  double square_a = 0;
  double square_b = 0;
  for (std::size_t i = 0; i < a.size(); ++i) {
    product += static_cast<double>(a[i]) * b[i];
    square_a += static_cast<double>(a[i]) * a[i];
    square_b += static_cast<double>(b[i]) * b[i];
  }
  return product / std::sqrt(square_a * square_b);
}

std::string test_name(std::string case_id) {
  for (char& c : case_id)
    if (std::isalnum(static_cast<unsigned char>(c)) == 0) c = '_';
  return case_id;
}

}  // namespace galago::golden
