// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// The model in use: being loaded, ready, or failed with a reason. UI thread; the work is the
// worker's.
#pragma once

#include <QtQml/qqmlregistration.h>
#include <QObject>
#include <QUrl>
#include <optional>
#include <stop_token>

#include "inference_worker.h"
#include "progress_estimate.h"
#include "settings_store.h"

namespace galago::ui {

class ModelViewModel : public QObject {
  Q_OBJECT
  QML_ELEMENT
  QML_UNCREATABLE("made by the application")
  Q_PROPERTY(State state READ state NOTIFY changed)
  Q_PROPERTY(QString path READ path NOTIFY changed)
  Q_PROPERTY(QString name READ name NOTIFY changed)
  Q_PROPERTY(QString quantisation READ quantisation NOTIFY changed)
  Q_PROPERTY(double parameterCount READ parameterCount NOTIFY changed)
  Q_PROPERTY(double fileBytes READ fileBytes NOTIFY changed)
  Q_PROPERTY(int contextSize READ contextSize NOTIFY changed)
  Q_PROPERTY(int trainedContextSize READ trainedContextSize NOTIFY changed)
  Q_PROPERTY(int tokensPerPicture READ tokensPerPicture NOTIFY changed)
  /// Pixels of a side, as the model sees pictures.
  Q_PROPERTY(int pictureSize READ pictureSize NOTIFY changed)
  Q_PROPERTY(bool hasVision READ hasVision NOTIFY changed)
  /// The demonstration model that comes with Galago, loading or ready.
  Q_PROPERTY(bool isBuiltIn READ isBuiltIn NOTIFY changed)
  Q_PROPERTY(double loadMs READ loadMs NOTIFY changed)
  /// "cpu", "cuda", …; empty while none is in use.
  Q_PROPERTY(QString deviceKind READ deviceKind NOTIFY changed)
  Q_PROPERTY(QString deviceName READ deviceName NOTIFY changed)
  Q_PROPERTY(QString deviceDetail READ deviceDetail NOTIFY changed)
  Q_PROPERTY(QString deviceReason READ deviceReason NOTIFY changed)
  /// There is more than one device to choose from, and Galago chooses.
  Q_PROPERTY(bool isMeasured READ isMeasured NOTIFY changed)
  Q_PROPERTY(int threads READ threads NOTIFY changed)
  /// The settings have changed since it was loaded, and take effect when it is loaded again.
  Q_PROPERTY(bool isOutdated READ isOutdated NOTIFY outdatedChanged)
  Q_PROPERTY(QString errorTitle READ errorTitle NOTIFY changed)
  Q_PROPERTY(QString errorHint READ errorHint NOTIFY changed)
  Q_PROPERTY(QString errorDetail READ errorDetail NOTIFY changed)
  /// It was not loaded because there seems to be too little memory for it.
  Q_PROPERTY(bool isTooLarge READ isTooLarge NOTIFY changed)
  /// Of the loading, 0 to 1, and in seconds (-1: not known yet).
  Q_PROPERTY(double progress READ progress NOTIFY progressChanged)
  Q_PROPERTY(double secondsLeft READ secondsLeft NOTIFY progressChanged)

 public:
  enum State { None, Loading, Ready, Broken };
  Q_ENUM(State)

  /// All three must outlive it.
  ModelViewModel(InferenceWorker& worker, EventMailbox& mailbox, SettingsStore& settings,
                 QObject* parent = nullptr);
  ~ModelViewModel() override;

  ModelViewModel(const ModelViewModel&) = delete;
  ModelViewModel& operator=(const ModelViewModel&) = delete;

  State state() const { return m_state; }

  QString path() const { return m_path; }

  QString name() const;

  QString quantisation() const { return QString::fromStdString(m_loaded.info.quantisation); }

  double parameterCount() const { return static_cast<double>(m_loaded.info.parameter_count); }

  double fileBytes() const { return static_cast<double>(m_fileBytes); }

  int contextSize() const { return m_loaded.info.context_size; }

  int trainedContextSize() const { return m_loaded.info.trained_context_size; }

  int tokensPerPicture() const { return m_loaded.info.tokens_per_picture; }

  int pictureSize() const;

  /// To count with; null: none is ready.
  std::shared_ptr<const Engine> engine() const { return m_loaded.engine.lock(); }

  bool hasVision() const { return m_loaded.has_vision; }

  bool isBuiltIn() const { return m_isBuiltIn; }

  double loadMs() const { return m_loaded.info.load_ms; }

  QString deviceKind() const { return QString::fromStdString(m_loaded.device.kind); }

  QString deviceName() const { return QString::fromStdString(m_loaded.device.name); }

  QString deviceDetail() const { return QString::fromStdString(m_loaded.device.detail); }

  QString deviceReason() const;

  bool isMeasured() const { return !m_loaded.trials.empty(); }

  int threads() const { return m_loaded.device.threads; }

  bool isOutdated() const;
  QString errorTitle() const;
  QString errorHint() const;
  QString errorDetail() const;
  bool isTooLarge() const;

  double progress() const { return m_progress.fraction(); }

  double secondsLeft() const { return m_progress.secondsLeft(); }

  /// The command line's wishes; they win over the settings for this run.
  void setOverrides(const QString& device, int threads);

  /// A GGUF file, a folder that holds a pair, or an installed model's name. What was loading or
  /// loaded before goes.
  Q_INVOKABLE void load(const QString& model);
  /// The same for one that nobody chose: it is not remembered as the one chosen last.
  void loadUnasked(const QString& model);
  /// From a file dialog.
  Q_INVOKABLE void loadUrl(const QUrl& file);
  /// The same model with the settings as they are now.
  Q_INVOKABLE void reload();
  /// The same, whatever memory there seems to be.
  Q_INVOKABLE void loadAnyway();
  /// The same, and the devices are measured anew.
  Q_INVOKABLE void measureAgain();
  /// Stops the loading; the state becomes Broken with "Loading was stopped".
  Q_INVOKABLE void cancel();
  /// Asks the worker to stop, without waiting; for the end of the program.
  void requestStop();

  void retranslate();

 signals:
  void changed();
  void progressChanged();
  void outdatedChanged();
  /// Another model is about to take the place of the one in use.
  void replaced();
  void ready();

 private:
  struct Wish {
    QString device;
    int threads = 0;
    int contextSize = 0;

    bool operator==(const Wish&) const = default;
  };

  Wish wish() const;
  enum class Memory { kChecked, kIgnored };

  void begin(const QString& model, Memory memory = Memory::kChecked,
             Measure measure = Measure::kOnce);
  void handle(const WorkerEvent& event);
  void fail(const Error& error);

  InferenceWorker& m_worker;
  EventMailbox& m_mailbox;
  SettingsStore& m_settings;
  QString m_deviceOverride;
  int m_threadsOverride = 0;

  State m_state = None;
  QString m_path;
  QString m_fileName;
  quint64 m_fileBytes = 0;
  bool m_isBuiltIn = false;
  bool m_isChosen = false;  // by a person
  Memory m_memory = Memory::kChecked;
  Wish m_asked;
  LoadDone m_loaded;
  std::optional<Error> m_error;
  ProgressEstimate m_progress;
  RequestId m_request = 0;
  std::stop_source m_stop;
};

}  // namespace galago::ui
