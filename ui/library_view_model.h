// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// The page of models: what is installed, what can be had, and what is being done about either. UI
// thread; the disk is read, written and hashed on others.
#pragma once

#include <QtQml/qqmlregistration.h>
#include <QObject>
#include <QThread>
#include <QThreadPool>
#include <QUrl>
#include <functional>
#include <stop_token>

#include "library_list_model.h"
#include "library_scan.h"
#include "settings_store.h"
#include "transfer_worker.h"

namespace galago::ui {

class LibraryViewModel : public QObject {
  Q_OBJECT
  QML_ELEMENT
  QML_UNCREATABLE("made by the application")
  Q_PROPERTY(galago::ui::LibraryListModel* installed READ installed CONSTANT)
  Q_PROPERTY(galago::ui::LibraryListModel* available READ available CONSTANT)
  /// What is listed is what there is: false until the first scan has ended.
  Q_PROPERTY(bool hasScanned READ hasScanned NOTIFY scanned)
  Q_PROPERTY(bool scanning READ isScanning NOTIFY scanningChanged)
  Q_PROPERTY(QString folder READ folder NOTIFY scanned)
  /// Of the models in the library. Free: -1, not known.
  Q_PROPERTY(double diskBytes READ diskBytes NOTIFY scanned)
  Q_PROPERTY(double freeDiskBytes READ freeDiskBytes NOTIFY scanned)
  Q_PROPERTY(double freeMemoryBytes READ freeMemoryBytes NOTIFY scanned)
  /// Files in the folders of models that are none.
  Q_PROPERTY(int problemCount READ problemCount NOTIFY scanned)
  Q_PROPERTY(QString problems READ problems NOTIFY scanned)
  /// What was removed and can be put back; the latest by its name.
  Q_PROPERTY(int removedCount READ removedCount NOTIFY scanned)
  Q_PROPERTY(QString removedName READ removedName NOTIFY scanned)
  Q_PROPERTY(double removedBytes READ removedBytes NOTIFY scanned)
  /// Of the model being imported, what has come: 0 to 1; -1: none is.
  Q_PROPERTY(double importShare READ importShare NOTIFY importShareChanged)
  /// Why the last change of the library failed; empty: it did not.
  Q_PROPERTY(QString errorTitle READ errorTitle NOTIFY errorChanged)
  Q_PROPERTY(QString errorDetail READ errorDetail NOTIFY errorChanged)

 public:
  explicit LibraryViewModel(const SettingsStore& settings, QObject* parent = nullptr);
  /// Downloads end; what has come of them stays.
  ~LibraryViewModel() override;

  LibraryViewModel(const LibraryViewModel&) = delete;
  LibraryViewModel& operator=(const LibraryViewModel&) = delete;

  LibraryListModel* installed() { return &m_installed; }

  LibraryListModel* available() { return &m_available; }

  bool hasScanned() const { return m_hasScanned; }

  bool isScanning() const { return m_scanning; }

  QString folder() const { return QString::fromStdString(m_scan.library.string()); }

  double diskBytes() const { return static_cast<double>(m_scan.disk_bytes); }

  double freeDiskBytes() const;
  double freeMemoryBytes() const;

  int problemCount() const { return static_cast<int>(m_scan.problems.size()); }

  QString problems() const;

  int removedCount() const { return static_cast<int>(m_scan.removed.size()); }

  QString removedName() const;
  double removedBytes() const;

  double importShare() const { return m_importShare; }

  QString errorTitle() const;
  QString errorDetail() const;

  /// Looks again.
  Q_INVOKABLE void refresh();
  /// Begins, goes on or repairs.
  Q_INVOKABLE void get(const QString& id);
  Q_INVOKABLE void pause(const QString& id);
  /// Removes what has come.
  Q_INVOKABLE void cancel(const QString& id);
  Q_INVOKABLE void verify(const QString& id);
  Q_INVOKABLE void stopVerifying();
  /// Copies a pair, or what is in a pack, into the library: one at a time. See importModelFile.
  Q_INVOKABLE void importModel(const QUrl& file);
  /// Nothing of it stays.
  Q_INVOKABLE void stopImport();
  Q_INVOKABLE void remove(const QString& id);
  /// The latest removal.
  Q_INVOKABLE void putBack();
  /// All that was removed.
  Q_INVOKABLE void deleteForGood();
  Q_INVOKABLE QUrl folderUrl(const QString& id) const;

  void retranslate();

 signals:
  void scanned();
  void scanningChanged();
  void importShareChanged();
  void errorChanged();
  /// What is installed is not what it was.
  void libraryChanged();

 private:
  const LibraryEntry* find(const QString& id) const;
  void update(const QString& id, const std::function<void(LibraryEntry&)>& change);
  void takeScan(LibraryScan scan);
  void takeTransfer(const QString& id, const DownloadStatus& status);
  /// Changes the library by `work` on a thread, then looks again.
  void changeLibrary(std::function<Status()> work);
  void setImportShare(double share);
  /// For a thread that works on files: tells `show`, here, now and then.
  std::function<void(double)> progressTo(std::function<void(double)> show);
  void setError(std::optional<Error> error);

  const SettingsStore& m_settings;
  LibraryListModel m_installed;
  LibraryListModel m_available;
  LibraryScan m_scan;
  std::optional<Error> m_error;
  bool m_hasScanned = false;
  bool m_scanning = false;
  bool m_scanAgain = false;
  double m_importShare = -1;
  std::stop_source m_importing;
  std::stop_source m_verifying;
  QThreadPool m_pool;       ///< short work
  QThreadPool m_checkPool;  ///< checks and imports, one model after the other
  TransferWorker m_transfers;
  QThread m_transferThread;
};

}  // namespace galago::ui
