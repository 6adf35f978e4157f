// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// What view models share that let other threads read and write files.
#pragma once

#include <QMetaObject>
#include <QObject>
#include <functional>
#include <utility>

#include "base/guarded.h"

namespace galago::ui {

/// Queues `call` to the thread that `object` lives on, if it is still there by then.
template <class Call>
void onThreadOf(QObject* object, Call call) {
  QMetaObject::invokeMethod(object, std::move(call), Qt::QueuedConnection);
}

/// For a thread that works on files: tells `show`, on the thread of `object`, of the share that is
/// done, now and then.
std::function<void(double)> shareTo(QObject* object, std::function<void(double)> show);

}  // namespace galago::ui
