// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// See import_list_model.h.
#include "import_list_model.h"

#include <QDir>
#include <algorithm>
#include <iterator>

#include "error_text.h"
#include "import_text.h"

namespace galago::ui {
namespace {

ImportListModel::Kind kindOf(const ImportEntry& entry) {
  if (entry.step == ImportStep::kRefused) return ImportListModel::Unknown;
  switch (entry.source.kind) {
    case ImportKind::kPair:
      return ImportListModel::Pair;
    case ImportKind::kCheckpoint:
      return entry.isAdapter ? ImportListModel::Adapter : ImportListModel::Checkpoint;
    case ImportKind::kPack:
      break;
  }
  return entry.isBundle ? ImportListModel::Bundle : ImportListModel::Pack;
}

ImportListModel::Missing missingOf(const ImportEntry& entry) {
  if (!entry.missing) return ImportListModel::Nothing;
  return entry.missing->part == MissingFolder::Part::kBase ? ImportListModel::Base
                                                           : ImportListModel::Tower;
}

/// The folder as people write it.
QString folderOf(const ImportEntry& entry) {
  const QString folder = QString::fromStdString(entry.source.path.parent_path().string());
  const QString home = QDir::homePath();
  return folder == home || folder.startsWith(home + QLatin1Char('/'))
             ? QLatin1Char('~') + folder.mid(home.size())
             : folder;
}

QString usePathOf(const ImportEntry& entry) {
  if (entry.step == ImportStep::kDone) return entry.models.value(0);
  const bool isWhole = entry.source.kind == ImportKind::kPair && entry.step == ImportStep::kReady;
  // Where it lies, the other file is looked for beside the one.
  const ModelFiles& files = entry.source.files;
  return isWhole && files.mmproj.parent_path() == files.language_model.parent_path()
             ? QString::fromStdString(files.language_model.string())
             : QString();
}

double bytesOf(const ImportEntry& entry) {
  if (entry.sizes.empty()) return static_cast<double>(entry.bytes);
  return static_cast<double>(entry.sizes.at(static_cast<std::size_t>(entry.size)).bytes);
}

QVariantList sizesOf(const ImportEntry& entry) {
  QVariantList sizes;
  for (const CheckpointSize& size : entry.sizes) sizes += static_cast<double>(size.bytes);
  return sizes;
}

QStringList sizeNamesOf(const ImportEntry& entry) {
  QStringList names;
  for (const CheckpointSize& size : entry.sizes)
    names += QString::fromUtf8(size.name.data(), static_cast<qsizetype>(size.name.size()));
  return names;
}

}  // namespace

int ImportListModel::rowCount(const QModelIndex& parent) const {
  return parent.isValid() ? 0 : count();
}

QVariant ImportListModel::data(const QModelIndex& index, int role) const {
  if (!checkIndex(index, CheckIndexOption::IndexIsValid)) return {};
  const ImportEntry& entry = m_entries[static_cast<std::size_t>(index.row())];
  switch (role) {
    case EntryIdRole:
      return entry.id;
    case Qt::DisplayRole:
    case NameRole:
      return entry.name;
    case KindRole:
      return kindOf(entry);
    case StepRole:
      return static_cast<int>(entry.step);
    case FolderRole:
      return folderOf(entry);
    case ModelsRole:
      return entry.models;
    case BytesRole:
      return bytesOf(entry);
    case ShareRole:
      return entry.share;
    case SizeNamesRole:
      return sizeNamesOf(entry);
    case SizeBytesRole:
      return sizesOf(entry);
    case SizeRole:
      return entry.size;
    case MissingRole:
      return missingOf(entry);
    case MissingNameRole:
      return entry.missing ? QString::fromStdString(entry.missing->name) : QString();
    case HasSettingsRole:
      return entry.hasSettings;
    case HasSamplesRole:
      return entry.hasSamples;
    case TakesSettingsRole:
      return entry.takesSettings;
    case TakesSamplesRole:
      return entry.takesSamples;
    case IsInstalledRole:
      return entry.isInstalled;
    case UsePathRole:
      return usePathOf(entry);
    case ErrorTitleRole:
      return importProblem(entry).title;
    case ErrorHintRole:
      return importProblem(entry).hint;
    case ErrorDetailRole:
      return entry.error ? errorDetail(*entry.error) : QString();
    default:
      return {};
  }
}

QHash<int, QByteArray> ImportListModel::roleNames() const {
  return {{EntryIdRole, "entryId"},
          {NameRole, "name"},
          {KindRole, "kind"},
          {StepRole, "step"},
          {FolderRole, "folder"},
          {ModelsRole, "models"},
          {BytesRole, "bytes"},
          {ShareRole, "share"},
          {SizeNamesRole, "sizeNames"},
          {SizeBytesRole, "sizeBytes"},
          {SizeRole, "size"},
          {MissingRole, "missing"},
          {MissingNameRole, "missingName"},
          {HasSettingsRole, "hasSettings"},
          {HasSamplesRole, "hasSamples"},
          {TakesSettingsRole, "takesSettings"},
          {TakesSamplesRole, "takesSamples"},
          {IsInstalledRole, "isInstalled"},
          {UsePathRole, "usePath"},
          {ErrorTitleRole, "errorTitle"},
          {ErrorHintRole, "errorHint"},
          {ErrorDetailRole, "errorDetail"}};
}

int ImportListModel::rowOf(int id) const {
  const auto found = std::find_if(m_entries.begin(), m_entries.end(),
                                  [id](const ImportEntry& entry) { return entry.id == id; });
  return found == m_entries.end() ? -1 : static_cast<int>(found - m_entries.begin());
}

const ImportEntry* ImportListModel::find(int id) const {
  const int row = rowOf(id);
  return row < 0 ? nullptr : &m_entries[static_cast<std::size_t>(row)];
}

void ImportListModel::append(std::vector<ImportEntry> entries) {
  if (entries.empty()) return;
  beginInsertRows({}, count(), count() + static_cast<int>(entries.size()) - 1);
  std::move(entries.begin(), entries.end(), std::back_inserter(m_entries));
  endInsertRows();
  emit countChanged();
  emit changed();
}

void ImportListModel::update(int id, const std::function<void(ImportEntry&)>& change) {
  const int row = rowOf(id);
  if (row < 0) return;
  ImportEntry& entry = m_entries[static_cast<std::size_t>(row)];
  const ImportStep before = entry.step;
  change(entry);
  emit dataChanged(index(row), index(row));
  if (entry.step != before) emit changed();
}

void ImportListModel::remove(int id) {
  const int row = rowOf(id);
  if (row < 0) return;
  beginRemoveRows({}, row, row);
  m_entries.erase(m_entries.begin() + row);
  endRemoveRows();
  emit countChanged();
  emit changed();
}

void ImportListModel::retranslate() {
  if (count() > 0) emit dataChanged(index(0), index(count() - 1), {ErrorTitleRole, ErrorHintRole});
}

}  // namespace galago::ui
