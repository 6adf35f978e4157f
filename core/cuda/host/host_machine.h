// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// Runs the CUDA device's kernels on the processor, slowly, so that they are tested where there is
// no GPU.
#pragma once

#include <memory>

#include "cuda/host/fibers.h"
#include "cuda/machine.h"

namespace galago::cuda::host {

std::shared_ptr<Machine> make_host_machine(Order order);

}  // namespace galago::cuda::host
