// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
#include "engine/picture_encoder.h"

#include "device/shape_recorder.h"

namespace galago {

Result<std::unique_ptr<PictureEncoder>> PictureEncoder::create(
    std::shared_ptr<const Engine> engine) {
  GALAGO_ASSERT(engine->has_vision());
  std::unique_ptr<PictureEncoder> encoder(new PictureEncoder(std::move(engine)));
  GALAGO_TRY(encoder->prepare());
  return encoder;
}

Status PictureEncoder::prepare() {
  const Model& model = engine_->model();
  const VisionConfig& config = model.vision->tower.config();
  patches_ = {nullptr,
              0,
              DType::kF32,
              {config.grid().positions(), false},
              3 * config.patch_size * config.patch_size};
  tokens_ = {nullptr,
             0,
             DType::kF32,
             {config.token_grid().positions(), false},
             model.language.config().dim};
  GALAGO_TRY(patches_buffer_, model.device->allocate(patches_.size_bytes()));
  GALAGO_TRY(tokens_buffer_, model.device->allocate(tokens_.size_bytes()));
  patches_.buffer = patches_buffer_.get();
  tokens_.buffer = tokens_buffer_.get();
  GALAGO_TRY(program_, record_checked(*model.device, "vision", [&](Recorder& r) {
               const Recorder::Scope scope(r);
               const Tensor features = model.vision->tower.record(r, patches_);
               r.tap("vision_features", features);
               model.vision->projector->record(r, features, tokens_);
             }));
  return {};
}

Result<std::vector<float>> PictureEncoder::encode(const Image& image, std::stop_token stop,
                                                  FunctionRef<void(double)> progress) {
  const PreprocessConfig& preprocess = engine_->model().vision->preprocess;
  GALAGO_TRY(const Image fitted, fit_to_model(image, preprocess));
  return encode_pixels(normalise(fitted, preprocess), std::move(stop), progress);
}

Result<std::vector<float>> PictureEncoder::encode_pixels(std::span<const float> pixels,
                                                         std::stop_token stop,
                                                         FunctionRef<void(double)> progress) {
  const Model& model = engine_->model();
  const std::vector<float> rows = patch_rows(pixels, model.vision->tower.config());
  GALAGO_TRY(model.device->write(patches_, std::as_bytes(std::span(rows))));
  auto command_done = [&](int done, int total) {
    if (progress) progress(static_cast<double>(done) / total);
  };
  GALAGO_TRY(model.device->run(*program_, {0, 0}, {std::move(stop), command_done, tap_}));
  std::vector<float> tokens(static_cast<std::size_t>(tokens_.rows.max) *
                            static_cast<std::size_t>(tokens_.cols));
  GALAGO_TRY(model.device->read(tokens_, std::as_writable_bytes(std::span(tokens))));
  return tokens;
}

}  // namespace galago
