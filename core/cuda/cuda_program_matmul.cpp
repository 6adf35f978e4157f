// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// Matrix products: which kernel, and the rounded copy of x that it takes.
#include <algorithm>

#include "cuda/cuda_program.h"

namespace galago::cuda {
namespace {

/// Columns that the tensor kernels go through at a time.
constexpr int kDepth = 64;
/// Columns that share a scale of Rounded.
constexpr int kGroup = 32;

int padded_cols(int cols) { return (cols + kDepth - 1) / kDepth * kDepth; }

std::size_t elements(const Tensor& x, int cols) {
  return static_cast<std::size_t>(x.rows.max) * static_cast<std::size_t>(cols);
}

/// Where the bytes of a Rounded end and its scales begin.
std::size_t scales_offset(const Tensor& x) { return (elements(x, x.cols) + 63) / 64 * 64; }

bool ranges_meet(const float* a, std::size_t a_count, const float* b, std::size_t b_count) {
  return a != nullptr && b != nullptr && a < b + b_count && b < a + a_count;
}

}  // namespace

Product CudaProgram::product_of(const Weight& w, const Tensor& out, const Epilogue& epilogue) {
  return {matrix(w),           nullptr,    out.cols, use(epilogue.bias), floats(epilogue.residual),
          epilogue.activation, floats(out)};
}

void CudaProgram::matmul(Tensor x, const Weight& w, Tensor out, const Epilogue& epilogue) {
  const DType dtype = w.data.dtype;
  const Product product = product_of(w, out, epilogue);
  if (is_few(x)) {
    mat_vec(x, w, out, product);
  } else if (dtype != DType::kF32 && (dtype == DType::kBF16 ? bf16_tensor_cores_ : tensor_cores_)) {
    need_rounded(x, dtype == DType::kBF16 ? Rounding::kBF16 : Rounding::kHalf);
    push(MatTensor{step_, rows_of(x), x.cols, padded_cols(x.cols), dtype, half_copy(), product},
         out);
  } else {
    push(MatTiles{step_, rows_of(x), x.cols, dtype, floats(x), product}, out);
  }
}

void CudaProgram::mat_vec(const Tensor& x, const Weight& w, const Tensor& out,
                          const Product& product) {
  const DType dtype = w.data.dtype;
  if (join_last(x, dtype, product)) {
    forget_rounded(out);
    return;
  }
  MatVec call{step_, rows_of(x), x.cols, dtype, floats(x), {}, 1, {product}};
  if (dtype_info(dtype).is_quantised) {
    need_rounded(x, Rounding::kBytes);
    call.rounded = bytes_copy(x);
  }
  push(call, out);
}

bool CudaProgram::join_last(const Tensor& x, DType dtype, const Product& product) {
  auto* last = calls_.empty() ? nullptr : std::get_if<MatVec>(&calls_.back());
  if (last == nullptr || last->x != floats(x) || last->cols != x.cols || last->dtype != dtype ||
      last->rows.max != x.rows.max || last->rows.is_step != x.rows.is_step ||
      last->parts == MatVec::kMostParts || product.up != nullptr)
    return false;
  // Parts run side by side: none may write what another reads or writes, nor x.
  const auto size = [&](const Product& p) { return elements(x, p.out_cols); };
  if (ranges_meet(product.out, size(product), floats(x), elements(x, x.cols))) return false;
  for (int i = 0; i < last->parts; ++i) {
    const Product& other = last->part[i];
    if (other.up != nullptr || ranges_meet(product.out, size(product), other.out, size(other)) ||
        ranges_meet(product.out, size(product), other.residual, size(other)) ||
        ranges_meet(product.residual, size(product), other.out, size(other)) ||
        ranges_meet(other.out, size(other), floats(x), elements(x, x.cols)))
      return false;
  }
  last->part[last->parts++] = product;
  return true;
}

void CudaProgram::swiglu_ffn(Tensor x, const Weight& norm_gain, float eps, const Weight& gate,
                             const Weight& up, Tensor h) {
  if (!is_few(x) || gate.data.dtype != up.data.dtype) {
    Recorder::swiglu_ffn(x, norm_gain, eps, gate, up, h);
    return;
  }
  const Scope scope(*this);
  const Tensor normed = scratch(x.rows, x.cols, DType::kF32);
  norm(x, norm_gain, nullptr, eps, normed);
  Product product = product_of(gate, h, {});
  product.up = matrix(up);
  mat_vec(normed, gate, h, product);
}

void CudaProgram::need_rounded(const Tensor& x, Rounding rounding) {
  const bool is_bytes = rounding == Rounding::kBytes;
  copy_bytes_ =
      std::max(copy_bytes_,
               is_bytes ? scales_offset(x) + elements(x, x.cols) / kGroup * sizeof(Rounded::Scale)
                        : elements(x, padded_cols(x.cols)) * sizeof(std::uint16_t));
  if (copy_ && copy_->rounding == rounding && copy_->of.buffer == x.buffer &&
      copy_->of.offset_bytes == x.offset_bytes && copy_->of.rows == x.rows &&
      copy_->of.cols == x.cols)
    return;
  copy_ = {x, rounding};
  if (!is_bytes) {
    calls_.push_back(RoundToHalf{step_, rows_of(x), x.cols, padded_cols(x.cols), floats(x),
                                 rounding == Rounding::kBF16, half_copy()});
    return;
  }
  // The call that made x may round it on the way.
  Call* last = calls_.empty() ? nullptr : &calls_.back();
  if (auto* norm = std::get_if<Norm>(last); norm != nullptr && norm->out == floats(x)) {
    norm->rounded = bytes_copy(x);
  } else if (auto* merge = std::get_if<AttentionMerge>(last);
             merge != nullptr && merge->out == floats(x) && merge->head_dim % kGroup == 0) {
    merge->rounded = bytes_copy(x);
  } else if (auto* simple = std::get_if<ElementwiseCall>(last);
             simple != nullptr && simple->out == floats(x)) {
    simple->rounded = bytes_copy(x);
  } else {
    calls_.push_back(RoundToBytes{step_, rows_of(x), x.cols, floats(x), bytes_copy(x)});
  }
}

Rounded CudaProgram::bytes_copy(const Tensor& x) const {
  std::byte* base = reinterpret_cast<std::byte*>(half_copy());
  return {reinterpret_cast<std::int8_t*>(base),
          reinterpret_cast<Rounded::Scale*>(base + scales_offset(x))};
}

std::uint16_t* CudaProgram::half_copy() const {
  return reinterpret_cast<std::uint16_t*>(workspace_ ? workspace_->data() + copy_offset_
                                                     : reinterpret_cast<std::byte*>(64));
}

}  // namespace galago::cuda
