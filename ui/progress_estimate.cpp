// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// See progress_estimate.h.
#include "progress_estimate.h"

#include <algorithm>

namespace galago::ui {

void ProgressEstimate::start() {
  m_fraction = 0;
  m_elapsed.start();
}

void ProgressEstimate::update(double fraction) { m_fraction = std::clamp(fraction, 0.0, 1.0); }

double ProgressEstimate::secondsLeft() const {
  constexpr double kEnoughShare = 0.05;
  constexpr qint64 kEnoughMs = 1000;
  const qint64 elapsed = m_elapsed.isValid() ? m_elapsed.elapsed() : 0;
  if (m_fraction < kEnoughShare || elapsed < kEnoughMs) return -1;
  return static_cast<double>(elapsed) / 1e3 * (1 - m_fraction) / m_fraction;
}

}  // namespace galago::ui
