// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// The first GPU that the driver shows (CUDA_VISIBLE_DEVICES chooses).
#pragma once

#include <memory>

#include "cuda/machine.h"

namespace galago::cuda::gpu {

/// Errors: kDevice, with the reason.
Result<std::shared_ptr<Machine>> open_gpu();

}  // namespace galago::cuda::gpu
