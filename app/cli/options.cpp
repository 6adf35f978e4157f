// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
#include "cli/options.h"

#include <sys/resource.h>

#include <algorithm>
#include <cstdio>
#include <utility>

#include "devices/device_registry.h"
#include "library/memory_check.h"
#include "text/chat_template.h"

namespace galago::cli {
namespace {

/// CLI11 would take -1 for the largest number.
std::string not_negative(const std::string& text) {
  return text.rfind('-', 0) == 0 ? "Value " + text + " is below zero" : std::string();
}

Status check_free_memory(const ModelFiles& files, int context, const std::string& device) {
  Status checked =
      check_memory_for(files, device_free_memory(device), static_cast<std::uint64_t>(context));
  if (checked) return checked;
  Error error = std::move(checked).error();
  error.detail += " (--ignore-memory tries it anyhow)";
  return error;
}

}  // namespace

void ModelOptions::add_to(CLI::App& command) {
  CLI::Option* named = command.add_option(
      "-m,--model", model,
      "A GGUF file, a folder holding a pair, or an installed model's name (default: the "
      "demonstration model that comes with Galago: simple drawings, no photographs)");
  command
      .add_option("--mmproj", mmproj,
                  "The vision file (looked for beside the model when not given)")
      ->needs(named);
  command
      .add_option("--device", device,
                  "Where to compute: auto (the fastest, measured once), cpu, vulkan, cuda, "
                  "reference, or one GPU as `devices` calls it")
      ->check(device_option_error)
      ->capture_default_str();
  command.add_option("--threads", threads, "Threads (default: one per physical core)")
      ->check(CLI::Range(1, 1024));
  command.add_option("--ctx", context, "Context length in tokens (default: as trained)")
      ->check(CLI::Range(16, 1 << 20));
  command
      .add_option("--rope-scale", rope_scale,
                  "Divide positions by this, to stretch the context (default: from the file, or as "
                  "--ctx needs)")
      ->check(CLI::Range(1.0, 64.0));
  command.add_option("--kv-type", kv_type, "Type of the KV cache")
      ->check(CLI::IsMember({"f16", "f32"}))
      ->capture_default_str();
  command.add_flag("--exact", exact,
                   "Keep activations in f32 where faster arithmetic would round them");
  command.add_flag("--ignore-memory", ignore_memory,
                   "Load the model though there seems to be too little memory for it");
}

std::string device_option_error(const std::string& device) {
  const Status known = device == "auto" ? Status() : check_device_id(device);
  return known ? std::string() : known.error().detail;
}

EngineOptions ModelOptions::engine_options() const {
  EngineOptions options;
  options.device = device;
  options.threads = threads;
  options.context_size = context;
  options.rope_scale = rope_scale;
  options.arithmetic = exact ? Arithmetic::kExact : Arithmetic::kFast;
  options.kv_dtype = kv_type == "f32" ? DType::kF32 : DType::kF16;
  return options;
}

Result<PlacedEngine> ModelOptions::load(std::stop_token stop, Notes notes) const {
  GALAGO_TRY(const ModelFiles files,
             model.empty() ? default_model("-m") : locate_model(model, mmproj));
  if (!ignore_memory) {
    GALAGO_TRY(check_free_memory(files, context, device));
  }
  EngineOptions options = engine_options();
  options.model = files.language_model;
  options.mmproj = files.mmproj;
  GALAGO_TRY(PlacedEngine placed, load_engine(options, Measure::kOnce, std::move(stop)));
  if (const std::string& failure = placed.engine->device_reason(); !failure.empty())
    std::fprintf(stderr, "[%s; the processor takes its place]\n", failure.c_str());
  else if (!placed.trials.empty() && notes == Notes::kPrint)
    std::fprintf(stderr, "[%s]\n", placed.reason.c_str());
  // Not before: what fails says one line, why.
  if (model.empty() && notes == Notes::kPrint)
    std::fprintf(stderr, "[no model is named (-m): using %s, the demonstration model]\n",
                 files.name.c_str());
  return placed;
}

Result<ModelFiles> default_model(std::string_view option) {
  auto files = built_in_model();
  if (files) return files;
  Error error = std::move(files).error();
  error.detail += "; name another model (" + std::string(option) + ")";
  return error;
}

void PromptOptions::add_template_to(CLI::App& command) {
  std::vector<std::string> names;
  for (const std::string_view name : ChatTemplate::names()) names.emplace_back(name);
  command.add_option("--template", template_name, "Prompt format (default: the model's)")
      ->check(CLI::IsMember(names));
  command.add_option("--system", system, "System text in place of the template's");
  command.add_flag("--as-original", as_original,
                   "Read pictures as MobileVLM's own code does: EXIF orientation and transparency "
                   "ignored");
}

void PromptOptions::add_prompt_to(CLI::App& command) {
  command.add_option("--image", images, "A picture to ask about; may be repeated")
      ->allow_extra_args(false);
  command.add_option("-p,--prompt", text, "The question")->required();
  command.add_flag("--raw", raw, "Use the prompt word for word; <image> marks each picture");
  add_template_to(command);
}

Result<PicturePtr> PromptOptions::load_picture(const std::string& path) const {
  GALAGO_TRY(Image image, load_image(path, as_original ? ImageInterpretation::kAsOriginal
                                                       : ImageInterpretation::kAsSeen));
  return PicturePtr(std::make_shared<const Picture>(std::move(image)));
}

Result<std::vector<PicturePtr>> PromptOptions::load_pictures() const {
  std::vector<PicturePtr> pictures;
  for (const std::string& path : images) {
    GALAGO_TRY(PicturePtr picture, load_picture(path));
    pictures.push_back(std::move(picture));
  }
  return pictures;
}

Conversation PromptOptions::conversation() const {
  Conversation conversation;
  conversation.template_name = template_name;
  conversation.has_system = system.has_value();
  conversation.system = system.value_or("");
  return conversation;
}

void SamplingOptions::add_to(CLI::App& command) {
  command.add_option("--temp", sampling.temperature, "Temperature; 0 is greedy")
      ->check(CLI::Range(0.0, 100.0))
      ->capture_default_str();
  command.add_option("--top-k", sampling.top_k, "Choose among the K likeliest; 0 is off")
      ->check(CLI::Range(0, 1 << 20))
      ->capture_default_str();
  command.add_option("--top-p", sampling.top_p, "Choose within this much probability; 1 is off")
      ->check(CLI::Range(0.0, 1.0))
      ->capture_default_str();
  command
      .add_option("--min-p", sampling.min_p,
                  "Drop tokens below this share of the likeliest's probability; 0 is off")
      ->check(CLI::Range(0.0, 1.0))
      ->capture_default_str();
  command
      .add_option("--repeat-penalty", sampling.repeat_penalty,
                  "Penalty on tokens already present; 1 is off")
      ->check(CLI::Range(0.01, 100.0))
      ->capture_default_str();
  command.add_option("--seed", sampling.seed, "Seed of the draw")
      ->check(not_negative)
      ->capture_default_str();
  command.add_option("-n,--max-tokens", max_tokens, "Longest answer in tokens")
      ->check(CLI::Range(1, 1 << 20))
      ->capture_default_str();
  command.add_flag("!--no-look-ahead", look_ahead,
                   "Compute each token alone, without guesses of the next ones from the text");
}

double peak_rss_mb() {
  rusage usage = {};
  ::getrusage(RUSAGE_SELF, &usage);
  return static_cast<double>(usage.ru_maxrss) * 1024 / 1e6;  // Linux counts KiB
}

}  // namespace galago::cli
