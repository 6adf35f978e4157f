// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// The root of what the window sees.
#pragma once

#include <QtQml/qqmlregistration.h>
#include <QObject>

#include "camera_view_model.h"
#include "chat_export_view_model.h"
#include "chat_view_model.h"
#include "compare_view_model.h"
#include "device_list.h"
#include "export_view_model.h"
#include "history_view_model.h"
#include "import_view_model.h"
#include "library_folder_view_model.h"
#include "library_view_model.h"
#include "live_speed.h"
#include "model_list_model.h"
#include "model_view_model.h"
#include "preset_list_model.h"
#include "rate_recorder.h"
#include "sample_list_model.h"
#include "settings_store.h"

namespace galago::ui {

class AppViewModel : public QObject {
  Q_OBJECT
  QML_ELEMENT
  QML_UNCREATABLE("made by the application")
  Q_PROPERTY(galago::ui::ChatViewModel* chat READ chat CONSTANT)
  Q_PROPERTY(galago::ui::HistoryViewModel* history READ history CONSTANT)
  Q_PROPERTY(galago::ui::ChatExportViewModel* chatExport READ chatExport CONSTANT)
  Q_PROPERTY(galago::ui::CameraViewModel* camera READ camera CONSTANT)
  Q_PROPERTY(galago::ui::CompareViewModel* compare READ compare CONSTANT)
  Q_PROPERTY(galago::ui::ModelViewModel* model READ model CONSTANT)
  Q_PROPERTY(galago::ui::ModelListModel* models READ models CONSTANT)
  Q_PROPERTY(galago::ui::LibraryViewModel* library READ library CONSTANT)
  Q_PROPERTY(galago::ui::DeviceList* devices READ devices CONSTANT)
  Q_PROPERTY(galago::ui::LiveSpeed* speed READ speed CONSTANT)
  Q_PROPERTY(galago::ui::LibraryFolderViewModel* libraryFolder READ libraryFolder CONSTANT)
  Q_PROPERTY(galago::ui::ImportViewModel* imports READ imports CONSTANT)
  Q_PROPERTY(galago::ui::ExportViewModel* exports READ exports CONSTANT)
  Q_PROPERTY(galago::ui::SampleListModel* samples READ samples CONSTANT)
  Q_PROPERTY(galago::ui::PresetListModel* presets READ presets CONSTANT)
  Q_PROPERTY(galago::ui::SettingsStore* settings READ settings CONSTANT)
  Q_PROPERTY(QString version READ version CONSTANT)

 public:
  /// All must outlive it.
  AppViewModel(ChatViewModel& chat, CameraViewModel& camera, HistoryViewModel& history,
               CompareViewModel& compare, LiveSpeed& speed, ModelViewModel& model,
               ModelListModel& models, LibraryViewModel& library, SampleListModel& samples,
               SettingsStore& settings, QObject* parent = nullptr);

  ChatViewModel* chat() { return &m_chat; }

  CameraViewModel* camera() { return &m_camera; }

  HistoryViewModel* history() { return &m_history; }

  ChatExportViewModel* chatExport() { return &m_chatExport; }

  CompareViewModel* compare() { return &m_compare; }

  DeviceList* devices() { return &m_devices; }

  LiveSpeed* speed() { return &m_speed; }

  ModelViewModel* model() { return &m_model; }

  ModelListModel* models() { return &m_models; }

  LibraryViewModel* library() { return &m_library; }

  LibraryFolderViewModel* libraryFolder() { return &m_libraryFolder; }

  ImportViewModel* imports() { return &m_imports; }

  ExportViewModel* exports() { return &m_exports; }

  SampleListModel* samples() { return &m_samples; }

  PresetListModel* presets() { return &m_presets; }

  SettingsStore* settings() { return &m_settings; }

  QString version() const;

  /// Loads `model`; if empty the one chosen last, else the first that is installed, which the
  /// built-in one always is.
  void start(const QString& model);
  void retranslate();

 private:
  /// Whatever changes what is installed is told to all that show it.
  void connectLibrary();
  void moveModel(const QString& from, const QString& to);

  ChatViewModel& m_chat;
  CameraViewModel& m_camera;
  HistoryViewModel& m_history;
  CompareViewModel& m_compare;
  LiveSpeed& m_speed;
  ModelViewModel& m_model;
  ModelListModel& m_models;
  LibraryViewModel& m_library;
  SampleListModel& m_samples;
  SettingsStore& m_settings;
  ChatExportViewModel m_chatExport;
  PresetListModel m_presets;
  DeviceList m_devices;
  LibraryFolderViewModel m_libraryFolder;
  ImportViewModel m_imports;
  ExportViewModel m_exports;
  RateRecorder m_rates;
};

}  // namespace galago::ui
