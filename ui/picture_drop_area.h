// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// A region of the window on which pictures can be dropped, and models to import. DropArea of QML
// sees only addresses; this sees all kinds of data that picture_mime.h knows.
#pragma once

#include <QQuickItem>

#include "chat_view_model.h"
#include "import_view_model.h"

namespace galago::ui {

class PictureDropArea : public QQuickItem {
  Q_OBJECT
  QML_ELEMENT
  /// Where the pictures go.
  Q_PROPERTY(galago::ui::ChatViewModel* chat MEMBER m_chat NOTIFY chatChanged REQUIRED)
  /// Where models go.
  Q_PROPERTY(galago::ui::ImportViewModel* imports MEMBER m_imports NOTIFY importsChanged REQUIRED)
  /// Files that are not named as pictures are taken for models, so that it is said why they are
  /// none.
  Q_PROPERTY(bool prefersModels MEMBER m_prefersModels NOTIFY prefersModelsChanged)
  /// Something that may be a picture or a model is over the region.
  Q_PROPERTY(bool hovered READ isHovered NOTIFY hoveredChanged)
  /// And that is a model.
  Q_PROPERTY(bool hoversModel READ hoversModel NOTIFY hoveredChanged)

 public:
  explicit PictureDropArea(QQuickItem* parent = nullptr);

  bool isHovered() const { return m_hovered; }

  bool hoversModel() const { return m_hoversModel; }

 signals:
  void chatChanged();
  void importsChanged();
  void prefersModelsChanged();
  void hoveredChanged();
  /// Pictures.
  void dropped();
  void modelsDropped();

 protected:
  void dragEnterEvent(QDragEnterEvent* event) override;
  void dragMoveEvent(QDragMoveEvent* event) override;
  void dragLeaveEvent(QDragLeaveEvent* event) override;
  void dropEvent(QDropEvent* event) override;

 private:
  bool isModel(const QUrl& url) const;
  void setHovered(bool hovered, bool hoversModel = false);

  ChatViewModel* m_chat = nullptr;
  ImportViewModel* m_imports = nullptr;
  bool m_prefersModels = false;
  bool m_hovered = false;
  bool m_hoversModel = false;
};

}  // namespace galago::ui
