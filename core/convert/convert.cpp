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

#include "convert/slice_converter.h"
#include "gguf/gguf_writer.h"

namespace galago {
namespace {

namespace fs = std::filesystem;

/// Enough for a thread to go on when another's slice takes longer.
constexpr int kSlicesPerThread = 4;

std::string megabytes(std::uint64_t bytes) {
  return std::to_string((bytes + 999'999) / 1'000'000) + " MB";
}

Status check_space(const fs::path& path, std::uint64_t needed) {
  const fs::path folder = path.has_parent_path() ? path.parent_path() : fs::path(".");
  std::error_code error;
  const fs::space_info space = fs::space(folder, error);
  // Where the system does not say, writing will.
  if (error || space.available >= needed) return {};
  return Error{Errc::kIo,
               "there is not enough space: " + megabytes(needed) + " are needed, " +
                   megabytes(space.available) + " are free",
               {folder.string()}};
}

Status check_leave(const ConversionPlan& plan, Requantise requantise) {
  if (plan.requantised == 0 || requantise == Requantise::kAllow) return {};
  return Error{Errc::kInvalidArgument,
               "the model is quantised already, and quantised again to " +
                   std::string(mix_info(plan.mix).name) +
                   " it would lose more than one made from f16 or f32",
               {}};
}

class Converter {
 public:
  Converter(const TensorSource& source, const ConversionPlan& plan, GgufWriter& writer,
            ThreadPool& pool, const std::stop_token& stop)
      : source_(source),
        plan_(plan),
        writer_(writer),
        pool_(pool),
        stop_(stop),
        converters_(static_cast<std::size_t>(pool.size())),
        encoded_(converters_.size() * kSlicesPerThread) {}

  Status run(FunctionRef<void(double)> progress) {
    std::uint64_t written = 0;
    for (std::size_t i = 0; i < plan_.header.tensors().size(); ++i) {
      GALAGO_TRY(const std::vector<TensorSlice> slices, slices_of(plan_.header, i));
      for (std::size_t first = 0; first < slices.size(); first += encoded_.size()) {
        const std::size_t count = std::min(encoded_.size(), slices.size() - first);
        GALAGO_TRY(encode(std::span(slices).subspan(first, count)));
        for (std::size_t s = 0; s < count; ++s) {
          GALAGO_TRY(writer_.write(encoded_[s]));
          written += encoded_[s].size();
        }
        if (progress)
          progress(static_cast<double>(written) / static_cast<double>(plan_.file_bytes));
      }
    }
    return {};
  }

 private:
  /// The slices of one tensor, all threads at once.
  Status encode(std::span<const TensorSlice> slices) {
    std::mutex mutex;
    std::optional<Error> failure;
    std::atomic<bool> has_failed = false;
    pool_.parallel_for(static_cast<int>(slices.size()), [&](int task, int worker) {
      if (has_failed || stop_.stop_requested()) return;
      const auto index = static_cast<std::size_t>(task);
      const TensorSlice& slice = slices[index];
      Status status = converters_[static_cast<std::size_t>(worker)].run(
          source_, plan_.header.tensors()[slice.tensor], slice, encoded_[index]);
      if (status) return;
      const std::lock_guard lock(mutex);
      if (!failure) failure = std::move(status).error();
      has_failed = true;
    });
    if (stop_.stop_requested()) return Error{Errc::kCancelled, "the conversion was stopped", {}};
    if (failure) return *std::move(failure);
    return {};
  }

  const TensorSource& source_;
  const ConversionPlan& plan_;
  GgufWriter& writer_;
  ThreadPool& pool_;
  const std::stop_token& stop_;
  std::vector<SliceConverter> converters_;       // one a thread
  std::vector<std::vector<std::byte>> encoded_;  // one a slice
};

}  // namespace

Status convert(const TensorSource& source, const ConversionPlan& plan, const fs::path& path,
               Requantise requantise, ThreadPool& pool, FunctionRef<void(double)> progress,
               const std::stop_token& stop) {
  GALAGO_TRY(check_leave(plan, requantise));
  GALAGO_TRY(check_space(path, plan.file_bytes));
  GALAGO_TRY(GgufWriter writer, GgufWriter::create(path, plan.header));
  GALAGO_TRY(Converter(source, plan, writer, pool, stop).run(progress));
  GALAGO_TRY(writer.finish());
  if (progress) progress(1);
  return {};
}

}  // namespace galago
