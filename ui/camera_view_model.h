// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// A camera: its picture as it comes, a frame of it for the question being written, and live
// answers, which ask the same question of the newest frame whenever the last answer is finished.
// Live answers are no part of a chat, and nothing of them is kept. UI thread.
#pragma once

#include <QtQml/qqmlregistration.h>
#include <QElapsedTimer>
#include <QImage>
#include <QObject>
#include <QStringList>
#include <memory>
#include <stop_token>

#include "chat_view_model.h"
#include "picture_loader.h"
#include "video_source.h"

namespace galago::ui {

class CameraViewModel : public QObject {
  Q_OBJECT
  QML_ELEMENT
  QML_UNCREATABLE("made by the application")
  /// This build can show cameras.
  Q_PROPERTY(bool supported READ isSupported CONSTANT)
  Q_PROPERTY(State state READ state NOTIFY stateChanged)
  /// Names of the cameras, and the row of the one that is on; -1: none.
  Q_PROPERTY(QStringList cameras READ cameras NOTIFY camerasChanged)
  Q_PROPERTY(int current READ current NOTIFY camerasChanged)
  /// Why it failed, in the driver's words.
  Q_PROPERTY(QString reason READ reason NOTIFY stateChanged)
  Q_PROPERTY(bool live READ isLive NOTIFY liveChanged)
  /// The answer to the latest frame, as far as it has come; until its first word the one before.
  Q_PROPERTY(QString liveAnswer READ liveAnswer NOTIFY answerChanged)
  Q_PROPERTY(QString liveError READ liveError NOTIFY answerChanged)
  /// From a frame to its whole answer, ms; 0: not known.
  Q_PROPERTY(double roundMs READ roundMs NOTIFY answerChanged)
  /// Answers finished since it went live.
  Q_PROPERTY(int rounds READ rounds NOTIFY answerChanged)

 public:
  enum State { Off, NoCamera, Starting, Showing, Failed };
  Q_ENUM(State)

  /// All must outlive it. An empty `factory`: this build can show none.
  CameraViewModel(InferenceWorker& worker, EventMailbox& mailbox, ModelViewModel& model,
                  ChatViewModel& chat, VideoSourceFactory factory, QObject* parent = nullptr);
  ~CameraViewModel() override;

  CameraViewModel(const CameraViewModel&) = delete;
  CameraViewModel& operator=(const CameraViewModel&) = delete;

  bool isSupported() const { return static_cast<bool>(m_factory); }

  State state() const { return m_state; }

  QStringList cameras() const;
  int current() const;

  QString reason() const { return m_reason; }

  bool isLive() const { return m_isLive; }

  QString liveAnswer() const { return m_answer; }

  QString liveError() const { return m_error; }

  double roundMs() const { return m_roundMs; }

  int rounds() const { return m_rounds; }

  /// The newest frame.
  const QImage& frame() const { return m_frame; }

  /// Switches the last camera on, else the first.
  Q_INVOKABLE void open();
  Q_INVOKABLE void choose(int row);
  /// Off; live answers end.
  Q_INVOKABLE void close();
  /// The newest frame becomes a picture of the question being written. False: there is none.
  Q_INVOKABLE bool freeze();
  Q_INVOKABLE void startLive(const QString& question);
  Q_INVOKABLE void stopLive();

 signals:
  void stateChanged();
  void camerasChanged();
  void frameChanged();
  void liveChanged();
  void answerChanged();

 private:
  void start();
  void setState(State state, const QString& reason = {});
  void onFrame(const QImage& frame);
  void onCamerasChanged();
  /// Asks about the newest frame, if nothing is being asked.
  void ask();
  void askAbout(PicturePtr picture);
  void handle(const WorkerEvent& event);
  void fail(const Error& error);

  InferenceWorker& m_worker;
  EventMailbox& m_mailbox;
  ModelViewModel& m_model;
  ChatViewModel& m_chat;
  VideoSourceFactory m_factory;
  std::unique_ptr<VideoSource> m_source;
  QList<VideoSource::Camera> m_cameras;
  QString m_camera;  // its id
  State m_state = Off;
  QString m_reason;
  QImage m_frame;
  bool m_hasNewFrame = false;  // newer than the one that was asked about

  bool m_isLive = false;
  bool m_isAsking = false;
  QString m_question;
  QString m_answer;
  QString m_coming;  // of the answer that has begun
  QString m_error;
  double m_roundMs = 0;
  int m_rounds = 0;
  QElapsedTimer m_sinceFrame;
  RequestId m_request = 0;
  std::stop_source m_stop;
  PictureLoader m_loader;  // last: waits for its threads before the rest goes
};

}  // namespace galago::ui
