// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// galago-cli bench: whole stages, timed, beside the memory bandwidth measured in the same run.
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <memory>
#include <nlohmann/json.hpp>
#include <span>
#include <variant>
#include <vector>

#include "base/memory_bandwidth.h"
#include "cli/command.h"
#include "cli/interrupt.h"
#include "cli/kept_rate.h"
#include "cli/options.h"
#include "engine/chat_session.h"
#include "engine/language_runner.h"
#include "engine/picture_encoder.h"

namespace galago::cli {
namespace {

constexpr int kPrefillTokens = 204;
constexpr int kDecodeTokens = 64;
// About 60 tokens with any LLaMA tokenizer.
constexpr const char* kQuestion =
    "Look at the picture closely and tell me, in two or three sentences, what can be seen in the "
    "foreground, what in the background, which colours stand out, and whether there is anything "
    "written in it that a person could read from a few metres away.";

struct BenchOptions {
  ModelOptions model;
  int repeat = 3;
  bool json = false;
};

struct BenchResult {
  double load_ms = 0;
  double image_encode_ms = 0;
  double prefill_tps = 0;
  double decode_tps = 0;        ///< after the prefill's tokens
  double decode_empty_tps = 0;  ///< from an empty context
  double ttft_ms = 0;
  double ttft_ahead_ms = 0;  ///< after Enter, with picture and text computed while it was written
  int ttft_prompt_tokens = 0;
  double peak_rss_mb = 0;
  double bytes_per_token = 0;
  double bandwidth_gbps = 0;

  /// Bytes of weights a token reads, times tokens per second, over what memory can deliver; from an
  /// empty context, where hardly anything else is read.
  double bandwidth_share() const {
    return bandwidth_gbps > 0 ? bytes_per_token * decode_empty_tps / (bandwidth_gbps * 1e9) : 0;
  }
};

double now_ms() {
  return std::chrono::duration<double, std::milli>(
             std::chrono::steady_clock::now().time_since_epoch())
      .count();
}

double median(std::vector<double> values) {
  std::sort(values.begin(), values.end());
  return values[values.size() / 2];
}

/// A picture with some structure: what is in it does not change the work.
Image test_picture(int shift) {
  Image image{448, 336, {}};
  image.pixels.reserve(448U * 336U * 3U);
  for (int y = 0; y < image.height; ++y)
    for (int x = 0; x < image.width; ++x)
      for (const int value : {x + shift, y, x ^ y})
        image.pixels.push_back(static_cast<std::uint8_t>(value));
  return image;
}

class Bench {
 public:
  Bench(std::shared_ptr<const Engine> engine, int repeat, std::stop_token stop)
      : engine_(std::move(engine)), repeat_(repeat), stop_(std::move(stop)) {}

  Result<BenchResult> run() {
    BenchResult result;
    result.load_ms = engine_->info().load_ms;
    GALAGO_TRY(measure_language(result));
    if (engine_->has_vision()) {
      GALAGO_TRY(measure_encode(result));
    }
    GALAGO_TRY(measure_first_token(result));
    result.peak_rss_mb = peak_rss_mb();  // before the bandwidth's own buffer
    result.bandwidth_gbps = read_bandwidth(std::max(1, engine_->device_info().threads)) / 1e9;
    return result;
  }

 private:
  Status measure_encode(BenchResult& result) {
    GALAGO_TRY(auto encoder, PictureEncoder::create(engine_));
    std::vector<double> times;
    for (int i = 0; i <= repeat_; ++i) {  // the first is the warm-up
      const double started = now_ms();
      GALAGO_TRY(auto tokens, encoder->encode(test_picture(i), stop_));
      if (i > 0) times.push_back(now_ms() - started);
    }
    result.image_encode_ms = median(times);
    return {};
  }

