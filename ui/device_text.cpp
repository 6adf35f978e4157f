// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// See device_text.h.
#include "device_text.h"

#include <QCoreApplication>
#include <QLocale>
#include <QStringList>

namespace galago::ui {
namespace {

QString number(double value, int decimals) { return QLocale().toString(value, 'f', decimals); }

QString duration(double ms) {
  constexpr double kSecond = 1000;
  return ms < kSecond
             ? QCoreApplication::translate("DeviceText", "%1 ms").arg(number(ms, 0))
             : QCoreApplication::translate("DeviceText", "%1 s").arg(number(ms / kSecond, 2));
}

QString trialText(const DeviceTrial& trial) {
  const QString device = deviceLabel(QString::fromStdString(trial.device));
  if (!trial.is_good())
    return QCoreApplication::translate("DeviceText", "%1 failed: %2")
        .arg(device, QString::fromStdString(trial.failure));
  constexpr double kSlow = 10;
  const QString rate = number(trial.tokens_per_second, trial.tokens_per_second < kSlow ? 1 : 0);
  if (trial.picture_ms <= 0)
    return QCoreApplication::translate("DeviceText", "%1 %2 tokens/s").arg(device, rate);
  return QCoreApplication::translate("DeviceText", "%1 %2 tokens/s, picture %3")
      .arg(device, rate, duration(trial.picture_ms));
}

}  // namespace

QString deviceLabel(const QString& device) {
  const QString kind = device.section(QLatin1Char(':'), 0, 0);
  const QString name = device.section(QLatin1Char(':'), 1);
  const QString label = kind == QLatin1String("vulkan") ? QStringLiteral("Vulkan") : kind.toUpper();
  return name.isEmpty() ? label : QStringLiteral("%1: %2").arg(label, name);
}

QString deviceReasonText(const std::vector<DeviceTrial>& trials, const std::string& reason) {
  if (trials.empty()) {
    const QString said = QString::fromStdString(reason);
    return said == QLatin1String("there is no GPU to choose")
               ? QCoreApplication::translate("DeviceText", "there is no GPU to choose")
               : said;
  }
  QStringList texts;
  for (const DeviceTrial& trial : trials) texts.append(trialText(trial));
  return texts.join(QLatin1String("; "));
}

}  // namespace galago::ui
