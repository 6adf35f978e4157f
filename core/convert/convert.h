// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// Writes a model as a GGUF file in other types. A model passes through in slices of rows, so that
// the memory needed does not depend on its size.
#pragma once

#include <filesystem>
#include <span>
#include <stop_token>

#include "base/function_ref.h"
#include "base/result.h"
#include "base/thread_pool.h"
#include "convert/conversion_plan.h"
#include "convert/tensor_source.h"

namespace galago {

/// Whether numbers that were quantised may be rounded once more, to other grids.
enum class Requantise { kRefuse, kAllow };

/// One file to be written.
struct ConversionJob {
  const TensorSource* source;
  ConversionPlan plan;  ///< made for this source
  std::filesystem::path path;
};

/// Writes the files, in place of older ones; a failure or a stop leaves nothing of any behind.
/// `progress` hears the fraction done, on the caller's thread. Errors: kInvalidArgument (quantised
/// again without leave); kIo (no space, cannot be written); kUnsupported (numbers that the types
/// cannot hold); kCancelled; those of the sources.
Status convert(std::span<const ConversionJob> jobs, Requantise requantise, ThreadPool& pool,
               FunctionRef<void(double fraction)> progress, const std::stop_token& stop);

}  // namespace galago
