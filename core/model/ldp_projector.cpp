// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
#include "model/ldp_projector.h"

#include <string>

namespace galago {
namespace {

constexpr float kNormEps = 1e-5F;  // torch.nn.LayerNorm's default; not in the file

}  // namespace

Result<std::unique_ptr<Projector>> LdpProjector::load(const VisionConfig& config, int out_dim,
                                                      WeightLoader& loader) {
  auto projector = std::make_unique<LdpProjector>();
  LdpProjector& p = *projector;
  p.grid_ = config.grid();
  GALAGO_TRY(p.mlp1_, loader.matrix("mm.model.mlp.1.weight", out_dim, config.dim));
  GALAGO_TRY(p.mlp1_bias_, loader.vector("mm.model.mlp.1.bias", out_dim));
  GALAGO_TRY(p.mlp3_, loader.matrix("mm.model.mlp.3.weight", out_dim, out_dim));
  GALAGO_TRY(p.mlp3_bias_, loader.vector("mm.model.mlp.3.bias", out_dim));
  GALAGO_TRY(p.blocks_[0], load_block(1, 1, out_dim, loader));
  GALAGO_TRY(p.blocks_[1], load_block(2, 2, out_dim, loader));
  return std::unique_ptr<Projector>(std::move(projector));
}

Result<LdpProjector::Block> LdpProjector::load_block(int index, int stride, int dim,
                                                     WeightLoader& loader) {
  const std::string prefix = "mm.model.mb_block." + std::to_string(index) + ".block.";
  Block w;
  w.stride = stride;
  GALAGO_TRY(w.depthwise, loader.small_matrix(prefix + "0.0.weight", dim, 9));
  GALAGO_TRY(w.norm1_gain, loader.vector(prefix + "0.1.weight", dim));
  GALAGO_TRY(w.norm1_bias, loader.vector(prefix + "0.1.bias", dim));
  // The squeezed width is dim/4 rounded to a multiple of 8: the tensor knows.
  const int squeezed = loader.rows_of(prefix + "1.fc1.weight");
  GALAGO_TRY(w.squeeze, loader.matrix(prefix + "1.fc1.weight", squeezed, dim));
  GALAGO_TRY(w.squeeze_bias, loader.vector(prefix + "1.fc1.bias", squeezed));
  GALAGO_TRY(w.excite, loader.matrix(prefix + "1.fc2.weight", dim, squeezed));
  GALAGO_TRY(w.excite_bias, loader.vector(prefix + "1.fc2.bias", dim));
  GALAGO_TRY(w.pointwise, loader.matrix(prefix + "2.0.weight", dim, dim));
  GALAGO_TRY(w.norm2_gain, loader.vector(prefix + "2.1.weight", dim));
  GALAGO_TRY(w.norm2_bias, loader.vector(prefix + "2.1.bias", dim));
  return w;
}

void LdpProjector::record(Recorder& r, Tensor features, Tensor out) const {
  const Recorder::Scope scope(r);
  const Tensor hidden = r.scratch(features.rows, out.cols);
  const Tensor x = r.scratch(features.rows, out.cols);
  r.matmul(features, mlp1_, hidden, {&mlp1_bias_, Activation::kGelu, {}});
  r.matmul(hidden, mlp3_, x, {&mlp3_bias_, Activation::kNone, {}});
  r.tap("projector.mlp", x);
  record_block(r, blocks_[0], x, grid_, hidden);
  r.tap("projector.block.1", hidden);
  record_block(r, blocks_[1], hidden, grid_, out);
}

// out = LN(pointwise(SE(hardswish(LN(depthwise(x)))))) (+ x, where the stride keeps the shape).
void LdpProjector::record_block(Recorder& r, const Block& w, Tensor x, Grid grid, Tensor out) {
  const Recorder::Scope scope(r);
  const Tensor h = r.scratch(out.rows, out.cols);
  r.depthwise_conv3x3(x, grid, w.stride, w.depthwise, nullptr, {}, h);
  r.layer_norm(h, w.norm1_gain, w.norm1_bias, kNormEps, h);
  r.activate(h, Activation::kHardSwish, h);
  {
    const Recorder::Scope excitation_scope(r);
    const Tensor mean = r.scratch({1, false}, out.cols);
    const Tensor squeezed = r.scratch({1, false}, w.squeeze.data.rows.max);
    const Tensor scale = r.scratch({1, false}, out.cols);
    r.global_avg_pool(h, mean);
    r.matmul(mean, w.squeeze, squeezed, {&w.squeeze_bias, Activation::kRelu, {}});
    r.matmul(squeezed, w.excite, scale, {&w.excite_bias, Activation::kHardSigmoid, {}});
    r.scale_channels(h, scale, h);
  }
  r.matmul(h, w.pointwise, out, {});
  r.layer_norm(out, w.norm2_gain, w.norm2_bias, kNormEps, out);
  if (w.stride == 1) r.add(out, x, out);
}

}  // namespace galago
