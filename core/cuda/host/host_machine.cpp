// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
#include "cuda/host/host_machine.h"

#include <cstring>
#include <new>
#include <utility>

#include "cuda/kernels/attention_split.inl"
#include "cuda/kernels/attention_tensor.inl"
#include "cuda/kernels/attention_tiles.inl"
#include "cuda/kernels/mat_tensor.inl"
#include "cuda/kernels/mat_tiles.inl"
#include "cuda/kernels/mat_vec.inl"
#include "cuda/kernels/rows.inl"
#include "cuda/kernels/vision.inl"

namespace galago::cuda::host {
namespace {

constexpr std::align_val_t kAlignment{256};

class HostSequence final : public Sequence {
 public:
  explicit HostSequence(std::span<const Call> calls) : calls_(calls) {}

  std::span<const Call> calls() const { return calls_; }

 private:
  std::span<const Call> calls_;
};

/// One block after the other.
class HostLauncher {
 public:
  explicit HostLauncher(Fibers& fibers) : fibers_(fibers) {}

  template <class Kernel>
  void operator()(const Kernel& kernel, Blocks blocks) {
    for (int z = 0; z < blocks.z; ++z)
      for (int y = 0; y < blocks.y; ++y)
        for (int x = 0; x < blocks.x; ++x) {
          auto body = [&] {
            Block block(fibers_, x, y, z);
            kernel(block);
          };
          fibers_.run(Kernel::kThreads, body);
        }
  }

 private:
  Fibers& fibers_;
};

class HostMachine final : public Machine {
 public:
  explicit HostMachine(Order order) : fibers_(order) {}

  DeviceInfo info() const override { return {"cuda-host", "the processor", "tests only", 1}; }

  bool has_tensor_cores() const override { return true; }

  bool has_bf16_tensor_cores() const override { return true; }

  int processors() const override { return 3; }

  Result<void*> allocate(std::size_t size_bytes) override {
    void* memory = ::operator new(size_bytes, kAlignment, std::nothrow);
    if (memory == nullptr) return Error{Errc::kOutOfMemory, "there is not enough memory", {}};
    std::memset(memory, 0, size_bytes);
    return memory;
  }

  void release(void* memory) override { ::operator delete(memory, kAlignment); }

  Status write(void* to, std::span<const std::byte> bytes) override {
    std::memcpy(to, bytes.data(), bytes.size());
    return {};
  }

  Status read(const void* from, std::span<std::byte> bytes) override {
    std::memcpy(bytes.data(), from, bytes.size());
    return {};
  }

  Result<std::unique_ptr<Sequence>> prepare(std::span<const Call> calls) override {
    return std::unique_ptr<Sequence>(std::make_unique<HostSequence>(calls));
  }

  Status run(Sequence& sequence) override {
    HostLauncher launcher(fibers_);
    for (const Call& call : static_cast<HostSequence&>(sequence).calls())
      std::visit([&](const auto& arguments) { launch(launcher, arguments); }, call);
    return {};
  }

 private:
  Fibers fibers_;
};

}  // namespace

std::shared_ptr<Machine> make_host_machine(Order order) {
  return std::make_shared<HostMachine>(order);
}

}  // namespace galago::cuda::host
