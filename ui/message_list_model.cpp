// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// See message_list_model.h.
#include "message_list_model.h"

#include <utility>

#include "error_text.h"
#include "history/answer_markup.h"

namespace galago::ui {

MessageListModel::MessageListModel(std::shared_ptr<PictureStore> pictures, QObject* parent)
    : QAbstractListModel(parent), m_pictures(std::move(pictures)) {}

MessageListModel::~MessageListModel() = default;

int MessageListModel::rowCount(const QModelIndex& parent) const {
  return parent.isValid() ? 0 : count();
}

QVariant MessageListModel::data(const QModelIndex& index, int role) const {
  if (!checkIndex(index, CheckIndexOption::IndexIsValid)) return {};
  const Message& message = m_messages[static_cast<std::size_t>(index.row())];
  switch (role) {
    case KindRole:
      return message.kind;
    case Qt::DisplayRole:
    case TextRole:
      return message.text;
    case MarkupRole:
      return message.state == Streaming || message.state == Waiting || message.kind == Question
                 ? QString()
                 : answerMarkup(message.text);
    case PicturesRole:
      return message.pictureIds;
    case StateRole:
      return message.state;
    case TokensRole:
      return message.stats.answer_tokens;
    case RateRole:
      return message.stats.decode_tps();
    case FirstTokenMsRole:
      return message.stats.ttft_ms;
    case EncodeMsRole:
      return message.stats.image_encode_ms;
    case DroppedTurnsRole:
      return message.droppedTurns;
    case ErrorTitleRole:
      return message.error ? errorText(message.error->code, ErrorPlace::kAnswer).title : QString();
    case ErrorHintRole:
      return message.error ? errorText(message.error->code, ErrorPlace::kAnswer).hint : QString();
    case ErrorDetailRole:
      return message.error ? errorDetail(*message.error) : QString();
    default:
      return {};
  }
}

QHash<int, QByteArray> MessageListModel::roleNames() const {
  return {{KindRole, "kind"},
          {TextRole, "text"},
          {MarkupRole, "markup"},
          {PicturesRole, "pictures"},
          {StateRole, "answerState"},
          {TokensRole, "tokens"},
          {RateRole, "rate"},
          {FirstTokenMsRole, "firstTokenMs"},
          {EncodeMsRole, "encodeMs"},
          {DroppedTurnsRole, "droppedTurns"},
          {ErrorTitleRole, "errorTitle"},
          {ErrorHintRole, "errorHint"},
          {ErrorDetailRole, "errorDetail"}};
}

void MessageListModel::beginTurn(const QString& question, const std::vector<PicturePtr>& pictures) {
  Message asked;
  asked.text = question;
  for (const PicturePtr& picture : pictures) asked.pictureIds += m_pictures->add(picture);
  Message answer;
  answer.kind = Answer;
  answer.state = Waiting;

  beginInsertRows({}, count(), count() + 1);
  m_messages.push_back(std::move(asked));
  m_messages.push_back(std::move(answer));
  endInsertRows();
  emit countChanged();
}

void MessageListModel::restartAnswer() {
  if (m_messages.empty()) return;
  Message fresh;
  fresh.kind = Answer;
  fresh.state = Waiting;
  m_messages.back() = std::move(fresh);
  changed(m_messages.size() - 1, {});
}

std::pair<QString, std::vector<PicturePtr>> MessageListModel::takeLastTurn() {
  if (m_messages.size() < 2) return {};
  const Message& question = m_messages[m_messages.size() - 2];
  auto taken = std::pair(question.text, picturesOf(question));
  beginRemoveRows({}, count() - 2, count() - 1);
  forgetPictures(question);
  m_messages.resize(m_messages.size() - 2);
  endRemoveRows();
  emit countChanged();
  return taken;
}

void MessageListModel::clear() {
  if (m_messages.empty()) return;
  beginResetModel();
  for (const Message& message : m_messages) forgetPictures(message);
  m_messages.clear();
  endResetModel();
  emit countChanged();
}

void MessageListModel::appendText(const QString& delta, const GenerationStats& stats) {
  if (m_messages.empty()) return;
  Message& answer = m_messages.back();
  answer.text += delta;
  answer.stats = stats;
  QList<int> roles = {TextRole, TokensRole, RateRole, FirstTokenMsRole, EncodeMsRole};
  if (std::exchange(answer.state, Streaming) != Streaming) roles.append(StateRole);
  changed(m_messages.size() - 1, roles);
}

void MessageListModel::setDroppedTurns(int turns) {
  if (m_messages.empty()) return;
  m_messages.back().droppedTurns = turns;
  changed(m_messages.size() - 1, {DroppedTurnsRole});
}

void MessageListModel::finishAnswer(State state, const GenerationStats& stats) {
  if (m_messages.empty()) return;
  m_messages.back().state = state;
  m_messages.back().stats = stats;
  changed(m_messages.size() - 1,
          {StateRole, MarkupRole, TokensRole, RateRole, FirstTokenMsRole, EncodeMsRole});
}

void MessageListModel::failAnswer(const Error& error) {
  if (m_messages.empty()) return;
  m_messages.back().state = Failed;
  m_messages.back().error = error;
  changed(m_messages.size() - 1,
          {StateRole, MarkupRole, ErrorTitleRole, ErrorHintRole, ErrorDetailRole});
}

MessageListModel::State MessageListModel::answerState() const {
  return m_messages.empty() ? Complete : m_messages.back().state;
}

std::vector<Turn> MessageListModel::turns() const {
  if (m_messages.empty()) return {};
  const Message& question = m_messages[m_messages.size() - 2];
  return turnsBefore(m_messages.size() - 2,
                     {question.text.toStdString(), picturesOf(question), {}});
}

std::vector<Turn> MessageListModel::turnsWith(Turn next) const {
  return turnsBefore(m_messages.size(), std::move(next));
}

std::vector<Turn> MessageListModel::turnsBefore(std::size_t end, Turn last) const {
  std::vector<Turn> turns;
  std::vector<PicturePtr> carried;
  for (std::size_t i = 0; i < end; i += 2) {
    const Message& question = m_messages[i];
    const Message& answer = m_messages[i + 1];
    const std::vector<PicturePtr> own = picturesOf(question);
    carried.insert(carried.end(), own.begin(), own.end());
    if (answer.text.isEmpty()) continue;
    turns.push_back(
        {question.text.toStdString(), std::exchange(carried, {}), answer.text.toStdString()});
  }
  last.pictures.insert(last.pictures.begin(), carried.begin(), carried.end());
  turns.push_back(std::move(last));
  return turns;
}

void MessageListModel::retranslate() {
  if (m_messages.empty()) return;
  emit dataChanged(index(0), index(count() - 1), {ErrorTitleRole, ErrorHintRole});
}

void MessageListModel::changed(std::size_t row, const QList<int>& roles) {
  const QModelIndex at = index(static_cast<int>(row));
  emit dataChanged(at, at, roles);
}

void MessageListModel::forgetPictures(const Message& message) {
  for (const QString& id : message.pictureIds) m_pictures->remove(id);
}

std::vector<PicturePtr> MessageListModel::picturesOf(const Message& message) const {
  std::vector<PicturePtr> pictures;
  for (const QString& id : message.pictureIds) {
    if (PicturePtr picture = m_pictures->find(id)) pictures.push_back(std::move(picture));
  }
  return pictures;
}

}  // namespace galago::ui
