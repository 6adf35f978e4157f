// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// The columns of the page: what each is set to, and how far its answer is. UI thread.
#pragma once

#include <QtQml/qqmlregistration.h>
#include <QAbstractListModel>
#include <vector>

#include "compare/comparison.h"

namespace galago::ui {

class CompareColumnModel : public QAbstractListModel {
  Q_OBJECT
  QML_ELEMENT
  QML_UNCREATABLE("made by CompareViewModel")
  Q_PROPERTY(int count READ count NOTIFY countChanged)

 public:
  enum State {
    Idle,
    Converting,
    Loading,
    Waiting,  ///< for the columns before it
    Encoding,
    Reading,
    Answering,
    Done,
    Stopped,
    Failed,
  };
  Q_ENUM(State)

  enum Role {
    LetterRole = Qt::UserRole + 1,  ///< "A", "B"…
    NameRole,                       ///< of model and type
    ModelPathRole,                  ///< empty: the demonstration model
    QuantiseRole,                   ///< empty: as the file is
    DeviceRole,
    TemperatureRole,
    StateRole,
    ProgressRole,  ///< of converting and loading, 0 to 1; -1: not known
    TextRole,
    TokensRole,
    EncodeMsRole,
    FirstTokenMsRole,
    PrefillRateRole,
    DecodeRateRole,
    MemoryBytesRole,   ///< 0: not known
    HasAgreementRole,  ///< with the first column
    SameTextRole,
    WordOverlapRole,      ///< 0 to 1
    FirstDifferenceRole,  ///< token; -1: none or not known
    MeanKlRole,           ///< -1: not known
    ErrorTitleRole,
    ErrorHintRole,
    ErrorDetailRole,
  };

  static constexpr int kFewest = 2;
  static constexpr int kMost = 4;

  explicit CompareColumnModel(QObject* parent = nullptr);

  int rowCount(const QModelIndex& parent = {}) const override;
  QVariant data(const QModelIndex& index, int role) const override;
  QHash<int, QByteArray> roleNames() const override;

  int count() const { return static_cast<int>(m_columns.size()); }

  Q_INVOKABLE void add();
  Q_INVOKABLE void remove(int row);
  /// An empty path: the demonstration model.
  Q_INVOKABLE void setModel(int row, const QString& path, const QString& name);
  Q_INVOKABLE void setQuantise(int row, const QString& type);
  Q_INVOKABLE void setDevice(int row, const QString& device);
  Q_INVOKABLE void setTemperature(int row, double temperature);

  /// As a comparison takes them.
  std::vector<CompareColumn> columns(const GenerationParams& params) const;
  /// In another order, so that nobody knows which is which.
  void shuffle();
  /// Of model and type, for people.
  QString name(int row) const;

  void begin();
  void handle(const CompareEvent& event);
  void finish(const CompareReport& report);
  /// After a change of language.
  void retranslate();

 signals:
  void countChanged();

 private:
  struct Column {
    QString modelPath;
    QString modelName;
    QString quantise;
    QString device = QStringLiteral("auto");
    double temperature = 0;
    State state = Idle;
    double progress = -1;
    CompareAnswer answer;
    std::optional<Error> error;
  };

  void changed(std::size_t row);
  static void hear(Column& column, const GenerationEvent& event);

  std::vector<Column> m_columns;
};

}  // namespace galago::ui
