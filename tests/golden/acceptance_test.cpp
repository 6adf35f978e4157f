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
#include <cstdlib>
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
  static std::unique_ptr<ChatSession> session(Arithmetic arithmetic,
                                              const std::string& device = "cpu") {
    const auto pair = repository() / "resources/models/tiny";
    EngineOptions options;
    options.model = pair / "ggml-model-q8_0.gguf";
    options.mmproj = pair / "mmproj-model-f16.gguf";
    options.device = device;
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

  static json gallery() {
    std::ifstream file(repository() / "resources/samples/samples.json");
    return json::parse(file)["samples"];
  }

  static void expect_gallery_answer(ChatSession& session, const json& sample,
                                    const char* language) {
    std::ifstream file(test_data_folder() / "tiny" / "gallery.json");
    const auto picture = sample["file"].get<std::string>();
    const auto prompt = sample["prompt"][language].get<std::string>();
    EXPECT_EQ(ask(session, repository() / "resources/samples" / picture, prompt),
              json::parse(file)[picture][language].get<std::string>())
        << picture << ": " << prompt;
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
  const auto chat = session(Arithmetic::kFast);
  ASSERT_TRUE(chat);
  ASSERT_GE(gallery().size(), 12U);
  for (const json& sample : gallery())
    for (const char* language : {"en", "zh_CN"}) expect_gallery_answer(*chat, sample, language);
}

// A GPU that the processor plays takes seconds for each picture: some of them have to do.
TEST_F(TinyAcceptance, AnswersSomeOfTheGalleryOnVulkan) {
  ::setenv("GALAGO_VULKAN_VALIDATION", "1", 0);
  const auto chat = session(Arithmetic::kFast, "vulkan");
  ASSERT_TRUE(chat);
  const std::string reason = chat->engine()->device_reason();
  ASSERT_EQ(reason.find("Vulkan validation"), std::string::npos) << reason;
  if (chat->engine()->device_info().kind != "vulkan") GTEST_SKIP() << reason;
  const json samples = gallery();
  for (const std::size_t i : {0U, 3U, 7U}) expect_gallery_answer(*chat, samples.at(i), "en");
  EXPECT_EQ(chat->engine()->device_info().kind, "vulkan") << chat->engine()->device_reason();
}

}  // namespace galago
