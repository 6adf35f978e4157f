// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// See image_providers.h.
#include "image_providers.h"

#include <QFile>
#include <QPainter>
#include <QSvgRenderer>
#include <utility>

#include "image/preprocess.h"

namespace galago::ui {
namespace {

/// The largest size of the picture's shape inside `limit`; never larger than the picture.
QSize fittedSize(QSize picture, QSize limit) {
  if (limit.width() <= 0) limit.setWidth(picture.width());
  if (limit.height() <= 0) limit.setHeight(picture.height());
  const QSize fitted = picture.scaled(limit, Qt::KeepAspectRatio).boundedTo(picture);
  return fitted.expandedTo(QSize(1, 1));  // of a very elongated picture a line is left
}

}  // namespace

PictureProvider::PictureProvider(std::shared_ptr<const PictureStore> store)
    : QQuickImageProvider(Image, ForceAsynchronousImageLoading), m_store(std::move(store)) {}

QImage PictureProvider::requestImage(const QString& id, QSize* size, const QSize& requestedSize) {
  const ChatPicturePtr shown = m_store->find(id.section(QLatin1Char('/'), 0, 0));
  const PicturePtr picture = shown ? shown->picture() : nullptr;
  if (!picture) {
    // Removed while its thumbnail waited to be drawn, or its file is gone: no reason for QML to
    // complain.
    QImage nothing(1, 1, QImage::Format_ARGB32_Premultiplied);
    nothing.fill(Qt::transparent);
    return nothing;
  }
  const auto draw = [&](const galago::Image& image) {
    const QImage view = viewOf(image);
    if (size != nullptr) *size = view.size();
    const QSize fitted = fittedSize(view.size(), requestedSize);
    // scaled() of the same size would share the pixels, which this picture owns.
    return fitted == view.size()
               ? view.copy()
               : view.scaled(fitted, Qt::IgnoreAspectRatio, Qt::SmoothTransformation);
  };
  const int side = id.section(QLatin1Char('/'), 2, 2).toInt();  // 0: there is no such part
  if (side <= 0) return draw(picture->image());
  PreprocessConfig config;
  config.image_size = side;
  const Result<galago::Image> seen = fit_to_model(picture->image(), config);
  return seen ? draw(*seen) : QImage{};
}

IconProvider::IconProvider() : QQuickImageProvider(Image) {}

QImage IconProvider::requestImage(const QString& id, QSize* size, const QSize& requestedSize) {
  QFile file(QStringLiteral(":/galago/icons/%1.svg").arg(id.section(QLatin1Char('/'), 0, 0)));
  if (!file.open(QIODevice::ReadOnly)) return {};
  const QByteArray colour = '#' + id.section(QLatin1Char('/'), 1, 1).toLatin1();
  QSvgRenderer renderer(file.readAll().replace("currentColor", colour));

  constexpr int kLargest = 1024;
  const QSize asked = requestedSize.isEmpty() ? renderer.defaultSize() : requestedSize;
  QImage image(asked.boundedTo(QSize(kLargest, kLargest)), QImage::Format_ARGB32_Premultiplied);
  image.fill(Qt::transparent);
  QPainter painter(&image);
  renderer.render(&painter);
  if (size != nullptr) *size = image.size();
  return image;
}

}  // namespace galago::ui
