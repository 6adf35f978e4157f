// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// What is kept of pictures: in memory, on disk, within bounds, and nothing that was damaged.
#include "engine/picture_cache.h"

#include <gtest/gtest.h>

#include <chrono>
#include <fstream>
#include <string>

#include "base/file_fingerprint.h"
#include "temporary_folder.h"

namespace galago {
namespace {

namespace fs = std::filesystem;

class PictureFilesTest : public testing::Test {
 protected:
  const fs::path& folder() const { return folder_.path(); }

  std::vector<fs::path> files() const {
    std::vector<fs::path> found;
    for (const auto& entry : fs::directory_iterator(folder())) found.push_back(entry.path());
    return found;
  }

 private:
  TemporaryFolder folder_;
};

TEST_F(PictureFilesTest, WhatWasWrittenIsRead) {
  const std::vector<float> tokens{1.5F, -2, 0.25F};
  PictureFiles(folder(), 7).write(3, tokens);
  EXPECT_EQ(PictureFiles(folder(), 7).read(3, 3), tokens);
  EXPECT_FALSE(PictureFiles(folder(), 7).read(4, 3)) << "another picture";
  EXPECT_FALSE(PictureFiles(folder(), 8).read(3, 3)) << "another encoder";
  EXPECT_FALSE(PictureFiles(folder(), 7).read(3, 4)) << "another number of tokens";
}

TEST_F(PictureFilesTest, DamageIsNoticed) {
  const PictureFiles kept(folder(), 7);
  const std::vector<float> tokens(100, 1.0F);
  kept.write(3, tokens);
  const fs::path file = files().at(0);
  {
    std::fstream out(file, std::ios::in | std::ios::out | std::ios::binary);
    out.seekp(200);
    out.put('x');
  }
  EXPECT_FALSE(kept.read(3, tokens.size()));
  for (const std::uintmax_t size : {0, 4, 8, 100}) {
    fs::resize_file(file, size);
    EXPECT_FALSE(kept.read(3, tokens.size())) << size;
  }
  kept.write(3, tokens);
  EXPECT_EQ(kept.read(3, tokens.size()), tokens);
}

TEST_F(PictureFilesTest, TheLeastRecentlyUsedGo) {
  const std::vector<float> tokens(1000, 1.0F);
  const PictureFiles kept(folder(), 7, 4 * 4008);
  const auto past = fs::file_time_type::clock::now() - std::chrono::hours(24);
  for (std::uint64_t picture = 0; picture < 4; ++picture) {
    kept.write(picture, tokens);
    for (const fs::path& file : files()) {
      const bool is_new =
          file.filename().string().rfind("000000000000000" + std::to_string(picture)) == 0;
      if (is_new) fs::last_write_time(file, past + std::chrono::minutes(picture));
    }
  }
  EXPECT_TRUE(kept.read(0, tokens.size()));  // now the latest
  kept.write(9, tokens);
  EXPECT_EQ(files().size(), 4);
  EXPECT_TRUE(kept.read(0, tokens.size()));
  EXPECT_FALSE(kept.read(1, tokens.size()));
  EXPECT_TRUE(kept.read(9, tokens.size()));
}

TEST_F(PictureFilesTest, WithoutAFolderNothingIsKept) {
  const fs::path missing = folder() / "missing";
  const PictureFiles kept(missing, 7);
  kept.write(1, std::vector<float>{1});
  EXPECT_FALSE(kept.read(1, 1));
  EXPECT_FALSE(fs::exists(missing));
}

TEST_F(PictureFilesTest, TheCacheReadsWhatAnotherOneStored) {
  const std::vector<float> tokens{1, 2};
  PictureCache first(2, PictureFiles(folder(), 7));
  EXPECT_EQ(first.find(5), nullptr);
  EXPECT_EQ(first.store(5, tokens), tokens);
  PictureCache second(2, PictureFiles(folder(), 7));
  const std::vector<float>* found = second.find(5);
  ASSERT_NE(found, nullptr);
  EXPECT_EQ(*found, tokens);
  fs::remove(files().at(0));
  EXPECT_EQ(second.find(5), found) << "from now on in memory";
  EXPECT_TRUE(files().empty());
  second.store(6, tokens, Picture::Kind::kPassing);
  EXPECT_NE(second.find(6), nullptr);
  EXPECT_TRUE(files().empty()) << "a passing picture is kept in memory only";
  PictureCache in_memory(2, {});
  in_memory.store(5, tokens);
  for (std::uint64_t other = 100; other < 100 + PictureCache::kPictures; ++other)
    in_memory.store(other, tokens);
  EXPECT_EQ(in_memory.find(5), nullptr);
}

TEST_F(PictureFilesTest, FingerprintsTellFilesAndWaysApart) {
  const auto fingerprint = [&](std::size_t size, std::size_t changed, const char* way) {
    const fs::path path = folder() / "file";
    std::string bytes(size, 'a');
    if (changed < size) bytes[changed] = 'b';
    std::ofstream(path, std::ios::binary) << bytes;
    return file_fingerprint(**MappedFile::open(path), way);
  };
  const std::size_t none = ~std::size_t{0};
  const std::uint64_t own = fingerprint(1000, none, "exact");
  EXPECT_EQ(own, fingerprint(1000, none, "exact"));
  EXPECT_NE(own, fingerprint(1000, none, "fast"));
  EXPECT_NE(own, fingerprint(1001, none, "exact"));
  EXPECT_NE(own, fingerprint(1000, 500, "exact"));
  EXPECT_NE(fingerprint(3000000, none, "exact"), fingerprint(3000000, 2999999, "exact"));
}

}  // namespace
}  // namespace galago
