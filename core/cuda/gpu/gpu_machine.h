// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// A GPU that the driver shows.
#pragma once

#include <memory>
#include <string>

#include "cuda/machine.h"

namespace galago::cuda::gpu {

/// That of the name, or the first. Errors: kDevice, with the reason.
Result<std::shared_ptr<Machine>> open_gpu(const std::string& name);

}  // namespace galago::cuda::gpu
