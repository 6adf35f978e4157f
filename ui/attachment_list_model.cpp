// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// See attachment_list_model.h.
#include "attachment_list_model.h"

#include <algorithm>
#include <utility>

#include "error_text.h"

namespace galago::ui {

AttachmentListModel::AttachmentListModel(std::shared_ptr<PictureStore> store, QObject* parent)
    : QAbstractListModel(parent), m_store(std::move(store)) {}

int AttachmentListModel::rowCount(const QModelIndex& parent) const {
  return parent.isValid() ? 0 : count();
}

QVariant AttachmentListModel::data(const QModelIndex& index, int role) const {
  if (!checkIndex(index, CheckIndexOption::IndexIsValid)) return {};
  const Item& item = m_items[static_cast<std::size_t>(index.row())];
  switch (role) {
    case PictureIdRole:
      return item.status == Ready ? item.picture->id() : QString();
    case Qt::DisplayRole:
    case NameRole:
      return item.name;
    case StatusRole:
      return item.status;
    case WidthRole:
      return item.decoded ? item.decoded->image().width : 0;
    case HeightRole:
      return item.decoded ? item.decoded->image().height : 0;
    case ErrorTitleRole:
      return item.error ? errorText(item.error->code, ErrorPlace::kPicture).title : QString();
    case ErrorHintRole:
      return item.error ? errorText(item.error->code, ErrorPlace::kPicture).hint : QString();
    case ErrorDetailRole:
      return item.error ? errorDetail(*item.error) : QString();
    default:
      return {};
  }
}

QHash<int, QByteArray> AttachmentListModel::roleNames() const {
  return {{PictureIdRole, "pictureId"}, {NameRole, "name"},
          {StatusRole, "status"},       {WidthRole, "pixelWidth"},
          {HeightRole, "pixelHeight"},  {ErrorTitleRole, "errorTitle"},
          {ErrorHintRole, "errorHint"}, {ErrorDetailRole, "errorDetail"}};
}

bool AttachmentListModel::add(const PictureSources& sources) {
  if (sources.isEmpty()) return false;
  int refusedPictures = 0;
  for (const QUrl& url : sources.urls) {
    if (count() >= kMaxPictures) {
      ++refusedPictures;
    } else {
      append(url.fileName(), [&](auto done) { m_loader.load(url, std::move(done)); });
    }
  }
  const bool isFull = count() >= kMaxPictures;
  if (!sources.file.isEmpty() || !sources.pixels.isNull()) {
    if (isFull) {
      ++refusedPictures;
    } else if (!sources.file.isEmpty()) {
      append(tr("Picture"), [&](auto done) { m_loader.load(sources.file, std::move(done)); });
    } else {
      append(tr("Picture"), [&](auto done) { m_loader.load(sources.pixels, std::move(done)); });
    }
  }
  if (refusedPictures > 0) emit refused(refusedPictures);
  return true;
}

void AttachmentListModel::add(const std::vector<ChatPicturePtr>& pictures) {
  for (const ChatPicturePtr& picture : pictures) {
    append(tr("Picture"), [](const auto&) {});
    m_items.back().picture = picture;
    const auto done = [this, key = m_lastKey](const auto& result) { settle(key, result); };
    if (picture->size().isEmpty()) {
      m_loader.load(picture, done);
    } else {
      done(Result<PicturePtr>(picture->picture()));
    }
  }
}

void AttachmentListModel::append(const QString& name,
                                 const std::function<void(PictureLoader::Done)>& read) {
  Item item;
  item.key = ++m_lastKey;
  item.name = name;
  beginInsertRows({}, count(), count());
  m_items.push_back(std::move(item));
  endInsertRows();
  emit countChanged();
  read([this, key = m_lastKey](const Result<PicturePtr>& result) { settle(key, result); });
}

void AttachmentListModel::settle(quint64 key, const Result<PicturePtr>& result) {
  const auto found =
      std::find_if(m_items.begin(), m_items.end(), [&](const Item& i) { return i.key == key; });
  if (found == m_items.end()) return;  // removed meanwhile
  if (result) {
    if (!found->picture) found->picture = std::make_shared<ChatPicture>(*result);
    found->decoded = *result;
    found->status = Ready;
    m_store->add(found->picture);
  } else {
    found->status = Failed;
    found->error = result.error();
  }
  const QModelIndex at = index(static_cast<int>(found - m_items.begin()));
  emit dataChanged(at, at);
  emit countChanged();
  emit settled();
}

void AttachmentListModel::remove(int row) {
  if (row < 0 || row >= count()) return;
  beginRemoveRows({}, row, row);
  m_items.erase(m_items.begin() + row);
  endRemoveRows();
  emit countChanged();
  emit settled();
}

void AttachmentListModel::clear() {
  if (m_items.empty()) return;
  beginResetModel();
  m_items.clear();
  endResetModel();
  emit countChanged();
}

std::vector<ChatPicturePtr> AttachmentListModel::pictures() const {
  std::vector<ChatPicturePtr> pictures;
  for (const Item& item : m_items) {
    if (item.status == Ready) pictures.push_back(item.picture);
  }
  return pictures;
}

std::vector<ChatPicturePtr> AttachmentListModel::take() {
  std::vector<ChatPicturePtr> taken = pictures();
  clear();
  return taken;
}

void AttachmentListModel::retranslate() {
  if (!m_items.empty()) emit dataChanged(index(0), index(count() - 1));
}

int AttachmentListModel::countOf(Status status) const {
  return static_cast<int>(std::count_if(m_items.begin(), m_items.end(),
                                        [&](const Item& item) { return item.status == status; }));
}

}  // namespace galago::ui
