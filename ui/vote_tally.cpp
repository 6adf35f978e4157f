// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// See vote_tally.h.
#include "vote_tally.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSet>
#include <algorithm>

namespace galago::ui {
namespace {

constexpr auto kKey = "compare/votes";

QJsonObject read(const QSettings& settings) {
  return QJsonDocument::fromJson(settings.value(QLatin1String(kKey)).toString().toUtf8()).object();
}

}  // namespace

VoteTally::VoteTally(const QString& file)
    : m_settings(file.isEmpty() ? QSettings().fileName() : file, QSettings::IniFormat) {}

void VoteTally::add(const QStringList& names, const QString& best) {
  QJsonObject all = read(m_settings);
  // A name may stand above two columns, of different temperatures; it was shown once.
  for (const QString& name : QSet<QString>(names.begin(), names.end())) {
    QJsonObject one = all.value(name).toObject();
    one[QStringLiteral("shown")] = one.value(QStringLiteral("shown")).toInt() + 1;
    if (name == best) one[QStringLiteral("wins")] = one.value(QStringLiteral("wins")).toInt() + 1;
    all[name] = one;
  }
  m_settings.setValue(QLatin1String(kKey),
                      QString::fromUtf8(QJsonDocument(all).toJson(QJsonDocument::Compact)));
  m_settings.sync();
}

void VoteTally::clear() { m_settings.remove(QLatin1String(kKey)); }

QVariantList VoteTally::rows() const {
  const QJsonObject all = read(m_settings);
  QVariantList rows;
  for (auto it = all.begin(); it != all.end(); ++it) {
    QVariantMap row = it.value().toObject().toVariantMap();
    row.insert(QStringLiteral("name"), it.key());
    row.insert(QStringLiteral("wins"), row.value(QStringLiteral("wins")).toInt());
    rows.append(row);
  }
  const auto share = [](const QVariant& row) {
    const QVariantMap map = row.toMap();
    return map.value(QStringLiteral("wins")).toDouble() /
           std::max(1.0, map.value(QStringLiteral("shown")).toDouble());
  };
  std::stable_sort(rows.begin(), rows.end(),
                   [&](const QVariant& a, const QVariant& b) { return share(a) > share(b); });
  return rows;
}

}  // namespace galago::ui
