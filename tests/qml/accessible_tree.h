// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// The window as screen readers meet it: Qt's own tree of accessible objects.
#pragma once

#include <QQuickWindow>
#include <QStringList>
#include <QVariantList>

namespace galago {

/// What can be used, in sight: of each its role, its name, its objectName and its type.
QVariantList accessible_controls(QQuickWindow* window);
/// The alerts in sight, which are read out when they appear.
QStringList accessible_alerts(QQuickWindow* window);

}  // namespace galago
