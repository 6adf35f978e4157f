// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// What a chat asks of the engine and what it hears while an answer is made.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "device/device.h"
#include "image/image.h"
#include "text/sampler.h"

namespace galago {

/// A picture of a conversation, made once when it is attached. Immutable and shared; its identity
/// for caches is the hash of its pixels.
class Picture {
 public:
  /// Whether what a model makes of it may be kept on disk, where pictures are kept at all.
  enum class Kind { kLasting, kPassing };

  explicit Picture(Image image, Kind kind = Kind::kLasting);

  const Image& image() const { return image_; }

  std::uint64_t content_hash() const { return content_hash_; }

  Kind kind() const { return kind_; }

 private:
  Image image_;
  Kind kind_;
  std::uint64_t content_hash_;
};

using PicturePtr = std::shared_ptr<const Picture>;

struct Turn {
  std::string question;
  std::vector<PicturePtr> pictures;
  std::string answer;  ///< of the last turn what there is of it already: it goes on from there
};

struct Conversation {
  std::string template_name;  ///< empty: the model's default
  std::string system;         ///< used as is when has_system, else the template's default
  bool has_system = false;
  std::vector<Turn> turns;
};

struct GenerationParams {
  SamplingParams sampling;
  int max_tokens = 512;
  bool look_ahead = true;  ///< compute guesses along (prompt_lookup.h); the answer is the same
};

enum class Stage { kLoad, kEncode, kPrefill, kDecode };

enum class StopReason { kEndOfText, kStopText, kMaxTokens, kContextFull, kCancelled };

std::string_view stop_reason_name(StopReason reason);

/// Times in ms of wall clock, counts in tokens. Rates are left to the reader: tokens / time.
struct GenerationStats {
  int prompt_tokens = 0;  ///< the whole prompt, pictures included
  int reused_tokens = 0;  ///< of these, found in the KV cache
  int image_tokens = 0;
  int pictures_encoded = 0;  ///< others were cached
  double image_encode_ms = 0;
  int prefill_tokens = 0;  ///< prompt_tokens - reused_tokens
  double prefill_ms = 0;
  double ttft_ms = 0;     ///< from the request to the first token
  int decode_tokens = 0;  ///< tokens made after the first
  double decode_ms = 0;
  int guessed_tokens = 0;  ///< computed along with a token before it was known
  int guessed_right = 0;
  int answer_tokens = 0;
  int context_used = 0;
  int context_size = 0;

  double prefill_tps() const { return prefill_ms > 0 ? prefill_tokens * 1e3 / prefill_ms : 0; }

  double decode_tps() const { return decode_ms > 0 ? decode_tokens * 1e3 / decode_ms : 0; }
};

struct StageStarted {
  Stage stage;
};

/// A share of the stage done, 0 to 1.
struct StageProgress {
  Stage stage;
  double fraction;
};

/// New text of the answer, to be appended; `stats` as of now.
struct TextDelta {
  std::string text;
  GenerationStats stats;
};

/// The context was too short for the whole conversation: the oldest turns were left out.
struct TurnsDropped {
  int turns;
};

/// The GPU failed, or has too little memory: from here on the processor computes. It answers from
/// the beginning: text heard so far is void.
struct DeviceChanged {
  DeviceInfo device;
  std::string reason;  ///< one sentence
};

struct Finished {
  StopReason reason;
  GenerationStats stats;
};

using GenerationEvent =
    std::variant<StageStarted, StageProgress, TextDelta, TurnsDropped, DeviceChanged, Finished>;

}  // namespace galago
