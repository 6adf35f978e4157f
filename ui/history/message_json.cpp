// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// See message_json.h.
#include "history/message_json.h"

#include <QJsonArray>
#include <array>
#include <utility>

namespace galago::ui {
namespace {

constexpr std::array kStates{
    std::pair(AnswerState::kWaiting, "waiting"),
    std::pair(AnswerState::kStreaming, "streaming"),
    std::pair(AnswerState::kComplete, "complete"),
    std::pair(AnswerState::kLengthLimit, "length-limit"),
    std::pair(AnswerState::kContextFull, "context-full"),
    std::pair(AnswerState::kStopped, "stopped"),
    std::pair(AnswerState::kFailed, "failed"),
};

/// Calls `visit` with the name and the member of each figure that is kept.
template <class Stats, class Visit>
void eachFigure(Stats& stats, Visit visit) {
  visit("promptTokens", stats.prompt_tokens);
  visit("reusedTokens", stats.reused_tokens);
  visit("imageTokens", stats.image_tokens);
  visit("picturesEncoded", stats.pictures_encoded);
  visit("encodeMs", stats.image_encode_ms);
  visit("prefillTokens", stats.prefill_tokens);
  visit("prefillMs", stats.prefill_ms);
  visit("firstTokenMs", stats.ttft_ms);
  visit("decodeTokens", stats.decode_tokens);
  visit("decodeMs", stats.decode_ms);
  visit("answerTokens", stats.answer_tokens);
  visit("contextUsed", stats.context_used);
  visit("contextSize", stats.context_size);
}

}  // namespace

QString nameOf(AnswerState state) {
  for (const auto& [known, name] : kStates)
    if (known == state) return QString::fromLatin1(name);
  return {};
}

AnswerState keptState(const QString& name) {
  for (const auto& [state, known] : kStates) {
    const bool isUnderWay = state == AnswerState::kWaiting || state == AnswerState::kStreaming;
    if (name == QLatin1String(known) && !isUnderWay) return state;
  }
  return AnswerState::kStopped;
}

QJsonObject toJson(const GenerationStats& stats) {
  QJsonObject json;
  eachFigure(stats, [&](const char* name, auto value) {
    if (value != 0) json.insert(QLatin1String(name), value);
  });
  return json;
}

GenerationStats statsFrom(const QJsonObject& json) {
  GenerationStats stats;
  eachFigure(stats, [&]<class T>(const char* name, T& value) {
    const QJsonValue kept = json.value(QLatin1String(name));
    if constexpr (std::is_same_v<T, int>)
      value = kept.toInt();
    else
      value = kept.toDouble();
  });
  return stats;
}

QJsonObject toJson(const Error& error) {
  QJsonArray context;
  for (const std::string& place : error.context) context.append(QString::fromStdString(place));
  const std::string_view code = errc_name(error.code);
  return {{QStringLiteral("code"), QString::fromUtf8(code.data(), qsizetype(code.size()))},
          {QStringLiteral("detail"), QString::fromStdString(error.detail)},
          {QStringLiteral("context"), context}};
}

std::optional<Error> errorFrom(const QJsonObject& json) {
  if (json.isEmpty()) return {};
  Error error;
  const std::string code = json.value(QLatin1String("code")).toString().toStdString();
  for (int known = 0; known <= static_cast<int>(Errc::kInternal); ++known) {
    if (errc_name(static_cast<Errc>(known)) == code) error.code = static_cast<Errc>(known);
  }
  error.detail = json.value(QLatin1String("detail")).toString().toStdString();
  for (const QJsonValue& place : json.value(QLatin1String("context")).toArray())
    error.context.push_back(place.toString().toStdString());
  return error;
}

}  // namespace galago::ui
