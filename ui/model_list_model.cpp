// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// See model_list_model.h.
#include "model_list_model.h"

#include <QDir>
#include <QFileInfo>
#include <QStandardPaths>
#include <algorithm>
#include <exception>
#include <utility>

namespace galago::ui {
namespace {

QString text(const std::filesystem::path& path) { return QFileInfo(path).filePath(); }

/// "~/…" for what lies in the home folder.
QString abbreviated(const QString& folder) {
  const QString home = QDir::homePath();
  const bool isInside = folder == home || folder.startsWith(home + QLatin1Char('/'));
  return isInside ? QLatin1Char('~') + folder.mid(home.size()) : folder;
}

qint64 sizeOf(const ModelFiles& files) {
  const qint64 projector = files.mmproj.empty() ? 0 : QFileInfo(files.mmproj).size();
  return QFileInfo(files.language_model).size() + projector;
}

}  // namespace

ModelListModel::ModelListModel(const SettingsStore& settings, QObject* parent)
    : QAbstractListModel(parent), m_settings(settings) {
  m_pool.setMaxThreadCount(1);
}

ModelListModel::~ModelListModel() {
  m_pool.clear();
  m_pool.waitForDone();
}

int ModelListModel::rowCount(const QModelIndex& parent) const {
  return parent.isValid() ? 0 : count();
}

QVariant ModelListModel::data(const QModelIndex& index, int role) const {
  if (!checkIndex(index, CheckIndexOption::IndexIsValid)) return {};
  const Row& row = m_models[static_cast<std::size_t>(index.row())];
  switch (role) {
    case Qt::DisplayRole:
    case NameRole:
      return QString::fromStdString(row.files.name);
    case PathRole:
      return text(row.files.language_model);
    case FolderRole:
      return abbreviated(QDir::toNativeSeparators(text(row.files.language_model.parent_path())));
    case FileBytesRole:
      return row.fileBytes;
    case HasVisionRole:
      return !row.files.mmproj.empty();
    case IsBuiltInRole:
      return row.files.is_built_in;
    default:
      return {};
  }
}

QHash<int, QByteArray> ModelListModel::roleNames() const {
  return {{NameRole, "name"},           {PathRole, "path"},           {FolderRole, "folder"},
          {FileBytesRole, "fileBytes"}, {HasVisionRole, "hasVision"}, {IsBuiltInRole, "isBuiltIn"}};
}

QString ModelListModel::userFolder() const {
  const QString data = QStandardPaths::writableLocation(QStandardPaths::GenericDataLocation);
  return QDir::toNativeSeparators(data + QLatin1String("/galago/models"));
}

QString ModelListModel::defaultPath() const {
  if (m_models.empty()) return {};
  const auto sees = [](const Row& row) { return !row.files.mmproj.empty(); };
  const auto found = std::find_if(m_models.begin(), m_models.end(), sees);
  return text((found != m_models.end() ? *found : m_models.front()).files.language_model);
}

void ModelListModel::refresh() {
  if (m_searching) return;
  setSearching(true);
  m_pool.start([this, recent = m_settings.recentModels()] {
    std::vector<Row> found = search(recent);
    QMetaObject::invokeMethod(
        this,
        [this, rows = std::move(found)]() mutable {
          if (rows != m_models) {  // what has not changed keeps its place and the focus
            beginResetModel();
            m_models = std::move(rows);
            endResetModel();
            emit countChanged();
          }
          m_hasSearched = true;
          setSearching(false);
          emit searched();
        },
        Qt::QueuedConnection);
  });
}

std::vector<ModelListModel::Row> ModelListModel::search(const QStringList& recent) {
  std::vector<Row> rows;
  // A folder that cannot be listed must not end the program: the rest is still worth showing.
  try {
    for (ModelFiles& files : installed_models(model_folders())) {
      rows.push_back({std::move(files), 0});
    }
    for (const QString& path : recent) {
      Result<ModelFiles> files = locate_model(path.toStdString());
      if (!files) continue;  // moved or deleted since
      const bool isListed = std::any_of(rows.begin(), rows.end(), [&](const Row& row) {
        return row.files.language_model == files->language_model;
      });
      if (!isListed) rows.push_back({*std::move(files), 0});
    }
  } catch (const std::exception& exception) {
    qWarning("Looking for models: %s", exception.what());
  }
  std::stable_partition(rows.begin(), rows.end(),
                        [](const Row& row) { return !row.files.is_built_in; });
  for (Row& row : rows) row.fileBytes = sizeOf(row.files);
  return rows;
}

void ModelListModel::setSearching(bool searching) {
  if (std::exchange(m_searching, searching) != searching) emit searchingChanged();
}

}  // namespace galago::ui
