// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// Galago's own files, found from an installed program and from the build tree; and the model that
// comes with it among the others.
#include "library/data_folder.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <string>
#include <vector>

#include "library/model_locator.h"
#include "temporary_folder.h"
#include "test_data.h"
#include "variable.h"

namespace galago {
namespace {

namespace fs = std::filesystem;

TEST(DataFolder, LiesBesideTheFolderOfAnInstalledProgram) {
  const TemporaryFolder prefix;
  fs::create_directories(prefix.path() / "bin");
  fs::create_directories(prefix.path() / "share" / "galago");
  EXPECT_EQ(data_folder_of(prefix.path() / "bin" / "galago"), prefix.path() / "share" / "galago");
}

TEST(DataFolder, LiesOneFolderFurtherUpInTheBuildTree) {
  const TemporaryFolder build;
  fs::create_directories(build.path() / "share" / "galago");
  EXPECT_EQ(data_folder_of(build.path() / "app" / "cli" / "galago-cli"),
            build.path() / "share" / "galago");
}

TEST(DataFolder, IsEmptyWhereThereIsNone) {
  const TemporaryFolder empty;
  EXPECT_EQ(data_folder_of(empty.path() / "a" / "b" / "c" / "galago"), fs::path());
  EXPECT_EQ(data_folder_of("galago"), fs::path());
  EXPECT_EQ(data_folder_of("/galago"), fs::path());
}

/// The small model of the tests in place of the built-in one, and another beside it.
class BuiltInModel : public ::testing::Test {
 protected:
  void SetUp() override {
    install(folder_.path() / "share" / "models" / "galago-tiny");
    install(folder_.path() / "own" / "real");
  }

  static void install(const fs::path& folder) {
    fs::create_directories(folder);
    for (const char* file : {"ggml-model-f16.gguf", "mmproj-model-f16.gguf"})
      fs::copy_file(test_data_folder() / "model" / file, folder / file);
  }

  fs::path built_in_folder() const { return folder_.path() / "share" / "models" / "galago-tiny"; }

  TemporaryFolder folder_;
  Variable data_{"GALAGO_DATA", folder_.path() / "share"};
  Variable models_{"GALAGO_MODELS", folder_.path() / "own"};
  Variable user_{"XDG_DATA_HOME", folder_.path() / "nobody"};
  Variable system_{"XDG_DATA_DIRS", folder_.path() / "nothing"};
};

TEST_F(BuiltInModel, IsThePairInItsFolder) {
  const auto files = built_in_model();
  ASSERT_TRUE(files) << files.error().message();
  EXPECT_EQ(files->name, "Galago Tiny");
  EXPECT_TRUE(files->is_built_in);
  EXPECT_EQ(files->language_model, built_in_folder() / "ggml-model-f16.gguf");
  EXPECT_EQ(files->mmproj, built_in_folder() / "mmproj-model-f16.gguf");
}

TEST_F(BuiltInModel, IsListedAmongTheOthersAfterAPersonsOwn) {
  const std::vector<ModelFiles> models = installed_models(model_folders());
  ASSERT_EQ(models.size(), 2u);
  EXPECT_EQ(models[0].name, "real");
  EXPECT_FALSE(models[0].is_built_in);
  EXPECT_EQ(models[1].name, "Galago Tiny");
  EXPECT_TRUE(models[1].is_built_in);
}

TEST_F(BuiltInModel, IsLocatedByNameFileAndFolder) {
  for (const std::string& model : {std::string("galago-tiny"), built_in_folder().string(),
                                   (built_in_folder() / "ggml-model-f16.gguf").string()}) {
    const auto files = locate_model(model);
    ASSERT_TRUE(files) << files.error().message();
    EXPECT_TRUE(files->is_built_in) << model;
  }
  const auto other = locate_model("real");
  ASSERT_TRUE(other) << other.error().message();
  EXPECT_FALSE(other->is_built_in);
}

TEST_F(BuiltInModel, IsThatOfThisGalagoWhateverHidesItsName) {
  install(folder_.path() / "own" / "galago-tiny");
  const auto files = built_in_model();
  ASSERT_TRUE(files) << files.error().message();
  EXPECT_EQ(files->language_model, built_in_folder() / "ggml-model-f16.gguf");
}

TEST_F(BuiltInModel, SaysWhereItIsMissing) {
  fs::remove_all(built_in_folder());
  const auto files = built_in_model();
  ASSERT_FALSE(files);
  EXPECT_EQ(files.error().code, Errc::kIo);
  EXPECT_NE(files.error().message().find(built_in_folder().string()), std::string::npos);
  fs::create_directories(built_in_folder());
  EXPECT_FALSE(built_in_model()) << "an empty folder";
}

TEST_F(BuiltInModel, IsMissingWithoutAnyFolder) {
  const Variable none("GALAGO_DATA", "");
  const auto files = built_in_model();
  ASSERT_FALSE(files);
  EXPECT_EQ(files.error().code, Errc::kIo);
}

TEST_F(BuiltInModel, NamesAFileThatIsDamaged) {
  fs::resize_file(built_in_folder() / "ggml-model-f16.gguf", 1000);
  const auto files = built_in_model();
  ASSERT_FALSE(files);
  EXPECT_EQ(files.error().code, Errc::kFormat);
}

/// The real one, found by this program, which lies in the build tree.
TEST(BuildTree, HasTheBuiltInModelAndTheSamples) {
  const Variable unset("GALAGO_DATA");
  EXPECT_TRUE(fs::exists(data_folder() / "samples" / "samples.json")) << data_folder();
  const auto files = built_in_model();
  ASSERT_TRUE(files) << files.error().message();
  EXPECT_FALSE(files->mmproj.empty());
  const std::vector<ModelFiles> models = installed_models(model_folders());
  EXPECT_EQ(std::count_if(models.begin(), models.end(),
                          [](const ModelFiles& model) { return model.is_built_in; }),
            1);
}

}  // namespace
}  // namespace galago
