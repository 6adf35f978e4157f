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
  /// A download is under way: pausing it ends that.
  Q_PROPERTY(bool transferring READ isTransferring NOTIFY transferringChanged)
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

  bool isTransferring() const { return m_transferring; }

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
  /// Adds a model to the catalogue by the addresses of its two files, in any order. It can then be
  /// downloaded, and forgotten again.
  Q_INVOKABLE void addAddresses(const QString& first, const QString& second);
  Q_INVOKABLE void forget(const QString& id);
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
  void transferringChanged();
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
  void updateTransferring();
  void setError(std::optional<Error> error);

  const SettingsStore& m_settings;
  LibraryListModel m_installed;
  LibraryListModel m_available;
  LibraryScan m_scan;
  std::optional<Error> m_error;
  bool m_hasScanned = false;
  bool m_scanning = false;
  bool m_scanAgain = false;
  bool m_transferring = false;
  std::stop_source m_verifying;
  QThreadPool m_pool;       ///< short work
  QThreadPool m_checkPool;  ///< checks, one model after the other
  TransferWorker m_transfers;
  QThread m_transferThread;
};

}  // namespace galago::ui
