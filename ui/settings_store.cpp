// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// See settings_store.h.
#include "settings_store.h"

#include <QFileInfo>
#include <QThread>
#include <algorithm>
#include <cmath>

#include "devices/device_registry.h"

namespace galago::ui {
namespace {

constexpr auto kTheme = "look/theme";
constexpr auto kLanguage = "look/language";
constexpr auto kReducedMotion = "look/reducedMotion";
constexpr auto kHighContrast = "look/highContrast";
constexpr auto kTextSize = "look/textSize";
constexpr auto kInspectorOpen = "look/inspectorOpen";
constexpr auto kDevice = "model/device";
constexpr auto kThreads = "model/threads";
constexpr auto kContextSize = "model/contextSize";
constexpr auto kRecent = "model/recent";
constexpr auto kTemperature = "answer/temperature";
constexpr auto kTopP = "answer/topP";
constexpr auto kMaxTokens = "answer/maxTokens";
constexpr auto kFixedSeed = "answer/fixedSeed";
constexpr auto kKeepPictures = "pictures/keep";
constexpr auto kKeepChats = "chats/keep";
constexpr auto kCurrentChat = "chats/current";
constexpr auto kHistoryOpen = "look/historyOpen";
constexpr auto kSystemPrompt = "answer/systemPrompt";
constexpr auto kPresets = "answer/presets";

constexpr int kMinContext = 256;
constexpr double kDefaultTemperature = 0.2;

}  // namespace

SettingsStore::SettingsStore(const QString& file, QObject* parent)
    : QObject(parent),
      m_settings(file.isEmpty() ? QSettings().fileName() : file, QSettings::IniFormat) {}

SettingsStore::~SettingsStore() = default;

template <class T>
void SettingsStore::set(const char* key, const T& old, const T& value,
                        void (SettingsStore::*changed)()) {
  if (old == value) return;
  m_settings.setValue(QLatin1String(key), value);
  emit(this->*changed)();
}

int SettingsStore::boundedInt(const char* key, int fallback, int low, int high) const {
  bool isNumber = false;
  const int value = m_settings.value(QLatin1String(key)).toInt(&isNumber);
  return isNumber ? std::clamp(value, low, high) : fallback;
}

double SettingsStore::boundedDouble(const char* key, double fallback, double low,
                                    double high) const {
  bool isNumber = false;
  const double value = m_settings.value(QLatin1String(key)).toDouble(&isNumber);
  return isNumber && std::isfinite(value) ? std::clamp(value, low, high) : fallback;
}

QString SettingsStore::theme() const {
  const QString theme = m_settings.value(QLatin1String(kTheme)).toString();
  return theme == QLatin1String("light") || theme == QLatin1String("dark")
             ? theme
             : QStringLiteral("system");
}

void SettingsStore::setTheme(const QString& theme) {
  set(kTheme, this->theme(), theme, &SettingsStore::themeChanged);
}

QString SettingsStore::language() const {
  const QString language = m_settings.value(QLatin1String(kLanguage)).toString();
  return language == QLatin1String("en") || language == QLatin1String("zh_CN") ? language
                                                                               : QString();
}

void SettingsStore::setLanguage(const QString& language) {
  set(kLanguage, this->language(), language, &SettingsStore::languageChanged);
}

bool SettingsStore::reducedMotion() const {
  return m_settings.value(QLatin1String(kReducedMotion), false).toBool();
}

void SettingsStore::setReducedMotion(bool reduced) {
  set(kReducedMotion, reducedMotion(), reduced, &SettingsStore::reducedMotionChanged);
}

bool SettingsStore::highContrast() const {
  return m_settings.value(QLatin1String(kHighContrast), false).toBool();
}

void SettingsStore::setHighContrast(bool high) {
  set(kHighContrast, highContrast(), high, &SettingsStore::highContrastChanged);
}

int SettingsStore::textSize() const {
  return boundedInt(kTextSize, 100, kMinTextSize, kMaxTextSize);
}

void SettingsStore::setTextSize(int percent) {
  set(kTextSize, textSize(), std::clamp(percent, kMinTextSize, kMaxTextSize),
      &SettingsStore::textSizeChanged);
}

bool SettingsStore::inspectorOpen() const {
  return m_settings.value(QLatin1String(kInspectorOpen), true).toBool();
}

void SettingsStore::setInspectorOpen(bool open) {
  set(kInspectorOpen, inspectorOpen(), open, &SettingsStore::inspectorOpenChanged);
}

QString SettingsStore::device() const {
  const QString device = m_settings.value(QLatin1String(kDevice)).toString();
  return check_device_id(device.toStdString()) ? device : QStringLiteral("auto");
}

void SettingsStore::setDevice(const QString& device) {
  set(kDevice, this->device(), device, &SettingsStore::deviceChanged);
}

int SettingsStore::threads() const { return boundedInt(kThreads, 0, 0, kMaxThreads); }

void SettingsStore::setThreads(int threads) {
  set(kThreads, this->threads(), std::clamp(threads, 0, kMaxThreads),
      &SettingsStore::threadsChanged);
}

int SettingsStore::contextSize() const {
  const int tokens = boundedInt(kContextSize, 0, 0, kMaxContext);
  return tokens == 0 ? 0 : std::max(tokens, kMinContext);
}

void SettingsStore::setContextSize(int tokens) {
  set(kContextSize, contextSize(), tokens <= 0 ? 0 : std::clamp(tokens, kMinContext, kMaxContext),
      &SettingsStore::contextSizeChanged);
}

double SettingsStore::temperature() const {
  return boundedDouble(kTemperature, kDefaultTemperature, 0, 2);
}

void SettingsStore::setTemperature(double temperature) {
  set(kTemperature, this->temperature(), std::clamp(temperature, 0.0, 2.0),
      &SettingsStore::samplingChanged);
}

double SettingsStore::topP() const { return boundedDouble(kTopP, 1, 0.05, 1); }

void SettingsStore::setTopP(double topP) {
  set(kTopP, this->topP(), std::clamp(topP, 0.05, 1.0), &SettingsStore::samplingChanged);
}

int SettingsStore::maxTokens() const { return boundedInt(kMaxTokens, 512, 1, kMaxAnswerTokens); }

void SettingsStore::setMaxTokens(int tokens) {
  set(kMaxTokens, maxTokens(), std::clamp(tokens, 1, kMaxAnswerTokens),
      &SettingsStore::samplingChanged);
}

bool SettingsStore::fixedSeed() const {
  return m_settings.value(QLatin1String(kFixedSeed), false).toBool();
}

bool SettingsStore::keepPictures() const {
  return m_settings.value(QLatin1String(kKeepPictures), true).toBool();
}

void SettingsStore::setKeepPictures(bool keep) {
  set(kKeepPictures, keepPictures(), keep, &SettingsStore::keepPicturesChanged);
}

void SettingsStore::setFixedSeed(bool fixed) {
  set(kFixedSeed, fixedSeed(), fixed, &SettingsStore::samplingChanged);
}

QString SettingsStore::systemPrompt() const {
  return m_settings.value(QLatin1String(kSystemPrompt)).toString();
}

void SettingsStore::setSystemPrompt(const QString& prompt) {
  set(kSystemPrompt, systemPrompt(), prompt, &SettingsStore::systemPromptChanged);
}

bool SettingsStore::keepChats() const {
  return m_settings.value(QLatin1String(kKeepChats), true).toBool();
}

void SettingsStore::setKeepChats(bool keep) {
  set(kKeepChats, keepChats(), keep, &SettingsStore::keepChatsChanged);
}

bool SettingsStore::historyOpen() const {
  return m_settings.value(QLatin1String(kHistoryOpen), true).toBool();
}

void SettingsStore::setHistoryOpen(bool open) {
  set(kHistoryOpen, historyOpen(), open, &SettingsStore::historyOpenChanged);
}

QString SettingsStore::currentChat() const {
  return m_settings.value(QLatin1String(kCurrentChat)).toString();
}

void SettingsStore::setCurrentChat(const QString& chat) {
  if (chat != currentChat()) m_settings.setValue(QLatin1String(kCurrentChat), chat);
}

std::optional<QStringList> SettingsStore::presets() const {
  if (!m_settings.contains(QLatin1String(kPresets))) return {};
  QStringList questions;
  for (const QString& saved : m_settings.value(QLatin1String(kPresets)).toStringList()) {
    const QString question = saved.simplified().left(kMaxPresetLength);
    if (!question.isEmpty() && questions.size() < kMaxPresets) questions.append(question);
  }
  return questions;
}

void SettingsStore::setPresets(const std::optional<QStringList>& questions) {
  if (questions == presets()) return;
  if (questions) {
    m_settings.setValue(QLatin1String(kPresets), *questions);
  } else {
    m_settings.remove(QLatin1String(kPresets));
  }
  emit presetsChanged();
}

int SettingsStore::processorCount() const { return std::max(1, QThread::idealThreadCount()); }

QStringList SettingsStore::recentModels() const {
  return m_settings.value(QLatin1String(kRecent)).toStringList();
}

void SettingsStore::addRecentModel(const QString& path) {
  QStringList models = recentModels();
  models.removeAll(path);
  models.prepend(path);
  set(kRecent, recentModels(), QStringList(models.mid(0, kRecentModels)),
      &SettingsStore::recentModelsChanged);
}

void SettingsStore::moveRecentModels(const QString& from, const QString& to) {
  QStringList models = recentModels();
  for (QString& model : models) {
    const QString moved = to + model.mid(from.size());
    if (model.startsWith(from + QLatin1Char('/')) && QFileInfo::exists(moved)) model = moved;
  }
  set(kRecent, recentModels(), models, &SettingsStore::recentModelsChanged);
}

QString SettingsStore::savedFile() {
  m_settings.sync();
  return m_settings.fileName();
}

void SettingsStore::takeFrom(const QString& file) {
  const QSettings other(file, QSettings::IniFormat);
  // Values are brought into range when they are read, like those of any file.
  for (const auto* key : {kTheme, kLanguage, kReducedMotion, kHighContrast, kTextSize,
                          kInspectorOpen, kTemperature, kTopP, kMaxTokens, kFixedSeed,
                          kKeepPictures, kKeepChats, kHistoryOpen, kSystemPrompt, kPresets}) {
    const QVariant value = other.value(QLatin1String(key));
    if (value.isValid()) m_settings.setValue(QLatin1String(key), value);
  }
  tellAll();
}

void SettingsStore::restoreDefaults() {
  for (const auto* key :
       {kTheme, kLanguage, kReducedMotion, kHighContrast, kTextSize, kInspectorOpen, kDevice,
        kThreads, kContextSize, kTemperature, kTopP, kMaxTokens, kFixedSeed, kSystemPrompt,
        kKeepPictures, kKeepChats, kHistoryOpen, kPresets}) {
    m_settings.remove(QLatin1String(key));
  }
  tellAll();
}

void SettingsStore::tellAll() {
  emit themeChanged();
  emit languageChanged();
  emit reducedMotionChanged();
  emit highContrastChanged();
  emit textSizeChanged();
  emit inspectorOpenChanged();
  emit deviceChanged();
  emit threadsChanged();
  emit contextSizeChanged();
  emit samplingChanged();
  emit systemPromptChanged();
  emit keepPicturesChanged();
  emit keepChatsChanged();
  emit historyOpenChanged();
  emit presetsChanged();
}

}  // namespace galago::ui
