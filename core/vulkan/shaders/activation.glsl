// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// The activations of device/recorder.h. GLSL's own exp() and the minimum and maximum of NaN are too
// free for them.

/// e^x, relative error below 2e-7; 0 below -87.3 and finite above 88. As core/cpu/simd/math.inl.
float exact_exp(float x) {
  float bounded = clamp(x, -87.33, 88.0);
  float n = roundEven(bounded * 1.44269504);
  float r = fma(n, 2.12194440e-4, fma(n, -0.693359375, bounded));
  float p = 1.38144672e-3;
  p = fma(p, r, 8.36878084e-3);
  p = fma(p, r, 4.16683927e-2);
  p = fma(p, r, 0.166665196);
  p = fma(p, r, 0.49999994);
  float e = ldexp(fma(r * r, p, r) + 1.0, int(n));
  return x < -87.33 ? 0.0 : e;
}

float sigmoid(float x) { return 1.0 / (1.0 + exact_exp(-x)); }

/// max(x, 0) - y*h(y), y = |x|, h(y) = erfc(y/sqrt 2)/2: exact also where the result is tiny.
float gelu(float x) {
  float y = abs(x);
  float t = 1.0 / fma(0.3, y, 1.0);
  float q = 3.60362642e-2;
  q = fma(q, t, -0.15871346);
  q = fma(q, t, 0.208964348);
  q = fma(q, t, -5.60956746e-2);
  q = fma(q, t, 0.12984331);
  q = fma(q, t, 9.95230973e-2);
  q = fma(q, t, 0.120816886);
  q = fma(q, t, 0.119625166);
  // The square's rounding error would be magnified by the exponential: put it back.
  float half_y = y * -0.5;
  precise float square = half_y * y;
  precise float error = fma(half_y, y, -square);
  float e = exact_exp(square);
  float h = fma(e, error, e) * (q * t);
  return max(x, 0.0) - (y < 14.0 ? y * h : 0.0);
}

float hard_sigmoid(float x) { return clamp(x + 3.0, 0.0, 6.0) * (1.0 / 6.0); }

/// `activation`: the number of an Activation.
float activated(uint activation, float x) {
  if (activation == 0 || isnan(x)) return x;
  switch (activation) {
    case 1: return x * sigmoid(1.702 * x);
    case 2: return gelu(x);
    case 3: return x * sigmoid(x);
    case 4: return max(x, 0.0);
    case 5: return x * hard_sigmoid(x);
    default: return hard_sigmoid(x);
  }
}
