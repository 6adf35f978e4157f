// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// What the CUDA device needs of a GPU: memory, and kernels run in order. gpu/ has the real one;
// host/ one that runs the same kernels on the processor, for tests.
#pragma once

#include <cstddef>
#include <memory>
#include <span>

#include "base/result.h"
#include "cuda/calls.h"
#include "device/device.h"

namespace galago::cuda {

/// Calls made ready to be run again and again.
class Sequence {
 public:
  Sequence() = default;
  Sequence(const Sequence&) = delete;
  Sequence& operator=(const Sequence&) = delete;
  virtual ~Sequence() = default;
};

/// Errors of every function: kOutOfMemory, kDevice.
class Machine {
 public:
  Machine() = default;
  Machine(const Machine&) = delete;
  Machine& operator=(const Machine&) = delete;
  virtual ~Machine() = default;

  virtual DeviceInfo info() const = 0;
  /// Of f16.
  virtual bool has_tensor_cores() const = 0;
  virtual bool has_bf16_tensor_cores() const = 0;
  /// Multiprocessors: how many blocks it takes to keep all of it busy.
  virtual int processors() const = 0;

  /// Zero-filled, aligned to 256 bytes.
  virtual Result<void*> allocate(std::size_t size_bytes) = 0;
  virtual void release(void* memory) = 0;
  virtual Status write(void* to, std::span<const std::byte> bytes) = 0;
  virtual Status read(const void* from, std::span<std::byte> bytes) = 0;

  /// `calls` must outlive the sequence.
  virtual Result<std::unique_ptr<Sequence>> prepare(std::span<const Call> calls) = 0;
  /// Returns when all of it is done.
  virtual Status run(Sequence& sequence) = 0;
};

}  // namespace galago::cuda
