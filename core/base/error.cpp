// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
#include "base/error.h"

#include <utility>

namespace galago {

std::string Error::message() const {
  std::string text;
  for (std::size_t i = context.size(); i-- > 0;) text += context[i] + ": ";
  text += detail.empty() ? std::string(errc_name(code)) : detail;
  for (char& c : text)
    if (c == '\n' || c == '\r') c = ' ';
  return text;
}

Error Error::with_context(std::string where) && {
  context.push_back(std::move(where));
  return std::move(*this);
}

std::string_view errc_name(Errc code) {
  switch (code) {
    case Errc::kIo:
      return "input/output error";
    case Errc::kFormat:
      return "malformed file";
    case Errc::kUnsupported:
      return "not supported";
    case Errc::kOutOfMemory:
      return "out of memory";
    case Errc::kDevice:
      return "device failure";
    case Errc::kCancelled:
      return "cancelled";
    case Errc::kInvalidArgument:
      return "invalid argument";
    case Errc::kContextFull:
      return "context full";
    case Errc::kNetwork:
      return "network error";
    case Errc::kHash:
      return "checksum mismatch";
    case Errc::kInternal:
      return "internal error";
  }
  return "unknown error";
}

}  // namespace galago
