// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// See work_on_files.h.
#include "work_on_files.h"

namespace galago::ui {

std::function<void(double)> shareTo(QObject* object, std::function<void(double)> show) {
  return [object, show = std::move(show), shown = -1](double share) mutable {
    constexpr double kSteps = 200;
    const int step = static_cast<int>(share * kSteps);
    if (std::exchange(shown, step) == step) return;
    onThreadOf(object, [show, share] { show(share); });
  };
}

}  // namespace galago::ui
