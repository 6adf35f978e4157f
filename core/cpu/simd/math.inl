// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// Exponential, sigmoid, exact GELU and the other activations on vectors. Included after one of the
// simd_*.h headers.
#pragma once

#include "device/recorder.h"

namespace galago::cpu {
namespace {

/// e^x, relative error below 2e-7; 0 below -87.3 and finite (1.7e38) above 88: what softmax and
/// sigmoid need. NaN stays NaN.
inline F32 exp(F32 x) {
  constexpr float kLowest = -87.33F;  // 2^-126, the smallest normal number
  // x = n·ln 2 + r, |r| ≤ ln 2 / 2; ln 2 in two parts, so that n·kLn2High is exact.
  constexpr float kLn2High = 0.693359375F;
  constexpr float kLn2Low = -2.12194440e-4F;
  const F32 bounded = max(broadcast(kLowest), min(broadcast(88.0F), x));
  const F32 n = round(bounded * broadcast(1.44269504F));
  const F32 r = fma(n, broadcast(-kLn2Low), fma(n, broadcast(-kLn2High), bounded));
  // e^r = 1 + r + r²·p(r): a minimax fit, relative error 3e-9.
  F32 p = broadcast(1.38144672e-3F);
  p = fma(p, r, broadcast(8.36878084e-3F));
  p = fma(p, r, broadcast(4.16683927e-2F));
  p = fma(p, r, broadcast(0.166665196F));
  p = fma(p, r, broadcast(0.49999994F));
  const F32 e = fma(r * r, p, r) + broadcast(1);
  return select_less(x, broadcast(kLowest), broadcast(0), e * pow2(n));
}

/// 1 / (1 + e^-x).
inline F32 sigmoid(F32 x) { return broadcast(1) / (broadcast(1) + exp(broadcast(0) - x)); }

/// x/2 · (1 + erf(x/√2)), relative error below 1e-6 also where the result is tiny.
///   With h(y) = erfc(y/√2)/2 for y = |x|: gelu(x) = max(x, 0) - y·h(y), free of cancellation.
///   h(y) = e^(-y²/2) · q(t), t = 1/(1 + 0.3 y): q is a minimax fit, relative error 1.3e-7.
inline F32 gelu(F32 x) {
  const F32 y = max(broadcast(0) - x, x);
  const F32 t = broadcast(1) / fma(broadcast(0.3F), y, broadcast(1));
  F32 q = broadcast(3.60362642e-2F);
  q = fma(q, t, broadcast(-0.15871346F));
  q = fma(q, t, broadcast(0.208964348F));
  q = fma(q, t, broadcast(-5.60956746e-2F));
  q = fma(q, t, broadcast(0.12984331F));
  q = fma(q, t, broadcast(9.95230973e-2F));
  q = fma(q, t, broadcast(0.120816886F));
  q = fma(q, t, broadcast(0.119625166F));
  // The square's rounding error would be magnified by the exponential: put it back to first order.
  const F32 half = y * broadcast(-0.5F);
  const F32 square = half * y;
  const F32 error = fma(half, y, broadcast(0) - square);
  const F32 e = exp(square);
  const F32 h = fma(e, error, e) * (q * t);
  // max(0, x), not max(x, 0): NaN goes through. e is 0 where y overflows t or the square.
  return max(broadcast(0), x) - select_less(y, broadcast(14), y * h, broadcast(0));
}

template <Activation kActivation>
inline F32 activated(F32 x) {
  if constexpr (kActivation == Activation::kQuickGelu) {
    return x * sigmoid(x * broadcast(1.702F));
  } else if constexpr (kActivation == Activation::kGelu) {
    return gelu(x);
  } else if constexpr (kActivation == Activation::kSilu) {
    return x * sigmoid(x);
  } else if constexpr (kActivation == Activation::kRelu) {
    return max(broadcast(0), x);
  } else if constexpr (kActivation == Activation::kHardSigmoid) {
    return max(broadcast(0), min(broadcast(6), x + broadcast(3))) * broadcast(1.0F / 6);
  } else if constexpr (kActivation == Activation::kHardSwish) {
    return x * activated<Activation::kHardSigmoid>(x);
  } else {
    return x;
  }
}

}  // namespace
}  // namespace galago::cpu
