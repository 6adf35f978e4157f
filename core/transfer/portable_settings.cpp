// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
#include "transfer/portable_settings.h"

#include <QSettings>

namespace galago {

Result<PortableSettings> PortableSettings::of(const std::filesystem::path& settings) {
  PortableSettings portable;
  portable.folder_ = std::make_unique<QTemporaryDir>();
  const QString path = portable.folder_->filePath(QStringLiteral("galago.conf"));
  portable.path_ = path.toStdString();
  const QSettings from(QString::fromStdString(settings.string()), QSettings::IniFormat);
  QSettings to(path, QSettings::IniFormat);
  // An empty group would leave no file.
  to.setValue(QStringLiteral("bundle/format"), 1);
  for (const QString& key : from.allKeys())
    if (!key.startsWith(QLatin1String("model/")) && !key.startsWith(QLatin1String("window/")))
      to.setValue(key, from.value(key));
  to.sync();
  if (to.status() != QSettings::NoError)
    return Error{Errc::kIo, "the settings cannot be written", {portable.path_.string()}};
  return portable;
}

}  // namespace galago
