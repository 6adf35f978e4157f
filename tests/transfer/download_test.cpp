// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// A server that does what it should: whole sets, pause, cancel, what is there already, the check.
#include <fstream>

#include "transfer_fixture.h"

namespace galago {
namespace {

namespace fs = std::filesystem;

using DownloadTest = TransferTest;

TEST_F(DownloadTest, BringsAllOrNothing) {
  DownloadRequest request = both();
  std::vector<DownloadedFile> seen;
  request.check = [&](const fs::path& staging, const std::vector<DownloadedFile>& files) -> Status {
    seen = files;
    EXPECT_FALSE(fs::exists(target_));
    EXPECT_EQ(read_file(staging / "mmproj.gguf"), projector_);
    std::ofstream(staging / "manifest.json") << "{}";
    return {};
  };
  Downloader download(request, quick_options());
  int finished = 0;
  QObject::connect(&download, &Downloader::finished, &download, [&] { ++finished; });
  ASSERT_TRUE(run(download)) << download.status().error->message();
  EXPECT_TRUE(wait_until([&] { return finished == 1; }));
  EXPECT_TRUE(is_installed());
  EXPECT_EQ(read_file(target_ / "manifest.json"), "{}");
  ASSERT_EQ(seen.size(), 2U);
  EXPECT_EQ(seen[0].sha256, sha256_of(model_));
  EXPECT_EQ(seen[1].size, kProjectorSize);
  EXPECT_EQ(std::distance(fs::directory_iterator(target_), fs::directory_iterator()), 3);
  EXPECT_FALSE(fs::exists(target_.parent_path() / ".partial"));
  const DownloadStatus status = download.status();
  EXPECT_EQ(status.bytes_done, kModelSize + kProjectorSize);
  EXPECT_EQ(status.bytes_total, kModelSize + kProjectorSize);
}

TEST_F(DownloadTest, TellsHowFarItIs) {
  Downloader download(both("slow"), quick_options());
  download.start();
  ASSERT_TRUE(receive(download, 2'300'000));
  const DownloadStatus status = download.status();
  EXPECT_EQ(status.name, "model.gguf");
  EXPECT_EQ(status.files, 2U);
  EXPECT_EQ(status.bytes_total, kModelSize + kProjectorSize);
  EXPECT_GT(status.bytes_per_second, 300e3);
  EXPECT_LT(status.bytes_per_second, 12e6);
  ASSERT_TRUE(status.seconds_left);
  EXPECT_GT(*status.seconds_left, 0.05);
}

TEST_F(DownloadTest, KnowsNothingOfTheFileBefore) {
  Downloader download(unknown_model(server_->url("/plain/model.gguf")), quick_options());
  ASSERT_TRUE(run(download)) << download.status().error->message();
  EXPECT_EQ(read_file(target_ / "model.gguf"), model_);
}

TEST_F(DownloadTest, PausesAndGoesOn) {
  Downloader download(both("slow"), quick_options());
  download.start();
  ASSERT_TRUE(receive(download, 200'000));
  download.pause();
  EXPECT_EQ(download.status().phase, DownloadPhase::kPaused);
  EXPECT_FALSE(fs::exists(target_));
  download.resume();
  ASSERT_TRUE(run(download)) << download.status().error->message();
  EXPECT_TRUE(is_installed());
  EXPECT_GE(requests("206"), 1);
}

TEST_F(DownloadTest, PausesBeforeItBegins) {
  Downloader download(both(), quick_options());
  download.start();
  download.pause();
  EXPECT_EQ(download.status().phase, DownloadPhase::kPaused);
  download.resume();
  ASSERT_TRUE(run(download));
  EXPECT_TRUE(is_installed());
}

TEST_F(DownloadTest, GoesOnInAnotherRun) {
  std::uint64_t there = 0;
  {
    Downloader first(both("slow"), quick_options());
    first.start();
    ASSERT_TRUE(receive(first, 400'000));
    there = first.status().bytes_done;
  }
  EXPECT_FALSE(nothing_staged());
  Downloader second(both("slow"), quick_options());
  second.start();
  EXPECT_GE(second.status().bytes_done, there);
  ASSERT_TRUE(run(second));
  EXPECT_TRUE(is_installed());
  EXPECT_GE(requests("206"), 1);
}

TEST_F(DownloadTest, CancelKeepsNothing) {
  Downloader download(both("slow"), quick_options());
  download.start();
  ASSERT_TRUE(receive(download, 200'000));
  download.cancel();
  EXPECT_EQ(download.status().phase, DownloadPhase::kCancelled);
  EXPECT_FALSE(fs::exists(target_.parent_path() / ".partial"));
  EXPECT_FALSE(fs::exists(target_));
}

TEST_F(DownloadTest, CancelWhileTheCheckLooks) {
  DownloadRequest request = both();
  Downloader* running = nullptr;
  request.check = [&](const fs::path&, const std::vector<DownloadedFile>&) -> Status {
    QMetaObject::invokeMethod(
        running, [&] { running->cancel(); }, Qt::BlockingQueuedConnection);
    return {};
  };
  Downloader download(request, quick_options());
  running = &download;
  EXPECT_FALSE(run(download));
  EXPECT_EQ(download.status().phase, DownloadPhase::kCancelled);
  EXPECT_TRUE(nothing_staged());
  EXPECT_FALSE(fs::exists(target_));
}

TEST_F(DownloadTest, OneAtATime) {
  Downloader first(both("slow"), quick_options());
  first.start();
  ASSERT_TRUE(receive(first, 100'000));
  Downloader second(both("slow"), quick_options());
  EXPECT_FALSE(run(second));
  EXPECT_EQ(second.status().error->code, Errc::kIo);
  second.cancel();
  EXPECT_TRUE(run(first)) << "the second had no part in it";
}

TEST_F(DownloadTest, RepairsWhatIsDamaged) {
  std::string damaged = model_;
  damaged[1000] = static_cast<char>(damaged[1000] ^ 1);
  folder_.write("models/publisher/model/model.gguf", damaged);
  folder_.write("models/publisher/model/mmproj.gguf", projector_);
  folder_.write("models/publisher/model/notes.txt", "mine");
  Downloader download(both(), quick_options());
  ASSERT_TRUE(run(download)) << download.status().error->message();
  EXPECT_TRUE(is_installed());
  EXPECT_EQ(read_file(target_ / "notes.txt"), "mine");
  EXPECT_EQ(requests(), 1) << "only what was damaged";
  EXPECT_TRUE(nothing_staged());
}

TEST_F(DownloadTest, WholeModelNeedsNothing) {
  folder_.write("models/publisher/model/model.gguf", model_);
  folder_.write("models/publisher/model/mmproj.gguf", projector_);
  Downloader download(both(), quick_options());
  ASSERT_TRUE(run(download));
  EXPECT_EQ(requests(), 0);
}

TEST_F(DownloadTest, GoesOnWhereMovingWasInterrupted) {
  folder_.write("models/publisher/.partial/model/model.gguf", model_);
  folder_.write("models/publisher/.partial/model/mmproj.gguf.part", projector_);
  Downloader download(both(), quick_options());
  ASSERT_TRUE(run(download));
  EXPECT_TRUE(is_installed());
  EXPECT_EQ(requests(), 0);
}

TEST_F(DownloadTest, CheckThatRefusesKeepsNothing) {
  DownloadRequest request = both();
  request.check = [](const fs::path&, const std::vector<DownloadedFile>&) -> Status {
    return Error{Errc::kFormat, "this is no model", {}};
  };
  Downloader download(request, quick_options());
  EXPECT_FALSE(run(download));
  EXPECT_EQ(download.status().error->code, Errc::kFormat);
  EXPECT_TRUE(nothing_staged());
  EXPECT_FALSE(fs::exists(target_));
}

TEST_F(DownloadTest, CheckThatCannotWriteKeepsAll) {
  DownloadRequest request = both();
  bool is_full = true;
  request.check = [&](const fs::path&, const std::vector<DownloadedFile>&) -> Status {
    if (is_full) return Error{Errc::kIo, "the disk is full", {}};
    return {};
  };
  Downloader download(request, quick_options());
  EXPECT_FALSE(run(download));
  is_full = false;
  download.resume();
  ASSERT_TRUE(run(download)) << download.status().error->message();
  EXPECT_TRUE(is_installed());
  EXPECT_EQ(requests(), 2) << "each file came once";
}

}  // namespace
}  // namespace galago
