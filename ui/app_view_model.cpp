// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// See app_view_model.h.
#include "app_view_model.h"

#include <QCoreApplication>
#include <QFileInfo>

#include "library/data_folder.h"

namespace galago::ui {

AppViewModel::AppViewModel(ChatViewModel& chat, CameraViewModel& camera, HistoryViewModel& history,
                           CompareViewModel& compare, LiveSpeed& speed, ModelViewModel& model,
                           ModelListModel& models, LibraryViewModel& library,
                           SampleListModel& samples, SettingsStore& settings, QObject* parent)
    : QObject(parent),
      m_chat(chat),
      m_camera(camera),
      m_history(history),
      m_compare(compare),
      m_speed(speed),
      m_model(model),
      m_models(models),
      m_library(library),
      m_samples(samples),
      m_settings(settings),
      m_chatExport(history),
      m_presets(settings),
      m_devices(settings),
      m_imports(settings),
      m_exports(settings),
      m_rates(chat, model) {
  connectLibrary();
}

void AppViewModel::connectLibrary() {
  const auto refresh = [this] {
    m_library.refresh();
    m_models.refresh();
  };
  connect(&m_library, &LibraryViewModel::libraryChanged, &m_models, &ModelListModel::refresh);
  connect(&m_imports, &ImportViewModel::imported, this, refresh);
  connect(&m_imports, &ImportViewModel::samplesImported, this,
          [this] { m_samples.load(samples_folder()); });
  connect(&m_libraryFolder, &LibraryFolderViewModel::folderChanged, this, refresh);
  connect(&m_libraryFolder, &LibraryFolderViewModel::moved, this, &AppViewModel::moveModel);
  connect(&m_rates, &RateRecorder::recorded, &m_library, &LibraryViewModel::refresh);
}

void AppViewModel::moveModel(const QString& from, const QString& to) {
  m_settings.moveRecentModels(from, to);
  const QString path = m_model.path();
  const QString moved = to + path.mid(from.size());
  if (path.startsWith(from + QLatin1Char('/')) && QFileInfo::exists(moved)) m_model.load(moved);
}

void AppViewModel::retranslate() {
  m_history.retranslate();
  m_chatExport.retranslate();
  m_presets.retranslate();
  m_devices.retranslate();
  m_libraryFolder.retranslate();
  m_imports.retranslate();
  m_exports.retranslate();
}

QString AppViewModel::version() const { return QCoreApplication::applicationVersion(); }

void AppViewModel::start(const QString& model) {
  const QStringList recent = m_settings.recentModels();
  if (!model.isEmpty()) {
    m_model.load(model);
  } else if (!recent.isEmpty() && QFileInfo::exists(recent.first())) {
    m_model.load(recent.first());
  } else {
    connect(
        &m_models, &ModelListModel::searched, this,
        [this] {
          // Unless the person was faster.
          if (m_model.state() == ModelViewModel::None) m_model.loadUnasked(m_models.defaultPath());
        },
        Qt::SingleShotConnection);
  }
  m_models.refresh();
}

}  // namespace galago::ui
