// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// galago-cli models convert: a model in other types.
#include <chrono>
#include <cstdio>
#include <filesystem>
#include <map>
#include <memory>
#include <nlohmann/json.hpp>
#include <string>
#include <system_error>
#include <utility>
#include <vector>

#include "base/cpu_cores.h"
#include "cli/interrupt.h"
#include "cli/models/convert_input.h"
#include "cli/models/models_command.h"
#include "cli/progress_line.h"
#include "convert/convert.h"

namespace galago::cli {
namespace {

namespace fs = std::filesystem;

struct ConvertOptions {
  std::string input;
  std::string output;
  std::string to;
  std::string mmproj_to = "f16";
  OtherFolders others;
  int threads = 0;
  bool requantise = false;
  bool overwrite = false;
  bool json = false;
};

/// "16 q4_K, 3 q6_K, 9 f32"
std::string type_counts(const GgufHeader& header) {
  std::map<DType, int> counts;
  for (const auto& tensor : header.tensors()) ++counts[tensor.dtype];
  std::string text;
  for (const auto& [dtype, count] : counts)
    text += (text.empty() ? "" : ", ") + std::to_string(count) + " " +
            std::string(dtype_info(dtype).name);
  return text;
}

class ConvertCommand {
 public:
  explicit ConvertCommand(const ConvertOptions& options) : options_(options) {}

  Status run() {
    GALAGO_TRY(input_, open_convert_input(options_.input, options_.others));
    GALAGO_TRY(plan());
    for (const ConversionJob& job : jobs_) {
      GALAGO_TRY(check_output(job.path));
    }
    GALAGO_TRY(write());
    if (options_.json) {
      print_json();
    } else {
      print_table();
    }
    return {};
  }

 private:
  Status plan() {
    if (input_.language_model != nullptr) {
      GALAGO_TRY(add_job(*input_.language_model, options_.to, "ggml-model-"));
    }
    if (input_.projector != nullptr) {
      const bool is_alone = input_.language_model == nullptr;
      GALAGO_TRY(
          add_job(*input_.projector, is_alone ? options_.to : options_.mmproj_to, "mmproj-model-"));
    }
    return {};
  }

  Status add_job(const TensorSource& source, const std::string& mix_name,
                 const std::string& file_name) {
    const auto mix = mix_from_name(mix_name);
    if (!mix) return Error{Errc::kInvalidArgument, "there is no type '" + mix_name + "'", {}};
    GALAGO_TRY(ConversionPlan plan, plan_conversion(source, *mix));
    fs::path path = options_.output;
    std::error_code ignored;
    if (input_.is_folder || fs::is_directory(path, ignored))
      path /= file_name + std::string(mix_info(*mix).name) + ".gguf";
    jobs_.push_back({&source, std::move(plan), std::move(path)});
    return {};
  }

  Status check_output(const fs::path& path) const {
    std::error_code ignored;
    if (!fs::exists(path, ignored)) return {};
    for (const fs::path& file : input_.files)
      if (fs::equivalent(file, path, ignored))
        return Error{Errc::kInvalidArgument, "this is the file to be converted", {path.string()}};
    if (options_.overwrite) return {};
    return Error{
        Errc::kInvalidArgument, "the file is there already (--force replaces it)", {path.string()}};
  }

  Status write() {
    warn();
    const bool is_new_folder = input_.is_folder && make_folder();
    const auto began = std::chrono::steady_clock::now();
    Status status = convert_all();
    seconds_ = std::chrono::duration<double>(std::chrono::steady_clock::now() - began).count();
    std::error_code ignored;
    if (!status && is_new_folder) fs::remove(options_.output, ignored);  // only if it is empty
    return status;
  }

  Status convert_all() {
    Interrupt interrupt;
    ThreadPool pool(options_.threads > 0 ? options_.threads : compute_cores().count);
    ProgressLine line("converting", !options_.json);
    return convert(
        jobs_, options_.requantise ? Requantise::kAllow : Requantise::kRefuse, pool,
        [&](double fraction) { line.show(fraction); }, interrupt.token());
  }

  /// Whether there was none. If it cannot be made, writing says so.
  bool make_folder() const {
    std::error_code ignored;
    return fs::create_directories(options_.output, ignored);
  }

