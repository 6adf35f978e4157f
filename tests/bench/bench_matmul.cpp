// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// Matrix products of the CPU device at the published models' shapes, beside what the machine can do
// at most: memory bandwidth for few rows, OpenBLAS in f32 for many. GALAGO_BENCH_THREADS: threads,
// by default one per core. GALAGO_ISA chooses the instruction set.
#include <benchmark/benchmark.h>
#include <cblas.h>

#include <cstdlib>
#include <memory>
#include <string>
#include <vector>

#include "base/cpu_cores.h"
#include "base/cpu_features.h"
#include "base/memory_bandwidth.h"
#include "cpu/matmul/matmul.h"

// OpenBLAS's own, not in every cblas.h.
extern "C" void openblas_set_num_threads(int threads);

namespace galago::cpu {
namespace {

int bench_threads() {
  const char* threads = std::getenv("GALAGO_BENCH_THREADS");
  return threads == nullptr ? compute_cores().count : std::atoi(threads);
}

/// Bytes that make small numbers in every format: f16 scales of about 0.0001, any quants.
std::vector<std::byte> weights_of(DType dtype, std::size_t size) {
  std::vector<std::byte> bytes(size, std::byte{0x11});
  if (dtype == DType::kF32) return bytes;
  for (std::size_t i = 1; i < size; i += 2) bytes[i] = std::byte{0x0A};
  return bytes;
}

/// out [rows, n] = x [rows, k] · wᵀ, again and again with other weights, so that no cache holds
/// them, as in a forward pass.
void product(benchmark::State& state, DType dtype, int rows, int k, int n) {
  constexpr std::size_t kWeights = std::size_t{256} << 20;
  const MatmulKernels kernels = matmul_kernels(*choose_isa({}), Arithmetic::kFast);
  ThreadPool pool(bench_threads());
  const std::size_t matrix = row_bytes(dtype, k) * static_cast<std::size_t>(n);
  const std::size_t matrices = std::max<std::size_t>(1, kWeights / matrix);
  const std::vector<std::byte> weights = weights_of(dtype, matrix * matrices);
  const std::vector<float> x(static_cast<std::size_t>(rows) * static_cast<std::size_t>(k), 0.5F);
  std::vector<float> out(static_cast<std::size_t>(rows) * static_cast<std::size_t>(n));
  const std::size_t scratch = matmul_scratch_bytes(kernels.of(dtype), rows, k, pool.size());
  std::vector<std::byte> memory(scratch + 64);
  auto* aligned = memory.data() + (64 - reinterpret_cast<std::uintptr_t>(memory.data()) % 64) % 64;
  MatmulPart part{.out_cols = n, .out = out.data()};
  const MatmulArgs args{.x = x.data(),
                        .rows = rows,
                        .cols = k,
                        .weight_type = dtype,
                        .parts = {&part, 1},
                        .scratch = aligned};
  std::size_t next = 0;
  for (auto _ : state) {
    part.weights = weights.data() + (next++ % matrices) * matrix;
    matmul(args, kernels, pool);
  }
  const auto iterations = static_cast<double>(state.iterations());
  state.counters["weights B/s"] =
      benchmark::Counter(static_cast<double>(matrix) * iterations, benchmark::Counter::kIsRate);
  state.counters["FLOP/s"] =
      benchmark::Counter(2.0 * rows * k * n * iterations, benchmark::Counter::kIsRate);
}

/// The machine's limit for few rows.
void bandwidth(benchmark::State& state) {
  double best = 0;
  for (auto _ : state) best = std::max(best, read_bandwidth(bench_threads()));
  state.counters["weights B/s"] = best;
}

/// A peer for many rows: the same product in f32.
void openblas(benchmark::State& state, int rows, int k, int n) {
  openblas_set_num_threads(bench_threads());
  const std::vector<float> w(static_cast<std::size_t>(n) * static_cast<std::size_t>(k), 0.5F);
  const std::vector<float> x(static_cast<std::size_t>(rows) * static_cast<std::size_t>(k), 0.5F);
  std::vector<float> out(static_cast<std::size_t>(rows) * static_cast<std::size_t>(n));
  for (auto _ : state)
    cblas_sgemm(CblasRowMajor, CblasNoTrans, CblasTrans, rows, n, k, 1, x.data(), k, w.data(), k, 0,
                out.data(), n);
  state.counters["FLOP/s"] = benchmark::Counter(
      2.0 * rows * k * n * static_cast<double>(state.iterations()), benchmark::Counter::kIsRate);
}

constexpr int kDim = 2048;  // MobileLLaMA 1.4B
constexpr int kFfnDim = 5632;
constexpr int kVisionDim = 1024;
constexpr int kPositions = 577;

void register_all() {
  const auto add = [](const std::string& name, auto body) {
    benchmark::RegisterBenchmark(name.c_str(), body)->Unit(benchmark::kMicrosecond)->UseRealTime();
  };
  add("bandwidth", bandwidth);
  for (const DType dtype : {DType::kQ4_0, DType::kQ8_0, DType::kQ4_K, DType::kQ6_K, DType::kF16}) {
    const std::string type(dtype_info(dtype).name);
    for (const int rows : {1, 4})
      add("dot/" + type + "/rows:" + std::to_string(rows),
          [=](benchmark::State& s) { product(s, dtype, rows, kDim, kFfnDim); });
    for (const int rows : {8, 204})
      add("panels/" + type + "/rows:" + std::to_string(rows),
          [=](benchmark::State& s) { product(s, dtype, rows, kDim, kFfnDim); });
  }
  for (const DType dtype : {DType::kF32, DType::kF16})
    add("tower/" + std::string(dtype_info(dtype).name),
        [=](benchmark::State& s) { product(s, dtype, kPositions, kVisionDim, 4 * kVisionDim); });
  add("tower/openblas",
      [](benchmark::State& s) { openblas(s, kPositions, kVisionDim, 4 * kVisionDim); });
}

}  // namespace
}  // namespace galago::cpu

int main(int argc, char** argv) {
  galago::cpu::register_all();
  benchmark::Initialize(&argc, argv);
  benchmark::RunSpecifiedBenchmarks();
}
