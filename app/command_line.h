// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// The arguments of `galago`.
#pragma once

#include <QString>
#include <QStringList>
#include <optional>

#include "application.h"

namespace galago {

struct CommandLine {
  ApplicationOptions options;
  bool smoke = false;  ///< show the first frame, then end
  /// Set when the program is to print this and end: --help, --version, or what was wrong.
  std::optional<QString> message;
  int exitCode = 0;  ///< 2 for wrong usage
};

/// Needs no application object, so that --help works without a display.
CommandLine parseCommandLine(const QStringList& arguments);

}  // namespace galago
