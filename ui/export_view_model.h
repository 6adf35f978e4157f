// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// Writing models to one file, for another machine: a model as a pack, several with settings and
// samples as a bundle. One at a time. UI thread; files are read and written on another.
#pragma once

#include <QtQml/qqmlregistration.h>
#include <QObject>
#include <QStringList>
#include <QThreadPool>
#include <QUrl>
#include <functional>
#include <optional>
#include <stop_token>

#include "base/result.h"
#include "settings_store.h"

namespace galago::ui {

class ExportViewModel : public QObject {
  Q_OBJECT
  QML_ELEMENT
  QML_UNCREATABLE("made by the application")
  /// Whether this Galago can write packs.
  Q_PROPERTY(bool offered READ isOffered CONSTANT)
  /// Of the file being written, 0 to 1; -1: none is.
  Q_PROPERTY(double share READ share NOTIFY changed)
  /// The file being written, or written last.
  Q_PROPERTY(QString fileName READ fileName NOTIFY changed)
  /// The last one is whole.
  Q_PROPERTY(bool done READ isDone NOTIFY changed)
  Q_PROPERTY(QUrl folderUrl READ folderUrl NOTIFY changed)
  Q_PROPERTY(QString errorTitle READ errorTitle NOTIFY changed)
  Q_PROPERTY(QString errorHint READ errorHint NOTIFY changed)
  Q_PROPERTY(QString errorDetail READ errorDetail NOTIFY changed)

 public:
  explicit ExportViewModel(SettingsStore& settings, QObject* parent = nullptr);
  /// What is being written is stopped, and leaves nothing.
  ~ExportViewModel() override;

  ExportViewModel(const ExportViewModel&) = delete;
  ExportViewModel& operator=(const ExportViewModel&) = delete;

  static bool isOffered();

  double share() const { return m_share; }

  QString fileName() const;

  bool isDone() const { return m_done; }

  QUrl folderUrl() const;
  QString errorTitle() const;
  QString errorHint() const;
  QString errorDetail() const;

  /// One model, by its "publisher/model". The name gets the ending of packs if it has another.
  Q_INVOKABLE void exportModel(const QString& id, const QUrl& file);
  Q_INVOKABLE void exportBundle(const QStringList& ids, bool settings, bool samples,
                                const QUrl& file);
  Q_INVOKABLE void stop();
  /// The news of the last one.
  Q_INVOKABLE void dismiss();

  void retranslate();

 signals:
  void changed();

 private:
  struct Wish {
    QStringList ids;
    bool isBundle = false;
    bool hasSettings = false;
    bool hasSamples = false;
    QString file;
    QString settingsFile;
  };

  void begin(Wish wish, const QUrl& file);
  static Status write(const Wish& wish, const std::stop_token& stop,
                      const std::function<void(double)>& progress);

  SettingsStore& m_settings;
  double m_share = -1;
  bool m_done = false;
  QString m_file;
  std::optional<Error> m_error;
  std::stop_source m_stop;
  QThreadPool m_pool;
};

}  // namespace galago::ui
