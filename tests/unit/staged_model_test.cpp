// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// Models come into the library and leave it in one step; a program killed in between leaves the old
// state or the new one.
#include "library/staged_model.h"

#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <functional>
#include <string>

#include "library/trash.h"
#include "temporary_folder.h"

namespace galago {
namespace {

namespace fs = std::filesystem;

void write(const fs::path& path, const std::string& text) {
  fs::create_directories(path.parent_path());
  std::ofstream(path) << text;
}

std::string text_of(const fs::path& path) {
  std::string text;
  std::getline(std::ifstream(path), text);
  return text;
}

bool has_nothing(const fs::path& folder) { return !fs::exists(folder) || fs::is_empty(folder); }

/// Runs in a process that ends as if it were killed: no destructor runs.
void killed(const std::function<void()>& body) {
  const pid_t child = ::fork();
  if (child == 0) {
    body();
    ::_exit(0);
  }
  int status = 0;
  ASSERT_EQ(::waitpid(child, &status, 0), child);
  ASSERT_EQ(status, 0);
}

TEST(StagedModel, AppearsWhenInstalled) {
  const TemporaryFolder library;
  auto staged = StagedModel::create(library.path());
  ASSERT_TRUE(staged) << staged.error().message();
  write(staged->folder() / "a.gguf", "new");
  EXPECT_FALSE(fs::exists(library.path() / "p"));
  const auto folder = staged->install("p", "m", IfInstalled::kRefuse);
  ASSERT_TRUE(folder) << folder.error().message();
  EXPECT_EQ(*folder, library.path() / "p" / "m");
  EXPECT_EQ(text_of(*folder / "a.gguf"), "new");
  EXPECT_FALSE(fs::exists(library.path() / ".incoming"));
}

TEST(StagedModel, LeavesNothingWhenItIsNotInstalled) {
  const TemporaryFolder library;
  {
    const auto staged = StagedModel::create(library.path());
    ASSERT_TRUE(staged);
    write(staged->folder() / "a.gguf", "new");
  }
  EXPECT_TRUE(has_nothing(library.path()));
}

TEST(StagedModel, NeverOverwritesUnlessItIsTold) {
  const TemporaryFolder library;
  write(library.path() / "p" / "m" / "a.gguf", "old");
  auto refused = StagedModel::create(library.path());
  ASSERT_TRUE(refused);
  write(refused->folder() / "a.gguf", "new");
  const auto error = refused->install("p", "m", IfInstalled::kRefuse);
  ASSERT_FALSE(error);
  EXPECT_EQ(error.error().code, Errc::kInvalidArgument);
  EXPECT_EQ(text_of(library.path() / "p" / "m" / "a.gguf"), "old");

  auto staged = StagedModel::create(library.path());
  ASSERT_TRUE(staged);
  write(staged->folder() / "b.gguf", "new");
  ASSERT_TRUE(staged->install("p", "m", IfInstalled::kReplace));
  EXPECT_EQ(text_of(library.path() / "p" / "m" / "b.gguf"), "new");
  EXPECT_FALSE(fs::exists(library.path() / "p" / "m" / "a.gguf"));
}

TEST(StagedModel, StaysInTheLibrary) {
  const TemporaryFolder library;
  for (const char* name : {"..", "", "a/b", ".hidden"}) {
    auto staged = StagedModel::create(library.path());
    ASSERT_TRUE(staged);
    EXPECT_FALSE(staged->install(name, "m", IfInstalled::kRefuse)) << name;
    EXPECT_FALSE(staged->install("p", name, IfInstalled::kReplace)) << name;
  }
}

TEST(StagedModel, OfAKilledProgramGoesWithTheNextAndOthersStay) {
  const TemporaryFolder library;
  killed([&] {
    auto lost = StagedModel::create(library.path());
    write(lost->folder() / "a.gguf", "half");
    new StagedModel(*std::move(lost));  // its destructor never runs
  });
  ASSERT_FALSE(has_nothing(library.path() / ".incoming"));
  const auto first = StagedModel::create(library.path());
  ASSERT_TRUE(first);
  write(first->folder() / "a.gguf", "whole");
  const auto second = StagedModel::create(library.path());
  ASSERT_TRUE(second);
  EXPECT_EQ(text_of(first->folder() / "a.gguf"), "whole") << "somebody is filling it";
  std::size_t folders = 0;
  for ([[maybe_unused]] const auto& entry : fs::directory_iterator(library.path() / ".incoming"))
    ++folders;
  EXPECT_EQ(folders, 2u);
}

class Trash : public ::testing::Test {
 protected:
  void SetUp() override {
    write(model_ / "a.gguf", "language");
    write(model_ / "mmproj.gguf", "projector");
  }

