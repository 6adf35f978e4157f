// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// Answers conversations: owns a KV cache and the pictures' embeddings. The whole conversation is
// given each time; what the cache already holds of it is not computed again, so a follow-up
// question costs its own tokens only, and editing or regenerating an earlier turn just works.
#pragma once

#include <memory>
#include <stop_token>

#include "base/function_ref.h"
#include "base/result.h"
#include "engine/engine.h"
#include "engine/generation.h"

namespace galago {

class ChatSession {
 public:
  /// Where the GPU fails or has too little memory, here or in an answer, the session goes on with
  /// the same model on the processor; answers say so (DeviceChanged). Errors: kOutOfMemory,
  /// kDevice.
  static Result<std::unique_ptr<ChatSession>> create(std::shared_ptr<const Engine> engine);

  virtual ~ChatSession() = default;

  /// What answers: the engine that was given, or what took its place.
  virtual const std::shared_ptr<const Engine>& engine() const = 0;

  /// Answers the conversation's last turn, or goes on with the answer that it has. Blocking; `sink`
  /// is called on this thread. A stop request is answered within one token or one vision block:
  /// Finished{kCancelled} if text was already streamed or not; the session stays usable. A
  /// conversation longer than the context loses its oldest turns (TurnsDropped says so); the system
  /// prompt and the pictures stay. Errors: kContextFull, when the last turn alone does not fit;
  /// kInvalidArgument (no turns, unknown template, a picture for a text-only model); kUnsupported
  /// (a picture that cannot be fitted); kDevice, kInternal.
  virtual Status generate(const Conversation& conversation, const GenerationParams& params,
                          std::stop_token stop, FunctionRef<void(GenerationEvent)> sink) = 0;

  /// Computes ahead what answering will need, while the last turn's question is being written:
  /// encodes the pictures and fills the KV cache as far as nothing that is added to the question
  /// can change. Events as of generate(), Finished last; no answer. Nothing is lost by a stop.
  /// Errors as generate().
  virtual Status prepare(const Conversation& conversation, const GenerationParams& params,
                         std::stop_token stop, FunctionRef<void(GenerationEvent)> sink) = 0;

  /// Answers a prompt taken word for word, `<image>` marking each picture.
  virtual Status generate_raw(std::string_view prompt, const std::vector<PicturePtr>& pictures,
                              const GenerationParams& params, std::stop_token stop,
                              FunctionRef<void(GenerationEvent)> sink) = 0;

  /// Tokens the conversation would take of the context, without computing anything.
  virtual Result<int> count_tokens(const Conversation& conversation) const = 0;
};

}  // namespace galago
