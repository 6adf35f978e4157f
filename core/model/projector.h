// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// From picture features to the language model's tokens.
#pragma once

#include <memory>

#include "model/model_config.h"
#include "model/weight_loader.h"

namespace galago {

class Projector {
 public:
  Projector() = default;
  Projector(const Projector&) = delete;
  Projector& operator=(const Projector&) = delete;
  virtual ~Projector() = default;

  /// features [grid, vision dim] → out [token grid, language dim].
  virtual void record(Recorder& r, Tensor features, Tensor out) const = 0;
};

/// The projector of the file, for a language model of width `out_dim`. Errors: kUnsupported, when
/// the widths do not fit together, saying both.
Result<std::unique_ptr<Projector>> load_projector(const VisionConfig& config, int out_dim,
                                                  WeightLoader& loader);

}  // namespace galago