  TemporaryFolder library_;
  fs::path model_ = library_.path() / "p" / "m";
};

TEST_F(Trash, TakesAFolderAndGivesItBack) {
  const auto entry = move_to_trash(library_.path(), {"p/m"});
  ASSERT_TRUE(entry) << entry.error().message();
  EXPECT_FALSE(fs::exists(library_.path() / "p")) << "the publisher's folder is empty";
  EXPECT_GE(entry->bytes, 17u);
  ASSERT_EQ(trash_entries(library_.path()).size(), 1u);
  EXPECT_EQ(trash_entries(library_.path())[0].paths, std::vector<fs::path>{"p/m"});
  ASSERT_TRUE(restore_from_trash(library_.path(), entry->id));
  EXPECT_EQ(text_of(model_ / "a.gguf"), "language");
  EXPECT_FALSE(fs::exists(library_.path() / ".trash"));
}

TEST_F(Trash, TakesSingleFiles) {
  const auto entry = move_to_trash(library_.path(), {"p/m/a.gguf"});
  ASSERT_TRUE(entry);
  EXPECT_TRUE(fs::exists(model_ / "mmproj.gguf"));
  ASSERT_TRUE(restore_from_trash(library_.path(), entry->id));
  EXPECT_EQ(text_of(model_ / "a.gguf"), "language");
}

TEST_F(Trash, NeverOverwritesWhatCameInItsPlace) {
  const auto entry = move_to_trash(library_.path(), {"p/m"});
  ASSERT_TRUE(entry);
  write(model_ / "a.gguf", "another");
  const auto restored = restore_from_trash(library_.path(), entry->id);
  ASSERT_FALSE(restored);
  EXPECT_EQ(restored.error().code, Errc::kInvalidArgument);
  EXPECT_EQ(text_of(model_ / "a.gguf"), "another");
  EXPECT_EQ(trash_entries(library_.path()).size(), 1u) << "still to be had";
}

TEST_F(Trash, IsAllOrNothing) {
  const auto entry = move_to_trash(library_.path(), {"p/m/a.gguf", "p/m/none.gguf"});
  ASSERT_FALSE(entry);
  EXPECT_EQ(text_of(model_ / "a.gguf"), "language");
  EXPECT_TRUE(trash_entries(library_.path()).empty());
}

TEST_F(Trash, IsPurged) {
  const auto entry = move_to_trash(library_.path(), {"p/m"});
  ASSERT_TRUE(entry);
  purge_trash_before(library_.path(), entry->removed_at);
  EXPECT_EQ(trash_entries(library_.path()).size(), 1u);
  ASSERT_TRUE(purge_from_trash(library_.path(), entry->id));
  EXPECT_TRUE(has_nothing(library_.path()));
  EXPECT_FALSE(purge_from_trash(library_.path(), entry->id));
  EXPECT_FALSE(restore_from_trash(library_.path(), entry->id));
}

TEST_F(Trash, OfAKilledProgramLosesNothing) {
  // The record was written, nothing moved yet.
  const auto entry = move_to_trash(library_.path(), {"p/m/a.gguf", "p/m/mmproj.gguf"});
  ASSERT_TRUE(entry);
  const fs::path folder = library_.path() / ".trash" / entry->id;
  fs::create_directories(model_);
  fs::rename(folder / "1", model_ / "mmproj.gguf");  // the second never left
  ASSERT_EQ(trash_entries(library_.path()).size(), 1u);
  ASSERT_TRUE(restore_from_trash(library_.path(), entry->id));
  EXPECT_EQ(text_of(model_ / "a.gguf"), "language");
  EXPECT_EQ(text_of(model_ / "mmproj.gguf"), "projector");
}

TEST_F(Trash, IsNotRestoredWhereItWasHalfDeleted) {
  const auto entry = move_to_trash(library_.path(), {"p/m"});
  ASSERT_TRUE(entry);
  const fs::path trash = library_.path() / ".trash";
  fs::rename(trash / entry->id, trash / (entry->id + ".gone"));
  EXPECT_TRUE(trash_entries(library_.path()).empty());
  purge_trash_before(library_.path(), 0);
  EXPECT_TRUE(has_nothing(trash));
}

TEST_F(Trash, TakesAndRestoresOnlyWhatLiesInTheLibrary) {
  for (const char* path : {"", ".", "..", "/etc", "p/../../x", "p/..", ".trash"})
    EXPECT_FALSE(move_to_trash(library_.path(), {path})) << path;
  for (const char* id : {"", "..", "../p", ".", "x"}) {
    EXPECT_FALSE(restore_from_trash(library_.path(), id)) << id;
    EXPECT_FALSE(purge_from_trash(library_.path(), id)) << id;
  }
  EXPECT_TRUE(fs::exists(model_ / "a.gguf"));
  // A record that somebody changed.
  const auto entry = move_to_trash(library_.path(), {"p/m"});
  ASSERT_TRUE(entry);
  write(library_.path() / ".trash" / entry->id / "removed.json",
        R"({"format": 1, "removed_at": 1, "paths": ["../outside"]})");
  EXPECT_FALSE(restore_from_trash(library_.path(), entry->id));
  EXPECT_FALSE(fs::exists(library_.path().parent_path() / "outside"));
}

}  // namespace
}  // namespace galago
