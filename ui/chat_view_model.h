// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// One chat: its messages, the pictures of the next question, and what the engine is doing about it,
// in numbers that the window formats. UI thread; the work is the worker's.
#pragma once

#include <QtQml/qqmlregistration.h>
#include <QObject>
#include <QUrl>
#include <memory>
#include <optional>
#include <stop_token>

#include "attachment_list_model.h"
#include "inference_worker.h"
#include "message_list_model.h"
#include "model_view_model.h"
#include "preparation.h"
#include "progress_estimate.h"
#include "question_meter.h"
#include "settings_store.h"

namespace galago::ui {

class ChatViewModel : public QObject {
  Q_OBJECT
  QML_ELEMENT
  QML_UNCREATABLE("made by the application")
  Q_PROPERTY(galago::ui::MessageListModel* messages READ messages CONSTANT)
  Q_PROPERTY(galago::ui::AttachmentListModel* attachments READ attachments CONSTANT)
  /// Of the chat: as a person named it, else its first question; empty: none yet.
  Q_PROPERTY(QString title READ title NOTIFY titleChanged)
  Q_PROPERTY(Phase phase READ phase NOTIFY phaseChanged)
  /// A question is being answered or waits to be.
  Q_PROPERTY(bool busy READ isBusy NOTIFY phaseChanged)
  /// Of the phase, 0 to 1; -1: it has none.
  Q_PROPERTY(double progress READ progress NOTIFY progressChanged)
  /// Of the phase; -1: not known.
  Q_PROPERTY(double secondsLeft READ secondsLeft NOTIFY progressChanged)
  /// Of the answer being given, else of the last one. 0: not known.
  Q_PROPERTY(double encodeMs READ encodeMs NOTIFY statsChanged)
  Q_PROPERTY(double firstTokenMs READ firstTokenMs NOTIFY statsChanged)
  Q_PROPERTY(double decodeRate READ decodeRate NOTIFY statsChanged)
  Q_PROPERTY(double decodeMs READ decodeMs NOTIFY statsChanged)
  Q_PROPERTY(double prefillRate READ prefillRate NOTIFY statsChanged)
  Q_PROPERTY(double prefillMs READ prefillMs NOTIFY statsChanged)
  Q_PROPERTY(int prefillTokens READ prefillTokens NOTIFY statsChanged)
  Q_PROPERTY(int reusedTokens READ reusedTokens NOTIFY statsChanged)
  Q_PROPERTY(int answerTokens READ answerTokens NOTIFY statsChanged)
  Q_PROPERTY(int imageTokens READ imageTokens NOTIFY statsChanged)
  Q_PROPERTY(int contextUsed READ contextUsed NOTIFY statsChanged)
  Q_PROPERTY(int contextSize READ contextSize NOTIFY statsChanged)
  /// The question as far as it is written: what it needs is computed meanwhile.
  Q_PROPERTY(QString draft READ draft WRITE setDraft NOTIFY draftChanged)
  /// A question that was asked before is in the prompt, to be asked in other words.
  Q_PROPERTY(bool editing READ isEditing NOTIFY editingChanged)
  /// Of the question being written, in tokens: what it adds, what is left for it, and what its
  /// prompt takes at least. 0: not known.
  Q_PROPERTY(int questionTokens READ questionTokens NOTIFY questionSizeChanged)
  Q_PROPERTY(int questionLeft READ questionLeft NOTIFY questionSizeChanged)
  Q_PROPERTY(int questionLeast READ questionLeast NOTIFY questionSizeChanged)
  /// False: it is too long for the context, and cannot be sent.
  Q_PROPERTY(bool questionFits READ questionFits NOTIFY questionSizeChanged)
  /// The latest picture of the chat: of the question being written, else of one that was asked.
  Q_PROPERTY(QString currentPicture READ currentPicture NOTIFY currentPictureChanged)

 public:
  enum Phase {
    NoModel,
    LoadingModel,
    ModelBroken,
    Idle,
    Waiting,   ///< for a model, or for a picture that is being read
    Starting,  ///< the engine has the question
    Encoding,  ///< the picture
    Reading,   ///< the prompt
    Answering,
    Stopping,
  };
  Q_ENUM(Phase)

  /// All must outlive it.
  ChatViewModel(InferenceWorker& worker, EventMailbox& mailbox, ModelViewModel& model,
                const SettingsStore& settings, std::shared_ptr<PictureStore> pictures,
                QObject* parent = nullptr);
  ~ChatViewModel() override;

  ChatViewModel(const ChatViewModel&) = delete;
  ChatViewModel& operator=(const ChatViewModel&) = delete;

  MessageListModel* messages() { return &m_messages; }

  AttachmentListModel* attachments() { return &m_attachments; }

  /// 0: nothing was asked yet.
  ChatId id() const { return m_id; }

  QString title() const;
  /// Empty: by its first question.
  void setName(const QString& name);
  /// Shows a chat that was kept, in place of the one on show.
  void show(ChatContent chat);
  /// The chat on show, with all its branches.
  ChatContent content() const;

  bool isEditing() const { return m_isEditing; }

  Phase phase() const;

  bool isBusy() const { return m_activity != Activity::kNone; }

