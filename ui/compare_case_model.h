// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// The cases of a batch with the answers of all columns. UI thread.
#pragma once

#include <QtQml/qqmlregistration.h>
#include <QAbstractListModel>
#include <memory>

#include "compare/report.h"

namespace galago::ui {

class CompareCaseModel : public QAbstractListModel {
  Q_OBJECT
  QML_ELEMENT
  QML_UNCREATABLE("made by CompareViewModel")
  Q_PROPERTY(int count READ count NOTIFY countChanged)

 public:
  enum Role {
    NameRole = Qt::UserRole + 1,
    PromptRole,
    ColumnsRole,   ///< names, as many as answers
    AnswersRole,   ///< texts
    FailuresRole,  ///< sentences, one a line; empty: all is as expected
    SameRole,      ///< all columns answered alike
  };

  explicit CompareCaseModel(QObject* parent = nullptr) : QAbstractListModel(parent) {}

  int rowCount(const QModelIndex& parent = {}) const override;
  QVariant data(const QModelIndex& index, int role) const override;
  QHash<int, QByteArray> roleNames() const override;

  int count() const;
  void setReport(std::shared_ptr<const CompareReport> report);

 signals:
  void countChanged();

 private:
  std::shared_ptr<const CompareReport> m_report;
};

/// [{name, encodeMs, firstTokenMs, prefillRate, decodeRate, memoryBytes, tokens, sameText,
/// compared, wordOverlap, meanKl, failed}], one a column.
QVariantList summaryRows(const CompareReport& report);

}  // namespace galago::ui
