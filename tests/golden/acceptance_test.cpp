// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// The built-in model's answers as people get them: held-out pictures and questions
// (tests/data/tiny/acceptance, written by resources/models/tiny/recipe/heldout.py), answered by the
// shipped files on the CPU. The share of right answers must not fall more than two points below
// the one measured when the model was made.
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <fstream>
#include <iostream>
#include <map>
#include <nlohmann/json.hpp>

#include "base/cpu_features.h"
#include "engine/chat_session.h"
#include "image/image_decoder.h"
#include "test_data.h"

namespace galago {
namespace {

using nlohmann::json;

/// What of an answer is compared, as evaluate.py does it: lower case, no full stop; of yes/no
/// questions the first word.
std::string answer_key(const std::string& type, std::string text) {
  std::ranges::transform(text, text.begin(), [](unsigned char c) {
    return static_cast<char>(c < 0x80 ? std::tolower(c) : c);
  });
  if (type == "yes/no") {
    static constexpr std::array words = {"yes", "no", "是的", "不是", "没有", "有"};
    for (const char* word : words)
      if (text.starts_with(word)) return word;
  }
  for (const char* mark : {".", "。"})
    if (text.ends_with(mark)) text.resize(text.size() - std::string_view(mark).size());
  return text;
}

std::vector<json> read_lines(const std::filesystem::path& path) {
  std::ifstream file(path);
  std::vector<json> lines;
  for (std::string line; std::getline(file, line);) lines.push_back(json::parse(line));
  return lines;
}

std::filesystem::path repository() { return std::filesystem::path(GALAGO_TESTS_DIR).parent_path(); }

/// Chats with the shipped pair.
class TinyAcceptance : public testing::Test {
 protected:
  static std::unique_ptr<ChatSession> session(Arithmetic arithmetic) {
    const auto pair = repository() / "resources/models/tiny";
    EngineOptions options;
    options.model = pair / "ggml-model-q8_0.gguf";
    options.mmproj = pair / "mmproj-model-f16.gguf";
    options.device = "cpu";
    options.arithmetic = arithmetic;
    auto engine = Engine::load(options);
    if (!engine) {
      ADD_FAILURE() << engine.error().message();
      return nullptr;
    }
    auto created = ChatSession::create(*engine);
    EXPECT_TRUE(created) << created.error().message();
    return created ? *std::move(created) : nullptr;
  }

  static std::string ask(ChatSession& session, const std::filesystem::path& picture,
                         const std::string& question) {
    auto image = load_image(picture, ImageInterpretation::kAsSeen);
    if (!image) {
      ADD_FAILURE() << image.error().message();
      return {};
    }
    Conversation conversation;
    conversation.turns.push_back(
        {question, {std::make_shared<const Picture>(*std::move(image))}, {}});
    GenerationParams greedy;
    greedy.max_tokens = 40;
    std::string answer;
    const Status status =
        session.generate(conversation, greedy, {}, [&](const GenerationEvent& event) {
          if (const auto* delta = std::get_if<TextDelta>(&event)) answer += delta->text;
        });
    EXPECT_TRUE(status) << status.error().message();
    return answer;
  }

  /// Per kind of question: right answers, answers.
  using Counts = std::map<std::string, std::pair<int, int>>;

  static Counts answer_held_out(ChatSession& session) {
    const auto folder = test_data_folder() / "tiny" / "acceptance";
    Counts counts;
    for (const json& question : read_lines(folder / "questions.jsonl")) {
      const auto type = question["type"].get<std::string>();
      const std::string answer = ask(session, folder / question["picture"].get<std::string>(),
                                     question["question"].get<std::string>());
      const bool is_right =
          answer_key(type, answer) == answer_key(type, question["answer"].get<std::string>());
      counts[type].first += is_right ? 1 : 0;
      ++counts[type].second;
      if (!is_right)
        std::cout << question["picture"] << ' ' << question["question"] << " expected "
                  << question["answer"] << ", said \"" << answer << "\"\n";
    }
    return counts;
  }

  static double accuracy(const Counts& counts) {
    int right = 0;
    int asked = 0;
    for (const auto& [type, count] : counts) {
      right += count.first;
      asked += count.second;
    }
    EXPECT_GE(asked, 200);
    return 100.0 * right / std::max(1, asked);
  }
};

}  // namespace

TEST_F(TinyAcceptance, AnswersHeldOutQuestions) {
  const auto chat = session(Arithmetic::kExact);
  ASSERT_TRUE(chat);
  const Counts counts = answer_held_out(*chat);
  for (const auto& [type, count] : counts)
    std::cout << type << ": " << count.first << " of " << count.second << '\n';
  std::cout << "all: " << accuracy(counts) << " %\n";
  std::ifstream measured_file(test_data_folder() / "tiny" / "acceptance" / "measured.json");
  const double measured = json::parse(measured_file)["accuracy"].get<double>();
  EXPECT_GE(accuracy(counts), measured - 2);
}

// Rounding to bf16 in the tower must not be felt (docs/performance.md).
TEST_F(TinyAcceptance, FastArithmeticAnswersAsWell) {
  if (!detect_cpu_features().avx512_bf16) GTEST_SKIP() << "this processor multiplies no bf16";
  const auto exact = session(Arithmetic::kExact);
  const auto fast = session(Arithmetic::kFast);
  ASSERT_TRUE(exact && fast);
  EXPECT_NEAR(accuracy(answer_held_out(*fast)), accuracy(answer_held_out(*exact)), 0.5);
}

// What people see first must be right: every picture of the gallery, in both languages.
TEST_F(TinyAcceptance, AnswersTheGallery) {
  std::ifstream samples_file(repository() / "resources/samples/samples.json");
  std::ifstream expected_file(test_data_folder() / "tiny" / "gallery.json");
  const json samples = json::parse(samples_file)["samples"];
  const json expected = json::parse(expected_file);
  ASSERT_GE(samples.size(), 12U);
  const auto chat = session(Arithmetic::kFast);
  ASSERT_TRUE(chat);
  for (const json& sample : samples) {
    const auto file = sample["file"].get<std::string>();
    for (const char* language : {"en", "zh_CN"}) {
      const auto prompt = sample["prompt"][language].get<std::string>();
      EXPECT_EQ(ask(*chat, repository() / "resources/samples" / file, prompt),
                expected[file][language].get<std::string>())
          << file << ": " << prompt;
    }
  }
}

}  // namespace galago
