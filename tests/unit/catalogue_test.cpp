// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// The catalogue that comes with Galago, a user's own, and entries made from addresses.
#include "library/catalogue.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

#include "temporary_folder.h"
#include "variable.h"

namespace galago {
namespace {

namespace fs = std::filesystem;

const fs::path kResources = fs::path(GALAGO_TESTS_DIR) / ".." / "resources";

std::string text_of(const fs::path& path) {
  std::ostringstream text;
  text << std::ifstream(path).rdbuf();
  return text.str();
}

TEST(PublishedCatalogue, HoldsTheWholeFamily) {
  const auto entries = parse_catalogue(text_of(kResources / "catalogue.json"));
  ASSERT_TRUE(entries) << entries.error().message();
  std::string names;
  for (const CatalogueEntry& entry : *entries) names += entry.manifest.name + "\n";
  for (const char* model : {"MobileVLM 1.7B", "MobileVLM 3B", "MobileVLM V2 1.7B",
                            "MobileVLM V2 3B", "MobileVLM V2 7B"})
    EXPECT_NE(names.find(model), std::string::npos) << model;
}

TEST(PublishedCatalogue, PinsWhatItCanPin) {
  const auto entries = parse_catalogue(text_of(kResources / "catalogue.json"));
  ASSERT_TRUE(entries) << entries.error().message();
  for (const CatalogueEntry& entry : *entries) {
    SCOPED_TRACE(entry.id);
    // A hash without a revision would be of a file that may have changed.
    for (const ManifestFile& file : entry.manifest.files)
      EXPECT_TRUE(file.sha256.empty() || entry.manifest.revision.size() == 40) << file.name;
    // What cannot be fetched says what to do instead.
    EXPECT_TRUE(entry.is_downloadable() || !entry.note.empty());
    if (entry.kind == CatalogueKind::kGguf && entry.is_downloadable()) {
      EXPECT_NE(entry.manifest.file(FileRole::kLanguageModel), nullptr);
      EXPECT_NE(entry.manifest.file(FileRole::kProjector), nullptr);
    }
  }
}

TEST(Catalogue, FormsTheAddressOfARepositorysFile) {
  ModelManifest m;
  m.repository = "https://huggingface.co/a/b";
  m.revision = "0123";
  EXPECT_EQ(file_url(m, {"c d.gguf", FileRole::kOther, {}, "", ""}),
            "https://huggingface.co/a/b/resolve/0123/c%20d.gguf");
  m.revision.clear();
  EXPECT_EQ(file_url(m, {"c", FileRole::kOther, {}, "", ""}),
            "https://huggingface.co/a/b/resolve/main/c");
  EXPECT_EQ(file_url(m, {"c", FileRole::kOther, {}, "", "https://x.org/y"}), "https://x.org/y");
  m.repository = "https://example.org/a";
  EXPECT_EQ(file_url(m, {"c", FileRole::kOther, {}, "", ""}), "");
}

TEST(Catalogue, MakesAnEntryOfTwoAddresses) {
  const std::vector<std::string> urls = {
      "https://huggingface.co/some/Model-GGUF/blob/main/model%20q4.gguf?download=true",
      "https://huggingface.co/some/Model-GGUF/resolve/main/mmproj-f16.gguf"};
  const auto entry = entry_from_urls(urls);
  ASSERT_TRUE(entry) << entry.error().message();
  EXPECT_EQ(entry->manifest.publisher, "some");
  EXPECT_EQ(entry->manifest.model, "Model-GGUF");
  EXPECT_EQ(entry->id, "some-model-gguf");
  EXPECT_EQ(entry->manifest.files[0].name, "model q4.gguf");
  EXPECT_EQ(entry->manifest.files[0].url,
            "https://huggingface.co/some/Model-GGUF/resolve/main/model%20q4.gguf");
  EXPECT_EQ(entry->manifest.files[1].role, FileRole::kProjector);
  EXPECT_TRUE(parse_catalogue(catalogue_text(std::vector{*entry})));
}

TEST(Catalogue, RefusesAddressesThatMakeNoModel) {
  const std::vector<std::vector<std::string>> bad = {
      {},
      {"https://x.org/a.gguf"},
      {"https://x.org/a.gguf", "https://x.org/b.gguf"},
      {"https://x.org/mmproj-a.gguf", "https://x.org/mmproj-b.gguf"},
      {"https://x.org/a.zip", "https://x.org/mmproj.gguf"},
      {"file:///a.gguf", "https://x.org/mmproj.gguf"},
      {"https://x.org", "https://x.org/mmproj.gguf"}};
  for (const auto& urls : bad) EXPECT_FALSE(entry_from_urls(urls));
  // A name that leaves the folder becomes one that does not.
  const auto entry = entry_from_urls(
      std::vector<std::string>{"https://x.org/..%2f..%2fa.gguf", "https://x.org/mmproj.gguf"});
  ASSERT_TRUE(entry) << entry.error().message();
  EXPECT_EQ(entry->manifest.files[0].name.find('/'), std::string::npos);
}

TEST(Catalogue, RefusesEntriesThatAreNone) {
  EXPECT_FALSE(parse_catalogue(R"({"format": 1, "models": [{}]})"));
  EXPECT_FALSE(parse_catalogue(R"({"format": 1, "models": [{"id": "../a", "kind": "gguf",
      "publisher": "p", "model": "m"}]})"));
  EXPECT_FALSE(parse_catalogue(R"({"format": 1, "models": [{"id": "a", "kind": "gguf",
      "publisher": "..", "model": "m"}]})"));
  EXPECT_FALSE(parse_catalogue(R"({"format": 1, "models": [
      {"id": "a", "kind": "gguf", "publisher": "p", "model": "m"},
      {"id": "A", "kind": "gguf", "publisher": "p", "model": "m"}]})"));
}

