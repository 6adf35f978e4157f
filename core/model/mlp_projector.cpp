// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
#include "model/mlp_projector.h"

#include <string>

namespace galago {

Result<std::unique_ptr<Projector>> MlpProjector::load(const VisionConfig& config, int out_dim,
                                                      WeightLoader& loader) {
  auto projector = std::make_unique<MlpProjector>();
  MlpProjector& p = *projector;
  p.is_linear_ = config.projector == ProjectorKind::kLinear;
  // LLaVA's first converter left a single layer unnumbered.
  const std::string first = loader.has("mm.0.weight") ? "mm.0" : "mm";
  GALAGO_TRY(p.fc1_, loader.matrix(first + ".weight", out_dim, config.dim));
  GALAGO_TRY(p.fc1_bias_, loader.vector(first + ".bias", out_dim));
  if (!p.is_linear_) {
    GALAGO_TRY(p.fc2_, loader.matrix("mm.2.weight", out_dim, out_dim));
    GALAGO_TRY(p.fc2_bias_, loader.vector("mm.2.bias", out_dim));
  }
  return std::unique_ptr<Projector>(std::move(projector));
}

void MlpProjector::record(Recorder& r, Tensor features, Tensor out) const {
  if (is_linear_) {
    r.matmul(features, fc1_, out, {&fc1_bias_, Activation::kNone, {}});
    return;
  }
  const Recorder::Scope scope(r);
  const Tensor hidden = r.scratch(features.rows, out.cols);
  r.matmul(features, fc1_, hidden, {&fc1_bias_, Activation::kGelu, {}});
  r.matmul(hidden, fc2_, out, {&fc2_bias_, Activation::kNone, {}});
}

}  // namespace galago
