// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// What a person reads when something failed: what happened and what to do next, translated. The
// engine's own English detail goes below it, on request.
#pragma once

#include <QString>

#include "base/error.h"

namespace galago::ui {

/// What was being done; the same error code asks for another sentence in each.
enum class ErrorPlace {
  kModel,
  kPicture,
  kAnswer,
  kTransfer,
  kImport,
  kExport,
  kFolder,
  kLibrary,
  kHistory
};

struct ErrorText {
  QString title;  ///< one sentence: what happened
  QString hint;   ///< one sentence: what to do next
};

/// Every code has a text for every place.
ErrorText errorText(Errc code, ErrorPlace place);

/// The engine's detail with the file it is about: "model.gguf: The file is truncated …".
QString errorDetail(const Error& error);

}  // namespace galago::ui
