// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
#include "base/mapped_file.h"

#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cstdlib>
#include <fstream>
#include <limits>
#include <string>

namespace galago {
namespace {

/// A folder of its own for each test, removed afterwards.
class MappedFileTest : public testing::Test {
 protected:
  void SetUp() override {
    std::string pattern = (std::filesystem::temp_directory_path() / "galago-test-XXXXXX").string();
    ASSERT_NE(::mkdtemp(pattern.data()), nullptr);
    folder_ = pattern;
  }

  void TearDown() override {
    std::error_code error;
    std::filesystem::remove_all(folder_, error);
  }

  std::filesystem::path write(const std::string& name, const std::string& content) {
    std::ofstream(folder_ / name, std::ios::binary) << content;
    return folder_ / name;
  }

  std::filesystem::path folder_;
};

std::string text_of(const MappedFile& file) {
  return {reinterpret_cast<const char*>(file.bytes().data()), file.bytes().size()};
}

TEST_F(MappedFileTest, GivesTheBytes) {
  const std::string content = "one\0two\xFF\n" + std::string(10'000, 'x');
  const auto path = write("ein Bild \xE5\x9B\xBE.bin", content);
  const auto file = MappedFile::open(path);
  ASSERT_TRUE(file) << file.error().message();
  EXPECT_EQ(text_of(**file), content);
  EXPECT_EQ((*file)->path(), path);
}

TEST_F(MappedFileTest, OutlivesTheFilesName) {
  const auto path = write("gone", "still here");
  const auto file = MappedFile::open(path);
  ASSERT_TRUE(file);
  std::filesystem::remove(path);
  EXPECT_EQ(text_of(**file), "still here");
}

TEST_F(MappedFileTest, PrefetchIsHarmlessAnywhere) {
  const auto file = MappedFile::open(write("small", std::string(9000, 'y')));
  ASSERT_TRUE(file);
  constexpr auto kMost = std::numeric_limits<std::size_t>::max();
  for (const std::size_t offset : {std::size_t{0}, std::size_t{4097}, std::size_t{9000}, kMost})
    for (const std::size_t size : {std::size_t{0}, std::size_t{100}, std::size_t{20'000}, kMost})
      (*file)->prefetch(offset, size);
  EXPECT_EQ((*file)->bytes().back(), std::byte{'y'});
}

void expect_error(const std::filesystem::path& path, Errc code) {
  const auto file = MappedFile::open(path);
  ASSERT_FALSE(file) << path;
  EXPECT_EQ(file.error().code, code);
  EXPECT_NE(file.error().message().find(path.filename().string()), std::string::npos)
      << file.error().message();
}

TEST_F(MappedFileTest, SaysWhatIsWrong) {
  expect_error(folder_ / "missing.gguf", Errc::kIo);
  expect_error(write("empty.gguf", ""), Errc::kFormat);
  std::filesystem::create_directory(folder_ / "folder.gguf");
  expect_error(folder_ / "folder.gguf", Errc::kIo);
}

TEST_F(MappedFileTest, RefusesAnUnreadableFile) {
  if (::geteuid() == 0) GTEST_SKIP() << "root may read every file";
  const auto path = write("secret.gguf", "text");
  std::filesystem::permissions(path, std::filesystem::perms::none);
  expect_error(path, Errc::kIo);
}

}  // namespace
}  // namespace galago
