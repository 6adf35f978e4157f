// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// How long the CPU device's ops take at the published models' shapes, matrix products excepted
// (bench_matmul). GALAGO_BENCH_THREADS: threads, by default one per core. GALAGO_ISA chooses the
// instruction set.
#include <benchmark/benchmark.h>

#include <cstdio>
#include <cstdlib>
#include <functional>
#include <memory>
#include <span>
#include <vector>

#include "cpu/cpu_device.h"

namespace galago {
namespace {

constexpr int kPositions = 577;  // of the tower: 24 × 24 patches and the class token
constexpr int kVisionDim = 1024;
constexpr Grid kGrid{24, 24};
constexpr int kDim = 2048;  // MobileLLaMA 1.4B
constexpr int kHeads = 16;
constexpr int kHeadDim = 128;
constexpr int kFfnDim = 5632;

int bench_threads() {
  const char* threads = std::getenv("GALAGO_BENCH_THREADS");
  return threads == nullptr ? 0 : std::atoi(threads);
}

/// A device with tensors and weights that live as long as it.
class Bench {
 public:
  Bench() : device_(*make_cpu_device({bench_threads(), {}})) {}

  /// Filled with small numbers: denormals and zeros would not be typical.
  Tensor tensor(RowCount rows, int cols, DType dtype = DType::kF32) {
    Tensor t{nullptr, 0, dtype, rows, cols};
    buffers_.push_back(*device_->allocate(t.size_bytes()));
    t.buffer = buffers_.back().get();
    (void)device_->write(t, values(t.size_bytes(), dtype));
    return t;
  }

  /// Cosines 0.6 and sines 0.8: repeated in place, they neither grow nor shrink anything.
  Tensor rotations(int positions, int rope_dim) {
    const Tensor t = tensor({positions, false}, rope_dim);
    std::vector<float> table;
    for (int i = 0; i < positions * rope_dim; ++i)
      table.push_back(i % rope_dim < rope_dim / 2 ? 0.6F : 0.8F);
    (void)device_->write(t, std::as_bytes(std::span(table)));
    return t;
  }

  Weight weight(int rows, int cols) {
    HostTensor host{"weight", DType::kF32, rows, cols, {}, {}};
    auto bytes = std::make_shared<std::vector<std::byte>>(
        values(static_cast<std::size_t>(rows) * static_cast<std::size_t>(cols) * 4, DType::kF32));
    host.bytes = *bytes;
    host.keep_alive = bytes;
    return *device_->upload(host);
  }

  void run(benchmark::State& state, const StepParams& step,
           const std::function<void(Recorder&)>& body) {
    const auto program = *device_->record("bench", body);
    for (auto _ : state) {
      if (const Status status = device_->run(*program, step, {}); !status)
        state.SkipWithError(status.error().message().c_str());
    }
    state.SetLabel(device_->info().detail);
  }

 private:
  static std::vector<std::byte> values(std::size_t bytes, DType dtype) {
    std::vector<std::byte> out(bytes);
    std::uint32_t random = 1;
    for (std::size_t i = 0; i + 4 <= bytes; i += 4) {
      random = random * 1664525U + 1013904223U;
      // f32 of ±0.5 … 1, or two f16 of the same.
      const std::uint32_t bits =
          dtype == DType::kF16 ? 0x38003800U | (random >> 8 & 0x03ff03ffU) | (random & 0x80008000U)
                               : 0x3f000000U | (random >> 9) | (random & 0x80000000U);
      for (std::size_t b = 0; b < 4; ++b) out[i + b] = static_cast<std::byte>(bits >> (8 * b));
    }
    return out;
  }

