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

/// A chat with the shipped pair.
class TinyAcceptance : public testing::Test {
 protected:
  void SetUp() override {
    const auto pair = repository() / "resources/models/tiny";
    if (!std::filesystem::exists(pair / "ggml-model-q8_0.gguf"))
      GTEST_SKIP() << "the built-in model is not there";
    EngineOptions options;
    options.model = pair / "ggml-model-q8_0.gguf";
    options.mmproj = pair / "mmproj-model-f16.gguf";
    options.device = "cpu";
    auto engine = Engine::load(options);
    ASSERT_TRUE(engine) << engine.error().message();
    auto session = ChatSession::create(*engine);
    ASSERT_TRUE(session) << session.error().message();
    session_ = *std::move(session);
  }

  std::string ask(const std::filesystem::path& picture, const std::string& question) {
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
        session_->generate(conversation, greedy, {}, [&](const GenerationEvent& event) {
          if (const auto* delta = std::get_if<TextDelta>(&event)) answer += delta->text;
        });
    EXPECT_TRUE(status) << status.error().message();
    return answer;
  }

 private:
  std::unique_ptr<ChatSession> session_;
};

}  // namespace

TEST_F(TinyAcceptance, AnswersHeldOutQuestions) {
  const auto folder = test_data_folder() / "tiny" / "acceptance";
  const std::vector<json> questions = read_lines(folder / "questions.jsonl");
  ASSERT_GE(questions.size(), 200U);
  std::map<std::string, std::pair<int, int>> by_type;  // right, asked
  int right = 0;
  for (const json& question : questions) {
    const auto type = question["type"].get<std::string>();
    const std::string answer = ask(folder / question["picture"].get<std::string>(),
                                   question["question"].get<std::string>());
    const bool is_right =
        answer_key(type, answer) == answer_key(type, question["answer"].get<std::string>());
    right += is_right ? 1 : 0;
    by_type[type].first += is_right ? 1 : 0;
    ++by_type[type].second;
    if (!is_right)
      std::cout << question["picture"] << ' ' << question["question"] << " expected "
                << question["answer"] << ", said \"" << answer << "\"\n";
  }
  for (const auto& [type, counts] : by_type)
    std::cout << type << ": " << counts.first << " of " << counts.second << '\n';
  const double accuracy = 100.0 * right / static_cast<double>(questions.size());
  std::cout << "all: " << accuracy << " %\n";

  std::ifstream measured_file(folder / "measured.json");
  const double measured = json::parse(measured_file)["accuracy"].get<double>();
  EXPECT_GE(accuracy, measured - 2);
}

// What people see first must be right: every picture of the gallery, in both languages.
TEST_F(TinyAcceptance, AnswersTheGallery) {
  std::ifstream samples_file(repository() / "resources/samples/samples.json");
  std::ifstream expected_file(test_data_folder() / "tiny" / "gallery.json");
  const json samples = json::parse(samples_file)["samples"];
  const json expected = json::parse(expected_file);
  ASSERT_GE(samples.size(), 12U);
  for (const json& sample : samples) {
    const auto file = sample["file"].get<std::string>();
    for (const char* language : {"en", "zh_CN"}) {
      const auto prompt = sample["prompt"][language].get<std::string>();
      EXPECT_EQ(ask(repository() / "resources/samples" / file, prompt),
                expected[file][language].get<std::string>())
          << file << ": " << prompt;
    }
  }
}

}  // namespace galago
