// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// Owns the engine and the chat session and makes the blocking calls, on a thread of its own. The UI
// thread queues requests; what comes of them goes to the mailbox.
#pragma once

#include <QObject>
#include <QString>
#include <filesystem>
#include <memory>
#include <stop_token>
#include <vector>

#include "engine/chat_session.h"
#include "engine/engine.h"
#include "event_mailbox.h"
#include "history/chat_picture.h"
#include "placement/placement.h"

namespace galago::ui {

struct LoadRequest {
  RequestId id = 0;
  QString model;          ///< a GGUF file, a folder that holds a pair, or an installed model's name
  EngineOptions options;  ///< the two paths are filled in by the worker
  bool ignoresMemory = false;  ///< else a model that will not fit is refused before it is loaded
  Measure measure = Measure::kOnce;
  std::stop_token stop;
};

/// As Turn, with pictures that may have to be decoded first.
struct ChatTurn {
  QString question;
  std::vector<ChatPicturePtr> pictures;
  QString answer;
};

struct AnswerRequest {
  RequestId id = 0;
  QString system;  ///< empty: the prompt template's own
  std::vector<ChatTurn> turns;
  GenerationParams params;
  std::stop_token stop;
};

class InferenceWorker : public QObject {
  Q_OBJECT

 public:
  /// `mailbox` must outlive the worker.
  explicit InferenceWorker(EventMailbox& mailbox);

  /// Any thread; queued. The model held before is let go first, so that two never share memory.
  void requestLoad(LoadRequest request);
  /// Any thread; queued behind a load in progress.
  void requestAnswer(AnswerRequest request);
  /// Any thread; queued likewise. See ChatSession::prepare.
  void requestPreparation(AnswerRequest request);
  /// Any thread; queued. Where models loaded from now on keep what they made of pictures
  /// (EngineOptions::picture_folder). Makes the folder, or, if nothing is to be kept, removes it
  /// with all that is in it.
  void requestPictureFolder(const QString& folder, bool keeps);

 private:
  void load(const LoadRequest& request);
  /// `call` with the session; its failure is posted.
  void respond(const AnswerRequest& request, Status (InferenceWorker::*call)(const AnswerRequest&));
  Status tryLoad(const LoadRequest& request);
  Status tryAnswer(const AnswerRequest& request);
  Status tryPrepare(const AnswerRequest& request);
  void post(RequestId id, WorkerEvent event);
  void post(RequestId id, GenerationEvent event);

  EventMailbox& m_mailbox;
  std::filesystem::path m_pictureFolder;
  RequestId m_loadId = 0;
  std::unique_ptr<ChatSession> m_session;
};

}  // namespace galago::ui
