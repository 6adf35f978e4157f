// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// What the machine's memory can deliver: the limit that decoding is measured against.
#pragma once

namespace galago {

/// Bytes per second that `threads` threads read together from a buffer far larger than the caches;
/// the best of several passes. Takes 512 MB and well under a second.
double read_bandwidth(int threads);

}  // namespace galago
