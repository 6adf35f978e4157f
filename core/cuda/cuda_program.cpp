// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
#include "cuda/cuda_program.h"

#include <algorithm>
#include <utility>

namespace galago::cuda {
namespace {

/// Calls between two looks at a stop: some milliseconds on a small GPU.
constexpr std::size_t kSectionCalls = 32;

class PlannedBuffer final : public Buffer {
 public:
  std::size_t size_bytes() const override { return 0; }
};

bool overlap(const Tensor& a, const Tensor& b) {
  return a.buffer == b.buffer && a.offset_bytes < b.offset_bytes + b.size_bytes() &&
         b.offset_bytes < a.offset_bytes + a.size_bytes();
}

}  // namespace

CudaProgram::CudaProgram(const Machine& machine, Arithmetic arithmetic, const StepParams* step,
                         std::unique_ptr<CudaBuffer> workspace, Sizes sizes)
    : tensor_cores_(machine.has_tensor_cores() && arithmetic == Arithmetic::kFast),
      bf16_tensor_cores_(machine.has_bf16_tensor_cores() && arithmetic == Arithmetic::kFast),
      processors_(machine.processors()),
      step_(step),
      workspace_(std::move(workspace)),
      planned_(std::make_unique<PlannedBuffer>()),
      copy_offset_(sizes.temporaries) {}

CudaProgram::~CudaProgram() = default;

Status CudaProgram::supported() const {
  if (unsupported_.empty()) return {};
  return Error{Errc::kUnsupported, unsupported_, {}};
}

std::byte* CudaProgram::address(const Tensor& t) const {
  if (!t) return nullptr;
  if (t.buffer == planned_.get()) return reinterpret_cast<std::byte*>(64 + t.offset_bytes);
  return static_cast<const CudaBuffer*>(t.buffer)->data() + t.offset_bytes;
}

float* CudaProgram::floats(const Tensor& t) const { return reinterpret_cast<float*>(address(t)); }

const float* CudaProgram::use(const Weight* weight) {
  if (weight == nullptr) return nullptr;
  if (weight->storage) weights_.push_back(weight->storage);
  return floats(weight->data);
}

const std::uint8_t* CudaProgram::matrix(const Weight& weight) {
  return reinterpret_cast<const std::uint8_t*>(use(&weight));
}

void CudaProgram::push(Call call, const Tensor& out) {
  calls_.push_back(call);
  if (!is_few(out)) has_many_rows_ = true;
  forget_rounded(out);
}

Tensor CudaProgram::scratch(RowCount rows, int cols, DType dtype) {
  Buffer* buffer = workspace_ ? static_cast<Buffer*>(workspace_.get()) : planned_.get();
  Tensor tensor{buffer, 0, dtype, rows, cols};
  tensor.offset_bytes = plan_.push(tensor.size_bytes());
  return tensor;
}

void CudaProgram::tap(std::string_view name, Tensor value) {
  taps_.push_back({calls_.size(), std::string(name), value});
}

Result<std::vector<CudaProgram::Section>> CudaProgram::sections(
    Machine& machine, const std::vector<std::size_t>& ends) {
  std::vector<Section> made;
  std::size_t begin = 0;
  for (const std::size_t end : ends) {
    if (end == begin) continue;
    GALAGO_TRY(auto sequence, machine.prepare(std::span(calls_).subspan(begin, end - begin)));
    made.push_back({end, std::move(sequence)});
    begin = end;
  }
  return made;
}

Status CudaProgram::finish_recording(Machine& machine) {
  std::vector<std::size_t> ends;
  if (has_many_rows_)
    for (std::size_t end = kSectionCalls; end < calls_.size(); end += kSectionCalls)
      ends.push_back(end);
  ends.push_back(calls_.size());
  GALAGO_TRY(sections_, sections(machine, ends));
  return {};
}

Status CudaProgram::run(Machine& machine, const RunControl& control, const StepParams& step) {
  const bool is_tapped = control.tap && !taps_.empty();
  if (is_tapped && tapped_.empty()) {
    std::vector<std::size_t> ends;
    for (const Tap& tap : taps_) ends.push_back(tap.after);
    ends.push_back(calls_.size());
    GALAGO_TRY(tapped_, sections(machine, ends));
  }
  if (is_tapped) GALAGO_TRY(tell_taps(machine, 0, 1, control, step));
  for (const Section& section : is_tapped ? tapped_ : sections_) {
    if (control.stop.stop_requested()) return Error{Errc::kCancelled, "stopped", {}};
    GALAGO_TRY(machine.run(*section.sequence));
    if (is_tapped) GALAGO_TRY(tell_taps(machine, section.end, section.end + 1, control, step));
    if (control.progress)
      control.progress(static_cast<int>(section.end), static_cast<int>(calls_.size()));
  }
  return {};
}

Status CudaProgram::tell_taps(Machine& machine, std::size_t from, std::size_t to,
                              const RunControl& control, const StepParams& step) {
  for (const Tap& tap : taps_) {
    if (tap.after < from || tap.after >= to) continue;
    const Tensor& t = tap.value;
    const int rows = t.rows.is_step ? std::min(step.rows, t.rows.max) : t.rows.max;
    std::vector<float> values(static_cast<std::size_t>(rows) * static_cast<std::size_t>(t.cols));
    GALAGO_TRY(machine.read(address(t), std::as_writable_bytes(std::span(values))));
    control.tap(tap.name, rows, t.cols, values);
  }
  return {};
}

void CudaProgram::forget_rounded(const Tensor& written) {
  if (copy_ && overlap(copy_->of, written)) copy_.reset();
}

}  // namespace galago::cuda