/// A user's configuration beside a small published catalogue.
class UserCatalogue : public ::testing::Test {
 protected:
  void SetUp() override {
    fs::create_directories(folder_.path() / "data");
    std::ofstream(folder_.path() / "data" / "catalogue.json")
        << R"({"format": 1, "models": [{"id": "one", "kind": "gguf", "publisher": "p",
               "model": "published"}]})";
  }

  static CatalogueEntry entry(const std::string& id, const std::string& model) {
    CatalogueEntry e;
    e.id = id;
    e.manifest.publisher = "me";
    e.manifest.model = model;
    return e;
  }

  TemporaryFolder folder_;
  Variable data_{"GALAGO_DATA", folder_.path() / "data"};
  Variable config_{"XDG_CONFIG_HOME", folder_.path() / "config"};
};

TEST_F(UserCatalogue, IsNoProblemWhereThereIsNone) {
  const Catalogue catalogue = load_catalogue();
  EXPECT_TRUE(catalogue.problems.empty());
  ASSERT_EQ(catalogue.entries.size(), 1u);
  EXPECT_FALSE(catalogue.entries[0].is_users);
}

TEST_F(UserCatalogue, AddsAndHidesEntries) {
  ASSERT_TRUE(add_to_user_catalogue(entry("two", "first")));
  ASSERT_TRUE(add_to_user_catalogue(entry("ONE", "mine")));
  ASSERT_TRUE(add_to_user_catalogue(entry("two", "second")));
  const Catalogue catalogue = load_catalogue();
  EXPECT_EQ(catalogue.entries.size(), 2u);
  ASSERT_NE(catalogue.find("one"), nullptr);
  EXPECT_EQ(catalogue.find("one")->manifest.model, "mine");
  EXPECT_TRUE(catalogue.find("one")->is_users);
  ASSERT_NE(catalogue.find("Two"), nullptr);
  EXPECT_EQ(catalogue.find("two")->manifest.model, "second");
}

TEST_F(UserCatalogue, IsNeverOverwrittenWhereItCannotBeRead) {
  const fs::path path = user_catalogue_path();
  fs::create_directories(path.parent_path());
  std::ofstream(path) << "{ not finished";
  EXPECT_FALSE(add_to_user_catalogue(entry("two", "second")));
  EXPECT_EQ(text_of(path), "{ not finished");
  const Catalogue catalogue = load_catalogue();
  EXPECT_EQ(catalogue.problems.size(), 1u);
  EXPECT_EQ(catalogue.entries.size(), 1u) << "the published ones are still there";
}

}  // namespace
}  // namespace galago