  Status measure_language(BenchResult& result) {
    GALAGO_TRY(auto runner, LanguageRunner::create(engine_));
    const int room = runner->capacity() - kDecodeTokens;
    if (room < 1)
      return Error{Errc::kInvalidArgument, "the context is too short for this measurement", {}};
    const int vocabulary = engine_->model().language.config().vocab_size;
    std::vector<std::int32_t> ids(static_cast<std::size_t>(std::min(kPrefillTokens, room)));
    for (std::size_t i = 0; i < ids.size(); ++i)
      ids[i] = static_cast<std::int32_t>((i * 7919 + 259) % static_cast<std::size_t>(vocabulary));
    std::vector<double> prefill;
    std::vector<double> decode;
    std::vector<double> decode_empty;
    for (int i = 0; i <= repeat_; ++i) {  // the first is the warm-up
      runner->trim(0);
      GALAGO_TRY(const double empty_ms, decode_ms(*runner, ids));
      runner->trim(0);
      const double started = now_ms();
      GALAGO_TRY(runner->append(ids, stop_));
      const double prefill_ms = now_ms() - started;
      GALAGO_TRY(const double after_ms, decode_ms(*runner, ids));
      if (i == 0) continue;
      decode_empty.push_back(empty_ms);
      prefill.push_back(prefill_ms);
      decode.push_back(after_ms);
    }
    result.prefill_tps = static_cast<double>(ids.size()) * 1e3 / median(prefill);
    result.decode_tps = kDecodeTokens * 1e3 / median(decode);
    result.decode_empty_tps = kDecodeTokens * 1e3 / median(decode_empty);
    result.bytes_per_token = static_cast<double>(engine_->model().language.bytes_per_token());
    return {};
  }

  Result<double> decode_ms(LanguageRunner& runner, std::span<const std::int32_t> ids) {
    const double started = now_ms();
    for (std::size_t t = 0; t < kDecodeTokens; ++t) {
      GALAGO_TRY(runner.append(ids.subspan(t % ids.size(), 1), stop_));
      GALAGO_TRY([[maybe_unused]] const auto logits, runner.logits());
    }
    return now_ms() - started;
  }

  Status measure_first_token(BenchResult& result) {
    std::vector<double> cold;
    std::vector<double> ahead;
    for (int i = 0; i < repeat_; ++i) {
      GALAGO_TRY(const GenerationStats first, first_token(100 + i, false));
      cold.push_back(first.ttft_ms);
      result.ttft_prompt_tokens = first.prompt_tokens;
      GALAGO_TRY(const GenerationStats prepared, first_token(100 + i, true));
      ahead.push_back(prepared.ttft_ms);
    }
    result.ttft_ms = median(cold);
    result.ttft_ahead_ms = median(ahead);
    return {};
  }

  /// In a new session: nothing is cached. `is_ahead`: all but the question's last word was there
  /// while it was being written, as in the window.
  Result<GenerationStats> first_token(int picture, bool is_ahead) {
    GALAGO_TRY(auto session, ChatSession::create(engine_));
    Conversation conversation;
    conversation.turns.push_back({kQuestion, {}, {}});
    Turn& turn = conversation.turns.back();
    if (engine_->has_vision())
      turn.pictures.push_back(std::make_shared<const Picture>(test_picture(picture)));
    const GenerationParams one_token{{}, 1};
    GenerationStats stats;
    auto sink = [&](const GenerationEvent& event) {
      if (const auto* finished = std::get_if<Finished>(&event)) stats = finished->stats;
    };
    if (is_ahead) {
      turn.question.resize(turn.question.rfind(' '));
      GALAGO_TRY(session->prepare(conversation, one_token, stop_, sink));
      turn.question = kQuestion;
    }
    GALAGO_TRY(session->generate(conversation, one_token, stop_, sink));
    if (stop_.stop_requested()) return Error{Errc::kCancelled, "stopped", {}};
    return stats;
  }

