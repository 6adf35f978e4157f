// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// How long something still takes, from the share done so far.
#pragma once

#include <QElapsedTimer>

namespace galago::ui {

class ProgressEstimate {
 public:
  /// Begins anew at 0.
  void start();
  void update(double fraction);

  /// 0 to 1.
  double fraction() const { return m_fraction; }

  /// In seconds; -1 until enough is done (a twentieth, and a second) to say.
  double secondsLeft() const;

 private:
  QElapsedTimer m_elapsed;
  double m_fraction = 0;
};

}  // namespace galago::ui
