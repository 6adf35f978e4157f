// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// Pictures to language model tokens: preprocessing, vision tower, projector.
#pragma once

#include <memory>
#include <stop_token>
#include <vector>

#include "engine/loaded_model.h"
#include "image/image.h"

namespace galago {

class PictureEncoder {
 public:
  /// `engine` must have vision.
  static Result<std::unique_ptr<PictureEncoder>> create(std::shared_ptr<const Engine> engine);

  /// [tokens per picture, dim] f32. `progress`: 0 to 1. Errors: kUnsupported (cannot be resized),
  /// kCancelled (within one block), kDevice.
  Result<std::vector<float>> encode(const Image& image, std::stop_token stop,
                                    FunctionRef<void(double)> progress = {});
  /// As encode, from normalised pixels [3, size, size].
  Result<std::vector<float>> encode_pixels(std::span<const float> pixels, std::stop_token stop,
                                           FunctionRef<void(double)> progress = {});

  /// Hears "vision_features" and the other taps while set.
  using Tap = FunctionRef<void(std::string_view, int, int, std::span<const float>)>;

  void set_tap(Tap tap) { tap_ = tap; }

 private:
  explicit PictureEncoder(std::shared_ptr<const Engine> engine) : engine_(std::move(engine)) {}

  Status prepare();

  std::shared_ptr<const Engine> engine_;
  std::unique_ptr<Buffer> patches_buffer_;
  std::unique_ptr<Buffer> tokens_buffer_;
  Tensor patches_;  // [positions, 3·patch²]
  Tensor tokens_;   // [tokens per picture, dim]
  std::unique_ptr<Program> program_;
  Tap tap_;
};

}  // namespace galago
