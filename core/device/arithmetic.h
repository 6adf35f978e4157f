// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// How closely a device must compute what the ops define.
#pragma once

#include <cstdint>

namespace galago {

enum class Arithmetic : std::uint8_t {
  /// Activations may be rounded to bf16 where weights of 16 bits meet many rows, and in attention
  /// of all keys: the picture encoder. docs/performance.md has what it gains and what it changes.
  kFast,
  /// Activations that meet plain weights stay f32.
  kExact,
};

}  // namespace galago
