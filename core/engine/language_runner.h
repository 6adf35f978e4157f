// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// A language model at work on one sequence: KV cache, recorded programs, logits of the last token.
#pragma once

#include <memory>
#include <span>
#include <stop_token>
#include <vector>

#include "engine/loaded_model.h"

namespace galago {

class LanguageRunner {
 public:
  /// Rows that one run of the prefill program takes.
  static constexpr int kChunkRows = 256;
  /// Rows that are appended together with logits for each of them. Up to so many, a product reads
  /// its weights once, as for one row.
  static constexpr int kShortRows = 4;

  /// Errors: kOutOfMemory, kDevice.
  static Result<std::unique_ptr<LanguageRunner>> create(std::shared_ptr<const Engine> engine);

  int capacity() const { return cache_.capacity(); }

  /// Tokens in the cache.
  int length() const { return length_; }

  /// Pictures that fit the buffer of picture rows.
  int picture_slots() const { return picture_slots_; }

  /// Forgets all but the first `length` tokens.
  void trim(int length);
  /// What is added to every attention score of a position, [capacity]; all zero at first.
  Status set_mask(std::span<const float> mask);
  /// Puts a picture's tokens, [tokens per picture, dim], into a slot of the picture buffer.
  Status set_picture(int slot, std::span<const float> tokens);
  /// Appends rows to the sequence: token ids, or -1 - row of the picture buffer. On kCancelled the
  /// sequence holds the chunks that were done. `done` hears the rows appended so far.
  Status append(std::span<const std::int32_t> rows, std::stop_token stop,
                FunctionRef<void(double rows_done)> done = {});
  /// Of the row `back` before the last appended one, [vocab]; valid until the next call. Other rows
  /// than the last have logits after an append of at most kShortRows rows.
  Result<std::span<float>> logits(int back = 0);

  /// Hears the taps of the programs while set (trace, tests).
  using Tap = FunctionRef<void(std::string_view, int, int, std::span<const float>)>;

  void set_tap(Tap tap) { tap_ = tap; }

 private:
  explicit LanguageRunner(std::shared_ptr<const Engine> engine) : engine_(std::move(engine)) {}

  Status create_buffers();
  Status record_programs();
  Status run_chunk(std::span<const std::int32_t> rows, std::stop_token stop,
                   FunctionRef<void(int, int)> progress);
  Result<Tensor> allocate(RowCount rows, int cols, DType dtype);

  std::shared_ptr<const Engine> engine_;
  KvCache cache_;
  std::vector<std::unique_ptr<Buffer>> buffers_;
  LanguageStep step_;
  std::unique_ptr<Program> prefill_;  // up to kChunkRows rows
  std::unique_ptr<Program> short_;    // up to kShortRows rows
  std::unique_ptr<Program> decode_;   // one row
  std::vector<float> logits_;
  int picture_slots_ = 0;
  int length_ = 0;
  int logit_rows_ = 0;  // of the last append
  Tap tap_;
};

}  // namespace galago
