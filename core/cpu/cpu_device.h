// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// The processor as a device: SIMD kernels chosen at run time, a persistent thread pool, weights
// used where they are.
#pragma once

#include <memory>
#include <optional>

#include "base/cpu_features.h"
#include "device/arithmetic.h"
#include "device/device.h"

namespace galago {

struct CpuOptions {
  int threads = 0;         ///< 0: one per usable core
  std::optional<Isa> isa;  ///< the environment's GALAGO_ISA, else the best of this machine
  Arithmetic arithmetic = Arithmetic::kFast;
};

/// Errors: kInvalidArgument (threads, or GALAGO_ISA, make no sense), kUnsupported (an instruction
/// set this machine does not have).
Result<std::unique_ptr<Device>> make_cpu_device(const CpuOptions& options);

}  // namespace galago
