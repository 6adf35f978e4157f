// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// What a person has chosen, kept between runs. Values out of range (a hand-edited file) are
// brought into range when read.
#pragma once

#include <QtQml/qqmlregistration.h>
#include <QObject>
#include <QSettings>
#include <QStringList>
#include <optional>

namespace galago::ui {

class SettingsStore : public QObject {
  Q_OBJECT
  QML_ELEMENT
  QML_UNCREATABLE("made by the application")
  /// "system", "light" or "dark".
  Q_PROPERTY(QString theme READ theme WRITE setTheme NOTIFY themeChanged)
  /// "" (as the system), "en" or "zh_CN".
  Q_PROPERTY(QString language READ language WRITE setLanguage NOTIFY languageChanged)
  Q_PROPERTY(
      bool reducedMotion READ reducedMotion WRITE setReducedMotion NOTIFY reducedMotionChanged)
  Q_PROPERTY(bool highContrast READ highContrast WRITE setHighContrast NOTIFY highContrastChanged)
  /// Of all words, in percent of what they were designed for: 90 to 160.
  Q_PROPERTY(int textSize READ textSize WRITE setTextSize NOTIFY textSizeChanged)
  Q_PROPERTY(
      bool inspectorOpen READ inspectorOpen WRITE setInspectorOpen NOTIFY inspectorOpenChanged)
  /// "auto", or as EngineOptions::device has it.
  Q_PROPERTY(QString device READ device WRITE setDevice NOTIFY deviceChanged)
  /// 0: one per core.
  Q_PROPERTY(int threads READ threads WRITE setThreads NOTIFY threadsChanged)
  /// In tokens; 0: what the model was made for.
  Q_PROPERTY(int contextSize READ contextSize WRITE setContextSize NOTIFY contextSizeChanged)
  Q_PROPERTY(double temperature READ temperature WRITE setTemperature NOTIFY samplingChanged)
  Q_PROPERTY(double topP READ topP WRITE setTopP NOTIFY samplingChanged)
  /// In tokens.
  Q_PROPERTY(int maxTokens READ maxTokens WRITE setMaxTokens NOTIFY samplingChanged)
  /// The same question gets the same answer.
  Q_PROPERTY(bool fixedSeed READ fixedSeed WRITE setFixedSeed NOTIFY samplingChanged)
  /// Empty: the prompt template's own.
  Q_PROPERTY(
      QString systemPrompt READ systemPrompt WRITE setSystemPrompt NOTIFY systemPromptChanged)
  /// What the model made of pictures is kept on disk, for the next time they are shown.
  Q_PROPERTY(bool keepPictures READ keepPictures WRITE setKeepPictures NOTIFY keepPicturesChanged)
  /// What is asked and answered is kept on disk.
  Q_PROPERTY(bool keepChats READ keepChats WRITE setKeepChats NOTIFY keepChatsChanged)
  /// The list of chats is shown, where there is room.
  Q_PROPERTY(bool historyOpen READ historyOpen WRITE setHistoryOpen NOTIFY historyOpenChanged)
  Q_PROPERTY(int processorCount READ processorCount CONSTANT)

 public:
  static constexpr int kMaxThreads = 256;
  static constexpr int kMaxContext = 131072;
  static constexpr int kMaxAnswerTokens = 8192;
  static constexpr int kRecentModels = 5;
  static constexpr int kMaxPresets = 8;
  static constexpr int kMinTextSize = 90;
  static constexpr int kMaxTextSize = 160;
  static constexpr int kMaxPresetLength = 300;

  /// `file`: an INI file, for tests; empty: the platform's place for settings.
  explicit SettingsStore(const QString& file = {}, QObject* parent = nullptr);
  ~SettingsStore() override;

  SettingsStore(const SettingsStore&) = delete;
  SettingsStore& operator=(const SettingsStore&) = delete;

  QString theme() const;
  void setTheme(const QString& theme);
  QString language() const;
  void setLanguage(const QString& language);
  bool reducedMotion() const;
  void setReducedMotion(bool reduced);
  bool highContrast() const;
  void setHighContrast(bool high);
  int textSize() const;
  void setTextSize(int percent);
  bool inspectorOpen() const;
  void setInspectorOpen(bool open);
  QString device() const;
  void setDevice(const QString& device);
  int threads() const;
  void setThreads(int threads);
  int contextSize() const;
  void setContextSize(int tokens);
  double temperature() const;
  void setTemperature(double temperature);
  double topP() const;
  void setTopP(double topP);
  int maxTokens() const;
  void setMaxTokens(int tokens);
  bool fixedSeed() const;
  void setFixedSeed(bool fixed);
  QString systemPrompt() const;
  void setSystemPrompt(const QString& prompt);
  bool keepPictures() const;
  void setKeepPictures(bool keep);
  bool keepChats() const;
  void setKeepChats(bool keep);
  bool historyOpen() const;
  void setHistoryOpen(bool open);
  /// The chat on show, for the next start; empty: a new one.
  QString currentChat() const;
  void setCurrentChat(const QString& chat);
  /// The questions offered for a picture; nothing: those of the language.
  std::optional<QStringList> presets() const;
  void setPresets(const std::optional<QStringList>& questions);
  int processorCount() const;

  /// The models loaded from files, the latest first; the first is loaded at the next start.
  QStringList recentModels() const;
  void addRecentModel(const QString& path);

  /// Models that lay in `from` are in `to` now, as far as they are there.
  void moveRecentModels(const QString& from, const QString& to);

  /// The file, with all that was set in it.
  QString savedFile();
  /// What another installation's file says, but for what is of its machine only.
  void takeFrom(const QString& file);

  Q_INVOKABLE void restoreDefaults();

 signals:
  void themeChanged();
  void languageChanged();
  void reducedMotionChanged();
  void highContrastChanged();
  void textSizeChanged();
  void inspectorOpenChanged();
  void deviceChanged();
  void threadsChanged();
  void contextSizeChanged();
  void samplingChanged();
  void systemPromptChanged();
  void keepPicturesChanged();
  void keepChatsChanged();
  void historyOpenChanged();
  void presetsChanged();
  void recentModelsChanged();

 private:
  void tellAll();
  /// Writes and signals when the value is another.
  template <class T>
  void set(const char* key, const T& old, const T& value, void (SettingsStore::*changed)());
  int boundedInt(const char* key, int fallback, int low, int high) const;
  double boundedDouble(const char* key, double fallback, double low, double high) const;

  QSettings m_settings;
};

}  // namespace galago::ui
