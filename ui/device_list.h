// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// What a person can have computed on: automatic, the processor, each GPU by its name. UI thread;
// drivers are asked on another one.
#pragma once

#include <QtQml/qqmlregistration.h>
#include <QObject>
#include <QStringList>
#include <QThreadPool>

#include "settings_store.h"

namespace galago::ui {

class DeviceList : public QObject {
  Q_OBJECT
  QML_ELEMENT
  QML_UNCREATABLE("made by the application")
  /// As SettingsStore::device takes them; the chosen one is always among them.
  Q_PROPERTY(QStringList devices READ devices NOTIFY changed)
  /// The same in words.
  Q_PROPERTY(QStringList labels READ labels NOTIFY changed)
  /// The chosen one's place in them.
  Q_PROPERTY(int current READ current NOTIFY changed)
  /// Drivers have been asked; until then only what needs none is listed.
  Q_PROPERTY(bool isComplete READ isComplete NOTIFY changed)

 public:
  /// `settings` must outlive it.
  explicit DeviceList(const SettingsStore& settings, QObject* parent = nullptr);
  ~DeviceList() override;

  DeviceList(const DeviceList&) = delete;
  DeviceList& operator=(const DeviceList&) = delete;

  QStringList devices() const;
  QStringList labels() const;

  int current() const { return static_cast<int>(devices().indexOf(m_settings.device())); }

  bool isComplete() const { return m_isComplete; }

  /// Looks for GPUs, the first time it is called.
  Q_INVOKABLE void find();

  void retranslate() { emit changed(); }

 signals:
  void changed();

 private:
  const SettingsStore& m_settings;
  QThreadPool m_pool;
  QStringList m_gpus;
  bool m_isAsked = false;
  bool m_isComplete = false;
};

}  // namespace galago::ui
