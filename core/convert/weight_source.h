// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// Weights under their names in GGUF files, in the order and shape that they have there.
#pragma once

#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.h"
#include "convert/huggingface_weights.h"
#include "convert/tensor_source.h"
#include "gguf/gguf_header.h"

namespace galago {

/// Filled by calls of add_…, then only read.
class WeightSource final : public TensorSource {
 public:
  /// In an expected shape: as many as the tensor has.
  static constexpr std::int64_t kAny = -1;

  GgufHeader& metadata() { return header_; }

  /// The tensors added from here on are those of `weights`.
  void take_from(std::shared_ptr<const HuggingFaceWeights> weights) {
    weights_.push_back(std::move(weights));
  }

  /// The tensor `original`, called `name`; vectors become f32. `shape` is what it must be, slowest
  /// dimension first, and how it is stored: dimensions of 1 at the end of the original's may be
  /// left out. Errors: kFormat (missing, another shape), kUnsupported (not floating-point numbers).
  Status add(std::string_view name, const std::string& original,
             std::initializer_list<std::int64_t> shape);

  /// A projection of attention heads for RoPE. In the original, the i-th element of a head is
  /// rotated with the one half a head further on; in GGUF files, with its neighbour.
  Status add_rotated(std::string_view name, const std::string& original, std::int64_t n_heads,
                     std::int64_t head_dim, std::int64_t cols);

  const GgufHeader& header() const override { return header_; }

  Status read(std::size_t index, std::int64_t first, std::span<float> out) const override;

 private:
  struct Part {
    HuggingFaceWeight weight;
    std::int64_t cols = 1;
    std::int64_t rotated_head = 0;  ///< rows of a head, where they change places; else 0
  };

  std::vector<std::shared_ptr<const HuggingFaceWeights>> weights_;  // the last: being added from
  GgufHeader header_;
  std::vector<Part> parts_;
};

}  // namespace galago
