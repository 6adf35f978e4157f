// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// See compare_case_model.h.
#include "compare_case_model.h"

#include <utility>

#include "error_text.h"

namespace galago::ui {

int CompareCaseModel::rowCount(const QModelIndex& parent) const {
  return parent.isValid() ? 0 : count();
}

int CompareCaseModel::count() const {
  return m_report ? static_cast<int>(m_report->script.cases.size()) : 0;
}

QVariant CompareCaseModel::data(const QModelIndex& index, int role) const {
  if (!checkIndex(index, CheckIndexOption::IndexIsValid)) return {};
  const auto row = static_cast<std::size_t>(index.row());
  const CompareCase& item = m_report->script.cases[row];
  QStringList answers;
  QStringList columns;
  QStringList failures;
  bool isSame = true;
  for (std::size_t c = 0; c < m_report->columns.size(); ++c) {
    const CompareAnswer& answer = m_report->columns[c].answers[row];
    columns.append(QString::fromStdString(m_report->script.columns[c].name));
    answers.append(QString::fromStdString(answer.text));
    if (answer.error) failures.append(errorText(answer.error->code, ErrorPlace::kAnswer).title);
    for (const std::string& failure : answer.failures)
      failures.append(QString::fromStdString(failure));
    isSame = isSame && (!answer.agreement || answer.agreement->is_same_text);
  }
  switch (role) {
    case Qt::DisplayRole:
    case NameRole:
      return QString::fromStdString(item.name);
    case PromptRole:
      return QString::fromStdString(item.prompt);
    case ColumnsRole:
      return columns;
    case AnswersRole:
      return answers;
    case FailuresRole:
      return failures.join(QLatin1Char('\n'));
    case SameRole:
      return isSame;
    default:
      return {};
  }
}

QHash<int, QByteArray> CompareCaseModel::roleNames() const {
  return {{NameRole, "name"},       {PromptRole, "prompt"},     {ColumnsRole, "columns"},
          {AnswersRole, "answers"}, {FailuresRole, "failures"}, {SameRole, "same"}};
}

void CompareCaseModel::setReport(std::shared_ptr<const CompareReport> report) {
  beginResetModel();
  m_report = std::move(report);
  endResetModel();
  emit countChanged();
}

QVariantList summaryRows(const CompareReport& report) {
  QVariantList rows;
  for (std::size_t c = 0; c < report.columns.size(); ++c) {
    const ColumnSummary summary = summarise(report.columns[c]);
    const auto& error = report.columns[c].error;
    rows.append(QVariantMap{
        {QStringLiteral("name"), QString::fromStdString(report.script.columns[c].name)},
        {QStringLiteral("error"),
         error ? errorText(error->code, ErrorPlace::kModel).title : QString()},
        {QStringLiteral("encodeMs"), summary.encode_ms},
        {QStringLiteral("firstTokenMs"), summary.ttft_ms},
        {QStringLiteral("prefillRate"), summary.prefill_tps},
        {QStringLiteral("decodeRate"), summary.decode_tps},
        {QStringLiteral("memoryBytes"), static_cast<double>(summary.peak_bytes)},
        {QStringLiteral("tokens"), summary.tokens},
        {QStringLiteral("compared"), summary.compared},
        {QStringLiteral("sameText"), summary.same_text},
        {QStringLiteral("wordOverlap"), summary.word_overlap},
        {QStringLiteral("meanKl"), summary.mean_kl.value_or(-1)},
        {QStringLiteral("failed"), summary.failed},
    });
  }
  return rows;
}

}  // namespace galago::ui
