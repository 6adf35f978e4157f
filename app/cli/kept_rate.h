// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// How fast a model answered here, kept for the lists of models (library/measured_rates.h).
#pragma once

#include "engine/engine.h"

namespace galago::cli {

/// Of an answer of `tokens` after the first, made in `milliseconds`. Short ones say nothing, and
/// the reference device computes to be right, not fast. That it cannot be kept is a note on stderr:
/// the answer is there all the same.
void keep_rate(const Engine& engine, int tokens, double milliseconds);

}  // namespace galago::cli
