// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// See compare_column_model.h.
#include "compare_column_model.h"

#include <QRandomGenerator>
#include <algorithm>
#include <utility>
#include <variant>

#include "error_text.h"

namespace galago::ui {

CompareColumnModel::CompareColumnModel(QObject* parent) : QAbstractListModel(parent) {
  m_columns.resize(kFewest);
  m_columns.back().quantise = QStringLiteral("q4_K_M");
}

int CompareColumnModel::rowCount(const QModelIndex& parent) const {
  return parent.isValid() ? 0 : count();
}

QVariant CompareColumnModel::data(const QModelIndex& index, int role) const {
  if (!checkIndex(index, CheckIndexOption::IndexIsValid)) return {};
  const Column& column = m_columns[static_cast<std::size_t>(index.row())];
  const CompareAnswer& answer = column.answer;
  const auto& agreement = answer.agreement;
  switch (role) {
    case LetterRole:
      return QString(QChar('A' + index.row()));
    case Qt::DisplayRole:
    case NameRole:
      return name(index.row());
    case ModelPathRole:
      return column.modelPath;
    case QuantiseRole:
      return column.quantise;
    case DeviceRole:
      return column.device;
    case TemperatureRole:
      return column.temperature;
    case StateRole:
      return column.state;
    case ProgressRole:
      return column.progress;
    case TextRole:
      return QString::fromStdString(answer.text);
    case TokensRole:
      return answer.stats.answer_tokens;
    case EncodeMsRole:
      return answer.stats.image_encode_ms;
    case FirstTokenMsRole:
      return answer.stats.ttft_ms;
    case PrefillRateRole:
      return answer.stats.prefill_tps();
    case DecodeRateRole:
      return answer.stats.decode_tps();
    case MemoryBytesRole:
      return static_cast<double>(answer.peak_bytes.value_or(0));
    case HasAgreementRole:
      return agreement.has_value();
    case SameTextRole:
      return agreement && agreement->is_same_text;
    case WordOverlapRole:
      return agreement ? agreement->word_overlap : 0.0;
    case FirstDifferenceRole:
      return agreement ? agreement->first_difference.value_or(-1) : -1;
    case MeanKlRole:
      return agreement ? agreement->mean_kl.value_or(-1) : -1.0;
    case ErrorTitleRole:
      return column.error ? errorText(column.error->code, ErrorPlace::kModel).title : QString();
    case ErrorHintRole:
      return column.error ? errorText(column.error->code, ErrorPlace::kModel).hint : QString();
    case ErrorDetailRole:
      return column.error ? errorDetail(*column.error) : QString();
    default:
      return {};
  }
}

QHash<int, QByteArray> CompareColumnModel::roleNames() const {
  return {{LetterRole, "letter"},
          {NameRole, "name"},
          {ModelPathRole, "modelPath"},
          {QuantiseRole, "quantise"},
          {DeviceRole, "device"},
          {TemperatureRole, "temperature"},
          {StateRole, "columnState"},
          {ProgressRole, "progress"},
          {TextRole, "text"},
          {TokensRole, "tokens"},
          {EncodeMsRole, "encodeMs"},
          {FirstTokenMsRole, "firstTokenMs"},
          {PrefillRateRole, "prefillRate"},
          {DecodeRateRole, "decodeRate"},
          {MemoryBytesRole, "memoryBytes"},
          {HasAgreementRole, "hasAgreement"},
          {SameTextRole, "sameText"},
          {WordOverlapRole, "wordOverlap"},
          {FirstDifferenceRole, "firstDifference"},
          {MeanKlRole, "meanKl"},
          {ErrorTitleRole, "errorTitle"},
          {ErrorHintRole, "errorHint"},
          {ErrorDetailRole, "errorDetail"}};
}

QString CompareColumnModel::name(int row) const {
  const Column& column = m_columns[static_cast<std::size_t>(row)];
  const QString model =
      column.modelName.isEmpty() ? QStringLiteral("Galago Tiny") : column.modelName;
  return column.quantise.isEmpty() ? model : model + QStringLiteral(", ") + column.quantise;
}

void CompareColumnModel::add() {
  if (count() >= kMost) return;
  beginInsertRows({}, count(), count());
  Column column = m_columns.back();
  column.state = Idle;
  column.answer = {};
  column.error.reset();
  m_columns.push_back(std::move(column));
  endInsertRows();
  emit countChanged();
}

void CompareColumnModel::remove(int row) {
  if (count() <= kFewest || row < 0 || row >= count()) return;
  beginRemoveRows({}, row, row);
  m_columns.erase(m_columns.begin() + row);
  endRemoveRows();
  if (row < count()) emit dataChanged(index(row), index(count() - 1), {LetterRole});
  emit countChanged();
}

void CompareColumnModel::setModel(int row, const QString& path, const QString& name) {
  if (row < 0 || row >= count()) return;
  Column& column = m_columns[static_cast<std::size_t>(row)];
  column.modelPath = path;
  column.modelName = name;
  changed(static_cast<std::size_t>(row));
}

void CompareColumnModel::setQuantise(int row, const QString& type) {
  if (row < 0 || row >= count()) return;
  m_columns[static_cast<std::size_t>(row)].quantise = type;
  changed(static_cast<std::size_t>(row));
}

void CompareColumnModel::setDevice(int row, const QString& device) {
  if (row < 0 || row >= count()) return;
  m_columns[static_cast<std::size_t>(row)].device = device;
  changed(static_cast<std::size_t>(row));
}

void CompareColumnModel::setTemperature(int row, double temperature) {
  if (row < 0 || row >= count()) return;
  m_columns[static_cast<std::size_t>(row)].temperature = temperature;
  changed(static_cast<std::size_t>(row));
}

std::vector<CompareColumn> CompareColumnModel::columns(const GenerationParams& params) const {
  std::vector<CompareColumn> columns;
  for (int row = 0; row < count(); ++row) {
    const Column& from = m_columns[static_cast<std::size_t>(row)];
    CompareColumn column;
    column.name = (QChar('A' + row) + QStringLiteral(": ") + name(row)).toStdString();
    column.model = from.modelPath.toStdString();
    column.quantise = from.quantise.toStdString();
    column.device = from.device.toStdString();
    column.params = params;
    column.params.sampling.temperature = static_cast<float>(from.temperature);
    columns.push_back(std::move(column));
  }
  return columns;
}

void CompareColumnModel::shuffle() {
  beginResetModel();
  std::shuffle(m_columns.begin(), m_columns.end(), *QRandomGenerator::system());
  endResetModel();
}

void CompareColumnModel::begin() {
  for (std::size_t row = 0; row < m_columns.size(); ++row) {
    m_columns[row].state = Waiting;
    m_columns[row].answer = {};
    m_columns[row].error.reset();
    changed(row);
  }
}

void CompareColumnModel::hear(Column& column, const GenerationEvent& event) {
  if (const auto* stage = std::get_if<StageStarted>(&event)) {
    column.state = stage->stage == Stage::kEncode    ? Encoding
                   : stage->stage == Stage::kPrefill ? Reading
                                                     : Answering;
    column.progress = -1;
  } else if (const auto* progress = std::get_if<StageProgress>(&event)) {
    column.progress = progress->fraction;
  } else if (const auto* delta = std::get_if<TextDelta>(&event)) {
    column.answer.text += delta->text;
    column.answer.stats = delta->stats;
    column.progress = -1;
  }
}

void CompareColumnModel::handle(const CompareEvent& event) {
  const std::size_t row = std::visit([](const auto& kind) { return kind.column; }, event);
  if (row >= m_columns.size()) return;
  Column& column = m_columns[row];
  if (const auto* preparing = std::get_if<ColumnPreparing>(&event)) {
    column.state = preparing->step == ColumnPreparing::Step::kConvert ? Converting : Loading;
    column.progress = preparing->fraction;
  } else if (const auto* failed = std::get_if<ColumnFailed>(&event)) {
    column.state = Failed;
    column.error = failed->error;
  } else if (const auto* answering = std::get_if<AnswerEvent>(&event)) {
    hear(column, answering->event);
  } else if (const auto* done = std::get_if<AnswerDone>(&event)) {
    column.answer = done->answer;
    column.error = done->answer.error;
    column.state = column.error                                    ? Failed
                   : done->answer.reason == StopReason::kCancelled ? Stopped
                                                                   : Done;
  } else {
    column.state = Waiting;
  }
  changed(row);
}

void CompareColumnModel::finish(const CompareReport& report) {
  for (std::size_t row = 0; row < m_columns.size() && row < report.columns.size(); ++row) {
    Column& column = m_columns[row];
    if (!report.columns[row].answers.empty() && report.columns[row].answers[0].is_there)
      column.answer = report.columns[row].answers[0];
    if (column.state != Done && column.state != Failed) column.state = Stopped;
    changed(row);
  }
}

void CompareColumnModel::retranslate() {
  emit dataChanged(index(0), index(count() - 1), {ErrorTitleRole, ErrorHintRole});
}

void CompareColumnModel::changed(std::size_t row) {
  const QModelIndex at = index(static_cast<int>(row));
  emit dataChanged(at, at);
}

}  // namespace galago::ui
