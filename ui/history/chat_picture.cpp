// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// See chat_picture.h.
#include "history/chat_picture.h"

#include <QFileInfo>
#include <atomic>
#include <utility>

#include "image/image_decoder.h"

namespace galago::ui {
namespace {

QString nextId() {
  static std::atomic<quint64> last = 0;
  return QString::number(++last);
}

}  // namespace

ChatPicture::ChatPicture(PicturePtr picture) : m_id(nextId()), m_own(std::move(picture)) {}

ChatPicture::ChatPicture(QString file) : m_id(nextId()), m_file(std::move(file)) {}

PicturePtr ChatPicture::picture() const {
  if (m_own) return m_own;
  const std::lock_guard lock(m_mutex);
  if (PicturePtr decoded = m_decoded.lock()) return decoded;
  Result<Image> image =
      load_image(QFileInfo(m_file).filesystemFilePath(), ImageInterpretation::kAsSeen);
  if (!image) return nullptr;
  const auto picture = std::make_shared<const Picture>(*std::move(image));
  m_decoded = picture;
  return picture;
}

QSize ChatPicture::size() const {
  return m_own ? QSize(m_own->image().width, m_own->image().height) : QSize();
}

QString ChatPicture::file() const {
  const std::lock_guard lock(m_mutex);
  return m_file;
}

void ChatPicture::setFile(const QString& file) {
  const std::lock_guard lock(m_mutex);
  m_file = file;
}

QImage viewOf(const Image& image) {
  return QImage(image.pixels.data(), image.width, image.height, qsizetype{3} * image.width,
                QImage::Format_RGB888);
}

}  // namespace galago::ui
