// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// A region of the window on which pictures can be dropped. DropArea of QML sees only addresses;
// this sees all kinds of data that picture_mime.h knows.
#pragma once

#include <QQuickItem>

#include "chat_view_model.h"

namespace galago::ui {

class PictureDropArea : public QQuickItem {
  Q_OBJECT
  QML_ELEMENT
  /// Where the pictures go.
  Q_PROPERTY(galago::ui::ChatViewModel* chat MEMBER m_chat NOTIFY chatChanged REQUIRED)
  /// Something that may be a picture is over the region.
  Q_PROPERTY(bool hovered READ isHovered NOTIFY hoveredChanged)

 public:
  explicit PictureDropArea(QQuickItem* parent = nullptr);

  bool isHovered() const { return m_hovered; }

 signals:
  void chatChanged();
  void hoveredChanged();
  void dropped();

 protected:
  void dragEnterEvent(QDragEnterEvent* event) override;
  void dragMoveEvent(QDragMoveEvent* event) override;
  void dragLeaveEvent(QDragLeaveEvent* event) override;
  void dropEvent(QDropEvent* event) override;

 private:
  void setHovered(bool hovered);

  ChatViewModel* m_chat = nullptr;
  bool m_hovered = false;
};

}  // namespace galago::ui
