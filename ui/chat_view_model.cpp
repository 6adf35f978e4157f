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

MessageListModel::State stateFor(StopReason reason) {
  switch (reason) {
    case StopReason::kMaxTokens:
      return MessageListModel::LengthLimit;
    case StopReason::kContextFull:
      return MessageListModel::ContextFull;
    case StopReason::kCancelled:
      return MessageListModel::Stopped;
    case StopReason::kEndOfText:
    case StopReason::kStopText:
      break;
  }
  return MessageListModel::Complete;
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
      m_preparation(worker, mailbox, [this] { return preparable(); }) {
  connect(&m_model, &ModelViewModel::replaced, this, &ChatViewModel::onModelReplaced);
  connect(&m_model, &ModelViewModel::ready, this, &ChatViewModel::dispatch);
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
  return m_messages.index(0).data(MessageListModel::TextRole).toString().simplified();
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
  m_messages.beginTurn(question, m_attachments.take());
  setActivity(Activity::kModel);
  m_preparation.finish();
  dispatch();
}

AnswerRequest ChatViewModel::requestFor(std::vector<Turn> turns) const {
  AnswerRequest request;
  request.conversation.turns = std::move(turns);
  request.conversation.system = m_settings.systemPrompt().toStdString();
  request.conversation.has_system = !m_settings.systemPrompt().isEmpty();
  request.params.max_tokens = m_settings.maxTokens();
  return request;
}

std::optional<AnswerRequest> ChatViewModel::preparable() const {
  if (isBusy() || m_model.state() != ModelViewModel::Ready) return {};
  std::vector<PicturePtr> pictures = m_attachments.pictures();
  const bool isReading = static_cast<int>(pictures.size()) < m_attachments.count();
  const QString question = m_draft.trimmed();
  if (isReading || (pictures.empty() && question.isEmpty())) return {};
  if (!pictures.empty() && !m_model.hasVision()) return {};
  return requestFor(m_messages.turnsWith({question.toStdString(), std::move(pictures), {}}));
}

void ChatViewModel::prepare(bool isTyping) {
  if (!isBusy()) m_preparation.update(isTyping);
}

void ChatViewModel::dispatch() {
  if (m_activity != Activity::kModel || m_model.state() != ModelViewModel::Ready) return;
  AnswerRequest request = requestFor(m_messages.turns());
  request.params.sampling.temperature = static_cast<float>(m_settings.temperature());
  request.params.sampling.top_p = static_cast<float>(m_settings.topP());
  request.params.sampling.seed =
      m_settings.fixedSeed() ? 0 : QRandomGenerator::system()->generate64();

  // Of the last answer only what the context holds stays true.
  GenerationStats stats;
  stats.context_used = m_stats.context_used;
  stats.context_size = m_model.contextSize();
  setStats(stats);
  m_stop = std::stop_source();
  m_mailbox.forget(m_request);
  m_request = m_mailbox.expect([this](const WorkerEvent& event) { handle(event); });
  request.id = m_request;
  request.stop = m_stop.get_token();
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
      endAnswer(MessageListModel::Stopped);
      return;
    default:
      requestStop();
      setActivity(Activity::kStopping);
  }
}

void ChatViewModel::newChat() {
  requestStop();
  m_mailbox.forget(m_request);
  m_pendingQuestion.clear();
  m_messages.clear();
  m_attachments.clear();
  m_hasPreparedPictures = false;
  setStats({});
  setActivity(Activity::kNone);
}

void ChatViewModel::regenerate() {
  if (isBusy() || m_messages.count() == 0) return;
  m_preparation.cancel();
  m_hasPreparedPictures = false;
  m_messages.restartAnswer();
  setActivity(Activity::kModel);
  dispatch();
}

void ChatViewModel::editLast() {
  if (isBusy() || m_messages.count() == 0) return;
  const auto [question, pictures] = m_messages.takeLastTurn();
  m_attachments.clear();
  m_attachments.add(pictures);
  emit draftReturned(question);
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
  if (isUnderWay) endAnswer(MessageListModel::Stopped);
  m_hasPreparedPictures = false;
  setStats({});
}

void ChatViewModel::endAnswer(MessageListModel::State state) {
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
