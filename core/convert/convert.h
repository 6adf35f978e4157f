// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// Writes a model as a GGUF file in other types. A model passes through in slices of rows, so that
// the memory needed does not depend on its size.
#pragma once

#include <filesystem>
#include <stop_token>

#include "base/function_ref.h"
#include "base/result.h"
#include "base/thread_pool.h"
#include "convert/conversion_plan.h"
#include "convert/tensor_source.h"

namespace galago {

/// Whether numbers that were quantised may be rounded once more, to other grids.
enum class Requantise { kRefuse, kAllow };

/// Writes the file that `plan` describes, made for this source, in place of an older one; a failure
/// or a stop leaves nothing behind. `progress` hears the fraction done, on the caller's thread.
/// Errors: kInvalidArgument (quantised again without leave); kIo (no space, cannot be written);
/// kUnsupported (numbers that the types cannot hold); kCancelled; those of the source.
Status convert(const TensorSource& source, const ConversionPlan& plan,
               const std::filesystem::path& path, Requantise requantise, ThreadPool& pool,
               FunctionRef<void(double fraction)> progress, const std::stop_token& stop);

}  // namespace galago
