// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
#include "model/language_model.h"

#include <cmath>
#include <string>

namespace galago {

Result<LanguageModel> LanguageModel::load(const LanguageConfig& config, WeightLoader& loader) {
  LanguageModel model;
  model.config_ = config;
  const int q_dim = config.n_heads * config.head_dim;
  const int kv_dim = config.n_kv_heads * config.head_dim;
  GALAGO_TRY(model.token_embd_, loader.matrix("token_embd.weight", config.vocab_size, config.dim));
  for (int i = 0; i < config.n_layers; ++i) {
    const std::string prefix = "blk." + std::to_string(i) + ".";
    Layer layer;
    GALAGO_TRY(layer.attn_norm, loader.vector(prefix + "attn_norm.weight", config.dim));
    GALAGO_TRY(layer.attn_q, loader.matrix(prefix + "attn_q.weight", q_dim, config.dim));
    GALAGO_TRY(layer.attn_k, loader.matrix(prefix + "attn_k.weight", kv_dim, config.dim));
    GALAGO_TRY(layer.attn_v, loader.matrix(prefix + "attn_v.weight", kv_dim, config.dim));
    GALAGO_TRY(layer.attn_out, loader.matrix(prefix + "attn_output.weight", config.dim, q_dim));
    GALAGO_TRY(layer.ffn_norm, loader.vector(prefix + "ffn_norm.weight", config.dim));
    GALAGO_TRY(layer.gate, loader.matrix(prefix + "ffn_gate.weight", config.ffn_dim, config.dim));
    GALAGO_TRY(layer.up, loader.matrix(prefix + "ffn_up.weight", config.ffn_dim, config.dim));
    GALAGO_TRY(layer.down, loader.matrix(prefix + "ffn_down.weight", config.dim, config.ffn_dim));
    model.layers_.push_back(std::move(layer));
  }
  GALAGO_TRY(model.output_norm_, loader.vector("output_norm.weight", config.dim));
  if (loader.has("output.weight")) {
    GALAGO_TRY(model.output_, loader.matrix("output.weight", config.vocab_size, config.dim));
  } else {
    model.output_ = model.token_embd_;
  }
  return model;
}

std::size_t LanguageModel::bytes_per_token() const {
  std::size_t bytes = output_.data.size_bytes();
  for (const Layer& w : layers_)
    for (const Weight* matrix :
         {&w.attn_q, &w.attn_k, &w.attn_v, &w.attn_out, &w.gate, &w.up, &w.down})
      bytes += matrix->data.size_bytes();
  return bytes;
}

void LanguageModel::record(Recorder& r, const LanguageStep& step, const KvCache& cache) const {
  const Recorder::Scope scope(r);
  const Tensor x = r.scratch(step.ids.rows, config_.dim);
  r.embed_rows(token_embd_, step.ids, step.pictures, x);
  r.tap("inputs_embeds", x);
  for (int i = 0; i < config_.n_layers; ++i) {
    record_layer(r, i, x, step, cache);
    r.tap("layer." + std::to_string(i), x);
  }
  Tensor wanted = x;
  if (step.logits.rows.max == 1) {
    wanted = r.scratch({1, false}, config_.dim);
    r.last_row(x, wanted);
  }
  const Tensor normed = r.scratch(wanted.rows, config_.dim);
  r.rms_norm(wanted, output_norm_, config_.norm_eps, normed);
  r.tap("final_hidden", normed);
  r.matmul(normed, output_, step.logits, {});
}

// x [rows, dim], updated in place: x += Wo·attention(norm(x)), then x += down·swiglu(norm(x)).
void LanguageModel::record_layer(Recorder& r, int index, Tensor x, const LanguageStep& step,
                                 const KvCache& cache) const {
  const Layer& w = layers_[static_cast<std::size_t>(index)];
  const KvLayer kv = cache.layer(index);
  {
    const Recorder::Scope scope(r);
    const Tensor normed = r.scratch(x.rows, config_.dim);
    const Tensor q = r.scratch(x.rows, config_.n_heads * config_.head_dim);
    const Tensor k = r.scratch(x.rows, config_.n_kv_heads * config_.head_dim);
    const Tensor v = r.scratch(x.rows, config_.n_kv_heads * config_.head_dim);
    const Tensor mixed = r.scratch(x.rows, q.cols);
    r.rms_norm(x, w.attn_norm, config_.norm_eps, normed);
    r.matmul(normed, w.attn_q, q, {});
    r.matmul(normed, w.attn_k, k, {});
    r.matmul(normed, w.attn_v, v, {});
    r.rope_store_kv(q, k, v, step.angles, kv);
    r.attention_causal(q, kv, step.mask, mixed);
    r.matmul(mixed, w.attn_out, x, {nullptr, Activation::kNone, x});
  }
  const Recorder::Scope scope(r);
  const Tensor h = r.scratch(x.rows, config_.ffn_dim);
  r.swiglu_ffn(x, w.ffn_norm, config_.norm_eps, w.gate, w.up, h);
  r.matmul(h, w.down, x, {nullptr, Activation::kNone, x});
}

std::vector<float> rope_angles(int context, int rope_dim, float theta, float scale) {
  const int half = rope_dim / 2;
  std::vector<float> table(static_cast<std::size_t>(context) * static_cast<std::size_t>(rope_dim));
  for (int i = 0; i < half; ++i) {
    const auto frequency = static_cast<float>(
        1 / std::pow(static_cast<double>(theta), 2.0 * i / static_cast<double>(rope_dim)));
    for (int p = 0; p < context; ++p) {
      const double angle = static_cast<double>(static_cast<float>(p) / scale * frequency);
      float* row = table.data() + static_cast<std::ptrdiff_t>(p) * rope_dim;
      row[i] = static_cast<float>(std::cos(angle));
      row[half + i] = static_cast<float>(std::sin(angle));
    }
  }
  return table;
}

}  // namespace galago
