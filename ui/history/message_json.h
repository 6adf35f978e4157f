// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// The parts of a message that the database and exported files keep as JSON or as a word.
#pragma once

#include <QJsonObject>
#include <QString>
#include <optional>

#include "history/chat_message.h"

namespace galago::ui {

QString nameOf(AnswerState state);
/// Of an unknown name, and of a state in which an answer was still being given: stopped.
AnswerState keptState(const QString& name);

QJsonObject toJson(const GenerationStats& stats);
GenerationStats statsFrom(const QJsonObject& json);

QJsonObject toJson(const Error& error);
/// Nothing of an empty object.
std::optional<Error> errorFrom(const QJsonObject& json);

}  // namespace galago::ui
