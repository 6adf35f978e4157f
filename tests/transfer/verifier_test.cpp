// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
#include "transfer/verifier.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "library_fixture.h"
#include "transfer/file_hash.h"

namespace galago {
namespace {

namespace fs = std::filesystem;

class VerifierTest : public LibraryTest {
 protected:
  fs::path folder() const { return library_ / "me" / "small"; }

  static VerifyReport verified(const InstalledModel& model) {
    auto report = verify_model(model, {});
    if (!report) ADD_FAILURE() << report.error().message();
    return report ? *std::move(report) : VerifyReport();
  }
};

TEST_F(VerifierTest, TrustsAtFirstUseAndHoldsToItLater) {
  const VerifyReport first = verified(model());
  EXPECT_TRUE(first.is_whole());
  EXPECT_TRUE(first.has_first_seen());
  EXPECT_TRUE(first.wrote_manifest);
  const VerifyReport second = verified(model());
  EXPECT_TRUE(second.is_whole());
  EXPECT_FALSE(second.has_first_seen());
  EXPECT_FALSE(second.wrote_manifest);
}

TEST_F(VerifierTest, FindsOneChangedByte) {
  verified(model());
  {
    std::fstream file(folder() / "ggml-model-f16.gguf",
                      std::ios::binary | std::ios::in | std::ios::out);
    file.seekp(-100, std::ios::end);
    file.put('x');
  }
  const std::string before = text_of(folder() / kManifestName);
  const VerifyReport report = verified(model());
  EXPECT_FALSE(report.is_whole());
  ASSERT_EQ(report.files.size(), 2u);
  EXPECT_EQ(report.files[0].state, FileState::kWrongHash);
  EXPECT_EQ(report.files[1].state, FileState::kWhole);
  EXPECT_EQ(text_of(folder() / kManifestName), before);
}

TEST_F(VerifierTest, FindsWrongSizesAndMissingFiles) {
  verified(model());
  const InstalledModel whole = model();
  std::ofstream(folder() / "mmproj-model-f16.gguf", std::ios::app) << "more";
  EXPECT_EQ(verified(whole).files[1].state, FileState::kWrongSize);
  fs::remove(folder() / "mmproj-model-f16.gguf");
  EXPECT_EQ(verified(whole).files[1].state, FileState::kMissing);
}

TEST_F(VerifierTest, TellsHowFarItIsAndStops) {
  std::uint64_t last = 0;
  std::uint64_t total = 0;
  const auto report = verify_model(model(), {}, [&](std::uint64_t done, std::uint64_t all) {
    EXPECT_GE(done, last);
    last = done;
    total = all;
  });
  ASSERT_TRUE(report);
  EXPECT_EQ(last, total);
  EXPECT_EQ(total, model().size_bytes());
  std::stop_source stop;
  stop.request_stop();
  const auto stopped = verify_model(model(), stop.get_token());
  ASSERT_FALSE(stopped);
  EXPECT_EQ(stopped.error().code, Errc::kCancelled);
}

TEST_F(VerifierTest, NeverWritesIntoOtherProgramsCaches) {
  const fs::path repository =
      home_.path() / "cache" / "huggingface" / "hub" / "models--some--Model";
  const fs::path snapshot = repository / "snapshots" / "0123";
  fs::create_directories(snapshot);
  fs::create_directories(repository / "blobs");
  for (const char* file : {"ggml-model-f16.gguf", "mmproj-model-f16.gguf"}) {
    const auto hash = file_sha256(folder() / file, {});
    ASSERT_TRUE(hash);
    fs::copy_file(folder() / file, repository / "blobs" / *hash);
    fs::create_symlink(fs::path("../../blobs") / *hash, snapshot / file);
  }
  const VerifyReport report = verified(model("some/Model"));
  EXPECT_TRUE(report.is_whole());
  EXPECT_FALSE(report.has_first_seen()) << "the links say what the hashes are";
  EXPECT_FALSE(fs::exists(snapshot / kManifestName));
  std::ofstream(snapshot / "mmproj-model-f16.gguf", std::ios::app) << "more";
  EXPECT_EQ(verified(model("some/Model")).files[1].state, FileState::kWrongHash);
}

}  // namespace
}  // namespace galago
