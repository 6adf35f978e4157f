// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
#include "convert/convert.h"

#include <algorithm>
#include <atomic>
#include <mutex>
#include <optional>
#include <string>
#include <system_error>
#include <utility>
#include <vector>

#include "base/disk_room.h"
#include "convert/slice_converter.h"
#include "gguf/gguf_writer.h"

namespace galago {
namespace {

namespace fs = std::filesystem;

/// Enough for a thread to go on when another's slice takes longer.
constexpr int kSlicesPerThread = 4;

Status check_leave(const ConversionPlan& plan, Requantise requantise) {
  if (plan.requantised == 0 || requantise == Requantise::kAllow) return {};
  return Error{Errc::kInvalidArgument,
               "the model is quantised already, and quantised again to " +
                   std::string(mix_info(plan.mix).name) +
                   " it would lose more than one made from f16 or f32 (--requantize allows it)",
               {}};
}

/// Files that have their names already; forgotten only when all are there.
class WrittenFiles {
 public:
  WrittenFiles() = default;
  WrittenFiles(const WrittenFiles&) = delete;
  WrittenFiles& operator=(const WrittenFiles&) = delete;

  ~WrittenFiles() {
    std::error_code ignored;
    for (const fs::path& path : paths_) fs::remove(path, ignored);
  }

  void add(const fs::path& path) { paths_.push_back(path); }

  void keep() { paths_.clear(); }

 private:
  std::vector<fs::path> paths_;
};

class Converter {
 public:
  Converter(ThreadPool& pool, std::uint64_t total_bytes, FunctionRef<void(double)> progress,
            const std::stop_token& stop)
      : pool_(pool),
        total_bytes_(total_bytes),
        progress_(progress),
        stop_(stop),
        converters_(static_cast<std::size_t>(pool.size())),
        encoded_(converters_.size() * kSlicesPerThread) {}

  Status run(const ConversionJob& job) {
    GALAGO_TRY(GgufWriter writer, GgufWriter::create(job.path, job.plan.header));
    std::uint64_t written = 0;
    for (std::size_t i = 0; i < job.plan.header.tensors().size(); ++i) {
      GALAGO_TRY(const std::vector<TensorSlice> slices, slices_of(job.plan.header, i));
      for (std::size_t first = 0; first < slices.size(); first += encoded_.size()) {
        const std::size_t count = std::min(encoded_.size(), slices.size() - first);
        GALAGO_TRY(encode(job, std::span(slices).subspan(first, count)));
        for (std::size_t s = 0; s < count; ++s) {
          GALAGO_TRY(writer.write(encoded_[s]));
          written += encoded_[s].size();
        }
        report(done_bytes_ + written);
      }
    }
    GALAGO_TRY(writer.finish());
    done_bytes_ += job.plan.file_bytes;
    report(done_bytes_);
    return {};
  }

 private:
  /// The slices of one tensor, all threads at once.
  Status encode(const ConversionJob& job, std::span<const TensorSlice> slices) {
    std::mutex mutex;
    std::optional<Error> failure;
    std::atomic<bool> has_failed = false;
    pool_.parallel_for(static_cast<int>(slices.size()), [&](int task, int worker) {
      if (has_failed || stop_.stop_requested()) return;
      const auto index = static_cast<std::size_t>(task);
      const TensorSlice& slice = slices[index];
      Status status = converters_[static_cast<std::size_t>(worker)].run(
          *job.source, job.plan.header.tensors()[slice.tensor], slice, encoded_[index]);
      if (status) return;
      const std::lock_guard lock(mutex);
      if (!failure) failure = std::move(status).error();
      has_failed = true;
    });
    if (stop_.stop_requested()) return Error{Errc::kCancelled, "the conversion was stopped", {}};
    if (failure) return *std::move(failure);
    return {};
  }

  void report(std::uint64_t bytes) const {
    if (progress_ && total_bytes_ > 0)
      progress_(static_cast<double>(bytes) / static_cast<double>(total_bytes_));
  }

  ThreadPool& pool_;
  std::uint64_t total_bytes_;
  FunctionRef<void(double)> progress_;
  const std::stop_token& stop_;
  std::vector<SliceConverter> converters_;       // one a thread
  std::vector<std::vector<std::byte>> encoded_;  // one a slice
  std::uint64_t done_bytes_ = 0;                 // of whole files
};

}  // namespace

Status convert(std::span<const ConversionJob> jobs, Requantise requantise, ThreadPool& pool,
               FunctionRef<void(double)> progress, const std::stop_token& stop) {
  std::uint64_t total_bytes = 0;
  for (const ConversionJob& job : jobs) {
    GALAGO_TRY(check_leave(job.plan, requantise));
    total_bytes += job.plan.file_bytes;
  }
  if (!jobs.empty()) {
    GALAGO_TRY(check_room(jobs.front().path, total_bytes));
  }
  Converter converter(pool, total_bytes, progress, stop);
  WrittenFiles written;
  for (const ConversionJob& job : jobs) {
    GALAGO_TRY(converter.run(job));
    written.add(job.path);
  }
  written.keep();
  return {};
}

}  // namespace galago
