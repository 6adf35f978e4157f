// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// Devices and the reasons for them in words, in the chosen language.
#pragma once

#include <QString>
#include <string>
#include <vector>

#include "placement/device_trial.h"

namespace galago::ui {

/// Of what EngineOptions::device takes: "CPU", "Vulkan: Mali-G610".
QString deviceLabel(const QString& device);

/// Why a model is on its device: what was measured, else what the engine says; of that, what it is
/// known to say is translated.
QString deviceReasonText(const std::vector<DeviceTrial>& trials, const std::string& reason);

}  // namespace galago::ui