  double progress() const;
  double secondsLeft() const;

  /// Pictures encoded while the question was written count as well.
  double encodeMs() const { return m_stats.image_encode_ms; }

  double firstTokenMs() const { return m_stats.ttft_ms; }

  double decodeRate() const { return m_stats.decode_tps(); }

  double decodeMs() const { return m_stats.decode_ms; }

  double prefillRate() const { return m_stats.prefill_tps(); }

  double prefillMs() const { return m_stats.prefill_ms; }

  int prefillTokens() const { return m_stats.prefill_tokens; }

  int reusedTokens() const { return m_stats.reused_tokens; }

  int answerTokens() const { return m_stats.answer_tokens; }

  int imageTokens() const { return m_stats.image_tokens; }

  int contextUsed() const { return m_stats.context_used; }

  int contextSize() const;
  QString currentPicture() const;

  int questionTokens() const { return m_meter.size() ? m_meter.size()->tokens : 0; }

  int questionLeft() const { return m_meter.size() ? m_meter.size()->left : 0; }

  int questionLeast() const { return m_meter.size() ? m_meter.size()->least : 0; }

  bool questionFits() const { return m_meter.fits(); }

  QString draft() const { return m_draft; }

  void setDraft(const QString& draft);

  /// Asks. False, with nothing done, if there is no text, an answer is under way, a picture cannot
  /// be read, or the draft, which it is, does not fit the context. Without a model it waits for
  /// one.
  Q_INVOKABLE bool send(const QString& question);
  /// A picture and a question about it, with one touch. False, with nothing done, if an answer is
  /// under way or pictures of another question are waiting.
  Q_INVOKABLE bool askAbout(const QUrl& picture, const QString& question);
  /// Ends the answer being given; what there is of it stays.
  Q_INVOKABLE void stop();
  Q_INVOKABLE void newChat();
  /// Gives the last answer anew; the former one stays beside it.
  Q_INVOKABLE void regenerate();
  /// Goes on with the last answer, which was stopped or reached its length.
  Q_INVOKABLE void continueAnswer();
  /// Takes a question back into the prompt (draftReturned), with its pictures. What follows it is
  /// shown no more: it stays with the former wording once another is asked.
  Q_INVOKABLE void editQuestion(int row);
  Q_INVOKABLE void cancelEdit();
  /// Another wording or answer, with what followed it.
  Q_INVOKABLE void showBranch(int row, int branch);
  Q_INVOKABLE void copyAnswer(int row) const;

  /// Pictures of a file dialog.
  Q_INVOKABLE void attachUrls(const QList<QUrl>& urls);
  Q_INVOKABLE void attachUrl(const QUrl& url);
  /// The clipboard's pictures. False if it holds none: the prompt then pastes text.
  Q_INVOKABLE bool pastePictures();
  /// False if there is none.
  bool attach(const PictureSources& sources);

  /// Asks the worker to stop, without waiting; for the end of the program.
  void requestStop();
  void retranslate();

 signals:
  void titleChanged();
  void phaseChanged();
  void progressChanged();
  void statsChanged();
  void draftChanged();
  void editingChanged();
  /// Another chat is on show, or a new one.
  void switched();
  void questionSizeChanged();
  void currentPictureChanged();
  /// Text that goes back into the prompt.
  void draftReturned(const QString& text);

 private:
  enum class Activity { kNone, kPicture, kModel, kStarting, kEncode, kPrefill, kDecode, kStopping };

  void setActivity(Activity activity);
  AnswerRequest requestFor(std::vector<ChatTurn> turns) const;
  /// The question being written after all there are, once its pictures are read.
  std::optional<AnswerRequest> written() const;
  /// What can be computed of the question being written.
  std::optional<AnswerRequest> preparable() const;
  /// Not while a question is being answered.
  void prepare(bool isTyping);
  void beginTurn(const QString& question);
  /// The last answer is waited for.
  void expectAnswer();
  void dispatch();
  /// Lets go of what is under way and of what is being written.
  void leave();
  void setEditing(bool editing);
  /// Lets go of the question that is edited; its former wording is not shown again.
  void dropEdit();
  void onPictureSettled();
  void onModelReplaced();
  void endAnswer(AnswerState state);
  void setStats(const GenerationStats& stats);
  void handle(const WorkerEvent& event);
  void onStage(Stage stage);
  void onStagePrepared(Stage stage);
  void onFinished(const Finished& finished);

  InferenceWorker& m_worker;
  EventMailbox& m_mailbox;
  ModelViewModel& m_model;
  const SettingsStore& m_settings;
  MessageListModel m_messages;
  AttachmentListModel m_attachments;

  ChatId m_id = 0;
  QString m_name;
  bool m_isEditing = false;
  Activity m_activity = Activity::kNone;
  QString m_pendingQuestion;  // while pictures are being read
  QString m_draft;
  ProgressEstimate m_progress;
  GenerationStats m_stats;
  Preparation m_preparation;
  QuestionMeter m_meter;
  bool m_hasPreparedPictures = false;  // of the question that was asked
  bool m_isFirstOfModel = false;       // the next answer is the first since it was loaded
  RequestId m_request = 0;
  std::stop_source m_stop;
};

}  // namespace galago::ui
