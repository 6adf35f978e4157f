// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// The folder of models as a setting, which galago-cli heeds as well: another one is checked, and
// models that lie in the old one move there or stay in use where they are. UI thread; the disk is
// read and written on another.
#pragma once

#include <QtQml/qqmlregistration.h>
#include <QObject>
#include <QThreadPool>
#include <QUrl>
#include <functional>
#include <optional>
#include <stop_token>

#include "base/result.h"

namespace galago::ui {

class LibraryFolderViewModel : public QObject {
  Q_OBJECT
  QML_ELEMENT
  QML_UNCREATABLE("made by the application")
  Q_PROPERTY(QString path READ path NOTIFY changed)
  /// It is the one that is used when none was chosen.
  Q_PROPERTY(bool usual READ isUsual NOTIFY changed)
  /// $GALAGO_MODELS names it: nothing chosen here counts.
  Q_PROPERTY(bool fixed READ isFixed NOTIFY changed)
  /// On its disk; -1: not known.
  Q_PROPERTY(double freeBytes READ freeBytes NOTIFY changed)
  /// A folder that was chosen while models lie in the old one: a person decides about these.
  Q_PROPERTY(QString candidate READ candidate NOTIFY changed)
  Q_PROPERTY(double candidateFreeBytes READ candidateFreeBytes NOTIFY changed)
  Q_PROPERTY(int modelCount READ modelCount NOTIFY changed)
  Q_PROPERTY(double modelBytes READ modelBytes NOTIFY changed)
  /// Of the models being moved, 0 to 1; -1: none are.
  Q_PROPERTY(double moveShare READ moveShare NOTIFY changed)
  Q_PROPERTY(bool checking READ isChecking NOTIFY changed)
  Q_PROPERTY(QString errorTitle READ errorTitle NOTIFY changed)
  Q_PROPERTY(QString errorHint READ errorHint NOTIFY changed)
  Q_PROPERTY(QString errorDetail READ errorDetail NOTIFY changed)

 public:
  explicit LibraryFolderViewModel(QObject* parent = nullptr);
  /// A move is stopped: what has been moved is in the new folder, the rest in the old one.
  ~LibraryFolderViewModel() override;

  LibraryFolderViewModel(const LibraryFolderViewModel&) = delete;
  LibraryFolderViewModel& operator=(const LibraryFolderViewModel&) = delete;

  QString path() const { return m_path; }

  bool isUsual() const { return m_usual; }

  bool isFixed() const { return m_fixed; }

  double freeBytes() const { return m_freeBytes; }

  QString candidate() const { return m_candidate; }

  double candidateFreeBytes() const { return m_candidateFreeBytes; }

  int modelCount() const { return m_modelCount; }

  double modelBytes() const { return m_modelBytes; }

  double moveShare() const { return m_moveShare; }

  bool isChecking() const { return m_checking; }

  QString errorTitle() const;
  QString errorHint() const;
  QString errorDetail() const;

  /// Reads what is set.
  Q_INVOKABLE void refresh();
  Q_INVOKABLE void choose(const QString& folder);
  Q_INVOKABLE void chooseUrl(const QUrl& folder);
  /// The usual one again.
  Q_INVOKABLE void reset();
  // What becomes of the models in the old folder.
  Q_INVOKABLE void moveModels();
  Q_INVOKABLE void leaveModels();
  Q_INVOKABLE void keepOldFolder();
  Q_INVOKABLE void stopMoving();

  void retranslate();

 signals:
  void changed();
  /// Models are found in other places than before.
  void folderChanged();
  void moved(const QString& from, const QString& to);

 private:
  struct Seen {
    QString path;
    bool isUsual = true;
    double freeBytes = -1;
  };

  static Seen look();
  void take(const Seen& seen);
  /// Runs `work` on the thread for files, then shows what is set and why it failed.
  void run(std::function<Status()> work, std::function<void()> then);

  QString m_path;
  bool m_usual = true;
  bool m_fixed = false;
  double m_freeBytes = -1;
  QString m_candidate;
  double m_candidateFreeBytes = -1;
  int m_modelCount = 0;
  double m_modelBytes = 0;
  double m_moveShare = -1;
  bool m_checking = false;
  std::optional<Error> m_error;
  std::stop_source m_stop;
  QThreadPool m_pool;
};

}  // namespace galago::ui
