// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// See app_view_model.h.
#include "app_view_model.h"

#include <QCoreApplication>
#include <QFileInfo>

namespace galago::ui {

AppViewModel::AppViewModel(ChatViewModel& chat, CompareViewModel& compare, LiveSpeed& speed,
                           ModelViewModel& model, ModelListModel& models, LibraryViewModel& library,
                           SampleListModel& samples, SettingsStore& settings, QObject* parent)
    : QObject(parent),
      m_chat(chat),
      m_compare(compare),
      m_speed(speed),
      m_model(model),
      m_models(models),
      m_library(library),
      m_samples(samples),
      m_settings(settings) {
  connect(&m_library, &LibraryViewModel::libraryChanged, &m_models, &ModelListModel::refresh);
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
