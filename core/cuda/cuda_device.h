// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// NVIDIA GPUs as a device. The library of CUDA is in the program, the driver is loaded on use: a
// machine without either runs the same program.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "device/arithmetic.h"
#include "device/device.h"

namespace galago {

struct CudaOptions {
  Arithmetic arithmetic = Arithmetic::kFast;
  std::string name = {};  ///< of CudaGpu; empty: the first
};

/// What there is to choose from.
struct CudaGpu {
  std::string name;    ///< of two that are called the same, the second ends in " #2"
  std::string driver;  ///< its version
};

/// In the driver's order (CUDA_VISIBLE_DEVICES changes it). Errors: kDevice (as below).
Result<std::vector<CudaGpu>> find_cuda_gpus();

/// Errors: kDevice, saying why there is none: this build, no driver, too old a driver, no GPU, no
/// GPU of that name, a GPU this build has no code for.
Result<std::unique_ptr<Device>> make_cuda_device(const CudaOptions& options);

/// Bytes that a GPU (by its name, or the first) with memory of its own has free. Nothing where
/// there is no such GPU: a Jetson's has the processor's memory, of which the system knows better
/// what it can give.
std::optional<std::uint64_t> cuda_free_memory(const std::string& name);

namespace cuda {

class Machine;

/// The device on a machine of one's own: tests.
Result<std::unique_ptr<Device>> make_device_on(std::shared_ptr<Machine> machine,
                                               Arithmetic arithmetic);

}  // namespace cuda
}  // namespace galago
