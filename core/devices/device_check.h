// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// Drivers that compute wrongly exist. A few small ops of each kind, compared with the scalar
// reference before a model goes to a GPU, find those whose mistakes would make every answer
// nonsense.
#pragma once

#include "base/result.h"
#include "device/device.h"

namespace galago {

/// Errors: kDevice (a result is wrong; the message says of what), those of the device.
Status check_device(Device& device);

}  // namespace galago
