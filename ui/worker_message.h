// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// What the worker thread tells the user interface: one message type, each with the id of the
// request it belongs to.
#pragma once

#include <QtGlobal>
#include <memory>
#include <variant>
#include <vector>

#include "base/error.h"
#include "device/device.h"
#include "engine/engine.h"
#include "engine/generation.h"
#include "library/model_locator.h"
#include "placement/device_trial.h"

namespace galago::ui {

/// Loading has begun: the files were found; `file_bytes` is their size together.
struct LoadStarted {
  ModelFiles files;
  std::uint64_t file_bytes = 0;
};

/// A share of the loading done, 0 to 1.
struct LoadProgress {
  double fraction = 0;
};

struct LoadDone {
  ModelInfo info;
  DeviceInfo device;
  std::string device_reason;
  std::vector<DeviceTrial> trials;  ///< of the devices there were to choose from
  bool has_vision = false;
  std::weak_ptr<const Engine> engine;  ///< as long as it is in use
};

struct LoadFailed {
  Error error;
};

struct AnswerFailed {
  Error error;
};

using WorkerEvent =
    std::variant<LoadStarted, LoadProgress, LoadDone, LoadFailed, StageStarted, StageProgress,
                 TextDelta, TurnsDropped, DeviceChanged, Finished, AnswerFailed>;

using RequestId = quint64;

struct WorkerMessage {
  RequestId request = 0;
  WorkerEvent event;
};

}  // namespace galago::ui
