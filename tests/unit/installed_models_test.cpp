// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// What is installed, here and in other programs' caches; pairs that are none, and why; removing.
#include "library/installed_models.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <string>

#include "library/library_folder.h"
#include "library/listed_model.h"
#include "library/manifest_place.h"
#include "library/model_locator.h"
#include "library/trash.h"
#include "own_home.h"
#include "test_data.h"

namespace galago {
namespace {

namespace fs = std::filesystem;

const fs::path kModel = test_data_folder() / "model";

void place(const fs::path& from, const fs::path& to) {
  fs::create_directories(to.parent_path());
  fs::copy_file(from, to);
}

void place_pair(const fs::path& folder, const std::string& prefix = "") {
  place(kModel / "ggml-model-f16.gguf", folder / (prefix + "ggml-model-f16.gguf"));
  place(kModel / "mmproj-model-f16.gguf", folder / (prefix + "mmproj-model-f16.gguf"));
}

/// A home of its own, with nothing in it.
class InstalledModels : public ::testing::Test {
 protected:
  std::vector<std::string> ids() const {
    std::vector<std::string> names;
    for (const InstalledModel& model : scan_library().models)
      names.push_back(model.id + " (" + std::string(origin_name(model.root.origin)) + ")");
    return names;
  }

  static std::string problems() {
    std::string text;
    for (const Error& problem : scan_library().problems) text += problem.message() + "\n";
    return text;
  }

  using Names = std::vector<std::string>;

