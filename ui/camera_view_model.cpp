// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// See camera_view_model.h.
#include "camera_view_model.h"

#include <algorithm>
#include <utility>

#include "error_text.h"

namespace galago::ui {
namespace {

/// Said between two frames: longer ones would be about what is no longer there.
constexpr int kLiveTokens = 64;

}  // namespace

CameraViewModel::CameraViewModel(InferenceWorker& worker, EventMailbox& mailbox,
                                 ModelViewModel& model, ChatViewModel& chat,
                                 VideoSourceFactory factory, QObject* parent)
    : QObject(parent),
      m_worker(worker),
      m_mailbox(mailbox),
      m_model(model),
      m_chat(chat),
      m_factory(std::move(factory)) {
  connect(&m_model, &ModelViewModel::replaced, this, &CameraViewModel::stopLive);
}

CameraViewModel::~CameraViewModel() {
  m_stop.request_stop();
  m_mailbox.forget(m_request);
}

QStringList CameraViewModel::cameras() const {
  QStringList names;
  for (const VideoSource::Camera& camera : m_cameras) names.append(camera.name);
  return names;
}

int CameraViewModel::current() const {
  const auto found = std::find_if(m_cameras.begin(), m_cameras.end(),
                                  [&](const auto& camera) { return camera.id == m_camera; });
  return found == m_cameras.end() ? -1 : static_cast<int>(found - m_cameras.begin());
}

void CameraViewModel::open() {
  if (!isSupported()) return;
  if (!m_source) {
    m_source = m_factory();
    connect(m_source.get(), &VideoSource::frameReady, this, &CameraViewModel::onFrame);
    connect(m_source.get(), &VideoSource::camerasChanged, this, &CameraViewModel::onCamerasChanged);
    connect(m_source.get(), &VideoSource::failed, this,
            [this](const QString& reason) { setState(Failed, reason); });
  }
  m_cameras = m_source->cameras();
  if (current() < 0 && !m_cameras.isEmpty()) m_camera = m_cameras.constFirst().id;
  emit camerasChanged();
  start();
}

void CameraViewModel::start() {
  m_frame = {};
  m_hasNewFrame = false;
  emit frameChanged();
  if (current() < 0) return setState(NoCamera);
  setState(Starting);
  m_source->start(m_camera);
}

void CameraViewModel::choose(int row) {
  if (row < 0 || row >= m_cameras.size() || row == current()) return;
  m_camera = m_cameras.at(row).id;
  emit camerasChanged();
  start();
}

void CameraViewModel::close() {
  stopLive();
  if (m_source) m_source->stop();
  m_frame = {};
  m_hasNewFrame = false;
  setState(Off);
  emit frameChanged();
}

// One was plugged in, or pulled out.
void CameraViewModel::onCamerasChanged() {
  m_cameras = m_source->cameras();
  if (m_state == Off) return emit camerasChanged();
  const bool isGone = current() < 0;
  if (isGone) {
    m_source->stop();
    m_camera = m_cameras.isEmpty() ? QString() : m_cameras.constFirst().id;
  }
  emit camerasChanged();
  if (isGone || m_state == Failed) start();
}

void CameraViewModel::onFrame(const QImage& frame) {
  if (m_state != Starting && m_state != Showing) return;
  m_frame = frame;
  m_hasNewFrame = true;
  setState(Showing);
  emit frameChanged();
  ask();
}

bool CameraViewModel::freeze() {
  if (m_frame.isNull()) return false;
  PictureSources sources;
  sources.pixels = m_frame;
  return m_chat.attach(sources);
}

void CameraViewModel::startLive(const QString& question) {
  const QString words = question.simplified();
  if (words.isEmpty() || m_isLive) return;
  m_question = words;
  m_answer.clear();
  m_error.clear();
  m_roundMs = 0;
  m_rounds = 0;
  m_isLive = true;
  emit liveChanged();
  emit answerChanged();
  ask();
}

void CameraViewModel::stopLive() {
  if (!m_isLive) return;
  m_isLive = false;
  m_isAsking = false;
  m_stop.request_stop();
  m_mailbox.forget(m_request);
  emit liveChanged();
}

void CameraViewModel::ask() {
  // Frames that come meanwhile take each other's place: none waits in a queue.
  const bool canAsk = m_isLive && !m_isAsking && m_hasNewFrame && !m_chat.isBusy() &&
                      m_model.state() == ModelViewModel::Ready && m_model.hasVision();
  if (!canAsk) return;
  m_isAsking = true;
  m_hasNewFrame = false;
  m_sinceFrame.start();
  m_stop = std::stop_source();
  const auto done = [this, stop = m_stop](const Result<PicturePtr>& picture) {
    if (stop.stop_requested()) return;  // live answers ended, or began anew
    if (!picture) return fail(picture.error());
    askAbout(*picture);
  };
  m_loader.load(m_frame, done, Picture::Kind::kPassing);
}

void CameraViewModel::askAbout(PicturePtr picture) {
  AnswerRequest request;
  request.turns = {{m_question, {std::make_shared<ChatPicture>(std::move(picture))}, {}}};
  request.params.max_tokens = kLiveTokens;
  request.params.sampling.temperature = 0;
  m_coming.clear();
  m_mailbox.forget(m_request);
  m_request = m_mailbox.expect([this](const WorkerEvent& event) { handle(event); });
  request.id = m_request;
  request.stop = m_stop.get_token();
  m_worker.requestAnswer(std::move(request));
}

void CameraViewModel::handle(const WorkerEvent& event) {
  if (const auto* delta = std::get_if<TextDelta>(&event)) {
    m_coming += QString::fromStdString(delta->text);
    m_answer = m_coming;
    emit answerChanged();
  } else if (std::holds_alternative<DeviceChanged>(event)) {
    m_coming.clear();
  } else if (std::holds_alternative<Finished>(event)) {
    m_isAsking = false;
    m_answer = m_coming;
    m_error.clear();
    m_roundMs = static_cast<double>(m_sinceFrame.elapsed());
    ++m_rounds;
    emit answerChanged();
    ask();
  } else if (const auto* failed = std::get_if<AnswerFailed>(&event)) {
    fail(failed->error);
  }
}

void CameraViewModel::fail(const Error& error) {
  const ErrorText text = errorText(error.code, ErrorPlace::kAnswer);
  m_error = text.title;
  emit answerChanged();
  stopLive();
}

void CameraViewModel::setState(State state, const QString& reason) {
  if (state == m_state && reason == m_reason) return;
  m_state = state;
  m_reason = reason;
  emit stateChanged();
}

}  // namespace galago::ui
