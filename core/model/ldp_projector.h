// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// LDP, the lightweight downsample projector of MobileVLM (Chu et al. 2023, arXiv 2312.16886, §3.4,
// fig. 2): two linear layers, then two depthwise blocks with squeeze-and-excitation, the second of
// stride 2: 576 → 144 tokens.
#pragma once

#include <array>

#include "model/projector.h"

namespace galago {

class LdpProjector final : public Projector {
 public:
  static Result<std::unique_ptr<Projector>> load(const VisionConfig& config, int out_dim,
                                                 WeightLoader& loader);

  void record(Recorder& r, Tensor features, Tensor out) const override;

 private:
  struct Block {
    int stride = 1;
    Weight depthwise;               // [dim, 9]
    Weight norm1_gain, norm1_bias;  // [1, dim]
    Weight squeeze, squeeze_bias;   // [dim/4, dim], [1, dim/4]
    Weight excite, excite_bias;     // [dim, dim/4], [1, dim]
    Weight pointwise;               // [dim, dim]
    Weight norm2_gain, norm2_bias;  // [1, dim]
  };

  static Result<Block> load_block(int index, int stride, int dim, WeightLoader& loader);
  static void record_block(Recorder& r, const Block& w, Tensor x, Grid grid, Tensor out);

  Grid grid_;
  Weight mlp1_, mlp1_bias_;  // [dim, vision dim]
  Weight mlp3_, mlp3_bias_;  // [dim, dim]
  std::array<Block, 2> blocks_;
};

}  // namespace galago
