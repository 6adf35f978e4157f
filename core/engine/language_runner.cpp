// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
#include "engine/language_runner.h"

#include <algorithm>

#include "device/shape_recorder.h"

namespace galago {

Result<std::unique_ptr<LanguageRunner>> LanguageRunner::create(
    std::shared_ptr<const Engine> engine) {
  std::unique_ptr<LanguageRunner> runner(new LanguageRunner(std::move(engine)));
  GALAGO_TRY(runner->create_buffers());
  GALAGO_TRY(runner->record_programs());
  return runner;
}

Result<Tensor> LanguageRunner::allocate(RowCount rows, int cols, DType dtype) {
  Tensor tensor{nullptr, 0, dtype, rows, cols};
  GALAGO_TRY(auto buffer, engine_->model().device->allocate(tensor.size_bytes()));
  tensor.buffer = buffer.get();
  buffers_.push_back(std::move(buffer));
  return tensor;
}

Status LanguageRunner::create_buffers() {
  const Model& model = engine_->model();
  const LanguageConfig& config = model.language.config();
  const int context = model.info.context_size;
  GALAGO_TRY(cache_, KvCache::create(*model.device, config, context, model.kv_dtype));
  GALAGO_TRY(step_.ids, allocate({kChunkRows, true}, 1, DType::kI32));
  GALAGO_TRY(step_.mask, allocate({1, false}, context, DType::kF32));
  GALAGO_TRY(step_.logits, allocate({kShortRows, false}, config.vocab_size, DType::kF32));
  if (model.vision) {
    picture_slots_ = std::max(1, context / model.info.tokens_per_picture);
    GALAGO_TRY(step_.pictures, allocate({picture_slots_ * model.info.tokens_per_picture, false},
                                        config.dim, DType::kF32));
  }
  step_.angles = model.angles.data;
  logits_.resize(static_cast<std::size_t>(config.vocab_size));
  return {};
}

Status LanguageRunner::record_programs() {
  const Model& model = engine_->model();
  const auto record = [&](const char* name, int rows, Tensor logits) {
    LanguageStep step = step_;
    step.ids.rows = {rows, true};
    step.logits = logits;
    return record_checked(*model.device, name,
                          [&](Recorder& r) { model.language.record(r, step, cache_); });
  };
  const Tensor last = step_.logits.row_range(0, 1);
  GALAGO_TRY(prefill_, record("prefill", kChunkRows, last));
  Tensor each = step_.logits;
  each.rows.is_step = true;
  GALAGO_TRY(short_, record("short", kShortRows, each));
  GALAGO_TRY(decode_, record("decode", 1, last));
  return {};
}

void LanguageRunner::trim(int length) {
  GALAGO_ASSERT(length >= 0 && length <= length_);
  length_ = length;
}

Status LanguageRunner::set_mask(std::span<const float> mask) {
  GALAGO_ASSERT(mask.size() == static_cast<std::size_t>(capacity()));
  return engine_->model().device->write(step_.mask, std::as_bytes(mask));
}

Status LanguageRunner::set_picture(int slot, std::span<const float> tokens) {
  const int per_picture = engine_->info().tokens_per_picture;
  GALAGO_ASSERT(slot >= 0 && slot < picture_slots_);
  const Tensor rows = step_.pictures.row_range(slot * per_picture, per_picture);
  return engine_->model().device->write(rows, std::as_bytes(tokens));
}

Status LanguageRunner::append(std::span<const std::int32_t> rows, std::stop_token stop,
                              FunctionRef<void(double)> done) {
  if (rows.size() > static_cast<std::size_t>(capacity() - length_))
    return Error{Errc::kContextFull, "the context is full", {}};
  std::size_t at = 0;
  while (at < rows.size()) {
    const auto chunk = rows.subspan(at, std::min<std::size_t>(kChunkRows, rows.size() - at));
    auto progress = [&](int command, int commands) {
      if (done)
        done(static_cast<double>(at) +
             static_cast<double>(chunk.size()) * command / static_cast<double>(commands));
    };
    GALAGO_TRY(run_chunk(chunk, stop, progress));
    at += chunk.size();
  }
  return {};
}

Status LanguageRunner::run_chunk(std::span<const std::int32_t> rows, std::stop_token stop,
                                 FunctionRef<void(int, int)> progress) {
  Device& device = *engine_->model().device;
  const bool is_short = rows.size() <= kShortRows;
  Program& program = rows.size() == 1 ? *decode_ : is_short ? *short_ : *prefill_;
  GALAGO_TRY(device.write(step_.ids, std::as_bytes(rows)));
  const StepParams step{length_, static_cast<std::int32_t>(rows.size())};
  GALAGO_TRY(device.run(program, step, {std::move(stop), progress, tap_}));
  length_ += step.rows;
  logit_rows_ = is_short ? step.rows : 1;
  return {};
}

Result<std::span<float>> LanguageRunner::logits(int back) {
  GALAGO_ASSERT(back >= 0 && back < logit_rows_);
  const std::span<float> values(logits_);
  const Tensor row = step_.logits.row_range(logit_rows_ - 1 - back, 1);
  GALAGO_TRY(engine_->model().device->read(row, std::as_writable_bytes(values)));
  return values;
}

}  // namespace galago
