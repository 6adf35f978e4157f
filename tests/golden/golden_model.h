// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// Runs a model stage by stage on a device, as `galago-cli trace` does, for comparison with golden
// arrays.
#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "engine/conversation_prompt.h"
#include "engine/language_runner.h"
#include "engine/picture_encoder.h"

namespace galago::golden {

struct PictureTrace {
  std::vector<float> pixels;    ///< [3, size, size]
  std::vector<float> features;  ///< [positions, vision dim]
  std::vector<float> tokens;    ///< [tokens per picture, dim]
};

struct AnswerTrace {
  std::vector<std::int32_t> input_ids;     ///< pictures as -200
  std::vector<TokenId> tokens;             ///< greedy, </s> included where it stops
  std::vector<std::vector<float>> logits;  ///< per step; row 0: the last prompt position
  std::string text;
};

struct DeviceChoice {
  std::string device;  ///< "cpu", "reference", "vulkan"
  DType kv_dtype = DType::kF32;
  Arithmetic arithmetic = Arithmetic::kExact;
};

/// Whether this build and machine have such a device; Vulkan comes with its validation layers.
bool has_device(const std::string& kind);

/// Loads the pair in `folder` (ggml-model-f16.gguf, mmproj-*.gguf); keeps the last one loaded,
/// since many cases in a row use the same. Fails the test and returns nullptr on error.
std::shared_ptr<const Engine> load_pair(const std::filesystem::path& model,
                                        const std::filesystem::path& mmproj,
                                        const DeviceChoice& choice);

PictureTrace trace_picture(const std::shared_ptr<const Engine>& engine, const Picture& picture);

/// Answers greedily; `prompt` word for word. Stops after `max_tokens` tokens.
AnswerTrace trace_answer(const std::shared_ptr<const Engine>& engine, const std::string& prompt,
                         const std::vector<PicturePtr>& pictures, int max_tokens);

/// Largest absolute difference; the arrays must have the same length.
double max_difference(std::span<const float> actual, std::span<const float> expected);

/// Of two arrays as vectors; 0 when their lengths differ.
double cosine(std::span<const float> a, std::span<const float> b);

/// A case's id as GoogleTest takes it: letters, digits and underscores.
std::string test_name(std::string case_id);

}  // namespace galago::golden
