// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
#include "engine/engine.h"

#include <algorithm>
#include <chrono>
#include <new>
#include <utility>
#include <vector>

#include "base/file_fingerprint.h"
#include "base/mapped_file.h"
#include "devices/device_registry.h"
#include "engine/loaded_model.h"
#include "gguf/gguf_reader.h"
#include "model/weight_loader.h"

namespace galago {
namespace {

constexpr int kSmallestContext = 16;
constexpr int kLargestContext = 1 << 20;
constexpr const char* kDefaultTemplate = "vicuna_v1";

/// Adds up the bytes of both files and tells how far loading is.
class LoadProgress {
 public:
  LoadProgress(std::size_t total_bytes, FunctionRef<void(double)> progress)
      : total_bytes_(total_bytes), progress_(progress) {}

  void add(std::size_t bytes) {
    bytes_ += bytes;
    if (progress_)
      progress_(std::min(1.0, static_cast<double>(bytes_) / static_cast<double>(total_bytes_)));
  }

 private:
  std::size_t total_bytes_;
  std::size_t bytes_ = 0;
  FunctionRef<void(double)> progress_;
};

class ModelReader {
 public:
  ModelReader(const EngineOptions& options, std::stop_token stop,
              FunctionRef<void(double)> progress)
      : options_(options), stop_(std::move(stop)), progress_(progress) {}

  Result<std::unique_ptr<Model>> read() {
    GALAGO_TRY(language_file_, GgufFile::open(options_.model));
    if (!options_.mmproj.empty()) {
      GALAGO_TRY(vision_file_, GgufFile::open(options_.mmproj));
    }
    // Who does not leave the choice to placement gets the processor.
    const bool is_auto = options_.device == "auto";
    GALAGO_TRY(model_->device, make_device(is_auto ? "cpu" : options_.device, options_.threads,
                                           options_.arithmetic));
    if (is_auto) model_->device_reason = "a GPU is used only when asked for";
    std::size_t total = language_file_->size_bytes();
    if (vision_file_) total += vision_file_->size_bytes();
    model_->info.file_bytes = total;
    LoadProgress load(total, progress_);
    auto loaded = [&](std::size_t bytes) { load.add(bytes); };
    GALAGO_TRY(in_file(options_.model, read_language(loaded)));
    if (vision_file_) {
      GALAGO_TRY(in_file(options_.mmproj, read_vision(loaded)));
    }
    return std::move(model_);
  }

 private:
  static Status in_file(const std::filesystem::path& path, Status status) {
    if (status || status.error().code == Errc::kCancelled) return status;
    return std::move(status).error().with_context(path.filename().string());
  }

  Status read_language(FunctionRef<void(std::size_t)> loaded) {
    GALAGO_TRY(LanguageConfig config, LanguageConfig::read(*language_file_));
    GALAGO_TRY(set_context(config));
    WeightLoader loader(language_file_, *model_->device, stop_, loaded);
    GALAGO_TRY(model_->language, LanguageModel::load(config, loader));
    GALAGO_TRY(upload_angles(config));
    GALAGO_TRY(read_tokenizer(config));
    model_->kv_dtype = options_.kv_dtype;
    ModelInfo& info = model_->info;
    info.name = config.name.empty() ? options_.model.stem().string() : config.name;
    info.quantisation = std::string(dtype_info(language_file_->commonest_type()).name);
    info.default_template = kDefaultTemplate;
    info.parameter_count += language_file_->element_count();
    return {};
  }

  /// The context's length and what RoPE needs for it.
  Status set_context(LanguageConfig& config) {
    ModelInfo& info = model_->info;
    const float file_scale = config.rope_scale;
    if (options_.rope_scale > 0) config.rope_scale = options_.rope_scale;
    // llama.context_length is the trained length before interpolation.
    const auto reach = [&](float scale) {
      return static_cast<int>(
          std::min(static_cast<double>(kLargestContext),
                   static_cast<double>(config.context_length) * static_cast<double>(scale)));
    };
    info.trained_context_size = reach(file_scale);
    info.context_size =
        options_.context_size > 0 ? options_.context_size : reach(config.rope_scale);
    if (info.context_size < kSmallestContext || info.context_size > kLargestContext)
      return Error{Errc::kInvalidArgument,
                   "a context of " + std::to_string(info.context_size) + " tokens is not possible",
                   {}};
    if (options_.rope_scale <= 0 && info.context_size > info.trained_context_size)
      config.rope_scale =
          static_cast<float>(info.context_size) / static_cast<float>(config.context_length);
    return {};
  }

  Status upload_angles(const LanguageConfig& config) {
    const int context = model_->info.context_size;
    auto table = std::make_shared<const std::vector<float>>(
        rope_angles(context, config.rope_dim, config.rope_theta, config.rope_scale));
    GALAGO_TRY(model_->angles,
               model_->device->upload({"rope.angles", DType::kF32, context, config.rope_dim,
                                       std::as_bytes(std::span(*table)), table}));
    return {};
  }

