// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// galago-cli models get, as a person and a script use it.
#include <signal.h>

#include <QProcess>
#include <fstream>
#include <nlohmann/json.hpp>
#include <utility>
#include <vector>

#include "library/installed_models.h"
#include "test_data.h"
#include "transfer/verifier.h"
#include "transfer_fixture.h"
#include "variable.h"

namespace galago {
namespace {

namespace fs = std::filesystem;

class GetCommandTest : public TransferTest {
 protected:
  void SetUp() override {
    TransferTest::SetUp();
    if (IsSkipped()) return;
    serve("tiny.gguf", read_file(test_data_folder() / "model/ggml-model-f16.gguf"));
    serve("tiny-mmproj.gguf", read_file(test_data_folder() / "model/mmproj-model-f16.gguf"));
    serve("wide.gguf", read_file(test_data_folder() / "model/rope4/ggml-model-f16.gguf"));
  }

  void start(QProcess& program, const QStringList& words) const {
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert("GALAGO_MODELS", QString::fromStdString(library_));
    environment.insert("XDG_CONFIG_HOME", QString::fromStdString(folder_.path() / "config"));
    environment.insert("GALAGO_DATA", QString::fromStdString(folder_.path() / "data"));
    program.setProcessEnvironment(environment);
    program.start(GALAGO_CLI, QStringList{"models", "get"} + words);
  }

