// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// The pictures of the question being written: being read, ready, or failed with a reason.
#pragma once

#include <QtQml/qqmlregistration.h>
#include <QAbstractListModel>
#include <optional>
#include <vector>

#include "picture_loader.h"
#include "picture_mime.h"
#include "picture_store.h"

namespace galago::ui {

class AttachmentListModel : public QAbstractListModel {
  Q_OBJECT
  QML_ELEMENT
  QML_UNCREATABLE("made by ChatViewModel")
  Q_PROPERTY(int count READ count NOTIFY countChanged)
  /// Pictures that can be sent, and pictures still being read.
  Q_PROPERTY(int readyCount READ readyCount NOTIFY countChanged)
  Q_PROPERTY(int loadingCount READ loadingCount NOTIFY countChanged)

 public:
  enum Status { Loading, Ready, Failed };
  Q_ENUM(Status)

  enum Role {
    PictureIdRole = Qt::UserRole + 1,
    NameRole,
    StatusRole,
    WidthRole,
    HeightRole,
    ErrorTitleRole,
    ErrorHintRole,
    ErrorDetailRole,
  };

  /// More would not fit any model's context.
  static constexpr int kMaxPictures = 8;

  explicit AttachmentListModel(std::shared_ptr<PictureStore> store, QObject* parent = nullptr);

  int rowCount(const QModelIndex& parent = {}) const override;
  QVariant data(const QModelIndex& index, int role) const override;
  QHash<int, QByteArray> roleNames() const override;

  int count() const { return static_cast<int>(m_items.size()); }

  int readyCount() const { return countOf(Ready); }

  int loadingCount() const { return countOf(Loading); }

  /// Begins to read them; false if there is nothing to read. What exceeds kMaxPictures is left out
  /// and reported by `refused`.
  bool add(const PictureSources& sources);
  /// Pictures of a question that was asked before.
  void add(const std::vector<ChatPicturePtr>& pictures);
  Q_INVOKABLE void remove(int row);
  void clear();

  /// The pictures that were read, in order.
  std::vector<ChatPicturePtr> pictures() const;
  /// The same; nothing is left, failed ones included.
  std::vector<ChatPicturePtr> take();

  void retranslate();

 signals:
  void countChanged();
  /// A picture was read or could not be.
  void settled();
  /// There were too many pictures at once.
  void refused(int pictures);

 private:
  struct Item {
    quint64 key = 0;  ///< rows move while pictures are read
    QString name;
    Status status = Loading;
    ChatPicturePtr picture;
    PicturePtr decoded;  ///< so that it is not decoded again for every use
    std::optional<Error> error;
  };

  int countOf(Status status) const;
  /// A new row; `read` is given what to call with the result.
  void append(const QString& name, const std::function<void(PictureLoader::Done)>& read);
  void settle(quint64 key, const Result<PicturePtr>& result);
  std::shared_ptr<PictureStore> m_store;
  std::vector<Item> m_items;
  quint64 m_lastKey = 0;
  PictureLoader m_loader;  // last: waits for its threads before the rest goes
};

}  // namespace galago::ui
