// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// How fast a loaded model is on its device, found out in a moment: some tokens and a part of a
// picture.
#pragma once

#include <chrono>
#include <memory>
#include <stop_token>
#include <string>

#include "base/result.h"
#include "engine/engine.h"

namespace galago {

struct DeviceTrial {
  std::string device;  ///< as EngineOptions::device has it: "cpu", "vulkan:Mali-G610"
  double tokens_per_second = 0;
  double picture_ms = 0;  ///< 0: the model takes no pictures
  std::string failure;    ///< why there are no figures

  bool is_good() const { return failure.empty(); }

  /// What an answer of usual length about a new picture takes.
  double answer_ms() const;
};

/// Takes `budget`, or as long as one token and the shortest part of a picture take. Errors:
/// kCancelled, those of the device.
Result<DeviceTrial> try_device(const std::shared_ptr<const Engine>& engine,
                               std::chrono::milliseconds budget, std::stop_token stop);

}  // namespace galago
