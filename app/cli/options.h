// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// Options that several commands share.
#pragma once

#include <CLI/CLI.hpp>
#include <cstdint>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "engine/engine.h"
#include "engine/generation.h"
#include "image/image_decoder.h"
#include "library/model_locator.h"
#include "placement/placement.h"

namespace galago::cli {

/// Whether a command may say, on stderr, what it chose by itself.
enum class Notes { kPrint, kOmit };

struct ModelOptions {
  std::string model;  ///< empty: the built-in one
  std::string mmproj;
  std::string device = "auto";
  int threads = 0;
  int context = 0;
  float rope_scale = 0;
  std::string kv_type = "f16";
  bool exact = false;
  bool ignore_memory = false;

  void add_to(CLI::App& command);
  /// Finds the files and loads them; then says so if it is the built-in model because none was
  /// named. Errors: those of locate_model and Engine::load.
  Result<PlacedEngine> load(std::stop_token stop, Notes notes = Notes::kPrint) const;
  /// What `load` loads, without the paths of the model.
  EngineOptions engine_options() const;
};

/// For an option: "auto" or what make_device takes.
std::string device_option_error(const std::string& device);

/// The model that comes with Galago; the error says to name another (with `option`).
Result<ModelFiles> default_model(std::string_view option);

struct PromptOptions {
  std::vector<std::string> images;
  std::string text;
  bool raw = false;
  std::string template_name;
  std::optional<std::string> system;
  bool as_original = false;

  void add_template_to(CLI::App& command);
  void add_prompt_to(CLI::App& command);
  Result<std::vector<PicturePtr>> load_pictures() const;
  Result<PicturePtr> load_picture(const std::string& path) const;
  /// A conversation without turns, with the template and system text chosen.
  Conversation conversation() const;
};

struct SamplingOptions {
  SamplingParams sampling;
  int max_tokens = 512;
  bool look_ahead = true;

  void add_to(CLI::App& command);

  GenerationParams params() const { return {sampling, max_tokens, look_ahead}; }
};

/// Largest resident size of this process so far, in MB (10^6 bytes).
double peak_rss_mb();

}  // namespace galago::cli
