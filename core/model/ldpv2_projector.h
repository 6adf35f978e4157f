// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// LDPv2 of MobileVLM V2 (Chu et al. 2024, arXiv 2402.03766, §3.3): two linear layers, mean over
// 2×2 positions, then a depthwise convolution added to its input (positional encoding generator).
#pragma once

#include "model/projector.h"

namespace galago {

class LdpV2Projector final : public Projector {
 public:
  static Result<std::unique_ptr<Projector>> load(const VisionConfig& config, int out_dim,
                                                 WeightLoader& loader);

  void record(Recorder& r, Tensor features, Tensor out) const override;

 private:
  Grid grid_;
  Grid token_grid_;
  Weight mlp0_, mlp0_bias_;  // [dim, vision dim]
  Weight mlp2_, mlp2_bias_;  // [dim, dim]
  Weight peg_, peg_bias_;    // [dim, 9], [1, dim]
};

}  // namespace galago
