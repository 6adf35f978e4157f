// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// What went wrong, in a form that the command line prints and the user interface translates.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace galago {

enum class Errc {
  kIo,           ///< a file cannot be opened, read or written
  kFormat,       ///< a file is not what it should be: truncated, corrupt, of another kind
  kUnsupported,  ///< well-formed, but not something this program can run
  kOutOfMemory,
  kDevice,           ///< a compute device is missing or failed
  kCancelled,        ///< a stop was requested
  kInvalidArgument,  ///< the caller asked for something impossible
  kContextFull,      ///< the prompt does not fit the context
  kNetwork,
  kHash,
  kInternal,  ///< a bug: an unexpected exception of a library, say
};

/// English text for logs and the command line. The user interface translates `code` and shows
/// `detail` under it.
struct Error {
  Errc code = Errc::kInternal;
  std::string detail;                ///< one sentence: what is wrong and what to do
  std::vector<std::string> context;  ///< outermost last, e.g. the file's path

  /// "context: context: detail", on one line.
  std::string message() const;
  /// Adds where this happened, e.g. the path of the file.
  Error with_context(std::string where) &&;
};

std::string_view errc_name(Errc code);

}  // namespace galago
