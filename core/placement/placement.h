// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// Loads a model on the device that is asked for, and where that is left to Galago ("auto") on the
// one that answers first here: measured when a model meets a device for the first time, and kept.
#pragma once

#include <memory>
#include <stop_token>
#include <string>
#include <vector>

#include "base/function_ref.h"
#include "base/result.h"
#include "engine/engine.h"
#include "placement/device_trial.h"

namespace galago {

enum class Measure {
  kOnce,   ///< what is not known yet
  kAgain,  ///< all of it
};

struct PlacedEngine {
  std::shared_ptr<const Engine> engine;
  /// Why this device: what was measured, or what is the matter with the one that was asked for.
  /// Empty: as asked for.
  std::string reason;
  /// Of the devices there were to choose from, the chosen one first. Empty: there was no choice.
  std::vector<DeviceTrial> trials;
};

/// As Engine::load, "auto" decided. GPUs whose driver computes on the processor are not candidates,
/// unless GALAGO_SOFTWARE_GPUS is set (tests).
Result<PlacedEngine> load_engine(const EngineOptions& options, Measure measure = Measure::kOnce,
                                 std::stop_token stop = {},
                                 FunctionRef<void(double)> progress = {});

/// What is known of the devices there are to choose from, the one that "auto" takes first.
std::vector<DeviceTrial> known_trials(const EngineOptions& options);

/// "CPU 35 tokens/s, picture 1.1 s; Vulkan (Mali-G610) 9.1 tokens/s, picture 2.6 s".
std::string describe(const std::vector<DeviceTrial>& trials);

}  // namespace galago
