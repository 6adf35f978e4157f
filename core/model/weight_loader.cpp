// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
#include "model/weight_loader.h"

#include <sys/mman.h>

#include <algorithm>
#include <cstdint>
#include <thread>
#include <utility>
#include <vector>

#include "base/thread_pool.h"
#include "quant/dequantize.h"

namespace galago {
namespace {

constexpr std::size_t kPageBytes = 4096;
/// What is worth a thread, and how many of them.
constexpr std::size_t kLeastTouch = 1 << 20;
constexpr unsigned kMostTouching = 4;

std::string shape_text(std::span<const std::uint64_t> shape) {
  std::string text = "[";
  for (std::size_t i = shape.size(); i-- > 0;)
    text += std::to_string(shape[i]) + (i > 0 ? ", " : "");
  return text + "]";
}

void touch_pages(std::span<const std::byte> bytes) {
#ifdef MADV_POPULATE_READ
  // One call instead of a fault for every few pages; kernels before 5.14 refuse it.
  const std::size_t before = reinterpret_cast<std::uintptr_t>(bytes.data()) % kPageBytes;
  madvise(const_cast<std::byte*>(bytes.data()) - before, before + bytes.size(), MADV_POPULATE_READ);
#endif
  volatile std::byte sink{};
  for (std::size_t i = 0; i < bytes.size(); i += kPageBytes) sink = bytes[i];
  static_cast<void>(sink);
}

/// Brings mapped pages into memory now, so that loading shows what it does and the first answer
/// does not pay for it. On several threads: it is waiting for the system more than for memory.
void touch(std::span<const std::byte> bytes) {
  const std::size_t parts =
      std::clamp<std::size_t>(bytes.size() / kLeastTouch, 1,
                              std::clamp(std::thread::hardware_concurrency(), 1U, kMostTouching));
  const std::size_t part_bytes = bytes.size() / parts / kPageBytes * kPageBytes;
  ThreadPool threads(static_cast<int>(parts));
  threads.parallel_for(static_cast<int>(parts), [&](int part, int) {
    const std::size_t first = static_cast<std::size_t>(part) * part_bytes;
    const bool is_last = static_cast<std::size_t>(part) + 1 == parts;
    touch_pages(bytes.subspan(first, is_last ? bytes.size() - first : part_bytes));
  });
}

}  // namespace

WeightLoader::WeightLoader(std::shared_ptr<const GgufFile> file, Device& device,
                           std::stop_token stop, FunctionRef<void(std::size_t)> loaded)
    : file_(std::move(file)), device_(device), stop_(std::move(stop)), loaded_(loaded) {}

bool WeightLoader::has(const std::string& name) const { return file_->find(name) != nullptr; }

bool WeightLoader::has_shape(const std::string& name, int rows, int cols) const {
  const GgufTensor* tensor = file_->find(name);
  return tensor != nullptr && tensor->shape.size() == 2 &&
         tensor->shape[0] == static_cast<std::uint64_t>(cols) &&
         tensor->shape[1] == static_cast<std::uint64_t>(rows);
}

int WeightLoader::rows_of(const std::string& name) const {
  const GgufTensor* tensor = file_->find(name);
  if (tensor == nullptr || tensor->shape.empty()) return 0;
  return static_cast<int>(std::min<std::uint64_t>(tensor->shape.back(), 1U << 30));
}

// GGUF stores the fastest dimension first. [rows, cols] matches a tensor whose slowest dimensions
// make up rows and whose fastest make up cols; a vector is one row.
Result<HostTensor> WeightLoader::find(const std::string& name, int rows, int cols) const {
  const GgufTensor* tensor = file_->find(name);
  if (tensor == nullptr)
    return Error{Errc::kFormat,
                 "the tensor " + name +
                     " is missing: the file is incomplete or of another "
                     "architecture",
                 {}};
  GALAGO_TRY(const DType dtype, tensor->checked_dtype());
  std::uint64_t fastest = 1;
  std::size_t used = 0;
  while (used < tensor->shape.size() && fastest < static_cast<std::uint64_t>(cols))
    fastest *= tensor->shape[used++];
  std::uint64_t slowest = 1;
  for (std::size_t i = used; i < tensor->shape.size(); ++i) slowest *= tensor->shape[i];
  if (fastest != static_cast<std::uint64_t>(cols) || slowest != static_cast<std::uint64_t>(rows))
    return Error{Errc::kFormat,
                 "the tensor " + name + " has the shape " + shape_text(tensor->shape) +
                     ", but the model needs [" + std::to_string(rows) + ", " +
                     std::to_string(cols) + "]",
                 {}};
  if (cols % dtype_info(dtype).block_size != 0)
    return Error{Errc::kFormat,
                 "the rows of tensor " + name + " are not whole blocks of " +
                     std::string(dtype_info(dtype).name),
                 {}};
  return HostTensor{name, dtype, rows, cols, tensor->bytes, file_};
}

Result<Weight> WeightLoader::upload(const HostTensor& tensor) {
  if (stop_.stop_requested()) return Error{Errc::kCancelled, "loading was stopped", {}};
  GALAGO_TRY(Weight weight, device_.upload(tensor));
  if (loaded_) loaded_(tensor.bytes.size());
  return weight;
}

Result<Weight> WeightLoader::matrix(const std::string& name, int rows, int cols) {
  GALAGO_TRY(const HostTensor tensor, find(name, rows, cols));
  if (tensor.dtype == DType::kI32)
    return Error{Errc::kFormat, "the tensor " + name + " holds integers", {}};
  touch(tensor.bytes);
  return upload(tensor);
}

Result<Weight> WeightLoader::vector(const std::string& name, int cols) {
  return small_matrix(name, 1, cols);
}

Result<Weight> WeightLoader::small_matrix(const std::string& name, int rows, int cols) {
  GALAGO_TRY(HostTensor tensor, find(name, rows, cols));
  if (tensor.dtype == DType::kI32)
    return Error{Errc::kFormat, "the tensor " + name + " holds integers", {}};
  const std::size_t count = static_cast<std::size_t>(rows) * static_cast<std::size_t>(cols);
  auto values = std::make_shared<std::vector<float>>(count);
  dequantize(tensor.dtype, tensor.bytes.data(), values->data(), static_cast<std::int64_t>(count));
  tensor.dtype = DType::kF32;
  tensor.bytes = std::as_bytes(std::span<const float>(*values));
  tensor.keep_alive = values;
  return upload(tensor);
}

}  // namespace galago
