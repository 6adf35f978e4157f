// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// The vision tower and the projector of a MobileVLM checkpoint as the mmproj file that is published
// for it.
#pragma once

#include <memory>
#include <string>

#include "base/result.h"
#include "convert/clip_config.h"
#include "convert/huggingface_config.h"
#include "convert/huggingface_weights.h"
#include "convert/tensor_source.h"

namespace galago {

struct HuggingFaceVision {
  ClipConfig config;
  std::shared_ptr<const HuggingFaceWeights> tower;
  std::string tower_prefix;  ///< of the tower's tensors' names
  std::shared_ptr<const HuggingFaceWeights> projector;
};

/// Errors: kFormat, kUnsupported.
Result<std::unique_ptr<const TensorSource>> vision_source(const std::string& name,
                                                          const HuggingFaceConfig& config,
                                                          const HuggingFaceVision& vision);

}  // namespace galago
