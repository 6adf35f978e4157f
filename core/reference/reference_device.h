// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// The scalar device: every op written the plainest way, sums in double. It is the truth that the
// other devices are tested against, and the place to read what an op does. Single-threaded.
#pragma once

#include <memory>

#include "device/device.h"

namespace galago {

std::unique_ptr<Device> make_reference_device();

}  // namespace galago