  std::shared_ptr<const Engine> engine_;
  int repeat_;
  std::stop_token stop_;
};

void print_json(const BenchResult& r, const Engine& engine, const std::string& device_reason) {
  const DeviceInfo device = engine.device_info();
  const nlohmann::json json = {{"model", engine.info().name},
                               {"quantisation", engine.info().quantisation},
                               {"projector", engine.info().projector},
                               {"device", device.kind},
                               {"device_name", device.name},
                               {"device_detail", device.detail},
                               {"device_reason", device_reason},
                               {"threads", device.threads},
                               {"load_ms", r.load_ms},
                               {"image_encode_ms", r.image_encode_ms},
                               {"prefill_tokens", kPrefillTokens},
                               {"prefill_tps", r.prefill_tps},
                               {"decode_tokens", kDecodeTokens},
                               {"decode_tps", r.decode_tps},
                               {"decode_empty_tps", r.decode_empty_tps},
                               {"ttft_ms", r.ttft_ms},
                               {"ttft_ahead_ms", r.ttft_ahead_ms},
                               {"ttft_prompt_tokens", r.ttft_prompt_tokens},
                               {"peak_rss_mb", r.peak_rss_mb},
                               {"file_mb", static_cast<double>(engine.info().file_bytes) / 1e6},
                               {"weight_bytes_per_token", r.bytes_per_token},
                               {"memory_bandwidth_gbps", r.bandwidth_gbps},
                               {"decode_bandwidth_share", r.bandwidth_share()}};
  const auto replace = nlohmann::json::error_handler_t::replace;
  std::printf("%s\n", json.dump(2, ' ', false, replace).c_str());
}

void print_table(const BenchResult& r, const Engine& engine) {
  const DeviceInfo device = engine.device_info();
  std::printf("%s, %s, %s (%s)\n", engine.info().name.c_str(), engine.info().quantisation.c_str(),
              device.name.c_str(), device.detail.c_str());
  std::printf("load                    %9.0f ms\n", r.load_ms);
  if (engine.has_vision()) std::printf("picture encode          %9.0f ms\n", r.image_encode_ms);
  std::printf("prefill, %3d tokens     %9.1f tokens/s\n", kPrefillTokens, r.prefill_tps);
  std::printf("decode, %3d tokens      %9.1f tokens/s\n", kDecodeTokens, r.decode_tps);
  std::printf("  in an empty context   %9.1f tokens/s\n", r.decode_empty_tps);
  std::printf("  of memory bandwidth   %9.0f %% of %.1f GB/s\n", r.bandwidth_share() * 100,
              r.bandwidth_gbps);
  std::printf("first token, %3d tokens %9.0f ms\n", r.ttft_prompt_tokens, r.ttft_ms);
  std::printf("  computed while typed  %9.0f ms\n", r.ttft_ahead_ms);
  std::printf("peak memory             %9.0f MB\n", r.peak_rss_mb);
}

Status bench(const BenchOptions& options) {
  Interrupt interrupt;
  GALAGO_TRY(const PlacedEngine placed,
             options.model.load(interrupt.token(), options.json ? Notes::kOmit : Notes::kPrint));
  GALAGO_TRY(const BenchResult result,
             Bench(placed.engine, options.repeat, interrupt.token()).run());
  keep_rate(*placed.engine, kDecodeTokens, kDecodeTokens * 1e3 / result.decode_tps);
  if (options.json) {
    print_json(result, *placed.engine, placed.reason);
  } else {
    print_table(result, *placed.engine);
  }
  return {};
}

}  // namespace

void add_bench_command(CLI::App& app, Status& result) {
  auto options = std::make_shared<BenchOptions>();
  CLI::App* command = app.add_subcommand(
      "bench", "Time each stage (medians) and compare decoding with the memory's bandwidth");
  options->model.add_to(*command);
  command->add_option("--repeat", options->repeat, "Measured runs of each stage")
      ->check(CLI::Range(1, 100))
      ->capture_default_str();
  command->add_flag("--json", options->json, "Print one JSON object");
  command->callback([options, &result] { result = bench(*options); });
}

}  // namespace galago::cli
