// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// See message_list_model.h.
#include "message_list_model.h"

#include <QStringList>
#include <utility>

#include "error_text.h"
#include "history/answer_markup.h"

namespace galago::ui {
namespace {

/// Of an answer in two parts.
GenerationStats sum(const GenerationStats& first, const GenerationStats& more) {
  if (first.answer_tokens == 0) return more;
  GenerationStats both = more;
  both.answer_tokens += first.answer_tokens;
  both.decode_tokens += first.decode_tokens;
  both.decode_ms += first.decode_ms;
  both.image_encode_ms += first.image_encode_ms;
  both.ttft_ms = first.ttft_ms;
  return both;
}

bool isUnderWay(AnswerState state) {
  return state == AnswerState::kWaiting || state == AnswerState::kStreaming;
}

QStringList idsOf(const std::vector<ChatPicturePtr>& pictures) {
  QStringList ids;
  for (const ChatPicturePtr& picture : pictures) ids += picture->id();
  return ids;
}

}  // namespace

MessageListModel::MessageListModel(std::shared_ptr<PictureStore> pictures, QObject* parent)
    : QAbstractListModel(parent), m_pictures(std::move(pictures)) {}

MessageListModel::~MessageListModel() = default;

int MessageListModel::rowCount(const QModelIndex& parent) const {
  return parent.isValid() ? 0 : count();
}

QVariant MessageListModel::data(const QModelIndex& index, int role) const {
  if (!checkIndex(index, CheckIndexOption::IndexIsValid)) return {};
  const auto row = static_cast<std::size_t>(index.row());
  const ChatMessage& message = m_tree.at(row);
  switch (role) {
    case KindRole:
      return int(message.kind);
    case Qt::DisplayRole:
    case TextRole:
      return message.text;
    case MarkupRole:
      return isUnderWay(message.state) || message.kind == MessageKind::kQuestion
                 ? QString()
                 : answerMarkup(message.text);
    case PicturesRole:
      return idsOf(message.pictures);
    case StateRole:
      return int(message.state);
    case TokensRole:
      return message.stats.answer_tokens;
    case RateRole:
      return message.stats.decode_tps();
    case FirstTokenMsRole:
      return message.stats.ttft_ms;
    case EncodeMsRole:
      return message.stats.image_encode_ms;
    case LoadMsRole:
      return message.loadMs;
    case PrefillMsRole:
      return message.stats.prefill_ms;
    case DecodeMsRole:
      return message.stats.decode_ms;
    case DroppedTurnsRole:
      return message.droppedTurns;
    case ErrorTitleRole:
      return message.error ? errorText(message.error->code, ErrorPlace::kAnswer).title : QString();
    case ErrorHintRole:
      return message.error ? errorText(message.error->code, ErrorPlace::kAnswer).hint : QString();
    case ErrorDetailRole:
      return message.error ? errorDetail(*message.error) : QString();
    case BranchRole:
      return m_tree.branchAt(row).index;
    case BranchesRole:
      return m_tree.branchAt(row).count;
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
          {LoadMsRole, "loadMs"},
          {PrefillMsRole, "prefillMs"},
          {DecodeMsRole, "decodeMs"},
          {DroppedTurnsRole, "droppedTurns"},
          {ErrorTitleRole, "errorTitle"},
          {ErrorHintRole, "errorHint"},
          {ErrorDetailRole, "errorDetail"},
          {BranchRole, "branch"},
          {BranchesRole, "branches"}};
}

void MessageListModel::show(std::vector<ChatMessage> messages, MessageId leaf) {
  beginResetModel();
  for (const ChatMessage& message : messages) {
    for (const ChatPicturePtr& picture : message.pictures) m_pictures->add(picture);
  }
  m_tree.load(std::move(messages), leaf);
  m_takenBack.clear();
  endResetModel();
  emit countChanged();
}

void MessageListModel::clear() { show({}, 0); }

ChatMessage MessageListModel::waitingAnswer() const {
  ChatMessage answer;
  answer.id = newChatOrMessageId();
  answer.kind = MessageKind::kAnswer;
  answer.state = AnswerState::kWaiting;
  return answer;
}

void MessageListModel::beginTurn(const QString& question, std::vector<ChatPicturePtr> pictures) {
  ChatMessage asked;
  asked.id = newChatOrMessageId();
  asked.text = question;
  asked.pictures = std::move(pictures);
  for (const ChatPicturePtr& picture : asked.pictures) m_pictures->add(picture);
  append({std::move(asked), waitingAnswer()});
}

void MessageListModel::append(std::vector<ChatMessage> messages) {
  beginInsertRows({}, count(), count() + static_cast<int>(messages.size()) - 1);
  for (ChatMessage& message : messages) message = m_tree.append(message);
  endInsertRows();
  m_takenBack.clear();
  m_textBefore = 0;
  m_statsBefore = {};
  emit countChanged();
  emit added(messages);
}

void MessageListModel::replaceFrom(std::size_t row, std::span<const MessageId> ids) {
  if (row < m_tree.size()) {
    beginRemoveRows({}, static_cast<int>(row), count() - 1);
    m_tree.cut(row);
    endRemoveRows();
  }
  if (!ids.empty()) {
    beginInsertRows({}, count(), count() + static_cast<int>(ids.size()) - 1);
    m_tree.extend(ids);
    endInsertRows();
  }
  emit countChanged();
}

void MessageListModel::answerAgain() {
  if (m_tree.size() < 2) return;
  replaceFrom(m_tree.size() - 1, {});
  append({waitingAnswer()});
}

void MessageListModel::continueAnswer() {
  if (m_tree.size() < 2) return;
  m_textBefore = answer().text.size();
  m_statsBefore = answer().stats;
  answer().state = AnswerState::kStreaming;
  answer().error.reset();
  changed(m_tree.size() - 1, {StateRole, MarkupRole});
}

ChatMessage MessageListModel::takeBack(int row) {
  const auto at = static_cast<std::size_t>(row);
  ChatMessage question = m_tree.at(at);
  m_takenBack.assign(m_tree.path().begin() + row, m_tree.path().end());
  replaceFrom(at, {});
  return question;
}

void MessageListModel::putBack() { replaceFrom(m_tree.size(), std::exchange(m_takenBack, {})); }

void MessageListModel::showBranch(int row, int branch) {
  const auto at = static_cast<std::size_t>(row);
  if (row < 0 || at >= m_tree.size() || branch < 0 || branch >= m_tree.branchAt(at).count) return;
  const std::vector<MessageId> path = m_tree.pathThrough(at, branch);
  replaceFrom(at, std::span(path).subspan(at));
  emit branchShown();
}

void MessageListModel::setModel(const QString& model) {
  if (m_tree.size() > 0) answer().model = model;
}

void MessageListModel::restartAnswer() {
  if (m_tree.size() == 0) return;
  answer().text.truncate(m_textBefore);
  answer().stats = m_statsBefore;
  answer().state = m_textBefore > 0 ? AnswerState::kStreaming : AnswerState::kWaiting;
  changed(m_tree.size() - 1, {});
  emit answerGrew();
}

void MessageListModel::appendText(const QString& delta, const GenerationStats& stats) {
  if (m_tree.size() == 0) return;
  answer().text += delta;
  answer().stats = sum(m_statsBefore, stats);
  QList<int> roles = {TextRole, TokensRole, RateRole, FirstTokenMsRole, EncodeMsRole};
  if (std::exchange(answer().state, AnswerState::kStreaming) != AnswerState::kStreaming)
    roles.append(StateRole);
  changed(m_tree.size() - 1, roles);
  emit answerGrew();
}

void MessageListModel::setLoadMs(double ms) {
  if (m_tree.size() == 0) return;
  answer().loadMs = ms;
  changed(m_tree.size() - 1, {LoadMsRole});
}

void MessageListModel::setDroppedTurns(int turns) {
  if (m_tree.size() == 0) return;
  answer().droppedTurns = turns;
  changed(m_tree.size() - 1, {DroppedTurnsRole});
}

void MessageListModel::finishAnswer(AnswerState state, const GenerationStats& stats) {
  if (m_tree.size() == 0) return;
  answer().state = state;
  answer().stats = sum(m_statsBefore, stats);
  changed(m_tree.size() - 1, {StateRole, MarkupRole, TokensRole, RateRole, FirstTokenMsRole,
                              EncodeMsRole, PrefillMsRole, DecodeMsRole});
  emit answerEnded();
}

void MessageListModel::failAnswer(const Error& error) {
  if (m_tree.size() == 0) return;
  answer().state = AnswerState::kFailed;
  answer().error = error;
  changed(m_tree.size() - 1,
          {StateRole, MarkupRole, ErrorTitleRole, ErrorHintRole, ErrorDetailRole});
  emit answerEnded();
}

AnswerState MessageListModel::answerState() const {
  return m_tree.size() == 0 ? AnswerState::kComplete : m_tree.at(m_tree.size() - 1).state;
}

MessageListModel::State MessageListModel::lastState() const { return State(int(answerState())); }

std::vector<ChatTurn> MessageListModel::turns() const {
  if (m_tree.size() < 2) return {};
  const ChatMessage& question = m_tree.at(m_tree.size() - 2);
  return turnsBefore(m_tree.size() - 2,
                     {question.text, question.pictures, m_tree.at(m_tree.size() - 1).text});
}

std::vector<ChatTurn> MessageListModel::turnsWith(ChatTurn next) const {
  return turnsBefore(m_tree.size(), std::move(next));
}

std::vector<ChatTurn> MessageListModel::turnsBefore(std::size_t end, ChatTurn last) const {
  std::vector<ChatTurn> turns;
  std::vector<ChatPicturePtr> carried;
  for (std::size_t i = 0; i < end; i += 2) {
    const ChatMessage& question = m_tree.at(i);
    const ChatMessage& answer = m_tree.at(i + 1);
    carried.insert(carried.end(), question.pictures.begin(), question.pictures.end());
    if (answer.text.isEmpty()) continue;
    turns.push_back({question.text, std::exchange(carried, {}), answer.text});
  }
  last.pictures.insert(last.pictures.begin(), carried.begin(), carried.end());
  turns.push_back(std::move(last));
  return turns;
}

void MessageListModel::retranslate() {
  if (m_tree.size() == 0) return;
  emit dataChanged(index(0), index(count() - 1), {ErrorTitleRole, ErrorHintRole});
}

void MessageListModel::changed(std::size_t row, const QList<int>& roles) {
  const QModelIndex at = index(static_cast<int>(row));
  emit dataChanged(at, at, roles);
}

}  // namespace galago::ui
