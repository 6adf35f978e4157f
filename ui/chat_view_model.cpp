// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// See chat_view_model.h.
#include "chat_view_model.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QRandomGenerator>
#include <utility>

namespace galago::ui {
namespace {

AnswerState stateFor(StopReason reason) {
  switch (reason) {
    case StopReason::kMaxTokens:
      return AnswerState::kLengthLimit;
    case StopReason::kContextFull:
      return AnswerState::kContextFull;
    case StopReason::kCancelled:
      return AnswerState::kStopped;
    case StopReason::kEndOfText:
    case StopReason::kStopText:
      break;
  }
  return AnswerState::kComplete;
}

}  // namespace

ChatViewModel::ChatViewModel(InferenceWorker& worker, EventMailbox& mailbox, ModelViewModel& model,
                             const SettingsStore& settings, std::shared_ptr<PictureStore> pictures,
                             QObject* parent)
    : QObject(parent),
      m_worker(worker),
      m_mailbox(mailbox),
      m_model(model),
      m_settings(settings),
      m_messages(pictures),
      m_attachments(std::move(pictures)),
      m_preparation(worker, mailbox, [this] { return preparable(); }),
      m_meter([this]() -> std::optional<QuestionMeter::Question> {
        std::optional<AnswerRequest> request = written();
        if (!request) return {};
        return QuestionMeter::Question{m_model.engine(), *std::move(request)};
      }) {
  connect(&m_meter, &QuestionMeter::changed, this, &ChatViewModel::questionSizeChanged);
  connect(&m_model, &ModelViewModel::replaced, this, &ChatViewModel::onModelReplaced);
  connect(&m_model, &ModelViewModel::ready, this, [this] {
    m_isFirstOfModel = true;
    dispatch();
  });
  connect(&m_model, &ModelViewModel::changed, this, &ChatViewModel::phaseChanged);
  connect(&m_model, &ModelViewModel::changed, this, &ChatViewModel::statsChanged);
  connect(&m_model, &ModelViewModel::progressChanged, this, &ChatViewModel::progressChanged);
  connect(&m_attachments, &AttachmentListModel::settled, this, &ChatViewModel::onPictureSettled);
  connect(&m_attachments, &AttachmentListModel::countChanged, this,
          &ChatViewModel::currentPictureChanged);
  connect(&m_messages, &MessageListModel::countChanged, this,
          &ChatViewModel::currentPictureChanged);
  connect(&m_messages, &MessageListModel::countChanged, this, &ChatViewModel::titleChanged);
  connect(&m_preparation, &Preparation::stageStarted, this, &ChatViewModel::onStagePrepared);
  connect(&m_preparation, &Preparation::stageProgressed, this, [this](double fraction) {
    m_progress.update(fraction);
    emit progressChanged();
  });
  connect(&m_preparation, &Preparation::changed, this, &ChatViewModel::phaseChanged);
  const auto prepareNow = [this] { prepare(false); };
  connect(&m_model, &ModelViewModel::ready, this, prepareNow);
  connect(&m_attachments, &AttachmentListModel::countChanged, this, prepareNow);
}

ChatViewModel::~ChatViewModel() { requestStop(); }

QString ChatViewModel::title() const {
  if (!m_name.isEmpty()) return m_name;
  const ChatMessage* first = m_messages.tree().first();
  return first == nullptr ? QString() : first->text.simplified();
}

void ChatViewModel::setName(const QString& name) {
  if (name == m_name) return;
  m_name = name;
  emit titleChanged();
}

void ChatViewModel::show(ChatContent chat) {
  leave();
  m_id = chat.id;
  m_name = chat.title;
  m_messages.show(std::move(chat.messages), chat.leaf);
  emit titleChanged();
  emit switched();
}

ChatContent ChatViewModel::content() const {
  const MessageTree& tree = m_messages.tree();
  return {m_id, m_name, tree.leaf(), {}, tree.messages()};
}

ChatViewModel::Phase ChatViewModel::phase() const {
  switch (m_activity) {
    case Activity::kPicture:
      return Waiting;
    case Activity::kStarting:
      return Starting;
    case Activity::kEncode:
      return Encoding;
    case Activity::kPrefill:
      return Reading;
    case Activity::kDecode:
      return Answering;
    case Activity::kStopping:
      return Stopping;
    case Activity::kModel:
    case Activity::kNone:
      break;
  }
  switch (m_model.state()) {
    case ModelViewModel::None:
      return NoModel;
    case ModelViewModel::Loading:
      return LoadingModel;
    case ModelViewModel::Broken:
      return ModelBroken;
    case ModelViewModel::Ready:
      break;
  }
  if (m_activity == Activity::kModel) return Waiting;
  return m_preparation.isEncoding() ? Encoding : Idle;
}

double ChatViewModel::progress() const {
  switch (phase()) {
    case LoadingModel:
      return m_model.progress();
    case Encoding:
    case Reading:
      return m_progress.fraction();
    default:
      return -1;
  }
}

double ChatViewModel::secondsLeft() const {
  switch (phase()) {
    case LoadingModel:
      return m_model.secondsLeft();
    case Encoding:
    case Reading:
      return m_progress.secondsLeft();
    default:
      return -1;
  }
}

int ChatViewModel::contextSize() const {
  return m_stats.context_size > 0 ? m_stats.context_size : m_model.contextSize();
}

QString ChatViewModel::currentPicture() const {
  for (int row = m_attachments.count() - 1; row >= 0; --row) {
    const auto id = m_attachments.index(row).data(AttachmentListModel::PictureIdRole).toString();
    if (!id.isEmpty()) return id;
  }
  for (int row = m_messages.count() - 1; row >= 0; --row) {
    const auto ids = m_messages.index(row).data(MessageListModel::PicturesRole).toStringList();
    if (!ids.isEmpty()) return ids.last();
  }
  return {};
}

void ChatViewModel::setDraft(const QString& draft) {
  if (draft == m_draft) return;
  m_draft = draft;
  prepare(true);
  emit draftChanged();
}

bool ChatViewModel::send(const QString& question) {
  const QString text = question.trimmed();
  if (text.isEmpty() || isBusy()) return false;
  if (!questionFits() && text == m_draft.trimmed()) return false;
  if (m_attachments.loadingCount() > 0) {
    m_pendingQuestion = text;
    setActivity(Activity::kPicture);
    return true;
  }
  if (m_attachments.readyCount() < m_attachments.count()) return false;
  beginTurn(text);
  return true;
}

bool ChatViewModel::askAbout(const QUrl& picture, const QString& question) {
  if (isBusy() || m_attachments.count() > 0) return false;
  attachUrl(picture);
  return send(question);
}

void ChatViewModel::onPictureSettled() {
  if (m_activity != Activity::kPicture || m_attachments.loadingCount() > 0) return;
  const QString question = std::exchange(m_pendingQuestion, {});
  if (m_attachments.readyCount() == m_attachments.count()) {
    beginTurn(question);
  } else {
    // The question was about a picture that cannot be read: the person decides what to do.
    setActivity(Activity::kNone);
    emit draftReturned(question);
  }
}

void ChatViewModel::beginTurn(const QString& question) {
  m_hasPreparedPictures = m_attachments.count() > 0;
  if (m_id == 0) m_id = newChatOrMessageId();
  setEditing(false);
  m_messages.beginTurn(question, m_attachments.take());
  m_preparation.finish();
  expectAnswer();
}

void ChatViewModel::expectAnswer() {
  // Of the last answer only what the context holds stays true.
  GenerationStats stats;
  stats.context_used = m_stats.context_used;
  stats.context_size = m_stats.context_size;
  setStats(stats);
  setActivity(Activity::kModel);
  dispatch();
}

AnswerRequest ChatViewModel::requestFor(std::vector<ChatTurn> turns) const {
  AnswerRequest request;
  request.turns = std::move(turns);
  request.system = m_settings.systemPrompt();
  request.params.max_tokens = m_settings.maxTokens();
  return request;
}

std::optional<AnswerRequest> ChatViewModel::written() const {
  if (isBusy() || m_model.state() != ModelViewModel::Ready) return {};
  std::vector<ChatPicturePtr> pictures = m_attachments.pictures();
  const bool isReading = static_cast<int>(pictures.size()) < m_attachments.count();
  const QString question = m_draft.trimmed();
  if (isReading || (pictures.empty() && question.isEmpty())) return {};
  if (!pictures.empty() && !m_model.hasVision()) return {};
  return requestFor(m_messages.turnsWith({question, std::move(pictures), {}}));
}

std::optional<AnswerRequest> ChatViewModel::preparable() const {
  return questionFits() ? written() : std::nullopt;
}

void ChatViewModel::prepare(bool isTyping) {
  m_meter.update();
  if (!isBusy()) m_preparation.update(isTyping);
}

void ChatViewModel::dispatch() {
  if (m_activity != Activity::kModel || m_model.state() != ModelViewModel::Ready) return;
  AnswerRequest request = requestFor(m_messages.turns());
  request.params.sampling.temperature = static_cast<float>(m_settings.temperature());
  request.params.sampling.top_p = static_cast<float>(m_settings.topP());
  request.params.sampling.seed =
      m_settings.fixedSeed() ? 0 : QRandomGenerator::system()->generate64();

  m_messages.setModel(m_model.name());
  m_stats.context_size = m_model.contextSize();
  emit statsChanged();
  m_stop = std::stop_source();
  m_mailbox.forget(m_request);
  m_request = m_mailbox.expect([this](const WorkerEvent& event) { handle(event); });
  request.id = m_request;
  request.stop = m_stop.get_token();
  if (std::exchange(m_isFirstOfModel, false)) m_messages.setLoadMs(m_model.loadMs());
  setActivity(Activity::kStarting);
  m_worker.requestAnswer(std::move(request));
}

void ChatViewModel::stop() {
  switch (m_activity) {
    case Activity::kNone:
    case Activity::kStopping:
      return;
    case Activity::kPicture:
      setActivity(Activity::kNone);
      emit draftReturned(std::exchange(m_pendingQuestion, {}));
      return;
    case Activity::kModel:
      endAnswer(AnswerState::kStopped);
      return;
    default:
      requestStop();
      setActivity(Activity::kStopping);
  }
}

void ChatViewModel::newChat() {
  leave();
  m_id = 0;
  m_name.clear();
  m_messages.clear();
  emit switched();
}

void ChatViewModel::leave() {
  requestStop();
  m_mailbox.forget(m_request);
  const bool isAnswering = isBusy() && m_activity != Activity::kPicture;
  if (isAnswering) endAnswer(AnswerState::kStopped);
  m_pendingQuestion.clear();
  m_attachments.clear();
  m_hasPreparedPictures = false;
  dropEdit();
  setStats({});
  setActivity(Activity::kNone);
}

void ChatViewModel::regenerate() {
  if (isBusy() || m_messages.count() == 0) return;
  dropEdit();
  m_preparation.cancel();
  m_hasPreparedPictures = false;
  m_messages.answerAgain();
  expectAnswer();
}

void ChatViewModel::continueAnswer() {
  const AnswerState state = m_messages.answerState();
  if (isBusy() || (state != AnswerState::kStopped && state != AnswerState::kLengthLimit)) return;
  dropEdit();
  m_preparation.cancel();
  m_hasPreparedPictures = false;
  m_messages.continueAnswer();
  expectAnswer();
}

void ChatViewModel::editQuestion(int row) {
  if (isBusy() || row < 0 || row >= m_messages.count()) return;
  if (m_isEditing) m_messages.putBack();
  const ChatMessage question = m_messages.takeBack(row);
  m_attachments.clear();
  m_attachments.add(question.pictures);
  setEditing(true);
  emit draftReturned(question.text);
}

void ChatViewModel::cancelEdit() {
  if (!m_isEditing || isBusy()) return;
  m_messages.putBack();
  dropEdit();
}

void ChatViewModel::dropEdit() {
  if (!m_isEditing) return;
  m_attachments.clear();
  setEditing(false);
  emit draftReturned({});
}

void ChatViewModel::setEditing(bool editing) {
  if (m_isEditing == editing) return;
  m_isEditing = editing;
  emit editingChanged();
}

void ChatViewModel::showBranch(int row, int branch) {
  if (isBusy()) return;
  dropEdit();
  m_messages.showBranch(row, branch);
}

void ChatViewModel::copyAnswer(int row) const {
  QGuiApplication::clipboard()->setText(
      m_messages.index(row).data(MessageListModel::TextRole).toString());
}

void ChatViewModel::attachUrls(const QList<QUrl>& urls) {
  PictureSources sources;
  sources.urls = urls;
  attach(sources);
}

void ChatViewModel::attachUrl(const QUrl& url) { attachUrls({url}); }

bool ChatViewModel::pastePictures() {
  const QMimeData* data = QGuiApplication::clipboard()->mimeData();
  if (data == nullptr || !mayHoldPictures(*data)) return false;
  const PictureSources sources = pictureSources(*data);
  // Word processors and tables offer a picture of copied text: there the text is meant.
  const bool isFile = !sources.urls.isEmpty() && sources.urls.first().isLocalFile();
  if (!isFile && data->hasText() && !data->text().isEmpty()) return false;
  return attach(sources);
}

bool ChatViewModel::attach(const PictureSources& sources) { return m_attachments.add(sources); }

void ChatViewModel::requestStop() {
  m_stop.request_stop();
  m_preparation.cancel();
}

void ChatViewModel::retranslate() {
  m_messages.retranslate();
  m_attachments.retranslate();
}

void ChatViewModel::onModelReplaced() {
  requestStop();
  m_mailbox.forget(m_request);
  const bool isUnderWay = m_activity != Activity::kNone && m_activity != Activity::kPicture &&
                          m_activity != Activity::kModel;
  if (isUnderWay) endAnswer(AnswerState::kStopped);
  m_hasPreparedPictures = false;
  setStats({});
}

void ChatViewModel::endAnswer(AnswerState state) {
  m_messages.finishAnswer(state, m_stats);
  setActivity(Activity::kNone);
}

void ChatViewModel::setActivity(Activity activity) {
  if (m_activity == activity) return;
  m_activity = activity;
  prepare(false);
  emit phaseChanged();
  emit progressChanged();
}

void ChatViewModel::setStats(const GenerationStats& stats) {
  m_stats = stats;
  if (m_stats.image_encode_ms == 0 && m_hasPreparedPictures)
    m_stats.image_encode_ms = m_preparation.encodeMs();
  emit statsChanged();
}

void ChatViewModel::handle(const WorkerEvent& event) {
  if (const auto* started = std::get_if<StageStarted>(&event)) {
    onStage(started->stage);
  } else if (const auto* progress = std::get_if<StageProgress>(&event)) {
    m_progress.update(progress->fraction);
    emit progressChanged();
  } else if (const auto* delta = std::get_if<TextDelta>(&event)) {
    m_messages.appendText(QString::fromStdString(delta->text), delta->stats);
    setStats(delta->stats);
  } else if (const auto* dropped = std::get_if<TurnsDropped>(&event)) {
    m_messages.setDroppedTurns(dropped->turns);
  } else if (std::holds_alternative<DeviceChanged>(event)) {
    m_messages.restartAnswer();
  } else if (const auto* finished = std::get_if<Finished>(&event)) {
    onFinished(*finished);
  } else if (const auto* failed = std::get_if<AnswerFailed>(&event)) {
    m_mailbox.forget(m_request);
    m_messages.failAnswer(failed->error);
    setActivity(Activity::kNone);
  }
}

void ChatViewModel::onStage(Stage stage) {
  m_progress.start();
  if (m_activity == Activity::kStopping) return;  // stays so until the engine has stopped
  switch (stage) {
    case Stage::kEncode:
      setActivity(Activity::kEncode);
      break;
    case Stage::kPrefill:
      setActivity(Activity::kPrefill);
      break;
    case Stage::kDecode:
      setActivity(Activity::kDecode);
      break;
    case Stage::kLoad:
      break;
  }
}

// Shown as the answer's own stages once the question is asked: they are what it waits for.
void ChatViewModel::onStagePrepared(Stage stage) {
  if (isBusy()) {
    onStage(stage);
  } else {
    m_progress.start();
  }
}

void ChatViewModel::onFinished(const Finished& finished) {
  m_mailbox.forget(m_request);
  setStats(finished.stats);
  endAnswer(stateFor(finished.reason));
}

}  // namespace galago::ui