  OwnHome home_;
  fs::path library_ = home_.library();
  fs::path cache_ = home_.cache();
};

TEST_F(InstalledModels, ArePairs) {
  place_pair(library_ / "me" / "whole");
  place(kModel / "ggml-model-f16.gguf", library_ / "me" / "language" / "ggml-model-f16.gguf");
  place(kModel / "mmproj-model-f16.gguf", library_ / "me" / "eyes" / "mmproj-model-f16.gguf");
  EXPECT_EQ(ids(), Names{"me/whole (library)"});
  const std::string why = problems();
  EXPECT_NE(why.find("a language model without its projector"), std::string::npos) << why;
  EXPECT_NE(why.find("without its language model"), std::string::npos) << why;
  EXPECT_EQ(installed_models(model_folders()).size(), 1u);
}

TEST_F(InstalledModels, SayWhyAPairDoesNotFit) {
  // Width 32 beside a projector that makes tokens of width 64.
  place(kModel / "rope4" / "ggml-model-f16.gguf", library_ / "me" / "wrong" / "model.gguf");
  place(kModel / "mmproj-model-f16.gguf", library_ / "me" / "wrong" / "mmproj.gguf");
  EXPECT_EQ(ids(), Names{});
  const std::string why = problems();
  EXPECT_NE(why.find("makes tokens of width 64, but the language model reads width 32"),
            std::string::npos)
      << why;
}

TEST_F(InstalledModels, TakeTheProjectorThatFits) {
  // Two language models of different width, one projector.
  place_pair(library_ / "me" / "mixed");
  place(kModel / "rope4" / "ggml-model-f16.gguf", library_ / "me" / "mixed" / "other.gguf");
  EXPECT_EQ(ids(), Names{"me/mixed/ggml-model-f16 (library)"});
}

TEST_F(InstalledModels, SayWhichFilesAreDamaged) {
  place_pair(library_ / "me" / "whole");
  std::ofstream(library_ / "me" / "whole" / "text.gguf") << "no model";
  EXPECT_EQ(ids().size(), 1u);
  EXPECT_NE(problems().find("text.gguf"), std::string::npos);
}

TEST_F(InstalledModels, HaveWhatTheirManifestSays) {
  const fs::path folder = library_ / "me" / "whole";
  place_pair(folder);
  place(kModel / "ldpv2" / "mmproj-model-f16.gguf", folder / "another.gguf");
  ModelManifest manifest;
  manifest.name = "My model";
  manifest.quantisation = "q4_K_M";
  manifest.files = {{"ggml-model-f16.gguf", FileRole::kLanguageModel, {}, "", ""},
                    {"another.gguf", FileRole::kProjector, {}, "", ""}};
  ASSERT_TRUE(write_manifest(folder, manifest));
  const auto model = find_installed_model("whole");
  ASSERT_TRUE(model) << model.error().message();
  EXPECT_EQ(model->files.name, "My model");
  EXPECT_EQ(model->files.mmproj, folder / "another.gguf");
  EXPECT_EQ(model->quantisation(), "q4_K_M");
  EXPECT_EQ(model->facts.projector, "ldpv2");

  std::ofstream(folder / kManifestName) << "{";
  const auto without = find_installed_model("whole");
  ASSERT_TRUE(without) << without.error().message();
  EXPECT_EQ(without->files.mmproj, folder / "mmproj-model-f16.gguf") << "by the names, then";
  EXPECT_NE(problems().find(kManifestName), std::string::npos);
}

TEST_F(InstalledModels, OfOtherProgramsAreUsedInPlace) {
  // As Hugging Face lays it out: links from snapshots to blobs.
  const fs::path repository = cache_ / "huggingface" / "hub" / "models--some--Model-GGUF";
  place_pair(repository / "blobs");
  const fs::path snapshot = repository / "snapshots" / "0123";
  fs::create_directories(snapshot);
  for (const char* file : {"ggml-model-f16.gguf", "mmproj-model-f16.gguf"})
    fs::create_symlink(fs::path("../../blobs") / file, snapshot / file);
  place_pair(cache_ / "llama.cpp", "org_repo_");
  place_pair(home_.path() / ".lmstudio" / "models" / "pub" / "mod");
  // What is no model of this family there is nobody's concern.
  std::ofstream(cache_ / "llama.cpp" / "broken.gguf") << "x";
  place(kModel / "ggml-model-f16.gguf",
        home_.path() / ".lmstudio" / "models" / "pub" / "text" / "text.gguf");
  EXPECT_EQ(ids(), (Names{"some/Model-GGUF (Hugging Face cache)",
                          "org_repo_ggml-model-f16 (llama.cpp cache)", "pub/mod (LM Studio)"}));
  EXPECT_EQ(problems(), "");
  const auto located = locate_model("some/Model-GGUF");
  ASSERT_TRUE(located) << located.error().message();
  EXPECT_EQ(located->mmproj, snapshot / "mmproj-model-f16.gguf");
  const auto model = find_installed_model("pub/mod");
  ASSERT_TRUE(model);
  EXPECT_FALSE(removable_paths(*model));
}

TEST_F(InstalledModels, OfTheLibraryComeFirstAndHiddenFoldersNever) {
  place_pair(library_ / "pub" / "mod");
  place_pair(home_.path() / ".lmstudio" / "models" / "pub" / "mod");
  place_pair(library_ / ".incoming" / "1");
  place_pair(library_ / ".partial" / "mod");
  EXPECT_EQ(ids(), Names{"pub/mod (library)"});
}

TEST_F(InstalledModels, LieInTheFolderThatWasChosen) {
  EXPECT_EQ(library_folder(), library_);
  const fs::path chosen = home_.path() / "elsewhere";
  EXPECT_FALSE(set_library_folder("relative"));
  ASSERT_TRUE(set_library_folder(chosen));
  EXPECT_EQ(library_folder(), chosen);
  place_pair(chosen / "a" / "b");
  place_pair(library_ / "c" / "d");
  EXPECT_EQ(ids(), (Names{"a/b (library)", "c/d (folder)"}));
  ASSERT_TRUE(set_library_folder({}));
  EXPECT_EQ(library_folder(), library_);
  const Variable first("GALAGO_MODELS", chosen.string() + ":/nowhere");
  EXPECT_EQ(library_folder(), chosen);
}

TEST_F(InstalledModels, AreRemovedWithoutWhatOthersNeed) {
  place_pair(library_ / "me" / "alone");
  place_pair(library_ / "me" / "two");
  place(kModel / "ggml-model-f16.gguf", library_ / "me" / "two" / "ggml-model-f16-b.gguf");
  const auto alone = find_installed_model("alone");
  ASSERT_TRUE(alone) << alone.error().message();
  const auto folder = removable_paths(*alone);
  ASSERT_TRUE(folder);
  EXPECT_EQ(*folder, std::vector<fs::path>{"me/alone"});
  ASSERT_TRUE(move_to_trash(library_, *folder));
  EXPECT_FALSE(find_installed_model("alone"));
  const auto shared = find_installed_model("two/ggml-model-f16-b");
  ASSERT_TRUE(shared) << shared.error().message();
  const auto paths = removable_paths(*shared);
  ASSERT_TRUE(paths);
  EXPECT_EQ(*paths, std::vector<fs::path>{"me/two/ggml-model-f16-b.gguf"});
}

TEST_F(InstalledModels, ThatShareAFolderHaveManifestsOfTheirOwn) {
  const fs::path folder = library_ / "me" / "two";
  const auto write = [&](const char* name, const char* language_model, const char* projector) {
    ModelManifest manifest;
    manifest.name = name;
    manifest.files = {{language_model, FileRole::kLanguageModel, {}, "", ""},
                      {projector, FileRole::kProjector, {}, "", ""}};
    ASSERT_TRUE(write_manifest(folder, manifest, manifest_name(folder, language_model)));
  };
  place_pair(folder);
  write("First", "ggml-model-f16.gguf", "mmproj-model-f16.gguf");
  place(kModel / "ggml-model-f16.gguf", folder / "second.gguf");
  place(kModel / "ldpv2" / "mmproj-model-f16.gguf", folder / "mmproj-second.gguf");
  write("Second", "second.gguf", "mmproj-second.gguf");
  EXPECT_TRUE(fs::exists(folder / kManifestName));
  EXPECT_TRUE(fs::exists(folder / "second.galago-model.json"));
  const auto first = find_installed_model("two/ggml-model-f16");
  const auto second = find_installed_model("two/second");
  ASSERT_TRUE(first && second);
  EXPECT_EQ(first->files.name, "First");
  EXPECT_EQ(first->files.mmproj, folder / "mmproj-model-f16.gguf");
  EXPECT_EQ(second->files.name, "Second");
  EXPECT_EQ(second->files.mmproj, folder / "mmproj-second.gguf");
  const auto either = find_installed_model("two");
  ASSERT_FALSE(either);
  EXPECT_NE(either.error().detail.find("me/two/second"), std::string::npos);
  // One goes with all that is its own, and comes back.
  const auto paths = removable_paths(*first);
  ASSERT_TRUE(paths);
  EXPECT_EQ(*paths,
            (std::vector<fs::path>{"me/two/ggml-model-f16.gguf", "me/two/mmproj-model-f16.gguf",
                                   "me/two/galago-model.json"}));
  const auto removed = move_to_trash(library_, *paths);
  ASSERT_TRUE(removed);
  const auto left = find_installed_model("two");
  ASSERT_TRUE(left) << left.error().message();
  EXPECT_EQ(left->files.name, "Second");
  EXPECT_EQ(manifest_name(folder, "third.gguf"), "third.galago-model.json")
      << "the place of the one that may come back stays free";
  ASSERT_TRUE(restore_from_trash(library_, removed->id));
  EXPECT_TRUE(find_installed_model("two/ggml-model-f16")->manifest);
}

TEST_F(InstalledModels, AreFoundByTheirWholeNameBesideLongerOnes) {
  place_pair(home_.path() / "own" / "models" / "tiny");
  place_pair(library_ / "me" / "tiny");
  const auto built_in = find_installed_model("tiny");
  ASSERT_TRUE(built_in) << built_in.error().message();
  EXPECT_EQ(built_in->id, "tiny");
  const auto own = find_installed_model("me/tiny");
  ASSERT_TRUE(own) << own.error().message();
  EXPECT_EQ(own->id, "me/tiny");
}

TEST_F(InstalledModels, AreToldFromOtherQuantisationsOfTheSame) {
  const fs::path folder = library_ / "me" / "both";
  place_pair(folder);
  ModelManifest listed = manifest_of(*find_installed_model("me/both"));
  EXPECT_NE(find_listed(scan_library().models, listed), nullptr);
  ModelManifest other = listed;
  other.files[0].name = "ggml-model-q8_0.gguf";
  EXPECT_EQ(find_listed(scan_library().models, other), nullptr);

  // Now each is called after its file.
  place(kModel / "ggml-model-f16.gguf", folder / "ggml-model-q8_0.gguf");
  const ModelLibrary library = scan_library();
  ASSERT_EQ(library.models.size(), 2U);
  ASSERT_NE(find_listed(library.models, listed), nullptr);
  EXPECT_EQ(find_listed(library.models, listed)->id, "me/both/ggml-model-f16");
  ASSERT_NE(find_listed(library.models, other), nullptr);
  EXPECT_EQ(find_listed(library.models, other)->id, "me/both/ggml-model-q8_0");

  listed.model = "bo";
  EXPECT_EQ(find_listed(library.models, listed), nullptr);
}

TEST_F(InstalledModels, DescribeThemselves) {
  place_pair(library_ / "me" / "whole");
  const auto model = find_installed_model("me/whole");
  ASSERT_TRUE(model) << model.error().message();
  const ModelManifest manifest = manifest_of(*model);
  EXPECT_EQ(manifest.publisher, "me");
  EXPECT_EQ(manifest.model, "whole");
  EXPECT_TRUE(check_installable(manifest));
  EXPECT_EQ(manifest.total_size(), model->size_bytes());
  EXPECT_EQ(model->facts.quantisation, "f16");
  EXPECT_EQ(model->facts.projector, "ldp");
}

}  // namespace
}  // namespace galago
