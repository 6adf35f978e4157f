// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
#include "model/vision_tower.h"

#include <algorithm>
#include <string>

namespace galago {

Result<VisionTower> VisionTower::load(const VisionConfig& config, WeightLoader& loader) {
  VisionTower tower;
  tower.config_ = config;
  const int patch_elements = 3 * config.patch_size * config.patch_size;
  GALAGO_TRY(tower.class_embd_, loader.vector("v.class_embd", config.dim));
  GALAGO_TRY(tower.patch_embd_, loader.matrix("v.patch_embd.weight", config.dim, patch_elements));
  GALAGO_TRY(tower.positions_, loader.small_matrix("v.position_embd.weight",
                                                   config.grid().positions() + 1, config.dim));
  GALAGO_TRY(tower.pre_ln_gain_, loader.vector("v.pre_ln.weight", config.dim));
  GALAGO_TRY(tower.pre_ln_bias_, loader.vector("v.pre_ln.bias", config.dim));
  for (int i = 0; i < config.n_layers; ++i) {
    GALAGO_TRY(Layer layer, load_layer(config, i, loader));
    tower.layers_.push_back(std::move(layer));
  }
  return tower;
}

Result<VisionTower::Layer> VisionTower::load_layer(const VisionConfig& config, int index,
                                                   WeightLoader& loader) {
  const std::string prefix = "v.blk." + std::to_string(index) + ".";
  const int dim = config.dim;
  Layer w;
  GALAGO_TRY(w.ln1_gain, loader.vector(prefix + "ln1.weight", dim));
  GALAGO_TRY(w.ln1_bias, loader.vector(prefix + "ln1.bias", dim));
  GALAGO_TRY(w.attn_q, loader.matrix(prefix + "attn_q.weight", dim, dim));
  GALAGO_TRY(w.attn_q_bias, loader.vector(prefix + "attn_q.bias", dim));
  GALAGO_TRY(w.attn_k, loader.matrix(prefix + "attn_k.weight", dim, dim));
  GALAGO_TRY(w.attn_k_bias, loader.vector(prefix + "attn_k.bias", dim));
  GALAGO_TRY(w.attn_v, loader.matrix(prefix + "attn_v.weight", dim, dim));
  GALAGO_TRY(w.attn_v_bias, loader.vector(prefix + "attn_v.bias", dim));
  GALAGO_TRY(w.attn_out, loader.matrix(prefix + "attn_out.weight", dim, dim));
  GALAGO_TRY(w.attn_out_bias, loader.vector(prefix + "attn_out.bias", dim));
  GALAGO_TRY(w.ln2_gain, loader.vector(prefix + "ln2.weight", dim));
  GALAGO_TRY(w.ln2_bias, loader.vector(prefix + "ln2.bias", dim));
  // The published converters name fc1 "ffn_down" and fc2 "ffn_up"; newer ones the other way round.
  // Only fc1 has the shape [ffn_dim, dim].
  const bool historic = loader.has_shape(prefix + "ffn_down.weight", config.ffn_dim, dim);
  const std::string fc1 = prefix + (historic ? "ffn_down" : "ffn_up");
  const std::string fc2 = prefix + (historic ? "ffn_up" : "ffn_down");
  GALAGO_TRY(w.fc1, loader.matrix(fc1 + ".weight", config.ffn_dim, dim));
  GALAGO_TRY(w.fc1_bias, loader.vector(fc1 + ".bias", config.ffn_dim));
  GALAGO_TRY(w.fc2, loader.matrix(fc2 + ".weight", dim, config.ffn_dim));
  GALAGO_TRY(w.fc2_bias, loader.vector(fc2 + ".bias", dim));
  return w;
}

Tensor VisionTower::record(Recorder& r, Tensor patches) const {
  const int positions = config_.grid().positions();
  const Tensor x = r.scratch({positions + 1, false}, config_.dim);
  {
    const Recorder::Scope scope(r);
    const Tensor embedded = r.scratch({positions, false}, config_.dim);
    r.matmul(patches, patch_embd_, embedded, {});
    r.embed_patches(embedded, class_embd_, positions_, x);
    r.layer_norm(x, pre_ln_gain_, pre_ln_bias_, config_.norm_eps, x);
  }
  r.tap("vision.hidden.0", x);
  for (std::size_t i = 0; i < layers_.size(); ++i) {
    record_layer(r, layers_[i], x);
    r.tap("vision.hidden." + std::to_string(i + 1), x);
  }
  return x.row_range(1, positions);
}

// x [positions + 1, dim], updated in place: x += out(attention(ln1(x))); x +=
// fc2(act(fc1(ln2(x)))).
void VisionTower::record_layer(Recorder& r, const Layer& w, Tensor x) const {
  const Recorder::Scope scope(r);
  const Tensor normed = r.scratch(x.rows, config_.dim);
  {
    const Recorder::Scope attention_scope(r);
    const Tensor q = r.scratch(x.rows, config_.dim);
    const Tensor k = r.scratch(x.rows, config_.dim);
    const Tensor v = r.scratch(x.rows, config_.dim);
    r.layer_norm(x, w.ln1_gain, w.ln1_bias, config_.norm_eps, normed);
    r.matmul(normed, w.attn_q, q, {&w.attn_q_bias, Activation::kNone, {}});
    r.matmul(normed, w.attn_k, k, {&w.attn_k_bias, Activation::kNone, {}});
    r.matmul(normed, w.attn_v, v, {&w.attn_v_bias, Activation::kNone, {}});
    r.attention_full(q, k, v, config_.n_heads, normed);
    r.matmul(normed, w.attn_out, x, {&w.attn_out_bias, Activation::kNone, x});
  }
  const Tensor h = r.scratch(x.rows, config_.ffn_dim);
  r.layer_norm(x, w.ln2_gain, w.ln2_bias, config_.norm_eps, normed);
  r.matmul(normed, w.fc1, h, {&w.fc1_bias, config_.activation, {}});
  r.matmul(h, w.fc2, x, {&w.fc2_bias, Activation::kNone, x});
}

std::vector<float> patch_rows(std::span<const float> pixels, const VisionConfig& config) {
  const int size = config.image_size;
  const int patch = config.patch_size;
  const Grid grid = config.grid();
  GALAGO_ASSERT(pixels.size() ==
                3U * static_cast<std::size_t>(size) * static_cast<std::size_t>(size));
  std::vector<float> rows(static_cast<std::size_t>(grid.positions()) * 3U *
                          static_cast<std::size_t>(patch * patch));
  float* out = rows.data();
  for (int gy = 0; gy < grid.height; ++gy)
    for (int gx = 0; gx < grid.width; ++gx)
      for (int channel = 0; channel < 3; ++channel)
        for (int y = 0; y < patch; ++y, out += patch)
          std::copy_n(pixels.data() +
                          (static_cast<std::ptrdiff_t>(channel) * size + gy * patch + y) * size +
                          gx * patch,
                      patch, out);
  return rows;
}

}  // namespace galago
