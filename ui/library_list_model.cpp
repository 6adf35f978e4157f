// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// See library_list_model.h.
#include "library_list_model.h"

#include <algorithm>
#include <utility>

#include "error_text.h"

namespace galago::ui {
namespace {

LibraryListModel::Fit fitOf(const LibraryEntry& entry) {
  if (!entry.fit) return LibraryListModel::FitUnknown;
  switch (*entry.fit) {
    case MemoryFit::kFits:
      return LibraryListModel::Fits;
    case MemoryFit::kTight:
      return LibraryListModel::Tight;
    case MemoryFit::kWontFit:
      break;
  }
  return LibraryListModel::WontFit;
}

LibraryListModel::Origin originOf(const LibraryEntry& entry) {
  if (!entry.installed) return LibraryListModel::Elsewhere;
  if (entry.installed->files.is_built_in) return LibraryListModel::BuiltIn;
  if (is_cache(entry.installed->root.origin)) return LibraryListModel::OtherProgram;
  return entry.installed->is_removable() ? LibraryListModel::Library : LibraryListModel::Elsewhere;
}

LibraryListModel::Transfer transferOf(DownloadPhase phase) {
  switch (phase) {
    case DownloadPhase::kChecking:
    case DownloadPhase::kConnecting:
      return LibraryListModel::Preparing;
    case DownloadPhase::kReceiving:
      return LibraryListModel::Receiving;
    case DownloadPhase::kWaiting:
      return LibraryListModel::Retrying;
    case DownloadPhase::kPaused:
      return LibraryListModel::Paused;
    case DownloadPhase::kFinishing:
      return LibraryListModel::Finishing;
    case DownloadPhase::kFailed:
      return LibraryListModel::Failed;
    case DownloadPhase::kIdle:
    case DownloadPhase::kDone:
    case DownloadPhase::kCancelled:
      break;
  }
  return LibraryListModel::NoTransfer;
}

}  // namespace

int LibraryListModel::rowCount(const QModelIndex& parent) const {
  return parent.isValid() ? 0 : count();
}

QVariant LibraryListModel::data(const QModelIndex& index, int role) const {
  if (!checkIndex(index, CheckIndexOption::IndexIsValid)) return {};
  const LibraryEntry& entry = m_entries[static_cast<std::size_t>(index.row())];
  switch (role) {
    case ModelIdRole:
      return entry.id;
    case Qt::DisplayRole:
    case NameRole:
      return entry.name;
    case QuantisationRole:
      return entry.quantisation;
    case LicenceRole:
      return entry.licence;
    case LicenceTextRole:
      return entry.licenceText;
    case LicenceUrlRole:
      return entry.licenceUrl;
    case SourceRole:
      return entry.source;
    case NoteRole:
      return entry.note;
    case FolderRole:
      return entry.folder;
    case PathRole:
      return entry.installed
                 ? QString::fromStdString(entry.installed->files.language_model.string())
                 : QString();
    case BytesRole:
      return static_cast<double>(entry.bytes);
    case MemoryBytesRole:
      return static_cast<double>(entry.memory_bytes);
    case RateRole:
      return entry.rate;
    case RateDeviceRole:
      return entry.rateDevice;
    case RateThreadsRole:
      return entry.rateThreads;
    case FitRole:
      return fitOf(entry);
    case TypeThatFitsRole:
      return entry.type_that_fits;
    case OriginRole:
      return originOf(entry);
    case IsBuiltInRole:
      return originOf(entry) == BuiltIn;
    case IsRemovableRole:
      return entry.installed && entry.installed->is_removable();
    case CanGetRole:
      return entry.download.has_value();
    case IsOwnRole:
      return entry.isOwn;
    case CheckRole:
      return static_cast<int>(entry.check);
    case CheckProgressRole:
      return entry.check_progress;
    case CheckDetailRole:
      return entry.check_detail;
    default:
      return transferData(entry.transfer, role);
  }
}

QVariant LibraryListModel::transferData(const DownloadStatus& transfer, int role) {
  switch (role) {
    case TransferRole:
      return transferOf(transfer.phase);
    case TransferProgressRole:
      return transfer.bytes_total == 0 ? 0.0
                                       : static_cast<double>(transfer.bytes_done) /
                                             static_cast<double>(transfer.bytes_total);
    case BytesDoneRole:
      return static_cast<double>(transfer.bytes_done);
    case BytesTotalRole:
      return static_cast<double>(transfer.bytes_total);
    case BytesPerSecondRole:
      return transfer.bytes_per_second;
    case SecondsLeftRole:
      return transfer.seconds_left.value_or(-1);
    case ErrorTitleRole:
      return transfer.error ? errorText(transfer.error->code, ErrorPlace::kTransfer).title
                            : QString();
    case ErrorHintRole:
      return transfer.error ? errorText(transfer.error->code, ErrorPlace::kTransfer).hint
                            : QString();
    case ErrorDetailRole:
      return transfer.error ? errorDetail(*transfer.error) : QString();
    default:
      return {};
  }
}

QHash<int, QByteArray> LibraryListModel::roleNames() const {
  return {{ModelIdRole, "modelId"},
          {NameRole, "name"},
          {QuantisationRole, "quantisation"},
          {LicenceRole, "licence"},
          {LicenceTextRole, "licenceText"},
          {LicenceUrlRole, "licenceUrl"},
          {SourceRole, "source"},
          {NoteRole, "note"},
          {FolderRole, "folder"},
          {PathRole, "path"},
          {BytesRole, "bytes"},
          {MemoryBytesRole, "memoryBytes"},
          {RateRole, "rate"},
          {RateDeviceRole, "rateDevice"},
          {RateThreadsRole, "rateThreads"},
          {FitRole, "fit"},
          {TypeThatFitsRole, "typeThatFits"},
          {OriginRole, "origin"},
          {IsBuiltInRole, "isBuiltIn"},
          {IsRemovableRole, "isRemovable"},
          {CanGetRole, "canGet"},
          {IsOwnRole, "isOwn"},
          {CheckRole, "check"},
          {CheckProgressRole, "checkProgress"},
          {CheckDetailRole, "checkDetail"},
          {TransferRole, "transfer"},
          {TransferProgressRole, "transferProgress"},
          {BytesDoneRole, "bytesDone"},
          {BytesTotalRole, "bytesTotal"},
          {BytesPerSecondRole, "bytesPerSecond"},
          {SecondsLeftRole, "secondsLeft"},
          {ErrorTitleRole, "errorTitle"},
          {ErrorHintRole, "errorHint"},
          {ErrorDetailRole, "errorDetail"}};
}

const LibraryEntry* LibraryListModel::find(const QString& id) const {
  const auto found = std::find_if(m_entries.begin(), m_entries.end(),
                                  [&](const LibraryEntry& entry) { return entry.id == id; });
  return found == m_entries.end() ? nullptr : &*found;
}

void LibraryListModel::setEntries(std::vector<LibraryEntry> entries) {
  const bool isSame = std::equal(entries.begin(), entries.end(), m_entries.begin(), m_entries.end(),
                                 [](const auto& a, const auto& b) { return a.id == b.id; });
  if (!isSame) beginResetModel();
  m_entries = std::move(entries);
  if (!isSame) {
    endResetModel();
    emit countChanged();
  } else if (!m_entries.empty()) {
    emit dataChanged(index(0), index(count() - 1));
  }
}

void LibraryListModel::update(const QString& id, const std::function<void(LibraryEntry&)>& change) {
  const LibraryEntry* const entry = find(id);
  if (entry == nullptr) return;
  const auto row = entry - m_entries.data();
  change(m_entries[static_cast<std::size_t>(row)]);
  emit dataChanged(index(static_cast<int>(row)), index(static_cast<int>(row)));
}

void LibraryListModel::retranslate() {
  if (count() > 0) emit dataChanged(index(0), index(count() - 1), {ErrorTitleRole, ErrorHintRole});
}

}  // namespace galago::ui
