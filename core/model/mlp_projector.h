// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// LLaVA's projectors: one linear layer (Liu et al. 2023a), or two with a GELU between them (Liu et
// al. 2023b, LLaVA-1.5). Every position becomes a token.
#pragma once

#include "model/projector.h"

namespace galago {

class MlpProjector final : public Projector {
 public:
  static Result<std::unique_ptr<Projector>> load(const VisionConfig& config, int out_dim,
                                                 WeightLoader& loader);

  void record(Recorder& r, Tensor features, Tensor out) const override;

 private:
  bool is_linear_ = false;
  Weight fc1_, fc1_bias_;  // [dim, vision dim]
  Weight fc2_, fc2_bias_;  // [dim, dim]; unused when linear
};

}  // namespace galago