  void warn() const {
    if (!options_.requantise || options_.json) return;
    for (const ConversionJob& job : jobs_)
      if (job.plan.requantised > 0)
        std::fprintf(stderr,
                     "%d matrices are quantised already: this loses more than converting the "
                     "original would\n",
                     job.plan.requantised);
  }

  void print_table() const {
    for (const ConversionJob& job : jobs_) {
      std::printf("%s\n  %.1f MB: %s\n", job.path.c_str(),
                  static_cast<double>(job.plan.file_bytes) / 1e6,
                  type_counts(job.plan.header).c_str());
      if (job.plan.replaced > 0)
        std::printf("  rows of %d matrices are not whole blocks of their type; they have another\n",
                    job.plan.replaced);
    }
    std::printf("%.1f s\n", seconds_);
  }

  void print_json() const {
    nlohmann::json files = nlohmann::json::array();
    for (const ConversionJob& job : jobs_)
      files.push_back({{"path", job.path.string()},
                       {"type", mix_info(job.plan.mix).name},
                       {"bytes", job.plan.file_bytes},
                       {"tensors", job.plan.header.tensors().size()},
                       {"requantised", job.plan.requantised},
                       {"replaced", job.plan.replaced}});
    const nlohmann::json json = {{"files", files}, {"seconds", seconds_}};
    const auto replace = nlohmann::json::error_handler_t::replace;
    std::printf("%s\n", json.dump(2, ' ', false, replace).c_str());
  }

  const ConvertOptions& options_;
  ConvertInput input_;
  std::vector<ConversionJob> jobs_;
  double seconds_ = 0;
};

/// For CLI11: nothing, or what is wrong.
std::string check_mix(const std::string& name) {
  if (mix_from_name(name)) return {};
  std::string names;
  for (const MixInfo& info : all_mixes())
    names += (names.empty() ? "" : ", ") + std::string(info.name);
  return "there is no type '" + name + "'; there are " + names;
}

std::string check_projector_mix(const std::string& name) {
  const auto mix = mix_from_name(name);
  if (mix && mix_info(*mix).suits_projectors) return {};
  std::string names;
  for (const MixInfo& info : all_mixes())
    if (info.suits_projectors) names += (names.empty() ? "" : ", ") + std::string(info.name);
  return "a projector cannot be '" + name + "'; it can be one of " + names;
}

}  // namespace

void add_models_convert_command(CLI::App& models, Status& result) {
  auto options = std::make_shared<ConvertOptions>();
  CLI::App* command =
      models.add_subcommand("convert", "Write a model in another type: smaller, or more exact");
  command
      ->add_option("INPUT", options->input,
                   "A GGUF file, a folder that holds a pair, or one as published on Hugging Face "
                   "(config.json, tokenizer.model, weights)")
      ->required();
  command->add_option("OUTPUT", options->output, "The file to write, or the folder if INPUT is one")
      ->required();
  command
      ->add_option("--to", options->to,
                   "f32, f16, bf16, q8_0, q6_K, q5_K_M, q5_K_S, q5_1, q5_0, q4_K_M, q4_K_S, q4_1, "
                   "q4_0, q3_K_L, q3_K_M, q3_K_S or q2_K")
      ->required()
      ->check(check_mix);
  command
      ->add_option("--mmproj-to", options->mmproj_to,
                   "The same for the vision file of a folder: f32, f16, bf16, q8_0 or q4_K")
      ->check(check_projector_mix)
      ->capture_default_str();
  command->add_option(
      "--base", options->others.base,
      "The folder of the model that a LoRA adapter belongs to (looked for beside it "
      "when not given)");
  command->add_option("--tower", options->others.tower,
                      "The folder of the CLIP tower that a model names (looked for beside it when "
                      "not given)");
  command->add_option("--threads", options->threads, "Threads (default: one per physical core)")
      ->check(CLI::Range(1, 1024));
  command->add_flag("--requantize", options->requantise,
                    "Allow a quantised model to be quantised again, which loses more");
  command->add_flag("--force", options->overwrite, "Replace files that are there already");
  command->add_flag("--json", options->json, "Print one JSON object");
  command->callback([options, &result] { result = ConvertCommand(*options).run(); });
}

}  // namespace galago::cli
