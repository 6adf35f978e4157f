// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// A program that is killed at any moment leaves the whole verified model, or what can go on.
#include <QProcess>
#include <QThread>
#include <iostream>
#include <random>

#include "transfer_fixture.h"

namespace galago {
namespace {

namespace fs = std::filesystem;

class DownloadKilledTest : public TransferTest {
 protected:
  void start(QProcess& program, const std::string& way) const {
    QStringList words{QString::fromStdString(target_), "5000"};
    for (const DownloadFile& file : both(way).files)
      words << QString::fromStdString(file.url) << QString::fromStdString(file.name)
            << QString::number(*file.size) << QString::fromStdString(file.sha256);
    program.setProcessChannelMode(QProcess::ForwardedChannels);
    program.start(DOWNLOAD_PROGRAM, words);
  }

  /// The model, or the beginning of each file.
  void expect_sound() const {
    if (fs::exists(target_)) {
      EXPECT_TRUE(is_installed());
      return;
    }
    for (const auto& [name, whole] : {std::pair(std::string("model.gguf"), &model_),
                                      std::pair(std::string("mmproj.gguf"), &projector_)}) {
      const std::string part = read_file(part_path(target_, name));
      EXPECT_TRUE(whole->starts_with(part)) << name << " has " << part.size() << " wrong bytes";
    }
  }
};

TEST_F(DownloadKilledTest, AtRandomMoments) {
  constexpr unsigned kSeed = 20261126;
  constexpr int kRounds = 4;
  constexpr int kMostKills = 4;
  std::mt19937 random(kSeed);
  std::cout << "seed " << kSeed << "\n";
  for (int round = 0; round < kRounds; ++round) {
    // Fast rounds end while finishing, slow ones while receiving.
    const bool is_slow = round % 2 == 0;
    for (int kill = 0; kill < kMostKills && !fs::exists(target_); ++kill) {
      QProcess program;
      start(program, is_slow ? "slow" : "plain");
      program.waitForStarted();
      QThread::msleep(random() % (is_slow ? 500 : 120));
      program.kill();
      program.waitForFinished();
      expect_sound();
    }
    QProcess last;
    start(last, "plain");
    last.waitForFinished();
    EXPECT_EQ(last.exitCode(), 0);
    EXPECT_TRUE(is_installed());
    EXPECT_FALSE(fs::exists(target_.parent_path() / ".partial"));
    fs::remove_all(target_.parent_path());
  }
  EXPECT_GT(requests("206"), 0) << "nothing ever went on";
}

}  // namespace
}  // namespace galago
