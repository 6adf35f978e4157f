// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
#include "convert/weight_source.h"

#include <algorithm>
#include <utility>

#include "base/assert.h"
#include "gguf/printable.h"

namespace galago {
namespace {

std::string shape_text(std::initializer_list<std::int64_t> shape) {
  std::string text = "[";
  for (const std::int64_t size : shape) {
    if (text.size() > 1) text += ", ";
    text += size == WeightSource::kAny ? "any" : std::to_string(size);
  }
  return text + "]";
}

/// Whether `found` is `expected`, dimensions of 1 after it aside, and nothing of it is empty.
bool fits(std::span<const std::int64_t> found, std::initializer_list<std::int64_t> expected) {
  if (found.size() < expected.size()) return false;
  const auto* wanted = expected.begin();
  for (const std::int64_t size : found) {
    const std::int64_t exact = wanted != expected.end() ? *wanted++ : 1;
    if (size < 1 || (size != exact && exact != WeightSource::kAny)) return false;
  }
  return true;
}

}  // namespace

Status WeightSource::add(std::string_view name, const std::string& original,
                         std::initializer_list<std::int64_t> shape) {
  GALAGO_TRY(const HuggingFaceWeight weight, weights_.back()->find(original));
  const CheckpointTensor& tensor = *weight.tensor;
  const std::string quoted = "the tensor '" + printable(original, 100) + "'";
  if (!fits(tensor.shape, shape))
    return Error{Errc::kFormat,
                 quoted + " has the shape " + tensor.shape_text() + ", but config.json asks for " +
                     shape_text(shape),
                 {}};
  // Is refused here rather than in the middle of writing.
  float probe = 0;
  GALAGO_TRY(read_elements(tensor, 0, {&probe, 1}));
  std::vector<std::uint64_t> stored(
      tensor.shape.begin(), tensor.shape.begin() + static_cast<std::ptrdiff_t>(shape.size()));
  std::reverse(stored.begin(), stored.end());
  const DType dtype = stored.size() > 1 ? weight.dtype() : DType::kF32;
  GALAGO_TRY(header_.add_tensor(name, stored, dtype));
  parts_.push_back({weight, static_cast<std::int64_t>(stored.front()), 0});
  return {};
}

Status WeightSource::add_rotated(std::string_view name, const std::string& original,
                                 std::int64_t n_heads, std::int64_t head_dim, std::int64_t cols) {
  GALAGO_TRY(add(name, original, {n_heads * head_dim, cols}));
  parts_.back().rotated_head = head_dim;
  return {};
}

Status WeightSource::read(std::size_t index, std::int64_t first, std::span<float> out) const {
  GALAGO_ASSERT(index < parts_.size());
  const Part& part = parts_[index];
  if (part.rotated_head == 0) return part.weight.read(first, out);
  GALAGO_ASSERT(first % part.cols == 0 && static_cast<std::int64_t>(out.size()) % part.cols == 0);
  // A head at a time: its rows only change places among themselves.
  const auto cols = static_cast<std::size_t>(part.cols);
  std::vector<float> head(static_cast<std::size_t>(part.rotated_head) * cols);
  const std::int64_t half = part.rotated_head / 2;
  std::int64_t loaded = -1;
  for (std::size_t done = 0; done < out.size(); done += cols) {
    const std::int64_t row = first / part.cols + static_cast<std::int64_t>(done / cols);
    const std::int64_t within = row % part.rotated_head;
    if (row - within != loaded) {
      loaded = row - within;
      GALAGO_TRY(part.weight.read(loaded * part.cols, head));
    }
    const auto from = static_cast<std::size_t>(within % 2 * half + within / 2);
    std::copy_n(head.begin() + static_cast<std::ptrdiff_t>(from * cols), cols,
                out.begin() + static_cast<std::ptrdiff_t>(done));
  }
  return {};
}

}  // namespace galago
