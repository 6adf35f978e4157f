// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
#include "cli/kept_rate.h"

#include <cstdio>

#include "engine/loaded_model.h"
#include "library/measured_rates.h"
#include "library/user_folders.h"

namespace galago::cli {

void keep_rate(const Engine& engine, int tokens, double milliseconds) {
  const DeviceInfo device = engine.device_info();
  if (device.kind == "reference" || user_state_folder().empty()) return;
  const Status kept = record_answer_rate(engine.model().options.model, device.kind, device.threads,
                                         tokens, milliseconds);
  if (!kept) std::fprintf(stderr, "[the speed was not kept: %s]\n", kept.error().message().c_str());
}

}  // namespace galago::cli
