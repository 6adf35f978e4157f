// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// What is being imported: given by a drop or a dialog, looked into, then brought into the library
// one after the other. UI thread; files are read and written on others.
#pragma once

#include <QtQml/qqmlregistration.h>
#include <QList>
#include <QObject>
#include <QThreadPool>
#include <QUrl>
#include <filesystem>
#include <map>
#include <stop_token>
#include <vector>

#include "import_list_model.h"
#include "settings_store.h"

namespace galago::ui {

class ImportViewModel : public QObject {
  Q_OBJECT
  QML_ELEMENT
  QML_UNCREATABLE("made by the application")
  Q_PROPERTY(galago::ui::ImportListModel* entries READ entries CONSTANT)
  /// Something that was given is being looked into.
  Q_PROPERTY(bool looking READ isLooking NOTIFY lookingChanged)
  /// Something is being imported, or waits to be.
  Q_PROPERTY(bool busy READ isBusy NOTIFY busyChanged)
  /// How many a person may begin.
  Q_PROPERTY(int readyCount READ readyCount NOTIFY busyChanged)

 public:
  explicit ImportViewModel(SettingsStore& settings, QObject* parent = nullptr);
  /// What is being imported is stopped, and leaves nothing.
  ~ImportViewModel() override;

  ImportViewModel(const ImportViewModel&) = delete;
  ImportViewModel& operator=(const ImportViewModel&) = delete;

  ImportListModel* entries() { return &m_entries; }

  bool isLooking() const { return m_looking > 0; }

  bool isBusy() const;
  int readyCount() const;

  /// Files and folders, in any mixture.
  Q_INVOKABLE void add(const QList<QUrl>& urls);
  Q_INVOKABLE void start(int id);
  Q_INVOKABLE void startAll();
  Q_INVOKABLE void stop(int id);
  /// From the list; nothing else.
  Q_INVOKABLE void dismiss(int id);
  /// The folder that is missing of a checkpoint.
  Q_INVOKABLE void choosePart(int id, const QUrl& folder);
  Q_INVOKABLE void chooseSize(int id, int index);
  /// A bundle's.
  Q_INVOKABLE void takeSettings(int id, bool take);
  Q_INVOKABLE void takeSamples(int id, bool take);

  void retranslate();

 signals:
  void lookingChanged();
  void busyChanged();
  /// Models were installed.
  void imported();
  void samplesImported();

 private:
  void take(std::vector<ImportEntry> entries);
  void begin(const ImportEntry& entry);
  void finish(int id, const Status& status, const std::filesystem::path& settings);
  void lookAgain(const ImportEntry& entry);
  void setLooking(int change);

  SettingsStore& m_settings;
  ImportListModel m_entries;
  int m_looking = 0;
  int m_nextId = 1;
  std::map<int, std::stop_source> m_stops;  // of what waits or is at work
  QThreadPool m_lookPool;
  QThreadPool m_workPool;
};

}  // namespace galago::ui
