// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
#include "engine/generation.h"

#include <xxhash.h>

#include <utility>

namespace galago {

Picture::Picture(Image image, Kind kind) : image_(std::move(image)), kind_(kind) {
  const auto seed = static_cast<XXH64_hash_t>(image_.width);
  content_hash_ = XXH3_64bits_withSeed(image_.pixels.data(), image_.pixels.size(), seed);
}

std::string_view stop_reason_name(StopReason reason) {
  switch (reason) {
    case StopReason::kEndOfText:
      return "end_of_text";
    case StopReason::kStopText:
      return "stop_text";
    case StopReason::kMaxTokens:
      return "max_tokens";
    case StopReason::kContextFull:
      return "context_full";
    case StopReason::kCancelled:
      return "cancelled";
  }
  return "unknown";
}

}  // namespace galago