  std::unique_ptr<Device> device_;
  std::vector<std::unique_ptr<Buffer>> buffers_;
};

void report_flops(benchmark::State& state, double flops) {
  state.counters["FLOP/s"] = benchmark::Counter(flops * static_cast<double>(state.iterations()),
                                                benchmark::Counter::kIsRate);
}

void report_bytes(benchmark::State& state, double bytes) {
  state.SetBytesProcessed(
      static_cast<std::int64_t>(bytes * static_cast<double>(state.iterations())));
}

// --- the tower and the projectors --------------------------------------------------------------

void vision_attention(benchmark::State& state) {
  Bench bench;
  const RowCount rows{kPositions, false};
  const Tensor q = bench.tensor(rows, kVisionDim);
  const Tensor k = bench.tensor(rows, kVisionDim);
  const Tensor v = bench.tensor(rows, kVisionDim);
  const Tensor out = bench.tensor(rows, kVisionDim);
  bench.run(state, {}, [&](Recorder& r) { r.attention_full(q, k, v, 16, out); });
  report_flops(state, 4.0 * kPositions * kPositions * kVisionDim);
}

void vision_layer_norm(benchmark::State& state) {
  Bench bench;
  const RowCount rows{kPositions, false};
  const Tensor x = bench.tensor(rows, kVisionDim);
  const Tensor out = bench.tensor(rows, kVisionDim);
  const Weight gain = bench.weight(1, kVisionDim);
  const Weight bias = bench.weight(1, kVisionDim);
  bench.run(state, {}, [&](Recorder& r) { r.layer_norm(x, gain, bias, 1e-5F, out); });
  report_bytes(state, 8.0 * kPositions * kVisionDim);
}

void vision_activate(benchmark::State& state) {
  Bench bench;
  const RowCount rows{kPositions, false};
  const Tensor x = bench.tensor(rows, 4 * kVisionDim);
  const Tensor out = bench.tensor(rows, 4 * kVisionDim);
  const auto activation = static_cast<Activation>(state.range(0));
  bench.run(state, {}, [&](Recorder& r) { r.activate(x, activation, out); });
  report_bytes(state, 8.0 * kPositions * 4 * kVisionDim);
}

void projector_depthwise(benchmark::State& state) {
  Bench bench;
  const RowCount rows{kGrid.positions(), false};
  const Tensor x = bench.tensor(rows, kDim);
  const Tensor out = bench.tensor(rows, kDim);
  const Weight w = bench.weight(kDim, 9);
  bench.run(state, {}, [&](Recorder& r) { r.depthwise_conv3x3(x, kGrid, 1, w, nullptr, {}, out); });
  report_flops(state, 18.0 * kGrid.positions() * kDim);
}

void projector_pools(benchmark::State& state) {
  Bench bench;
  const Tensor x = bench.tensor({kGrid.positions(), false}, kDim);
  const Tensor half = bench.tensor({kGrid.positions() / 4, false}, kDim);
  const Tensor mean = bench.tensor({1, false}, kDim);
  bench.run(state, {}, [&](Recorder& r) {
    r.adaptive_avg_pool(x, kGrid, {kGrid.height / 2, kGrid.width / 2}, half);
    r.global_avg_pool(x, mean);
  });
}

// --- the language model ------------------------------------------------------------------------

/// One layer's cache after another, as decoding reads them: none is left in a processor's cache.
void language_attention(benchmark::State& state) {
  constexpr int kLayers = 24;
  Bench bench;
  const int rows = static_cast<int>(state.range(0));
  const int kv_len = static_cast<int>(state.range(1));
  const RowCount cache_rows{kHeads * kv_len, false};
  const Tensor q = bench.tensor({rows, true}, kDim);
  const Tensor out = bench.tensor({rows, true}, kDim);
  const Tensor mask = bench.tensor({1, false}, kv_len);
  std::vector<KvLayer> layers;
  for (int i = 0; i < kLayers; ++i)
    layers.push_back({bench.tensor(cache_rows, kHeadDim, DType::kF16),
                      bench.tensor(cache_rows, kHeadDim, DType::kF16), kHeads, kv_len});
  bench.run(state, {kv_len - rows, rows}, [&](Recorder& r) {
    for (const KvLayer& layer : layers) r.attention_causal(q, layer, mask, out);
  });
  const double pairs = static_cast<double>(rows) * (kv_len - rows) + 0.5 * rows * (rows + 1);
  report_flops(state, kLayers * 4.0 * pairs * kDim);
  report_bytes(state, kLayers * 4.0 * kv_len * kDim);
}

/// What a layer does to one row besides attention and products.
void language_small_ops(benchmark::State& state) {
  Bench bench;
  const int rows_max = static_cast<int>(state.range(0));
  const RowCount rows{rows_max, true};
  constexpr int kCapacity = 2048;
  const Tensor x = bench.tensor(rows, kDim);
  const Tensor normed = bench.tensor(rows, kDim);
  const Tensor gate = bench.tensor(rows, kFfnDim);
  const Tensor up = bench.tensor(rows, kFfnDim);
  const Tensor out = bench.tensor(rows, kFfnDim);
  const Tensor angles = bench.rotations(kCapacity, kHeadDim);
  const Weight gain = bench.weight(1, kDim);
  const RowCount cache_rows{kHeads * kCapacity, false};
  const KvLayer cache{bench.tensor(cache_rows, kHeadDim, DType::kF16),
                      bench.tensor(cache_rows, kHeadDim, DType::kF16), kHeads, kCapacity};
  bench.run(state, {100, rows_max}, [&](Recorder& r) {
    r.rms_norm(x, gain, 1e-6F, normed);
    r.rope_store_kv(x, normed, normed, angles, cache);
    r.rms_norm(x, gain, 1e-6F, normed);
    r.swiglu(gate, up, out);
  });
}

BENCHMARK(vision_attention)->Unit(benchmark::kMillisecond)->UseRealTime();
BENCHMARK(vision_layer_norm)->Unit(benchmark::kMillisecond)->UseRealTime();
BENCHMARK(vision_activate)
    ->Arg(static_cast<int>(Activation::kQuickGelu))
    ->Arg(static_cast<int>(Activation::kGelu))
    ->Unit(benchmark::kMillisecond)
    ->UseRealTime();
BENCHMARK(projector_depthwise)->Unit(benchmark::kMillisecond)->UseRealTime();
BENCHMARK(projector_pools)->Unit(benchmark::kMillisecond)->UseRealTime();
BENCHMARK(language_attention)
    ->ArgNames({"rows", "kv"})
    ->Args({1, 256})
    ->Args({1, 1024})
    ->Args({1, 2048})
    ->Args({4, 1024})
    ->Args({204, 204})
    ->Args({256, 1024})
    ->Args({256, 2048})
    ->Unit(benchmark::kMillisecond)
    ->UseRealTime();
BENCHMARK(language_small_ops)
    ->ArgName("rows")
    ->Arg(1)
    ->Arg(204)
    ->Unit(benchmark::kMicrosecond)
    ->UseRealTime();

}  // namespace
}  // namespace galago

BENCHMARK_MAIN();
