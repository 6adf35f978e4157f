// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// A list of the page of models. UI thread; filled by LibraryViewModel.
#pragma once

#include <QtQml/qqmlregistration.h>
#include <QAbstractListModel>
#include <functional>
#include <vector>

#include "library_entry.h"

namespace galago::ui {

class LibraryListModel : public QAbstractListModel {
  Q_OBJECT
  QML_ELEMENT
  QML_UNCREATABLE("made by the application")
  Q_PROPERTY(int count READ count NOTIFY countChanged)

 public:
  enum Role {
    ModelIdRole = Qt::UserRole + 1,
    NameRole,
    QuantisationRole,
    LicenceRole,      ///< by its name
    LicenceTextRole,  ///< empty: not known
    LicenceUrlRole,
    SourceRole,
    NoteRole,
    FolderRole,
    PathRole,         ///< what ModelViewModel::load takes; empty: not installed
    BytesRole,        ///< 0: not known
    MemoryBytesRole,  ///< 0: not known
    RateRole,         ///< tokens a second on this machine; 0: not measured
    RateDeviceRole,
    RateThreadsRole,
    FitRole,
    TypeThatFitsRole,
    OriginRole,
    IsBuiltInRole,
    IsRemovableRole,
    CanGetRole,
    IsOwnRole,  ///< the user added it to the catalogue
    CheckRole,
    CheckProgressRole,
    CheckDetailRole,
    TransferRole,
    TransferProgressRole,  ///< 0 to 1
    BytesDoneRole,
    BytesTotalRole,
    BytesPerSecondRole,
    SecondsLeftRole,  ///< -1: not known
    ErrorTitleRole,
    ErrorHintRole,
    ErrorDetailRole,
  };

  enum Fit { FitUnknown, Fits, Tight, WontFit };
  Q_ENUM(Fit)

  /// Of whose folder it is.
  enum Origin { Elsewhere, Library, BuiltIn, OtherProgram };
  Q_ENUM(Origin)

  enum Check { NotChecked, Checking, Whole, Damaged };
  Q_ENUM(Check)

  enum Transfer { NoTransfer, Preparing, Receiving, Retrying, Paused, Finishing, Failed };
  Q_ENUM(Transfer)

  using QAbstractListModel::QAbstractListModel;

  int rowCount(const QModelIndex& parent = {}) const override;
  QVariant data(const QModelIndex& index, int role) const override;
  QHash<int, QByteArray> roleNames() const override;

  int count() const { return static_cast<int>(m_entries.size()); }

  const std::vector<LibraryEntry>& entries() const { return m_entries; }

  /// Null: there is none of that id.
  const LibraryEntry* find(const QString& id) const;
  /// Rows that stay keep their place on the screen, and the focus.
  void setEntries(std::vector<LibraryEntry> entries);
  /// `change` alters the entry of that id, if there is one.
  void update(const QString& id, const std::function<void(LibraryEntry&)>& change);
  void retranslate();

 signals:
  void countChanged();

 private:
  static QVariant transferData(const DownloadStatus& transfer, int role);

  std::vector<LibraryEntry> m_entries;
};

}  // namespace galago::ui
