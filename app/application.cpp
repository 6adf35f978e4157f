// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// See application.h.
#include "application.h"

#include <QFileInfo>
#include <utility>

#include "image_providers.h"
#include "library/data_folder.h"

namespace galago {

Application::Application(ApplicationOptions options)
    : m_options(std::move(options)),
      m_pictures(std::make_shared<ui::PictureStore>()),
      m_settings(m_options.settingsFile),
      m_worker(m_mailbox),
      m_model(m_worker, m_mailbox, m_settings),
      m_chat(m_worker, m_mailbox, m_model, m_settings, m_pictures),
      m_history(m_options.chatFolder, m_chat, m_settings),
      m_camera(m_worker, m_mailbox, m_model, m_chat, m_options.cameras),
      m_compare(m_options.settingsFile),
      m_speed(m_chat, m_options.sysfs),
      m_models(m_settings),
      m_library(m_settings),
      m_samples(samples_folder()),
      m_viewModel(m_chat, m_camera, m_history, m_compare, m_speed, m_model, m_models, m_library,
                  m_samples, m_settings) {
  m_thread.setObjectName(QStringLiteral("inference"));
  m_worker.moveToThread(&m_thread);
  m_thread.start();
  m_model.setOverrides(m_options.device, m_options.threads);
  connect(&m_settings, &ui::SettingsStore::languageChanged, this, &Application::applyLanguage);
  applyLanguage();
  connect(&m_settings, &ui::SettingsStore::keepPicturesChanged, this,
          &Application::applyKeepPictures);
  applyKeepPictures();
}

Application::~Application() {
  m_camera.close();
  m_chat.requestStop();
  m_model.requestStop();
  m_thread.quit();
  m_thread.wait();
}

void Application::attachTo(QQmlEngine& engine) {
  m_engine = &engine;
  // Qt adds this path by itself from 6.5 on.
  engine.addImportPath(QStringLiteral(":/qt/qml"));
  engine.addImageProvider(QLatin1String(ui::PictureProvider::kName),
                          new ui::PictureProvider(m_pictures));  // the engine owns them
  engine.addImageProvider(QLatin1String(ui::IconProvider::kName), new ui::IconProvider);
}

void Application::start() {
  // Pictures of the command line are for a new chat.
  if (m_options.pictures.isEmpty()) m_history.restore();
  m_viewModel.start(m_options.model);
  for (const QString& picture : std::as_const(m_options.pictures)) {
    m_chat.attachUrl(QUrl::fromLocalFile(QFileInfo(picture).absoluteFilePath()));
  }
}

void Application::applyKeepPictures() {
  if (!m_options.pictureFolder.isEmpty())
    m_worker.requestPictureFolder(m_options.pictureFolder, m_settings.keepPictures());
}

void Application::applyLanguage() {
  m_language.set(m_settings.language());
  if (m_engine) m_engine->retranslate();
  m_model.retranslate();
  m_chat.retranslate();
  m_compare.retranslate();
  m_library.retranslate();
  m_samples.retranslate();
  m_viewModel.retranslate();
}

}  // namespace galago
