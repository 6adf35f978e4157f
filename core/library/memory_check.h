// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// Whether there is memory for a model, asked before minutes are spent on loading it.
#pragma once

#include <cstdint>
#include <optional>

#include "base/result.h"
#include "library/model_files.h"

namespace galago {

/// `device_free`: of a device with memory of its own; nothing: the system's counts. `context` in
/// tokens; 0: as the file says. What cannot be told stays for the loading to say. Errors:
/// kOutOfMemory, with what would fit.
Status check_memory_for(const ModelFiles& files, std::optional<std::uint64_t> device_free,
                        std::uint64_t context);

}  // namespace galago
