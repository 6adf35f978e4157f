// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// The models to choose from: those installed, then files opened lately from elsewhere, at last the
// one that comes with Galago. The disk is searched on a thread.
#pragma once

#include <QtQml/qqmlregistration.h>
#include <QAbstractListModel>
#include <QThreadPool>
#include <vector>

#include "library/model_locator.h"
#include "settings_store.h"

namespace galago::ui {

class ModelListModel : public QAbstractListModel {
  Q_OBJECT
  QML_ELEMENT
  QML_UNCREATABLE("made by the application")
  Q_PROPERTY(int count READ count NOTIFY countChanged)
  Q_PROPERTY(bool searching READ isSearching NOTIFY searchingChanged)
  /// What is listed is what there is: false until the first search has ended.
  Q_PROPERTY(bool hasSearched READ hasSearched NOTIFY searchingChanged)
  /// Where to put a model so that it is found: the folder of this user.
  Q_PROPERTY(QString userFolder READ userFolder CONSTANT)

 public:
  enum Role {
    NameRole = Qt::UserRole + 1,
    PathRole,    ///< of the language model: what ModelViewModel::load takes
    FolderRole,  ///< for people
    FileBytesRole,
    HasVisionRole,  ///< an mmproj lies beside it
    IsBuiltInRole,  ///< the demonstration model that comes with Galago
  };

  explicit ModelListModel(const SettingsStore& settings, QObject* parent = nullptr);
  ~ModelListModel() override;

  ModelListModel(const ModelListModel&) = delete;
  ModelListModel& operator=(const ModelListModel&) = delete;

  int rowCount(const QModelIndex& parent = {}) const override;
  QVariant data(const QModelIndex& index, int role) const override;
  QHash<int, QByteArray> roleNames() const override;

  int count() const { return static_cast<int>(m_models.size()); }

  bool isSearching() const { return m_searching; }

  bool hasSearched() const { return m_hasSearched; }

  QString userFolder() const;
  /// Of the model to use when none was chosen: the first with eyes, a person's own before the
  /// built-in one. Empty: none.
  QString defaultPath() const;

  /// Looks again; `searched` follows.
  Q_INVOKABLE void refresh();

 signals:
  void countChanged();
  void searchingChanged();
  void searched();

 private:
  struct Row {
    ModelFiles files;
    qint64 fileBytes = 0;

    friend bool operator==(const Row&, const Row&) = default;
  };

  static std::vector<Row> search(const QStringList& recent);
  void setSearching(bool searching);

  const SettingsStore& m_settings;
  std::vector<Row> m_models;
  bool m_searching = false;
  bool m_hasSearched = false;
  QThreadPool m_pool;
};

}  // namespace galago::ui
