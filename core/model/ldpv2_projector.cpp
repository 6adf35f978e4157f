// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
#include "model/ldpv2_projector.h"

namespace galago {

Result<std::unique_ptr<Projector>> LdpV2Projector::load(const VisionConfig& config, int out_dim,
                                                        WeightLoader& loader) {
  auto projector = std::make_unique<LdpV2Projector>();
  LdpV2Projector& p = *projector;
  p.grid_ = config.grid();
  p.token_grid_ = config.token_grid();
  GALAGO_TRY(p.mlp0_, loader.matrix("mm.model.mlp.0.weight", out_dim, config.dim));
  GALAGO_TRY(p.mlp0_bias_, loader.vector("mm.model.mlp.0.bias", out_dim));
  GALAGO_TRY(p.mlp2_, loader.matrix("mm.model.mlp.2.weight", out_dim, out_dim));
  GALAGO_TRY(p.mlp2_bias_, loader.vector("mm.model.mlp.2.bias", out_dim));
  GALAGO_TRY(p.peg_, loader.small_matrix("mm.model.peg.0.weight", out_dim, 9));
  GALAGO_TRY(p.peg_bias_, loader.vector("mm.model.peg.0.bias", out_dim));
  return std::unique_ptr<Projector>(std::move(projector));
}

void LdpV2Projector::record(Recorder& r, Tensor features, Tensor out) const {
  const Recorder::Scope scope(r);
  const Tensor hidden = r.scratch(features.rows, out.cols);
  const Tensor x = r.scratch(features.rows, out.cols);
  const Tensor pooled = r.scratch(out.rows, out.cols);
  r.matmul(features, mlp0_, hidden, {&mlp0_bias_, Activation::kGelu, {}});
  r.matmul(hidden, mlp2_, x, {&mlp2_bias_, Activation::kNone, {}});
  r.tap("projector.mlp", x);
  r.adaptive_avg_pool(x, grid_, token_grid_, pooled);
  r.depthwise_conv3x3(pooled, token_grid_, 1, peg_, &peg_bias_, pooled, out);
}

}  // namespace galago
