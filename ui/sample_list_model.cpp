// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// See sample_list_model.h.
#include "sample_list_model.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QLocale>
#include <utility>

namespace galago::ui {
namespace {

/// In the language of the window, which is the default locale's.
QString localised(const QJsonObject& texts) {
  const QString own = texts.value(QLocale().name()).toString();
  return own.isEmpty() ? texts.value(QLatin1String("en")).toString() : own;
}

}  // namespace

SampleListModel::SampleListModel(const std::filesystem::path& folder, QObject* parent)
    : QAbstractListModel(parent) {
  read(folder);
}

void SampleListModel::load(const std::filesystem::path& folder) {
  beginResetModel();
  m_samples.clear();
  read(folder);
  endResetModel();
  emit countChanged();
}

void SampleListModel::read(const std::filesystem::path& folder) {
  const QDir samples(folder);
  QFile manifest(samples.filePath(QStringLiteral("samples.json")));
  // An installation without samples is still one that answers.
  if (folder.empty() || !manifest.open(QIODevice::ReadOnly)) return;
  QJsonParseError error;
  const QJsonDocument document = QJsonDocument::fromJson(manifest.readAll(), &error);
  if (document.isNull()) {
    qWarning("%s: %s", qUtf8Printable(manifest.fileName()), qUtf8Printable(error.errorString()));
    return;
  }
  const QJsonArray entries = document.object().value(QLatin1String("samples")).toArray();
  for (const QJsonValue& value : entries) {
    const QJsonObject entry = value.toObject();
    const QFileInfo file(samples.filePath(entry.value(QLatin1String("file")).toString()));
    Sample sample{QUrl::fromLocalFile(file.absoluteFilePath()),
                  entry.value(QLatin1String("title")).toObject(),
                  entry.value(QLatin1String("prompt")).toObject()};
    if (file.isFile() && !localised(sample.title).isEmpty() && !localised(sample.prompt).isEmpty())
      m_samples.push_back(std::move(sample));
  }
}

int SampleListModel::rowCount(const QModelIndex& parent) const {
  return parent.isValid() ? 0 : count();
}

QVariant SampleListModel::data(const QModelIndex& index, int role) const {
  if (!checkIndex(index, CheckIndexOption::IndexIsValid)) return {};
  const Sample& sample = m_samples[static_cast<std::size_t>(index.row())];
  switch (role) {
    case PictureRole:
      return sample.picture;
    case Qt::DisplayRole:
    case TitleRole:
      return localised(sample.title);
    case PromptRole:
      return localised(sample.prompt);
    default:
      return {};
  }
}

QHash<int, QByteArray> SampleListModel::roleNames() const {
  return {{PictureRole, "picture"}, {TitleRole, "title"}, {PromptRole, "prompt"}};
}

void SampleListModel::retranslate() {
  if (!m_samples.empty()) emit dataChanged(index(0), index(count() - 1));
}

}  // namespace galago::ui
