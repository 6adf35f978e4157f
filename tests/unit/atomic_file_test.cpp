// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
#include "base/atomic_file.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <span>
#include <string>

#include "temporary_folder.h"

namespace galago {
namespace {

namespace fs = std::filesystem;

class AtomicFileTest : public testing::Test {
 protected:
  std::string text() const {
    std::ifstream file(path_, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
  }

  std::ptrdiff_t files() const {
    return std::distance(fs::directory_iterator(folder_.path()), fs::directory_iterator());
  }

  static Status write(AtomicFile& file, const std::string& bytes) {
    return file.write(std::as_bytes(std::span(bytes)));
  }

  /// Whether the temporary folder's file system knows files without a name.
  bool has_nameless_files() const {
    const int descriptor = ::open(folder_.path().c_str(), O_TMPFILE | O_WRONLY, 0600);
    if (descriptor >= 0) ::close(descriptor);
    return descriptor >= 0;
  }

  TemporaryFolder folder_;
  fs::path path_ = folder_.path() / "file";
};

TEST_F(AtomicFileTest, AppearsWhenItIsWholeInPlaceOfAnOlderOne) {
  for (const char* content : {"first", "second"}) {
    auto file = AtomicFile::create(path_);
    ASSERT_TRUE(file && write(*file, content));
    EXPECT_NE(text(), content);
    ASSERT_TRUE(file->finish());
    EXPECT_TRUE(file->is_finished());
    EXPECT_EQ(text(), content);
    EXPECT_EQ(files(), 1);
  }
  const auto mode = fs::status(path_).permissions();
  EXPECT_EQ(mode & fs::perms::owner_write, fs::perms::owner_write);
  EXPECT_EQ(mode & fs::perms::owner_exec, fs::perms::none);
}

TEST_F(AtomicFileTest, UnfinishedLeavesNothing) {
  {
    auto file = AtomicFile::create(path_);
    ASSERT_TRUE(file && write(*file, "half"));
  }
  EXPECT_EQ(files(), 0);
  EXPECT_FALSE(AtomicFile::create(folder_.path() / "none" / "file"));
  fs::create_directory(path_);
  auto file = AtomicFile::create(path_);
  ASSERT_TRUE(file);
  EXPECT_FALSE(file->finish()) << "a folder has that name";
}

TEST_F(AtomicFileTest, KilledLeavesNothing) {
  if (!has_nameless_files()) GTEST_SKIP() << "this file system gives every file a name";
  const pid_t child = ::fork();
  if (child == 0) {
    auto file = AtomicFile::create(path_);
    if (file && write(*file, std::string(1 << 20, 'x'))) ::raise(SIGKILL);
    ::_exit(1);
  }
  int status = 0;
  ::waitpid(child, &status, 0);
  EXPECT_TRUE(WIFSIGNALED(status));
  EXPECT_EQ(files(), 0);
}

}  // namespace
}  // namespace galago
