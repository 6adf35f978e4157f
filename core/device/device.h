// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// One executor: owns its memory and its threads or queues. Every device implements every op; there
// is no silent fall-back inside a program.
#pragma once

#include <cstddef>
#include <memory>
#include <span>
#include <stop_token>
#include <string>
#include <string_view>

#include "base/function_ref.h"
#include "base/result.h"
#include "device/recorder.h"
#include "device/step_params.h"
#include "device/tensor.h"

namespace galago {

struct DeviceInfo {
  std::string kind;    ///< "cpu", "reference", "vulkan", "cuda"
  std::string name;    ///< e.g. the processor's name
  std::string detail;  ///< e.g. "avx512-vnni, 2 threads"
  int threads = 0;     ///< host threads it computes with; 0: none
};

/// A tensor in host memory, about to go to a device. `bytes` must stay valid while `keep_alive`
/// lives: a device whose memory is the host's uses them in place.
struct HostTensor {
  std::string name;
  DType dtype = DType::kF32;
  int rows = 0;
  int cols = 0;
  std::span<const std::byte> bytes;
  std::shared_ptr<const void> keep_alive;
};

/// A recorded sequence of ops with its workspace. Made and run by one device.
class Program {
 public:
  Program() = default;
  Program(const Program&) = delete;
  Program& operator=(const Program&) = delete;
  virtual ~Program() = default;

  virtual std::size_t workspace_bytes() const = 0;
  virtual int command_count() const = 0;
};

struct RunControl {
  std::stop_token stop;  ///< looked at between commands
  /// Commands done, commands in all; called on the running thread.
  FunctionRef<void(int done, int total)> progress;
  /// Called for each tap, with its active rows, [rows, cols] f32.
  FunctionRef<void(std::string_view name, int rows, int cols, std::span<const float> values)> tap;
};

class Device {
 public:
  Device() = default;
  Device(const Device&) = delete;
  Device& operator=(const Device&) = delete;
  virtual ~Device() = default;

  virtual DeviceInfo info() const = 0;
  /// Zero-filled memory.
  virtual Result<std::unique_ptr<Buffer>> allocate(std::size_t size_bytes) = 0;
  /// A weight on this device; it must not outlive the device.
  virtual Result<Weight> upload(const HostTensor& tensor) = 0;
  virtual Status write(const Tensor& to, std::span<const std::byte> bytes) = 0;
  virtual Status read(const Tensor& from, std::span<std::byte> bytes) = 0;
  /// Calls `body` with this device's recorder, once or twice: it must describe the same each time.
  virtual Result<std::unique_ptr<Program>> record(std::string_view name,
                                                  FunctionRef<void(Recorder&)> body) = 0;
  /// Runs the program to its end, or until a stop is requested (Errc::kCancelled; tensors it
  /// writes are then unspecified).
  virtual Status run(Program& program, const StepParams& step, const RunControl& control) = 0;
};

}  // namespace galago
