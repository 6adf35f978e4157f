// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// Another folder for models: which ones will do, and that moving there loses nothing.
#include "library/move_library.h"

#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <string>
#include <vector>

#include "library/installed_models.h"
#include "library/library_folder.h"
#include "library/trash.h"
#include "own_home.h"
#include "test_data.h"

namespace galago {
namespace {

namespace fs = std::filesystem;

class MoveLibraryTest : public ::testing::Test {
 protected:
  void place(const fs::path& folder) const {
    fs::create_directories(folder);
    for (const char* file : {"ggml-model-f16.gguf", "mmproj-model-f16.gguf"})
      fs::copy_file(test_data_folder() / "model" / file, folder / file);
  }

  static std::vector<std::string> ids() {
    std::vector<std::string> names;
    for (const InstalledModel& model : scan_library().models) names.push_back(model.id);
    std::sort(names.begin(), names.end());
    return names;
  }

  /// A disk of its own, so that files have to be copied; empty: none to write to.
  static fs::path other_disk() {
    struct stat here = {};
    struct stat there = {};
    const bool is_other = ::stat("/dev/shm", &there) == 0 &&
                          ::stat(fs::temp_directory_path().c_str(), &here) == 0 &&
                          here.st_dev != there.st_dev && ::access("/dev/shm", W_OK) == 0;
    return is_other ? fs::path("/dev/shm") / ("galago-move-" + std::to_string(::getpid()))
                    : fs::path();
  }

  using Names = std::vector<std::string>;

  OwnHome home_;
  fs::path usual_ = home_.library();
};

TEST_F(MoveLibraryTest, EverythingComesAlong) {
  place(usual_ / "me" / "small");
  place(usual_ / "me" / "gone");
  ASSERT_TRUE(move_to_trash(usual_, {fs::path("me") / "gone"}));
  place(usual_ / "alone");
  EXPECT_EQ(library_content(usual_).models, 2);
  const fs::path other = home_.path() / "disk" / "models";
  double share = 0;
  ASSERT_TRUE(move_library(usual_, other, {}, [&](double done) { share = done; }));
  EXPECT_EQ(share, 1);
  EXPECT_EQ(library_folder(), other);
  EXPECT_FALSE(fs::exists(usual_));
  EXPECT_EQ(ids(), (Names{"alone", "me/small"}));
  ASSERT_EQ(trash_entries(other).size(), 1U);
  ASSERT_TRUE(restore_from_trash(other, trash_entries(other).front().id));
  EXPECT_EQ(ids(), (Names{"alone", "me/gone", "me/small"}));
  EXPECT_TRUE(chosen_library_folders().others.empty());

  ASSERT_TRUE(move_library(other, usual_, {}));
  EXPECT_TRUE(chosen_library_folders().library.empty());
  EXPECT_EQ(ids(), (Names{"alone", "me/gone", "me/small"}));
}

TEST_F(MoveLibraryTest, ToAnotherDisk) {
  const fs::path disk = other_disk();
  if (disk.empty()) GTEST_SKIP() << "there is one disk only";
  place(usual_ / "me" / "small");
  fs::create_symlink("small", usual_ / "me" / "the-same");
  const auto moved = move_library(usual_, disk, {});
  const auto found = ids();
  const bool is_link = fs::is_symlink(disk / "me" / "the-same");
  fs::remove_all(disk);
  ASSERT_TRUE(moved) << moved.error().message();
  EXPECT_EQ(found, Names{"me/small"});
  EXPECT_TRUE(is_link);
  EXPECT_FALSE(fs::exists(usual_));
}

TEST_F(MoveLibraryTest, StoppedHalfWayNothingIsHidden) {
  const fs::path first = home_.path() / "first";
  const fs::path second = home_.path() / "second";
  ASSERT_TRUE(set_library_folder(first));
  place(first / "a" / "one");
  place(first / "b" / "two");
  std::stop_source stop;
  const auto moved =
      move_library(first, second, stop.get_token(), [&](double) { stop.request_stop(); });
  ASSERT_FALSE(moved);
  EXPECT_EQ(moved.error().code, Errc::kCancelled);
  EXPECT_TRUE(fs::exists(second / "a" / "one"));
  EXPECT_TRUE(fs::exists(first / "b" / "two"));
  EXPECT_EQ(ids(), (Names{"a/one", "b/two"}));
  ASSERT_TRUE(move_library(first, second, {}));  // goes on
  EXPECT_FALSE(fs::exists(first));
  EXPECT_EQ(ids(), (Names{"a/one", "b/two"}));
}

TEST_F(MoveLibraryTest, NothingIsReplaced) {
  const fs::path other = home_.path() / "other";
  place(usual_ / "me" / "small");
  place(usual_ / "me" / "second");
  place(other / "me" / "small");
  const auto moved = move_library(usual_, other, {});
  ASSERT_FALSE(moved);
  EXPECT_NE(moved.error().detail.find("me/small"), std::string::npos);
  EXPECT_TRUE(fs::exists(usual_ / "me" / "small"));
  EXPECT_TRUE(fs::exists(other / "me" / "second"));
}

TEST_F(MoveLibraryTest, ModelsThatStayAreStillFound) {
  const fs::path first = home_.path() / "first";
  ASSERT_TRUE(set_library_folder(first));
  place(first / "me" / "small");
  ASSERT_TRUE(set_library_folder(home_.path() / "second"));
  EXPECT_EQ(ids(), Names{"me/small"});
  ASSERT_TRUE(set_library_folder({}));
  EXPECT_EQ(library_folder(), usual_);
  EXPECT_EQ(ids(), Names{"me/small"});
}

TEST_F(MoveLibraryTest, FoldersThatWillNotDo) {
  fs::create_directories(usual_);
  EXPECT_TRUE(check_library_folder(home_.path() / "new" / "folder"));
  EXPECT_FALSE(check_library_folder("relative"));
  EXPECT_FALSE(check_library_folder(home_.folder().write("file", "text")));
  EXPECT_FALSE(check_library_folder(usual_ / "inner"));
  EXPECT_FALSE(check_library_folder(usual_.parent_path()));
  EXPECT_FALSE(check_library_folder(home_.path() / ".lmstudio" / "models"));
  EXPECT_FALSE(check_library_folder("/proc/models"));
}

}  // namespace
}  // namespace galago
