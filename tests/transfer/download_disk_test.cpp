// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// A disk that is full: before, and while a download is being written.
#include <sys/mount.h>
#include <unistd.h>

#include <fstream>

#include "transfer_fixture.h"

namespace galago {
namespace {

namespace fs = std::filesystem;

/// A disk of 4 MB; skipped where it cannot be had.
class DownloadDiskTest : public TransferTest {
 protected:
  void SetUp() override {
    TransferTest::SetUp();
    if (IsSkipped()) return;
    disk_ = folder_.path() / "disk";
    fs::create_directories(disk_);
    if (::mount("galago-test", disk_.c_str(), "tmpfs", 0, "size=4m") != 0)
      GTEST_SKIP() << "only root can make a small disk";
    is_mounted_ = true;
    target_ = disk_ / "models/publisher/model";
  }

  void TearDown() override {
    if (is_mounted_) ::umount2(disk_.c_str(), MNT_DETACH);
  }

  fs::path disk_;
  bool is_mounted_ = false;
};

TEST_F(DownloadDiskTest, IsRefusedWhenItCannotFit) {
  std::ofstream(disk_ / "filler") << std::string(2'000'000, 'x');
  Downloader download(both(), quick_options());
  EXPECT_FALSE(run(download));
  EXPECT_EQ(download.status().error->code, Errc::kIo);
  EXPECT_NE(download.status().error->message().find("3.3 MB are needed"), std::string::npos);
  EXPECT_EQ(requests(), 0) << "known before";
  // The size is known only when the server answers.
  Downloader unknown(unknown_model(server_->url("/plain/model.gguf")), quick_options());
  download.cancel();
  EXPECT_FALSE(run(unknown));
  EXPECT_EQ(unknown.status().error->code, Errc::kIo);
  fs::remove(disk_ / "filler");
  unknown.resume();
  EXPECT_TRUE(run(unknown)) << unknown.status().error->message();
}

TEST_F(DownloadDiskTest, GoesOnWhenThereIsRoomAgain) {
  Downloader download(both("slow"), quick_options());
  download.start();
  ASSERT_TRUE(receive(download, 200'000));
  {
    std::ofstream filler(disk_ / "filler");
    for (int i = 0; i < 4000 && filler.flush(); ++i) filler << std::string(1000, 'x');
  }
  EXPECT_FALSE(run(download));
  ASSERT_TRUE(download.status().error);
  EXPECT_EQ(download.status().error->code, Errc::kIo);
  EXPECT_NE(download.status().error->message().find("the disk is full"), std::string::npos);
  EXPECT_GT(bytes_there(target_, download.request().files[0]), 0U);
  fs::remove(disk_ / "filler");
  download.resume();
  ASSERT_TRUE(run(download)) << download.status().error->message();
  EXPECT_TRUE(is_installed());
  EXPECT_GE(requests("206"), 1) << "what had come was kept";
}

}  // namespace
}  // namespace galago
