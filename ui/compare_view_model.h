// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// The compare page: one picture and one prompt for several models, or a script of many. UI thread;
// the work is a CompareJob's.
#pragma once

#include <QtQml/qqmlregistration.h>
#include <QObject>
#include <QThreadPool>
#include <QTimer>
#include <QUrl>
#include <memory>
#include <optional>

#include "compare_case_model.h"
#include "compare_column_model.h"
#include "compare_job.h"
#include "error_text.h"
#include "picture_loader.h"
#include "vote_tally.h"

namespace galago::ui {

class CompareViewModel : public QObject {
  Q_OBJECT
  QML_ELEMENT
  QML_UNCREATABLE("made by the application")
  Q_PROPERTY(galago::ui::CompareColumnModel* columns READ columns CONSTANT)
  /// Types that a model can be converted to.
  Q_PROPERTY(QStringList quantisations READ quantisations CONSTANT)
  /// Kinds of devices that are there, "auto" first. Others follow once their drivers were asked.
  Q_PROPERTY(QStringList devices READ devices NOTIFY optionsChanged)
  /// A file that was read; empty: none, models are asked without a picture. Another one takes its
  /// place once it is read; one that cannot be read is an error.
  Q_PROPERTY(QUrl picture READ picture WRITE setPicture NOTIFY pictureChanged)
  Q_PROPERTY(bool hasPicture READ hasPicture NOTIFY pictureChanged)
  Q_PROPERTY(bool atOnce READ isAtOnce WRITE setAtOnce NOTIFY optionsChanged)
  Q_PROPERTY(bool blind READ isBlind WRITE setBlind NOTIFY optionsChanged)
  Q_PROPERTY(bool running READ isRunning NOTIFY runningChanged)
  Q_PROPERTY(bool stopping READ isStopping NOTIFY runningChanged)
  /// Names and figures are hidden until somebody has voted.
  Q_PROPERTY(bool hidden READ isHidden NOTIFY voteChanged)
  Q_PROPERTY(bool canVote READ canVote NOTIFY voteChanged)
  /// See VoteTally::rows.
  Q_PROPERTY(QVariantList tally READ tally NOTIFY tallyChanged)
  Q_PROPERTY(QString errorTitle READ errorTitle NOTIFY errorChanged)
  Q_PROPERTY(QString errorDetail READ errorDetail NOTIFY errorChanged)
  /// A script or a folder of pictures.
  Q_PROPERTY(QString batchTitle READ batchTitle NOTIFY batchChanged)
  Q_PROPERTY(int batchCases READ batchCases NOTIFY batchChanged)
  Q_PROPERTY(bool batchRunning READ isBatchRunning NOTIFY runningChanged)
  Q_PROPERTY(int batchDone READ batchDone NOTIFY progressChanged)
  Q_PROPERTY(int batchTotal READ batchTotal NOTIFY progressChanged)
  Q_PROPERTY(bool hasReport READ hasReport NOTIFY reportChanged)
  Q_PROPERTY(bool reportStopped READ isReportStopped NOTIFY reportChanged)
  Q_PROPERTY(int failureCount READ failureCount NOTIFY reportChanged)
  /// See summaryRows().
  Q_PROPERTY(QVariantList summary READ summary NOTIFY reportChanged)
  Q_PROPERTY(galago::ui::CompareCaseModel* cases READ cases CONSTANT)

 public:
  /// `settingsFile`: where votes are kept; empty: the platform's place.
  explicit CompareViewModel(const QString& settingsFile, QObject* parent = nullptr);
  ~CompareViewModel() override;

  CompareViewModel(const CompareViewModel&) = delete;
  CompareViewModel& operator=(const CompareViewModel&) = delete;

  CompareColumnModel* columns() { return &m_columns; }

  CompareCaseModel* cases() { return &m_cases; }

  QStringList quantisations() const;

  QStringList devices() const { return m_devices; }

  QUrl picture() const { return m_picture; }

  bool hasPicture() const { return !m_picture.isEmpty(); }

  void setPicture(const QUrl& picture);

  bool isAtOnce() const { return m_isAtOnce; }

  void setAtOnce(bool atOnce);

  bool isBlind() const { return m_isBlind; }

  void setBlind(bool blind);

  bool isRunning() const { return m_job != nullptr; }

  bool isStopping() const { return m_isStopping; }

  bool isBatchRunning() const { return m_job && m_isBatch; }

  bool isHidden() const { return m_isHidden; }

  bool canVote() const;

  QVariantList tally() const { return m_votes.rows(); }

  QString errorTitle() const;
  QString errorDetail() const;

  QString batchTitle() const;
  int batchCases() const;

  int batchDone() const { return m_batchDone; }

  int batchTotal() const { return m_batchTotal; }

  bool hasReport() const { return m_report != nullptr; }

  bool isReportStopped() const { return m_report && m_report->is_stopped; }

  int failureCount() const;
  QVariantList summary() const;

  /// Sends the prompt with the picture to all columns; false: there is nothing to send.
  Q_INVOKABLE bool ask(const QString& prompt);
  Q_INVOKABLE void stop();
  /// The answer of a row is the best; -1: none is better than the others. Shows what is hidden.
  Q_INVOKABLE void vote(int row);
  Q_INVOKABLE void clearTally();
  /// Reads a script, or a folder of pictures, for runBatch().
  Q_INVOKABLE void openBatch(const QUrl& file);
  Q_INVOKABLE void runBatch();
  /// As the file's name ends: .json, .csv, .md. `exported` follows, or an error.
  Q_INVOKABLE void exportReport(const QUrl& file);

  void retranslate();

 signals:
  void pictureChanged();
  void optionsChanged();
  void runningChanged();
  void voteChanged();
  void tallyChanged();
  void errorChanged();
  void batchChanged();
  void progressChanged();
  void reportChanged();
  void exported(const QString& path);

 private:
  void findDevices();
  void start(CompareScript script, bool isBatch);
  void drain();
  void end();
  void setError(std::optional<Error> error, ErrorPlace place = ErrorPlace::kModel);
  void setHidden(bool hidden);
  GenerationParams params() const;

  CompareColumnModel m_columns;
  CompareCaseModel m_cases;
  VoteTally m_votes;
  QUrl m_picture;
  bool m_isAtOnce = false;
  bool m_isBlind = false;
  bool m_isHidden = false;
  bool m_isStopping = false;
  bool m_isBatch = false;
  std::optional<Error> m_error;
  std::optional<CompareScript> m_batch;
  int m_batchDone = 0;
  int m_batchTotal = 0;
  std::shared_ptr<const CompareReport> m_report;  // of the last batch
  std::unique_ptr<CompareJob> m_job;
  QTimer m_timer;
  QThreadPool m_pool;  // files; waits for its threads before the rest goes
  QStringList m_devices = {QStringLiteral("auto"), QStringLiteral("cpu")};
  PicturePtr m_read;  // what m_picture names
  QUrl m_wanted;      // being read
  ErrorPlace m_errorPlace = ErrorPlace::kModel;
  PictureLoader m_loader;  // last, as m_pool
};

}  // namespace galago::ui