  /// The exit status; what was printed is in out_ and err_.
  int get(const QStringList& words) {
    QProcess program;
    start(program, words);
    EXPECT_TRUE(program.waitForFinished(20'000));
    out_ = program.readAllStandardOutput().toStdString();
    err_ = program.readAllStandardError().toStdString();
    return program.exitStatus() == QProcess::NormalExit ? program.exitCode() : -1;
  }

  struct Served {
    const char* name;  ///< in the folder
    const char* file;  ///< on the server
  };

  /// Of the catalogue: a pair that goes to me/tiny.
  nlohmann::json entry(const char* id, const Served& language_model,
                       const Served& projector) const {
    const auto file = [&](const Served& served, const char* role) {
      return nlohmann::json{
          {"name", served.name}, {"role", role}, {"url", server_->url("/plain/") + served.file}};
    };
    return {{"id", id},
            {"kind", "gguf"},
            {"name", id},
            {"publisher", "me"},
            {"model", "tiny"},
            {"files", {file(language_model, "language_model"), file(projector, "mmproj")}}};
  }

  void list(const std::vector<nlohmann::json>& entries) const {
    folder_.write("config/galago/catalogue.json",
                  nlohmann::json{{"format", 1}, {"models", entries}}.dump());
  }

  QString url(const std::string& path) const { return QString::fromStdString(server_->url(path)); }

  fs::path library_ = folder_.path() / "library";
  std::string out_;
  std::string err_;
};

TEST_F(GetCommandTest, PairByItsAddresses) {
  const QStringList pair{url("/plain/tiny.gguf"), url("/plain/tiny-mmproj.gguf"), "--json"};
  ASSERT_EQ(get(pair), 0) << err_;
  const auto json = nlohmann::json::parse(out_);
  const fs::path folder = json.at("folder").get<std::string>();
  EXPECT_TRUE(folder.string().starts_with(library_.string()));
  EXPECT_EQ(json.at("files").size(), 2U);
  EXPECT_TRUE(fs::exists(folder / "galago-model.json"));
  EXPECT_EQ(read_file(folder / "tiny.gguf"),
            read_file(test_data_folder() / "model/ggml-model-f16.gguf"));
  EXPECT_TRUE(err_.empty()) << err_;
}

TEST_F(GetCommandTest, FilesThatDoNotBelongTogetherAreNotKept) {
  EXPECT_EQ(get({url("/plain/wide.gguf"), url("/plain/tiny-mmproj.gguf")}), 1);
  EXPECT_NE(err_.find("belong together"), std::string::npos) << err_;
  EXPECT_EQ(get({url("/plain/model.gguf"), url("/plain/mmproj.gguf")}), 1) << "no GGUF files";
  EXPECT_TRUE(!fs::exists(library_ / "other") || fs::is_empty(library_ / "other"));
}

TEST_F(GetCommandTest, NameOfTheCatalogue) {
  EXPECT_EQ(get({"tiny"}), 1);
  EXPECT_NE(err_.find("the catalogue has no 'tiny'"), std::string::npos) << err_;
  list({entry("tiny", {"tiny.gguf", "tiny.gguf"}, {"tiny-mmproj.gguf", "tiny-mmproj.gguf"})});
  EXPECT_EQ(get({"tiny"}), 0) << err_;
  EXPECT_NE(out_.find("-m me/tiny"), std::string::npos) << out_;
  EXPECT_TRUE(fs::exists(library_ / "me/tiny/galago-model.json"));
}

TEST_F(GetCommandTest, TwoQuantisationsLiveInOneFolder) {
  serve("other-mmproj.gguf", read_file(test_data_folder() / "model/ldpv2/mmproj-model-f16.gguf"));
  list({entry("first", {"first.gguf", "tiny.gguf"}, {"mmproj.gguf", "tiny-mmproj.gguf"}),
        entry("second", {"second.gguf", "tiny.gguf"}, {"mmproj.gguf", "tiny-mmproj.gguf"}),
        entry("third", {"third.gguf", "tiny.gguf"}, {"mmproj.gguf", "other-mmproj.gguf"})});
  ASSERT_EQ(get({"first"}), 0) << err_;
  EXPECT_NE(out_.find("-m me/tiny\n"), std::string::npos) << out_;
  ASSERT_EQ(get({"second"}), 0) << err_;
  EXPECT_NE(out_.find("-m me/tiny/second\n"), std::string::npos) << out_;
  ASSERT_EQ(get({"third", "--json"}), 0) << err_;
  EXPECT_EQ(nlohmann::json::parse(out_).at("id"), "me/tiny/third");
  const Variable models("GALAGO_MODELS", library_);
  for (const auto& [name, kind] :
       {std::pair("first", "ldp"), std::pair("second", "ldp"), std::pair("third", "ldpv2")}) {
    const auto model = find_installed_model("me/tiny/" + std::string(name));
    ASSERT_TRUE(model) << model.error().message();
    EXPECT_EQ(model->facts.projector, kind) << name;
    EXPECT_EQ(model->files.name, name) << "its own manifest";
    const auto report = verify_model(*model, {});
    ASSERT_TRUE(report);
    EXPECT_TRUE(report->is_whole()) << name;
    EXPECT_FALSE(report->has_first_seen()) << name;
  }
  // Again, as for a repair: nothing is in the way of itself.
  std::ofstream(library_ / "me/tiny/second.gguf") << "damaged";
  ASSERT_EQ(get({"second"}), 0) << err_;
  EXPECT_EQ(read_file(library_ / "me/tiny/second.gguf"),
            read_file(library_ / "me/tiny/first.gguf"));
  std::size_t files = 0;
  for ([[maybe_unused]] const auto& file : fs::directory_iterator(library_ / "me/tiny")) ++files;
  EXPECT_EQ(files, 8U) << "three models, two projectors, three manifests";
}

TEST_F(GetCommandTest, InterruptPausesAndTheSameCommandGoesOn) {
  const QStringList words{url("/slow/model.gguf"), url("/slow/mmproj.gguf")};
  const fs::path part = library_ / "other/.partial/model/model.gguf.part";
  QProcess program;
  start(program, words);
  const auto some_came = [&] {
    std::error_code error;
    const auto size = fs::file_size(part, error);
    return !error && size > 100'000;
  };
  ASSERT_TRUE(wait_until(some_came));
  ::kill(static_cast<pid_t>(program.processId()), SIGINT);
  ASSERT_TRUE(program.waitForFinished(20'000));
  EXPECT_EQ(program.exitStatus(), QProcess::NormalExit);
  EXPECT_EQ(program.exitCode(), 1);
  EXPECT_TRUE(program.readAllStandardError().contains("the same command goes on"));
  EXPECT_TRUE(fs::exists(part));
  get(words);
  EXPECT_GE(requests("206"), 1);
  start(program, words);
  ASSERT_TRUE(program.waitForStarted());
  program.kill();
  program.waitForFinished();
  EXPECT_EQ(get(words + QStringList{"--discard"}), 0) << err_;
  EXPECT_FALSE(fs::exists(library_ / "other/.partial"));
}

}  // namespace
}  // namespace galago
