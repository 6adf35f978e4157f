// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
#include "compare/comparison.h"

#include <algorithm>
#include <map>
#include <memory>
#include <mutex>
#include <new>
#include <set>
#include <thread>
#include <utility>

#include "base/cpu_cores.h"
#include "base/free_memory.h"
#include "compare/agreement.h"
#include "compare/column_runner.h"
#include "compare/distributions.h"
#include "library/memory_need.h"

namespace galago {
namespace {

bool is_greedy(const CompareColumn& column) {
  const SamplingParams& sampling = column.params.sampling;
  return !(sampling.temperature > 0.0F) && sampling.repeat_penalty == 1.0F;
}

class Comparison {
 public:
  Comparison(const CompareScript& script, const CompareOptions& options, std::stop_token stop,
             FunctionRef<void(const CompareEvent&)> sink)
      : script_(script), options_(options), stop_(std::move(stop)), sink_(sink) {
    report_.script = script;
    for (CompareCase& item : report_.script.cases) item.pictures.clear();
    report_.columns.resize(script.columns.size());
    for (CompareColumnReport& column : report_.columns) column.answers.resize(script.cases.size());
    runners_.resize(script.columns.size());
  }

  CompareReport run() {
    if (script_.order == CompareOrder::kAtOnce && script_.columns.size() > 1) {
      run_at_once();
    } else {
      run_one_by_one();
    }
    for (std::size_t c = 1; c < script_.columns.size(); ++c)
      for (std::size_t i = 0; i < script_.cases.size(); ++i) compare(c, i);
    report_.is_stopped = stop_.stop_requested();
    return std::move(report_);
  }

 private:
  void run_one_by_one() {
    for (std::size_t c = 0; c < script_.columns.size() && !stop_.stop_requested(); ++c) {
      ScratchFolder scratch(options_.scratch);
      load(c, scratch, {});
      for (std::size_t i = 0; i < script_.cases.size() && !stop_.stop_requested(); ++i) {
        answer(c, i, Alone::kYes);
        score(c, i);
      }
      runners_[c].reset();  // the next column's weights take its place
    }
  }

  void run_at_once() {
    std::vector<std::unique_ptr<ScratchFolder>> scratch;
    std::uint64_t taken = 0;
    for (std::size_t c = 0; c < script_.columns.size() && !stop_.stop_requested(); ++c) {
      scratch.push_back(std::make_unique<ScratchFolder>(options_.scratch));
      load(c, *scratch.back(), &taken);
    }
    for (std::size_t i = 0; i < script_.cases.size() && !stop_.stop_requested(); ++i) {
      {
        std::vector<std::jthread> threads;
        for (std::size_t c = 0; c < script_.columns.size(); ++c)
          threads.emplace_back([this, c, i] { answer(c, i, Alone::kNo); });
      }
      for (std::size_t c = 0; c < script_.columns.size(); ++c) score(c, i);
    }
    runners_.clear();
  }

  /// `taken`, if any: what columns that stay loaded take already; grows by this one's.
  void load(std::size_t c, ScratchFolder& scratch, std::uint64_t* taken) {
    auto runner = try_load(c, scratch, taken);
    CompareColumnReport& column = report_.columns[c];
    if (runner) {
      runners_[c] = *std::move(runner);
      column.facts = runners_[c]->facts();
      tell(ColumnLoaded{c, *column.facts});
      return;
    }
    if (runner.error().code == Errc::kCancelled) return;
    column.error = std::move(runner).error();
    tell(ColumnFailed{c, *column.error});
  }

  Result<std::unique_ptr<ColumnRunner>> try_load(std::size_t c, ScratchFolder& scratch,
                                                 std::uint64_t* taken) {
    CompareColumn column = script_.columns[c];
    // Together they have as many threads as there are cores.
    if (taken != nullptr && column.threads == 0)
      column.threads =
          std::max(1, compute_cores().count / static_cast<int>(script_.columns.size()));
    const auto converting = [&](double fraction) {
      tell(ColumnPreparing{c, ColumnPreparing::Step::kConvert, fraction});
    };
    const auto loading = [&](double fraction) {
      tell(ColumnPreparing{c, ColumnPreparing::Step::kLoad, fraction});
    };
    GALAGO_TRY(const ModelFiles files, prepare_column(column, scratch, stop_, converting));
    if (options_.checks_memory) {
      GALAGO_TRY(check_room(files, column, taken));
    }
    loading(0);
    return ColumnRunner::load(column, files, stop_, loading);
  }

  /// What cannot be said stays for the loading to say.
  Status check_room(const ModelFiles& files, const CompareColumn& column, std::uint64_t* taken) {
    const auto free_bytes = free_memory();
    const auto facts = read_model_facts(files.language_model, files.mmproj);
    if (!free_bytes || !facts) return {};
    const auto context = static_cast<std::uint64_t>(column.context_size);
    if (taken == nullptr) return check_memory(*facts, *free_bytes, context);
    // Mapped weights count as free though all columns read them again and again.
    MemoryNeed need = memory_need(*facts, context);
    if (!mapped_.insert(files.language_model).second) need.weights = 0;
    const std::uint64_t before = *taken;
    *taken += need.weights;
    return check_memory(*facts, *free_bytes > before ? *free_bytes - before : 0, context);
  }

