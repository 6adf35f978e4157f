// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// The conversation on show: questions and answers in turn, one branch of the chat's messages.
// Touched by the UI thread only. What is to be kept of it is told by signals.
#pragma once

#include <QtQml/qqmlregistration.h>
#include <QAbstractListModel>
#include <vector>

#include "history/message_tree.h"
#include "inference_worker.h"
#include "picture_store.h"

namespace galago::ui {

class MessageListModel : public QAbstractListModel {
  Q_OBJECT
  QML_ELEMENT
  QML_UNCREATABLE("made by ChatViewModel")
  Q_PROPERTY(int count READ count NOTIFY countChanged)

 public:
  /// MessageKind and AnswerState, for QML.
  enum Kind { Question = int(MessageKind::kQuestion), Answer = int(MessageKind::kAnswer) };
  Q_ENUM(Kind)

  enum State {
    Waiting = int(AnswerState::kWaiting),
    Streaming = int(AnswerState::kStreaming),
    Complete = int(AnswerState::kComplete),
    LengthLimit = int(AnswerState::kLengthLimit),
    ContextFull = int(AnswerState::kContextFull),
    Stopped = int(AnswerState::kStopped),
    Failed = int(AnswerState::kFailed),
  };
  Q_ENUM(State)

  enum Role {
    KindRole = Qt::UserRole + 1,
    TextRole,      ///< plain
    MarkupRole,    ///< Markdown, of a finished answer; else empty
    PicturesRole,  ///< ids for image://pictures
    StateRole,
    TokensRole,        ///< of the answer
    RateRole,          ///< decoded tokens per second; 0: not known
    FirstTokenMsRole,  ///< from the request to the first token; 0: none yet
    EncodeMsRole,      ///< of the pictures encoded for this answer; 0: none were
    LoadMsRole,        ///< of the model, loaded for this answer; 0: it was there
    PrefillMsRole,
    DecodeMsRole,
    DroppedTurnsRole,  ///< turns that no longer fitted the context
    ErrorTitleRole,
    ErrorHintRole,
    ErrorDetailRole,
    BranchRole,  ///< which of the question's wordings, or of the answers, it is; from 0
    BranchesRole,
  };

  explicit MessageListModel(std::shared_ptr<PictureStore> pictures, QObject* parent = nullptr);
  ~MessageListModel() override;

  MessageListModel(const MessageListModel&) = delete;
  MessageListModel& operator=(const MessageListModel&) = delete;

  int rowCount(const QModelIndex& parent = {}) const override;
  QVariant data(const QModelIndex& index, int role) const override;
  QHash<int, QByteArray> roleNames() const override;

  int count() const { return static_cast<int>(m_tree.size()); }

  const MessageTree& tree() const { return m_tree; }

  /// Another chat, of which the branch that ends with `leaf` is shown. Nothing of it is to be kept.
  void show(std::vector<ChatMessage> messages, MessageId leaf);
  void clear();

  /// A question with its pictures, and the answer that is waited for.
  void beginTurn(const QString& question, std::vector<ChatPicturePtr> pictures);
  /// Another answer in place of the last one, which is kept beside it.
  void answerAgain();
  /// The last answer goes on from what there is of it.
  void continueAnswer();
  /// Shows nothing from that question on, so that another one can take its place; nothing is lost.
  ChatMessage takeBack(int row);
  /// Shows again what takeBack took last.
  void putBack();
  /// Shows another wording of a question, or another answer, with what followed it.
  void showBranch(int row, int branch);

  /// Of the last answer, as are all below. One dataChanged each.
  void setModel(const QString& model);
  /// Void is what was heard since the answer was begun or continued.
  void restartAnswer();
  void appendText(const QString& delta, const GenerationStats& stats);
  void setLoadMs(double ms);
  void setDroppedTurns(int turns);
  void finishAnswer(AnswerState state, const GenerationStats& stats);
  void failAnswer(const Error& error);
  AnswerState answerState() const;
  Q_INVOKABLE galago::ui::MessageListModel::State lastState() const;

  /// All turns as the engine takes them. A turn that got no answer (stopped at once, failed) is
  /// left out, except that its pictures go to the next question.
  std::vector<ChatTurn> turns() const;
  /// The same, and `next` after all there are.
  std::vector<ChatTurn> turnsWith(ChatTurn next) const;

  /// After a change of language.
  void retranslate();

 signals:
  void countChanged();
  /// These follow what there was.
  void added(const std::vector<galago::ui::ChatMessage>& messages);
  /// The last answer has more text.
  void answerGrew();
  void answerEnded();
  /// tree().leaf() is another.
  void branchShown();

 private:
  ChatMessage& answer() { return m_tree.at(m_tree.size() - 1); }

  void changed(std::size_t row, const QList<int>& roles);
  void append(std::vector<ChatMessage> messages);
  /// Ends what is on show before that row, then shows these.
  void replaceFrom(std::size_t row, std::span<const MessageId> ids);
  ChatMessage waitingAnswer() const;
  /// The answered turns of the messages before `end`, and `last`.
  std::vector<ChatTurn> turnsBefore(std::size_t end, ChatTurn last) const;

  std::shared_ptr<PictureStore> m_pictures;
  MessageTree m_tree;
  std::vector<MessageId> m_takenBack;
  // Of the last answer when it was begun or continued:
  qsizetype m_textBefore = 0;
  GenerationStats m_statsBefore;
};

}  // namespace galago::ui
