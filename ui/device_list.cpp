// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// See device_list.h.
#include "device_list.h"

#include "device_text.h"
#include "devices/device_registry.h"
#include "work_on_files.h"

namespace galago::ui {

DeviceList::DeviceList(const SettingsStore& settings, QObject* parent)
    : QObject(parent), m_settings(settings) {
  m_pool.setMaxThreadCount(1);
  connect(&settings, &SettingsStore::deviceChanged, this, &DeviceList::changed);
}

DeviceList::~DeviceList() { m_pool.waitForDone(); }

QStringList DeviceList::devices() const {
  QStringList devices = {QStringLiteral("auto"), QStringLiteral("cpu")};
  devices += m_gpus;
  if (!devices.contains(m_settings.device())) devices.append(m_settings.device());
  return devices;
}

QStringList DeviceList::labels() const {
  QStringList labels;
  for (const QString& device : devices()) {
    if (device == QLatin1String("auto"))
      labels.append(tr("Automatic"));
    else if (m_isComplete && device.contains(QLatin1Char(':')) && !m_gpus.contains(device))
      labels.append(tr("%1 (not found)").arg(deviceLabel(device)));
    else
      labels.append(deviceLabel(device));
  }
  return labels;
}

void DeviceList::find() {
  if (m_isAsked) return;
  m_isAsked = true;
  m_pool.start([this] {
    QStringList gpus;
    for (const FoundDevice& device : find_devices())
      if (device.kind != "cpu") gpus.append(QString::fromStdString(device.id));
    onThreadOf(this, [this, gpus] {
      m_gpus = gpus;
      m_isComplete = true;
      emit changed();
    });
  });
}

}  // namespace galago::ui