  Status read_tokenizer(const LanguageConfig& config) {
    const Vocabulary vocabulary = language_file_->vocabulary();
    if (!vocabulary.pieces.empty()) {
      GALAGO_TRY(model_->tokenizer, Tokenizer::from_vocabulary(vocabulary));
    } else {
      const auto path = options_.model.parent_path() / "tokenizer.model";
      auto file = MappedFile::open(path);
      if (!file)
        return Error{Errc::kFormat,
                     "the file holds no vocabulary, and there is no tokenizer.model beside it",
                     {}};
      GALAGO_TRY(model_->tokenizer, Tokenizer::from_model((*file)->bytes()));
    }
    if (model_->tokenizer->vocabulary_size() > config.vocab_size)
      return Error{Errc::kFormat,
                   "the vocabulary has " + std::to_string(model_->tokenizer->vocabulary_size()) +
                       " pieces, but the model knows " + std::to_string(config.vocab_size),
                   {}};
    return {};
  }

  Status read_vision(FunctionRef<void(std::size_t)> loaded) {
    GALAGO_TRY(const VisionConfig config, VisionConfig::read(*vision_file_));
    WeightLoader loader(vision_file_, *model_->device, stop_, loaded);
    VisionModel vision;
    GALAGO_TRY(vision.projector, load_projector(config, model_->language.config().dim, loader));
    GALAGO_TRY(vision.tower, VisionTower::load(config, loader));
    vision.preprocess.image_size = config.image_size;
    vision.preprocess.mean = config.mean;
    vision.preprocess.std = config.std;
    model_->info.projector = std::string(projector_name(config.projector));
    model_->info.tokens_per_picture = config.token_grid().positions();
    model_->info.picture_size = config.image_size;
    model_->info.parameter_count += vision_file_->element_count();
    model_->vision = std::move(vision);
    return find_picture_files();
  }

  Status find_picture_files() {
    if (options_.picture_folder.empty()) return {};
    GALAGO_TRY(const auto file, MappedFile::open(options_.mmproj));
    // Other arithmetic, other numbers.
    const DeviceInfo device = model_->device->info();
    model_->picture_files.emplace(options_.picture_folder,
                                  file_fingerprint(*file, device.kind + device.detail));
    return {};
  }

  const EngineOptions& options_;
  std::stop_token stop_;
  FunctionRef<void(double)> progress_;
  std::unique_ptr<Model> model_ = std::make_unique<Model>();
  std::shared_ptr<const GgufFile> language_file_;
  std::shared_ptr<const GgufFile> vision_file_;
};

bool is_gpu(std::string_view device) {
  const std::string_view kind = device_kind(device);
  return kind == "vulkan" || kind == "cuda";
}

/// Errors that the processor would not have had: out of memory it has more of, and no driver.
bool is_of_gpu(const Error& error) {
  return error.code == Errc::kDevice || error.code == Errc::kOutOfMemory ||
         error.code == Errc::kUnsupported;
}

Result<std::unique_ptr<Model>> read_model(const EngineOptions& options, std::stop_token stop,
                                          FunctionRef<void(double)> progress) {
  GALAGO_TRY(auto model, ModelReader(options, std::move(stop), progress).read());
  model->options = options;
  return model;
}

Result<std::unique_ptr<Model>> read_model_on_cpu(EngineOptions options, const Error& why,
                                                 std::stop_token stop,
                                                 FunctionRef<void(double)> progress) {
  const std::string asked = std::exchange(options.device, "cpu");
  GALAGO_TRY(auto model, read_model(options, std::move(stop), progress));
  model->device_reason = asked + " does not work: " + why.detail;
  return model;
}

}  // namespace

Result<std::shared_ptr<const Engine>> Engine::load(const EngineOptions& options,
                                                   std::stop_token stop,
                                                   FunctionRef<void(double)> progress) {
  const auto started = std::chrono::steady_clock::now();
  try {
    auto read = read_model(options, stop, progress);
    if (!read && is_gpu(options.device) && is_of_gpu(read.error()))
      read = read_model_on_cpu(options, read.error(), stop, progress);
    GALAGO_TRY(auto model, std::move(read));
    const std::chrono::duration<double, std::milli> elapsed =
        std::chrono::steady_clock::now() - started;
    model->info.load_ms = elapsed.count();
    return std::shared_ptr<const Engine>(new Engine(std::move(model)));
  } catch (const std::bad_alloc&) {
    return Error{Errc::kOutOfMemory, "there is not enough memory for this model", {}};
  }
}

Engine::Engine(std::unique_ptr<Model> model) : model_(std::move(model)) {}

Engine::~Engine() = default;

const ModelInfo& Engine::info() const { return model_->info; }

DeviceInfo Engine::device_info() const { return model_->device->info(); }

const std::string& Engine::device_reason() const { return model_->device_reason; }

bool Engine::can_leave_gpu(const Error& error) const {
  return is_gpu(device_info().kind) && is_of_gpu(error);
}

Result<std::shared_ptr<const Engine>> Engine::on_cpu(const Error& error) const {
  GALAGO_TRY(auto model, read_model_on_cpu(model_->options, error, {}, {}));
  model->info.load_ms = model_->info.load_ms;
  return std::shared_ptr<const Engine>(new Engine(std::move(model)));
}

bool Engine::has_vision() const { return model_->vision.has_value(); }

}  // namespace galago
