// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// What converting a model would make of it, before anything is written.
#pragma once

#include <cstdint>

#include "base/result.h"
#include "convert/mix.h"
#include "convert/tensor_source.h"
#include "gguf/gguf_header.h"

namespace galago {

struct ConversionPlan {
  Mix mix;
  GgufHeader header;  ///< of the file to be: tensors as in the source, in their new types
  std::uint64_t file_bytes = 0;  ///< its size
  int requantised = 0;           ///< tensors whose quantised numbers are rounded once more
  int replaced = 0;              ///< tensors whose rows are not whole blocks of the mix's type
};

/// Errors: those of TensorTypes::create, and of a header that cannot be.
Result<ConversionPlan> plan_conversion(const TensorSource& source, Mix mix);

}  // namespace galago
