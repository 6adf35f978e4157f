// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// What is made of files and folders that a person drops, and what stands in the way of the rest.
#include "intake/import_sources.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <string>
#include <vector>

#include "huggingface_builder.h"
#include "intake/import_checkpoint.h"
#include "library/library_folder.h"
#include "temporary_folder.h"
#include "test_data.h"
#include "variable.h"

namespace galago {
namespace {

namespace fs = std::filesystem;

const fs::path kModel = test_data_folder() / "model";
const char* const kLanguage = "ggml-model-f16.gguf";
const char* const kProjector = "mmproj-model-f16.gguf";

class ImportSourcesTest : public ::testing::Test {
 protected:
  fs::path place(const fs::path& from, const fs::path& to) const {
    const fs::path path = folder_.path() / to;
    fs::create_directories(path.parent_path());
    fs::copy_file(from, path);
    return path;
  }

  static ImportSources find(const std::vector<fs::path>& paths) {
    return find_import_sources(paths);
  }

  /// The one obstacle of a drop that gives nothing to import.
  static ImportObstacle obstacle(const std::vector<fs::path>& paths) {
    const ImportSources found = find(paths);
    EXPECT_TRUE(found.sources.empty());
    EXPECT_EQ(found.refused.size(), 1U);
    return found.refused.empty() ? ImportObstacle::kNothing : found.refused.front().obstacle;
  }

  TemporaryFolder folder_;
};

TEST_F(ImportSourcesTest, OneFileOfAPairBringsTheOther) {
  const fs::path language = place(kModel / kLanguage, fs::path("small") / kLanguage);
  const fs::path projector = place(kModel / kProjector, fs::path("small") / kProjector);
  for (const fs::path& one : {language, projector, language.parent_path(), folder_.path()}) {
    const ImportSources found = find({one});
    ASSERT_EQ(found.sources.size(), 1U) << one;
    EXPECT_TRUE(found.refused.empty());
    EXPECT_EQ(found.sources[0].kind, ImportKind::kPair);
    EXPECT_EQ(found.sources[0].files.language_model, language);
    EXPECT_EQ(found.sources[0].files.mmproj, projector);
    EXPECT_EQ(found.sources[0].files.name, "small") << one;
  }
}

TEST_F(ImportSourcesTest, FilesOfAPairThatLieApart) {
  const fs::path language = place(kModel / kLanguage, "a/llm.gguf");
  const fs::path projector = place(kModel / kProjector, "b/eyes.gguf");
  const ImportSources found = find({projector, language});
  ASSERT_EQ(found.sources.size(), 1U);
  EXPECT_EQ(found.sources[0].files.mmproj, projector);
  EXPECT_EQ(found.sources[0].files.name, "llm");
}

TEST_F(ImportSourcesTest, SaysWhatIsMissing) {
  EXPECT_EQ(obstacle({place(kModel / kLanguage, "lone/a.gguf")}), ImportObstacle::kNoProjector);
  EXPECT_EQ(obstacle({folder_.path() / "lone"}), ImportObstacle::kNoProjector);
  EXPECT_EQ(obstacle({place(kModel / kProjector, "eyes/b.gguf")}),
            ImportObstacle::kNoLanguageModel);
  EXPECT_EQ(obstacle({folder_.path() / "eyes"}), ImportObstacle::kNoLanguageModel);
  const fs::path other = place(kModel / "rope4" / kLanguage, "other/c.gguf");
  EXPECT_EQ(obstacle({other, folder_.path() / "eyes" / "b.gguf"}), ImportObstacle::kMismatch);
  EXPECT_EQ(obstacle({folder_.write("notes/readme.txt", "Hello")}), ImportObstacle::kNothing);
  EXPECT_EQ(obstacle({folder_.path() / "notes"}), ImportObstacle::kNothing);
  EXPECT_EQ(obstacle({folder_.write("bad/model.gguf", "no model")}), ImportObstacle::kUnreadable);
  EXPECT_EQ(obstacle({folder_.path() / "gone"}), ImportObstacle::kUnreadable);
}

TEST_F(ImportSourcesTest, SeveralAtOnce) {
  place(kModel / kLanguage, fs::path("one") / kLanguage);
  place(kModel / kProjector, fs::path("one") / kProjector);
  const fs::path pack = folder_.write("packs/all.GALAGO", "not looked into");
  const ImportSources found = find({folder_.path() / "one", folder_.path() / "packs", pack});
  ASSERT_EQ(found.sources.size(), 3U);
  EXPECT_EQ(found.sources[1].kind, ImportKind::kPack);
  EXPECT_EQ(found.sources[2].path, pack);
}

TEST_F(ImportSourcesTest, CheckpointByItsFolderOrAFileOfIt) {
  const HuggingFaceBuilder builder;
  const fs::path model = builder.write(folder_.path());
  for (const fs::path& one : {model, model / "config.json", model / "tokenizer.model"}) {
    const ImportSources found = find({one});
    ASSERT_EQ(found.sources.size(), 1U) << one;
    EXPECT_EQ(found.sources[0].kind, ImportKind::kCheckpoint);
    EXPECT_EQ(found.sources[0].folders.model, model);
  }
  EXPECT_EQ(obstacle({folder_.path() / "clip"}), ImportObstacle::kTowerAlone);
}

TEST_F(ImportSourcesTest, TowerThatComesAlong) {
  const HuggingFaceBuilder builder;
  const fs::path model = builder.write(folder_.path());
  const fs::path tower = folder_.path() / "elsewhere" / "eyes";
  fs::create_directories(tower.parent_path());
  fs::rename(folder_.path() / "clip", tower);
  const auto missing = find_missing_folder({model, {}, {}});
  ASSERT_TRUE(missing && missing->has_value());
  EXPECT_EQ((*missing)->part, MissingFolder::Part::kTower);
  const ImportSources found = find({tower, model});
  ASSERT_EQ(found.sources.size(), 1U);
  EXPECT_TRUE(found.refused.empty());
  EXPECT_EQ(found.sources[0].folders.tower, tower);
  const auto known = find_missing_folder(found.sources[0].folders);
  ASSERT_TRUE(known);
  EXPECT_FALSE(known->has_value());
}

TEST_F(ImportSourcesTest, CheckpointSizesAreThoseOfTheFiles) {
  const HuggingFaceBuilder builder;
  const fs::path model = builder.write(folder_.path());
  const Variable library("GALAGO_MODELS", folder_.path() / "library");
  const Mix mixes[] = {Mix::kF16, Mix::kQ8_0};
  const auto facts = read_checkpoint_facts({model, {}, {}}, mixes);
  ASSERT_TRUE(facts) << facts.error().message();
  EXPECT_EQ(facts->model, "model");
  ASSERT_EQ(facts->sizes.size(), 2U);
  PairImport import;
  import.library = library_folder();
  const auto installed = import_checkpoint({model, {}, {}}, Mix::kF16, import, {}, [](double) {});
  ASSERT_TRUE(installed) << installed.error().message();
  EXPECT_EQ(installed->id, "local/model");
  EXPECT_EQ(installed->size_bytes(), facts->sizes[0].bytes);
}

}  // namespace
}  // namespace galago
