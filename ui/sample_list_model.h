// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// The sample pictures that come with Galago, each with a question, in the language of the window.
#pragma once

#include <QtQml/qqmlregistration.h>
#include <QAbstractListModel>
#include <QJsonObject>
#include <QUrl>
#include <filesystem>
#include <vector>

namespace galago::ui {

class SampleListModel : public QAbstractListModel {
  Q_OBJECT
  QML_ELEMENT
  QML_UNCREATABLE("made by the application")
  Q_PROPERTY(int count READ count NOTIFY countChanged)

 public:
  enum Role {
    PictureRole = Qt::UserRole + 1,  ///< url
    TitleRole,                       ///< one or two words
    PromptRole,                      ///< the question to ask about it
  };

  /// Reads `folder`/samples.json: {"samples": [{"file", "title", "prompt"}]}, the latter two each
  /// with a text by language ("en", "zh_CN"). Samples that lack something are left out.
  explicit SampleListModel(const std::filesystem::path& folder, QObject* parent = nullptr);

  int rowCount(const QModelIndex& parent = {}) const override;
  QVariant data(const QModelIndex& index, int role) const override;
  QHash<int, QByteArray> roleNames() const override;

  int count() const { return static_cast<int>(m_samples.size()); }

  /// Those of another folder, in place of these.
  void load(const std::filesystem::path& folder);
  void retranslate();

 signals:
  void countChanged();

 private:
  struct Sample {
    QUrl picture;
    QJsonObject title;
    QJsonObject prompt;
  };

  void read(const std::filesystem::path& folder);

  std::vector<Sample> m_samples;
};

}  // namespace galago::ui
