// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// One comparison under way on a thread of its own; the UI thread takes what has happened from time
// to time.
#pragma once

#include <atomic>
#include <mutex>
#include <optional>
#include <thread>
#include <vector>

#include "compare/comparison.h"

namespace galago::ui {

class CompareJob {
 public:
  explicit CompareJob(CompareScript script);
  /// Stops it and waits for the end of one engine step.
  ~CompareJob();

  CompareJob(const CompareJob&) = delete;
  CompareJob& operator=(const CompareJob&) = delete;

  void requestStop() { m_stop.request_stop(); }

  /// What has happened since the last call, in order.
  std::vector<CompareEvent> take();

  /// Nothing follows any more: take(), then report().
  bool isDone() const { return m_isDone; }

  /// Once, when it is done.
  Result<CompareReport> report();

 private:
  void run(const CompareScript& script);

  std::stop_source m_stop;
  std::mutex m_mutex;
  std::vector<CompareEvent> m_events;             // guarded by m_mutex
  std::optional<Result<CompareReport>> m_report;  // written before m_isDone
  std::atomic<bool> m_isDone = false;
  std::jthread m_thread;  // last: it uses the others
};

}  // namespace galago::ui
