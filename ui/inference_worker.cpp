// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// See inference_worker.h.
#include "inference_worker.h"

#include <filesystem>
#include <system_error>
#include <utility>

#include "base/file_size.h"
#include "base/guarded.h"
#include "devices/device_registry.h"
#include "library/memory_check.h"
#include "library/model_locator.h"

namespace galago::ui {
namespace {

Result<Conversation> conversationOf(const AnswerRequest& request) {
  Conversation conversation;
  conversation.system = request.system.toStdString();
  conversation.has_system = !request.system.isEmpty();
  for (const ChatTurn& turn : request.turns) {
    Turn& made = conversation.turns.emplace_back();
    made.question = turn.question.toStdString();
    made.answer = turn.answer.toStdString();
    for (const ChatPicturePtr& picture : turn.pictures) {
      made.pictures.push_back(picture->picture());
      if (!made.pictures.back())
        return Error{Errc::kIo,
                     "A picture of this chat cannot be read any more.",
                     {picture->file().toStdString()}};
    }
  }
  return conversation;
}

}  // namespace

InferenceWorker::InferenceWorker(EventMailbox& mailbox) : m_mailbox(mailbox) {}

void InferenceWorker::requestLoad(LoadRequest request) {
  QMetaObject::invokeMethod(
      this, [this, request = std::move(request)] { load(request); }, Qt::QueuedConnection);
}

void InferenceWorker::requestAnswer(AnswerRequest request) {
  QMetaObject::invokeMethod(
      this, [this, request = std::move(request)] { respond(request, &InferenceWorker::tryAnswer); },
      Qt::QueuedConnection);
}

void InferenceWorker::requestPreparation(AnswerRequest request) {
  QMetaObject::invokeMethod(
      this,
      [this, request = std::move(request)] { respond(request, &InferenceWorker::tryPrepare); },
      Qt::QueuedConnection);
}

void InferenceWorker::requestPictureFolder(const QString& folder, bool keeps) {
  QMetaObject::invokeMethod(
      this,
      [this, path = std::filesystem::path(folder.toStdString()), keeps] {
        m_pictureFolder = path;
        std::error_code ignored;  // without the folder nothing is kept, and all works
        if (keeps) {
          std::filesystem::create_directories(path, ignored);
        } else {
          std::filesystem::remove_all(path, ignored);
        }
      },
      Qt::QueuedConnection);
}

void InferenceWorker::post(RequestId id, WorkerEvent event) {
  m_mailbox.post({id, std::move(event)});
}

void InferenceWorker::load(const LoadRequest& request) {
  m_session.reset();
  m_loadId = request.id;
  Status status = guarded([&] { return tryLoad(request); });
  if (!status) post(request.id, LoadFailed{std::move(status).error()});
}

Status InferenceWorker::tryLoad(const LoadRequest& request) {
  if (request.stop.stop_requested()) return Error{Errc::kCancelled, "Loading was stopped.", {}};
  GALAGO_TRY(ModelFiles files, locate_model(request.model.toStdString(), request.options.mmproj));
  post(request.id, LoadStarted{files, file_size_or_zero(files.language_model) +
                                          file_size_or_zero(files.mmproj)});

  if (!request.ignoresMemory)
    GALAGO_TRY(check_memory_for(files, device_free_memory(request.options.device),
                                static_cast<std::uint64_t>(request.options.context_size)));

  EngineOptions options = request.options;
  options.model = files.language_model;
  options.mmproj = files.mmproj;
  options.picture_folder = m_pictureFolder;
  const auto progress = [&](double fraction) { post(request.id, LoadProgress{fraction}); };
  GALAGO_TRY(PlacedEngine placed, load_engine(options, request.measure, request.stop, progress));
  GALAGO_TRY(m_session, ChatSession::create(std::move(placed.engine)));
  const Engine& loaded = *m_session->engine();
  if (!loaded.device_reason().empty()) placed.trials.clear();  // it is not where they say
  post(request.id, LoadDone{loaded.info(), loaded.device_info(), placed.reason,
                            std::move(placed.trials), loaded.has_vision(), m_session->engine()});
  return {};
}

void InferenceWorker::respond(const AnswerRequest& request,
                              Status (InferenceWorker::*call)(const AnswerRequest&)) {
  Status status = guarded([&] {
    if (!m_session) return Status(Error{Errc::kInvalidArgument, "No model is loaded.", {}});
    return (this->*call)(request);
  });
  if (!status) post(request.id, AnswerFailed{std::move(status).error()});
}

Status InferenceWorker::tryAnswer(const AnswerRequest& request) {
  GALAGO_TRY(const Conversation conversation, conversationOf(request));
  return m_session->generate(conversation, request.params, request.stop,
                             [&](GenerationEvent event) { post(request.id, std::move(event)); });
}

Status InferenceWorker::tryPrepare(const AnswerRequest& request) {
  if (request.stop.stop_requested()) return {};  // another one has taken its place
  GALAGO_TRY(const Conversation conversation, conversationOf(request));
  return m_session->prepare(conversation, request.params, request.stop,
                            [&](GenerationEvent event) { post(request.id, std::move(event)); });
}

void InferenceWorker::post(RequestId id, GenerationEvent event) {
  // The model's page has to know as well.
  if (const auto* change = std::get_if<DeviceChanged>(&event)) post(m_loadId, WorkerEvent(*change));
  std::visit([&](auto& kind) { post(id, WorkerEvent(std::move(kind))); }, event);
}

}  // namespace galago::ui
