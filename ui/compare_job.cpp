// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// See compare_job.h.
#include "compare_job.h"

#include <exception>
#include <new>
#include <utility>

namespace galago::ui {

CompareJob::CompareJob(CompareScript script)
    : m_thread([this, script = std::move(script)] { run(script); }) {}

CompareJob::~CompareJob() { requestStop(); }

void CompareJob::run(const CompareScript& script) {
  const auto listen = [this](const CompareEvent& event) {
    const std::lock_guard lock(m_mutex);
    m_events.push_back(event);
  };
  try {
    m_report = run_comparison(script, {}, m_stop.get_token(), listen);
  } catch (const std::bad_alloc&) {
    m_report = Error{Errc::kOutOfMemory, "There is not enough memory.", {}};
  } catch (const std::exception& exception) {
    m_report = Error{Errc::kInternal, exception.what(), {}};
  }
  m_isDone = true;
}

std::vector<CompareEvent> CompareJob::take() {
  const std::lock_guard lock(m_mutex);
  return std::exchange(m_events, {});
}

Result<CompareReport> CompareJob::report() { return *std::move(m_report); }

}  // namespace galago::ui
