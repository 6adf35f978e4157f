// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
#include "device/recorder.h"

namespace galago {

void Recorder::swiglu_ffn(Tensor x, const Weight& norm, float eps, const Weight& gate,
                          const Weight& up, Tensor h) {
  const Scope scope(*this);
  const Tensor normed = scratch(x.rows, x.cols);
  const Tensor up_out = scratch(x.rows, h.cols);
  rms_norm(x, norm, eps, normed);
  matmul(normed, gate, h, {});
  matmul(normed, up, up_out, {});
  swiglu(h, up_out, h);
}

}  // namespace galago
