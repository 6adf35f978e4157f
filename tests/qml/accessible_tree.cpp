// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// See accessible_tree.h.
#include "accessible_tree.h"

#include <QAccessible>
#include <QMetaEnum>
#include <QVariantMap>

namespace galago {
namespace {

bool isControl(const QAccessibleInterface& item) {
  switch (item.role()) {
    case QAccessible::Button:
    case QAccessible::ButtonMenu:
    case QAccessible::CheckBox:
    case QAccessible::ComboBox:
    case QAccessible::EditableText:
    case QAccessible::Link:
    case QAccessible::ListItem:
    case QAccessible::PageTab:
    case QAccessible::RadioButton:
    case QAccessible::Slider:
    case QAccessible::SpinBox:
      return true;
    default:
      return item.state().focusable;
  }
}

/// Calls `visit` with everything in sight, in the order in which it is read.
template <class Visit>
void walk(const QAccessibleInterface* item, const Visit& visit) {
  if (item == nullptr || !item->isValid() || item->state().invisible) return;
  if (item->object() != nullptr && !item->object()->isWindowType()) visit(*item);
  for (int i = 0; i < item->childCount(); ++i) walk(item->child(i), visit);
}

}  // namespace

QVariantList accessible_controls(QQuickWindow* window) {
  const auto roles = QMetaEnum::fromType<QAccessible::Role>();
  QVariantList found;
  walk(QAccessible::queryAccessibleInterface(window), [&](const QAccessibleInterface& item) {
    if (!isControl(item)) return;
    found.append(QVariantMap{
        {QStringLiteral("role"), QString::fromLatin1(roles.valueToKey(item.role()))},
        {QStringLiteral("name"), item.text(QAccessible::Name)},
        {QStringLiteral("object"), item.object()->objectName()},
        {QStringLiteral("type"), QString::fromLatin1(item.object()->metaObject()->className())}});
  });
  return found;
}

QStringList accessible_alerts(QQuickWindow* window) {
  QStringList found;
  walk(QAccessible::queryAccessibleInterface(window), [&](const QAccessibleInterface& item) {
    if (item.role() == QAccessible::AlertMessage) found.append(item.text(QAccessible::Name));
  });
  return found;
}

}  // namespace galago