  void answer(std::size_t c, std::size_t i, Alone alone) {
    if (!runners_[c]) return;
    const auto listen = [&](const GenerationEvent& event) { tell(AnswerEvent{c, i, event}); };
    CompareAnswer& place = report_.columns[c].answers[i];
    try {  // this may be the top of a thread
      place = runners_[c]->answer(script_.cases[i], alone, stop_, listen);
    } catch (const std::bad_alloc&) {
      place.error = Error{Errc::kOutOfMemory, "there is not enough memory for this answer", {}};
    }
    tell(AnswerDone{c, i, place});
  }

  bool may_diverge(std::size_t c) const {
    return c > 0 && is_greedy(script_.columns[c]) && is_greedy(script_.columns[0]) &&
           script_.measures_divergence;
  }

  /// Whether ids and widths of both mean the same, as of two quantisations of one model.
  bool is_akin(std::size_t c) const {
    const auto& first = report_.columns[0].facts;
    const auto& other = report_.columns[c].facts;
    return first && other && first->vocabulary == other->vocabulary &&
           first->parameter_count == other->parameter_count;
  }

  /// Keeps the first column's distributions; compares the others' with them.
  void score(std::size_t c, std::size_t i) {
    if (!runners_[c] || stop_.stop_requested()) return;
    if (c == 0) {
      bool is_needed = false;
      for (std::size_t other = 1; other < script_.columns.size(); ++other)
        is_needed = is_needed || may_diverge(other);
      if (is_needed) keep_distributions(i);
    } else if (may_diverge(c) && is_akin(c) && distributions_.rows(i) > 0) {
      measure_divergence(c, i);
    }
  }

  /// The part of the first column's answer that distributions are compared along.
  std::span<const TokenId> common_text(std::size_t i) const {
    const std::span<const TokenId> tokens = report_.columns[0].answers[i].tokens;
    return tokens.first(std::min(tokens.size(), Distributions::kMostTokens));
  }

  void keep_distributions(std::size_t i) {
    if (!report_.columns[0].answers[i].is_there) return;
    Status kept = distributions_.begin(i);
    const auto keep = [&](std::span<const float> logits) {
      row_.assign(logits.begin(), logits.end());
      if (kept && !to_log_probabilities(row_))
        kept = Error{Errc::kInternal, "the model gives numbers that are no distribution", {}};
      if (kept) kept = distributions_.add(row_);
    };
    const Status scored = runners_[0]->score(common_text(i), stop_, keep);
    // Without whole rows there is no figure, which is what the report then shows.
    if (!scored || !kept) static_cast<void>(distributions_.begin(i));
  }

  void measure_divergence(std::size_t c, std::size_t i) {
    double sum = 0;
    std::size_t row = 0;
    bool is_sound = true;
    std::vector<float> first;
    const auto add = [&](std::span<const float> logits) {
      row_.assign(logits.begin(), logits.end());
      is_sound = is_sound && row < distributions_.rows(i) && to_log_probabilities(row_) &&
                 distributions_.read(i, row, first) && first.size() == row_.size();
      if (is_sound) sum += divergence(first, row_);
      ++row;
    };
    const auto text = common_text(i).first(std::min(common_text(i).size(), distributions_.rows(i)));
    if (!runners_[c]->score(text, stop_, add) || !is_sound || row == 0) return;
    kl_[{c, i}] = {sum / static_cast<double>(row), static_cast<int>(row)};
  }

  void compare(std::size_t c, std::size_t i) {
    const CompareAnswer& first = report_.columns[0].answers[i];
    CompareAnswer& other = report_.columns[c].answers[i];
    if (!first.is_there || !other.is_there) return;
    const bool same_vocabulary =
        report_.columns[0].facts && report_.columns[c].facts &&
        report_.columns[0].facts->vocabulary == report_.columns[c].facts->vocabulary;
    other.agreement = compare_answers(first, other, same_vocabulary);
    if (const auto found = kl_.find({c, i}); found != kl_.end()) {
      other.agreement->mean_kl = found->second.first;
      other.agreement->kl_tokens = found->second.second;
    }
  }

  void tell(const CompareEvent& event) {
    const std::lock_guard lock(mutex_);
    sink_(event);
  }

  const CompareScript& script_;
  const CompareOptions& options_;
  std::stop_token stop_;
  FunctionRef<void(const CompareEvent&)> sink_;
  std::mutex mutex_;  // of sink_
  CompareReport report_;
  std::vector<std::unique_ptr<ColumnRunner>> runners_;
  std::set<std::filesystem::path> mapped_;
  Distributions distributions_;
  std::vector<float> row_;
  std::map<std::pair<std::size_t, std::size_t>, std::pair<double, int>> kl_;
};

}  // namespace

Result<CompareReport> run_comparison(const CompareScript& script, const CompareOptions& options,
                                     const std::stop_token& stop,
                                     FunctionRef<void(const CompareEvent&)> sink) {
  GALAGO_TRY(check_compare_script(script));
  return Comparison(script, options, stop, sink).run();
}

}  // namespace galago
