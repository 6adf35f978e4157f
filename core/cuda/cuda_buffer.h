// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// Memory of the CUDA device.
#pragma once

#include <memory>

#include "cuda/machine.h"
#include "device/tensor.h"

namespace galago::cuda {

class CudaBuffer final : public Buffer {
 public:
  /// What kernels may read behind a buffer's end, see kernels/formats.inl.
  static constexpr std::size_t kPadding = 16;

  static Result<std::unique_ptr<CudaBuffer>> create(std::shared_ptr<Machine> machine,
                                                    std::size_t size_bytes) {
    GALAGO_TRY(void* memory, machine->allocate(size_bytes + kPadding));
    return std::unique_ptr<CudaBuffer>(new CudaBuffer(std::move(machine), memory, size_bytes));
  }

  ~CudaBuffer() override { machine_->release(memory_); }

  std::size_t size_bytes() const override { return size_bytes_; }

  std::byte* data() const { return static_cast<std::byte*>(memory_); }

 private:
  CudaBuffer(std::shared_ptr<Machine> machine, void* memory, std::size_t size_bytes)
      : machine_(std::move(machine)), memory_(memory), size_bytes_(size_bytes) {}

  const std::shared_ptr<Machine> machine_;
  void* const memory_;
  const std::size_t size_bytes_;
};

}  // namespace galago::cuda
