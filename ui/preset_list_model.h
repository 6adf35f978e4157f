// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// The questions that are offered for a picture, in their order. As long as nobody has changed them
// they are three of the window's language; what a person makes of them is kept in the settings.
#pragma once

#include <QtQml/qqmlregistration.h>
#include <QAbstractListModel>
#include <QStringList>

#include "settings_store.h"

namespace galago::ui {

class PresetListModel : public QAbstractListModel {
  Q_OBJECT
  QML_ELEMENT
  QML_UNCREATABLE("made by AppViewModel")
  Q_PROPERTY(int count READ count NOTIFY changed)
  Q_PROPERTY(bool isFull READ isFull NOTIFY changed)
  /// Empty: there is none.
  Q_PROPERTY(QString first READ first NOTIFY changed)
  /// They are those of the language.
  Q_PROPERTY(bool isDefault READ isDefault NOTIFY changed)

 public:
  enum Role { QuestionRole = Qt::UserRole + 1 };

  /// `settings` must outlive it.
  explicit PresetListModel(SettingsStore& settings, QObject* parent = nullptr);
  ~PresetListModel() override;

  PresetListModel(const PresetListModel&) = delete;
  PresetListModel& operator=(const PresetListModel&) = delete;

  int rowCount(const QModelIndex& parent = {}) const override;
  QVariant data(const QModelIndex& index, int role) const override;
  QHash<int, QByteArray> roleNames() const override;

  int count() const { return static_cast<int>(m_questions.size()); }

  QString first() const { return m_questions.value(0); }

  bool isFull() const { return count() >= SettingsStore::kMaxPresets; }

  bool isDefault() const { return !m_settings.presets().has_value(); }

  /// At the end. False, with nothing done, without words or when there are as many as can be.
  Q_INVOKABLE bool add(const QString& question);
  /// Other words; without any it is removed.
  Q_INVOKABLE void setQuestion(int row, const QString& question);
  Q_INVOKABLE void remove(int row);
  Q_INVOKABLE void move(int from, int to);
  /// Those of the language again.
  Q_INVOKABLE void reset();

  /// After a change of language.
  void retranslate() { takeOver(); }

 signals:
  void changed();

 private:
  bool has(int row) const { return row >= 0 && row < count(); }

  void takeOver();
  void keep();

  SettingsStore& m_settings;
  QStringList m_questions;
};

}  // namespace galago::ui
