// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// See preset_list_model.h.
#include "preset_list_model.h"

namespace galago::ui {

PresetListModel::PresetListModel(SettingsStore& settings, QObject* parent)
    : QAbstractListModel(parent), m_settings(settings) {
  connect(&m_settings, &SettingsStore::presetsChanged, this, &PresetListModel::takeOver);
  takeOver();
}

PresetListModel::~PresetListModel() = default;

int PresetListModel::rowCount(const QModelIndex& parent) const {
  return parent.isValid() ? 0 : count();
}

QVariant PresetListModel::data(const QModelIndex& index, int role) const {
  if (!checkIndex(index, CheckIndexOption::IndexIsValid)) return {};
  return role == QuestionRole || role == Qt::DisplayRole ? m_questions.at(index.row()) : QVariant();
}

QHash<int, QByteArray> PresetListModel::roleNames() const { return {{QuestionRole, "question"}}; }

bool PresetListModel::add(const QString& question) {
  const QString words = question.simplified();
  if (words.isEmpty() || isFull()) return false;
  beginInsertRows({}, count(), count());
  m_questions.append(words);
  endInsertRows();
  keep();
  return true;
}

void PresetListModel::setQuestion(int row, const QString& question) {
  const QString words = question.simplified();
  if (words.isEmpty()) return remove(row);
  if (!has(row) || m_questions.at(row) == words) return;
  m_questions[row] = words;
  emit dataChanged(index(row), index(row));
  keep();
}

void PresetListModel::remove(int row) {
  if (!has(row)) return;
  beginRemoveRows({}, row, row);
  m_questions.removeAt(row);
  endRemoveRows();
  keep();
}

void PresetListModel::move(int from, int to) {
  if (!has(from) || !has(to) || from == to) return;
  // Where the row goes is counted before it has left.
  beginMoveRows({}, from, from, {}, to > from ? to + 1 : to);
  m_questions.move(from, to);
  endMoveRows();
  keep();
}

void PresetListModel::reset() { m_settings.setPresets({}); }

void PresetListModel::takeOver() {
  const QStringList questions = m_settings.presets().value_or(QStringList{
      tr("Describe this picture."), tr("What stands out in it?"), tr("Is there any text in it?")});
  if (questions != m_questions) {
    beginResetModel();
    m_questions = questions;
    endResetModel();
  }
  emit changed();
}

void PresetListModel::keep() { m_settings.setPresets(m_questions); }

}  // namespace galago::ui
