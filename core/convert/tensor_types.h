// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// Which type each tensor of a model gets in a mix. For language models these are the choices that
// llama.cpp's files have made familiar, so that a name means the same size and quality here.
#pragma once

#include "base/result.h"
#include "convert/mix.h"
#include "gguf/gguf_header.h"

namespace galago {

class TensorTypes {
 public:
  /// For the file that `source` describes. Errors: kFormat (keys are missing); kUnsupported
  /// (neither a LLaMA nor a vision tower with projector), kInvalidArgument (a mix that would ruin a
  /// projector).
  static Result<TensorTypes> create(const GgufHeader& source, Mix mix);

  /// What the mix means the tensor to be; its rows may ask for another (fitting_type).
  DType wanted(const GgufHeader::TensorPlace& tensor) const;

 private:
  DType choose_matrix(const GgufHeader::TensorPlace& tensor) const;
  DType choose_projector_matrix(const GgufHeader::TensorPlace& tensor) const;
  DType choose_values(int layer) const;
  DType choose_feed_forward(int layer) const;
  DType choose_attention_output() const;
  bool gets_more_bits(int layer) const;

  MixInfo mix_ = mix_info(Mix::kF16);
  bool is_projector_ = false;
  int layers_ = 0;
  int sharing_ = 1;  // heads that share a key-value head
  bool has_output_ = true;
};

/// `wanted`, or what takes its place where rows of `cols` elements are not whole blocks of it: a
/// type of blocks of 32 that is not worse, else f16.
DType fitting_type(DType wanted, std::uint64_t cols);

}  // namespace galago
