// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// The composition root: owns every long-lived object of the window's program and ties them
// together, and ends them in order. Nothing but wiring.
#pragma once

#include <QObject>
#include <QPointer>
#include <QQmlEngine>
#include <QString>
#include <QStringList>
#include <QThread>
#include <memory>

#include "app_view_model.h"
#include "camera_view_model.h"
#include "event_mailbox.h"
#include "inference_worker.h"
#include "language.h"
#include "picture_store.h"
#include "sample_list_model.h"
#include "settings_store.h"

namespace galago {

struct ApplicationOptions {
  QString model;                           ///< a GGUF file, a folder or a name; empty: as last time
  QStringList pictures;                    ///< files for the first question
  QString device;                          ///< empty: as the settings say
  int threads = 0;                         ///< 0: as the settings say
  QString settingsFile;                    ///< empty: the platform's place
  QString sysfs = QStringLiteral("/sys");  ///< where the board's sensors are; tests have their own
  QString chatFolder;                      ///< of the chats that are kept; empty: none are
  ui::VideoSourceFactory cameras = ui::cameraFactory();
  QString pictureFolder;  ///< for what models made of pictures; empty: none is kept
};

class Application : public QObject {
  Q_OBJECT

 public:
  explicit Application(ApplicationOptions options);
  /// Stops what is running, ends the worker thread and waits for it (at most the time of one
  /// engine step), then lets sessions, weights and pictures go.
  ~Application() override;

  Application(const Application&) = delete;
  Application& operator=(const Application&) = delete;

  /// Gives the engine the picture providers and keeps its texts in the chosen language.
  void attachTo(QQmlEngine& engine);
  /// Loads the model and the pictures of the command line.
  void start();

  ui::AppViewModel& viewModel() { return m_viewModel; }

 private:
  void applyLanguage();
  void applyKeepPictures();

  ApplicationOptions m_options;
  std::shared_ptr<ui::PictureStore> m_pictures;
  ui::SettingsStore m_settings;
  Language m_language;
  ui::EventMailbox m_mailbox;
  ui::InferenceWorker m_worker;
  QThread m_thread;
  ui::ModelViewModel m_model;
  ui::ChatViewModel m_chat;
  ui::HistoryViewModel m_history;
  ui::CameraViewModel m_camera;
  ui::CompareViewModel m_compare;
  ui::LiveSpeed m_speed;
  ui::ModelListModel m_models;
  ui::LibraryViewModel m_library;
  ui::SampleListModel m_samples;
  ui::AppViewModel m_viewModel;
  QPointer<QQmlEngine> m_engine;
};

}  // namespace galago
