// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// Keeps how fast the model in use answered (library/measured_rates.h), after each answer that is
// long enough to say it.
#pragma once

#include <QObject>
#include <QThreadPool>

#include "chat_view_model.h"
#include "model_view_model.h"

namespace galago::ui {

class RateRecorder : public QObject {
  Q_OBJECT

 public:
  /// Both must outlive it.
  RateRecorder(const ChatViewModel& chat, const ModelViewModel& model, QObject* parent = nullptr);
  ~RateRecorder() override;

  RateRecorder(const RateRecorder&) = delete;
  RateRecorder& operator=(const RateRecorder&) = delete;

 signals:
  void recorded();

 private:
  void listen();

  const ChatViewModel& m_chat;
  const ModelViewModel& m_model;
  bool m_wasBusy = false;
  QThreadPool m_pool;
};

}  // namespace galago::ui
