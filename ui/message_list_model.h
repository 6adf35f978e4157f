// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// The conversation on show: questions and answers in turn. Touched by the UI thread only.
#pragma once

#include <QtQml/qqmlregistration.h>
#include <QAbstractListModel>
#include <QStringList>
#include <optional>
#include <vector>

#include "engine/generation.h"
#include "picture_store.h"

namespace galago::ui {

class MessageListModel : public QAbstractListModel {
  Q_OBJECT
  QML_ELEMENT
  QML_UNCREATABLE("made by ChatViewModel")
  Q_PROPERTY(int count READ count NOTIFY countChanged)

 public:
  enum Kind { Question, Answer };
  Q_ENUM(Kind)

  /// Of an answer.
  enum State {
    Waiting,    ///< for the model, for a picture, or for the first token
    Streaming,  ///< text arrives
    Complete,
    LengthLimit,  ///< ended by the longest answer that the settings allow
    ContextFull,  ///< ended by the end of the context
    Stopped,      ///< by the person
    Failed,
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
    DroppedTurnsRole,  ///< turns that no longer fitted the context
    ErrorTitleRole,
    ErrorHintRole,
    ErrorDetailRole,
  };

  explicit MessageListModel(std::shared_ptr<PictureStore> pictures, QObject* parent = nullptr);
  ~MessageListModel() override;

  MessageListModel(const MessageListModel&) = delete;
  MessageListModel& operator=(const MessageListModel&) = delete;

  int rowCount(const QModelIndex& parent = {}) const override;
  QVariant data(const QModelIndex& index, int role) const override;
  QHash<int, QByteArray> roleNames() const override;

  int count() const { return static_cast<int>(m_messages.size()); }

  /// A question with its pictures, and the answer that is waited for.
  void beginTurn(const QString& question, const std::vector<PicturePtr>& pictures);
  /// Empties the last answer, to be given anew.
  void restartAnswer();
  /// Takes the last question and its answer out; the question's text and pictures are returned.
  std::pair<QString, std::vector<PicturePtr>> takeLastTurn();
  void clear();

  /// Of the last answer, as are all below. One dataChanged each.
  void appendText(const QString& delta, const GenerationStats& stats);
  void setDroppedTurns(int turns);
  void finishAnswer(State state, const GenerationStats& stats);
  void failAnswer(const Error& error);
  State answerState() const;

  /// All turns as the engine takes them; the last one's answer is empty. A turn that got no answer
  /// (stopped at once, failed) is left out, except that its pictures go to the next question.
  std::vector<Turn> turns() const;
  /// The same, and `next` after all there are.
  std::vector<Turn> turnsWith(Turn next) const;

  /// After a change of language.
  void retranslate();

 signals:
  void countChanged();

 private:
  struct Message {
    Kind kind = Question;
    QString text;
    QStringList pictureIds;
    State state = Complete;
    GenerationStats stats;
    int droppedTurns = 0;
    std::optional<Error> error;
  };

  void changed(std::size_t row, const QList<int>& roles);
  void forgetPictures(const Message& message);
  std::vector<PicturePtr> picturesOf(const Message& message) const;
  /// The answered turns of the messages before `end`, and `last`.
  std::vector<Turn> turnsBefore(std::size_t end, Turn last) const;

  std::shared_ptr<PictureStore> m_pictures;
  std::vector<Message> m_messages;
};

}  // namespace galago::ui
