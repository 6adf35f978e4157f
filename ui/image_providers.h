// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// Pictures and icons for QML. Pictures come from the engine's own decoder, so every format it reads
// is shown, without Qt's image plugins; icons are SVG drawn in the colour that is asked for.
#pragma once

#include <QQuickImageProvider>
#include <memory>

#include "picture_store.h"

namespace galago::ui {

/// "image://pictures/ID": the picture. "image://pictures/ID/seen/336": as a model sees it, padded
/// to a square and reduced to its 336 × 336 pixels.
class PictureProvider : public QQuickImageProvider {
 public:
  static constexpr auto kName = "pictures";

  explicit PictureProvider(std::shared_ptr<const PictureStore> store);

  /// Runs on QML's picture thread.
  QImage requestImage(const QString& id, QSize* size, const QSize& requestedSize) override;

 private:
  std::shared_ptr<const PictureStore> m_store;
};

/// "image://icons/NAME/RRGGBB": resources/icons/NAME.svg with currentColor replaced.
class IconProvider : public QQuickImageProvider {
 public:
  static constexpr auto kName = "icons";

  IconProvider();

  QImage requestImage(const QString& id, QSize* size, const QSize& requestedSize) override;
};

}  // namespace galago::ui
