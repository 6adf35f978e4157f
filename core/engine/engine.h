// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// A loaded model: language model, vision tower, projector and tokenizer on a device. Immutable
// after load, shared by chat sessions.
#pragma once

#include <filesystem>
#include <memory>
#include <stop_token>
#include <string>

#include "base/function_ref.h"
#include "base/result.h"
#include "device/arithmetic.h"
#include "device/device.h"

namespace galago {

struct EngineOptions {
  std::filesystem::path model;   ///< the language model's GGUF file
  std::filesystem::path mmproj;  ///< its vision tower and projector; empty: text only
  std::string device = "cpu";    ///< see make_device; "auto" is for load_engine (placement)
  int threads = 0;               ///< 0: one per physical core
  int context_size = 0;          ///< tokens; 0: what the file says
  /// RoPE position interpolation: positions are divided by it (2k → 8k: 4). 0: as the file says,
  /// or, where context_size exceeds the trained length, their ratio.
  float rope_scale = 0;
  DType kv_dtype = DType::kF16;  ///< kF16 or kF32
  Arithmetic arithmetic = Arithmetic::kFast;
  /// Where projected pictures are kept between runs while it exists (PictureFiles); empty: nowhere.
  std::filesystem::path picture_folder;
};

/// What people want to know about a loaded model.
struct ModelInfo {
  std::string name;          ///< general.name, else the file's name
  std::string quantisation;  ///< of most of the weights: "q4_0"
  std::string projector;     ///< "ldp", "ldpv2", "mlp", "linear"; empty: text only
  std::string default_template;
  int context_size = 0;  ///< as loaded
  int trained_context_size = 0;
  int tokens_per_picture = 0;
  int picture_size = 0;  ///< pixels of a side, as the tower takes pictures
  std::uint64_t parameter_count = 0;
  std::uint64_t file_bytes = 0;
  double load_ms = 0;
};

class Model;

class Engine {
 public:
  /// Reads and checks both files and makes the model ready. Progress 0 to 1, called on this thread.
  /// Where a GPU was asked for that is missing, fails or has too little memory, the processor takes
  /// its place: device_reason() says why.
  /// Errors: kIo, kFormat, kUnsupported, kInvalidArgument, kOutOfMemory, kDevice, kCancelled.
  static Result<std::shared_ptr<const Engine>> load(const EngineOptions& options,
                                                    std::stop_token stop = {},
                                                    FunctionRef<void(double)> progress = {});

  ~Engine();

  const ModelInfo& info() const;
  DeviceInfo device_info() const;
  /// Why the processor, when it stands in for a GPU; else empty.
  const std::string& device_reason() const;
  bool has_vision() const;

  /// Whether the same model on the processor may do what ended with `error`: this one is on a GPU,
  /// and the error is of the kind that GPUs have.
  bool can_leave_gpu(const Error& error) const;
  /// The same model, loaded again on the processor, because of `error`.
  Result<std::shared_ptr<const Engine>> on_cpu(const Error& error) const;

  const Model& model() const { return *model_; }

 private:
  explicit Engine(std::unique_ptr<Model> model);

  std::unique_ptr<Model> model_;
};

}  // namespace galago
