// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// What was given to be imported. UI thread; filled by ImportViewModel.
#pragma once

#include <QtQml/qqmlregistration.h>
#include <QAbstractListModel>
#include <functional>
#include <vector>

#include "import_entry.h"

namespace galago::ui {

class ImportListModel : public QAbstractListModel {
  Q_OBJECT
  QML_ELEMENT
  QML_UNCREATABLE("made by the application")
  Q_PROPERTY(int count READ count NOTIFY countChanged)

 public:
  enum Role {
    EntryIdRole = Qt::UserRole + 1,
    NameRole,
    KindRole,
    StepRole,
    FolderRole,  ///< where it lies, "~" for the home folder
    ModelsRole,  ///< "publisher/model", what it will be or is
    BytesRole,   ///< that it takes on the disk; 0: not known
    ShareRole,
    SizeNamesRole,  ///< the types to choose from; empty: there is no choice
    SizeBytesRole,
    SizeRole,  ///< the index of the one chosen
    MissingRole,
    MissingNameRole,
    HasSettingsRole,
    HasSamplesRole,
    TakesSettingsRole,
    TakesSamplesRole,
    IsInstalledRole,
    UsePathRole,  ///< what ModelViewModel::load takes; empty: it cannot be used (yet)
    ErrorTitleRole,
    ErrorHintRole,
    ErrorDetailRole,
  };

  enum Kind { Pair, Checkpoint, Adapter, Pack, Bundle, Unknown };
  Q_ENUM(Kind)

  enum Step { Ready, Waiting, Working, Done, Failed, Refused };
  Q_ENUM(Step)

  enum Missing { Nothing, Base, Tower };
  Q_ENUM(Missing)

  using QAbstractListModel::QAbstractListModel;

  int rowCount(const QModelIndex& parent = {}) const override;
  QVariant data(const QModelIndex& index, int role) const override;
  QHash<int, QByteArray> roleNames() const override;

  int count() const { return static_cast<int>(m_entries.size()); }

  const std::vector<ImportEntry>& entries() const { return m_entries; }

  /// Null: there is none of that id.
  const ImportEntry* find(int id) const;
  void append(std::vector<ImportEntry> entries);
  void update(int id, const std::function<void(ImportEntry&)>& change);
  void remove(int id);
  void retranslate();

 signals:
  void countChanged();
  /// Of anything but the share of the work done.
  void changed();

 private:
  int rowOf(int id) const;

  std::vector<ImportEntry> m_entries;
};

}  // namespace galago::ui
