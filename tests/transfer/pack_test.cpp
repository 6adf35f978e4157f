// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// Packs and bundles: what goes out comes in, and what is wrong with one leaves nothing behind.
#include "transfer/pack.h"

#include <gtest/gtest.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "evil_zip.h"
#include "library/manifest_place.h"
#include "library_fixture.h"
#include "transfer/file_hash.h"

namespace galago {
namespace {

namespace fs = std::filesystem;

class PackTest : public LibraryTest {
 protected:
  fs::path pack_path() const { return home_.path() / "model.galago"; }

  /// Another machine's library.
  fs::path other() const { return home_.path() / "other"; }

  PackImport there() const {
    PackImport import;
    import.library = other();
    return import;
  }

  void export_model() const {
    const Status exported = export_pack(model(), pack_path(), {});
    ASSERT_TRUE(exported) << exported.error().message();
  }

  std::string write_zip(const std::vector<ZipEntry>& entries,
                        ZipKind kind = ZipKind::kPlain) const {
    const std::string bytes = evil_zip(entries, kind);
    std::ofstream(pack_path(), std::ios::binary) << bytes;
    return bytes;
  }

  /// The entries of an honest pack.
  std::vector<ZipEntry> honest() const {
    const auto report = verify_model(model(), {});
    if (!report) return {};
    ModelManifest manifest = report->manifest;
    std::vector<ZipEntry> entries;
    entries.push_back({kManifestName, manifest_text(manifest), 0, 0, 0, {}, {}, {}});
    for (const ManifestFile& file : manifest.files)
      entries.push_back({file.name, text_of(model().folder() / file.name), 0, 0, 0, {}, {}, {}});
    return entries;
  }

  void expect_refused(const char* what, Errc code = Errc::kFormat) const {
    const auto result = import_pack(pack_path(), there(), {});
    ASSERT_FALSE(result) << what;
    EXPECT_EQ(result.error().code, code) << what << ": " << result.error().message();
    EXPECT_TRUE(holds_nothing()) << what;
  }

  bool holds_nothing() const { return !fs::exists(other()) || fs::is_empty(other()); }
};

TEST_F(PackTest, BringsAModelToAnotherMachine) {
  export_model();
  const auto result = import_pack(pack_path(), there(), {});
  ASSERT_TRUE(result) << result.error().message();
  EXPECT_EQ(result->models, std::vector<std::string>{"me/small"});
  for (const char* file : {"ggml-model-f16.gguf", "mmproj-model-f16.gguf"})
    EXPECT_EQ(text_of(other() / "me" / "small" / file), text_of(library_ / "me" / "small" / file));
  const Variable moved("GALAGO_MODELS", other());
  const auto report = verify_model(model(), {});
  ASSERT_TRUE(report);
  EXPECT_TRUE(report->is_whole());
  EXPECT_FALSE(report->has_first_seen()) << "the hashes came along";
  EXPECT_FALSE(fs::exists(other() / ".incoming"));
}

TEST_F(PackTest, IsStoredWithItsManifestFirst) {
  export_model();
  const std::string bytes = text_of(pack_path());
  EXPECT_EQ(bytes.compare(0, 4, "PK\x03\x04"), 0);
  EXPECT_EQ(bytes.find(kManifestName), 30u);
  EXPECT_GE(bytes.size(), model().size_bytes()) << "not compressed";
  const std::string again = bytes;
  export_model();
  EXPECT_EQ(text_of(pack_path()), again) << "the same model gives the same pack";
}

TEST_F(PackTest, OfADamagedModelIsNotMade) {
  ASSERT_TRUE(verify_model(model(), {}));
  {
    std::fstream file(library_ / "me" / "small" / "ggml-model-f16.gguf",
                      std::ios::binary | std::ios::in | std::ios::out);
    file.seekp(-100, std::ios::end);
    file.put('x');
  }
  const Status exported = export_pack(model(), pack_path(), {});
  ASSERT_FALSE(exported);
  EXPECT_EQ(exported.error().code, Errc::kHash);
  EXPECT_FALSE(fs::exists(pack_path()));
}

TEST_F(PackTest, StoppedLeavesNothing) {
  std::stop_source out;
  const Status exported = export_pack(model(), pack_path(), out.get_token(),
                                      [&](std::uint64_t done, std::uint64_t total) {
                                        if (done > total * 3 / 4)
                                          out.request_stop();  // while it is written
                                      });
  ASSERT_FALSE(exported);
  EXPECT_EQ(exported.error().code, Errc::kCancelled);
  std::size_t files = 0;
  for (const auto& entry : fs::directory_iterator(home_.path())) files += entry.is_regular_file();
  EXPECT_EQ(files, 0u);

  export_model();
  std::stop_source in;
  const auto result = import_pack(pack_path(), there(), in.get_token(),
                                  [&](std::uint64_t, std::uint64_t) { in.request_stop(); });
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().code, Errc::kCancelled);
  EXPECT_TRUE(holds_nothing());
}

TEST_F(PackTest, ReplacesOnlyWhenItIsTold) {
  export_model();
  ASSERT_TRUE(import_pack(pack_path(), there(), {}));
  bool has_begun = false;
  const auto again = import_pack(pack_path(), there(), {}, [&](auto, auto) { has_begun = true; });
  ASSERT_FALSE(again);
  EXPECT_FALSE(has_begun) << "known before anything is copied";
  EXPECT_EQ(again.error().code, Errc::kInvalidArgument);
  PackImport replace = there();
  replace.if_installed = IfInstalled::kReplace;
  std::ofstream(other() / "me" / "small" / "ggml-model-f16.gguf") << "broken";
  ASSERT_TRUE(import_pack(pack_path(), replace, {}));
  EXPECT_EQ(text_of(other() / "me" / "small" / "ggml-model-f16.gguf"),
            text_of(library_ / "me" / "small" / "ggml-model-f16.gguf"));
}

TEST_F(PackTest, KilledAtAnyMomentLeavesTheOldOrTheNewModel) {
  export_model();
  PackImport replace = there();
  replace.if_installed = IfInstalled::kReplace;
  ASSERT_TRUE(import_pack(pack_path(), replace, {}));
  const fs::path file = other() / "me" / "small" / "ggml-model-f16.gguf";
  const std::string whole = text_of(file);
  for (int delay_us = 0; delay_us < 20000; delay_us += 1700) {
    const pid_t child = ::fork();
    if (child == 0) {
      (void)import_pack(pack_path(), replace, {}).has_value();
      ::_exit(0);
    }
    ::usleep(static_cast<useconds_t>(delay_us));
    ::kill(child, SIGKILL);
    ::waitpid(child, nullptr, 0);
    ASSERT_EQ(text_of(file), whole) << "killed after " << delay_us << " µs";
  }
  ASSERT_TRUE(import_pack(pack_path(), replace, {}));
  EXPECT_FALSE(fs::exists(other() / ".incoming")) << "what killed programs left is gone";
}

TEST_F(PackTest, IsReadAsOtherZipProgramsWriteIt) {
  PackImport again = there();
  again.if_installed = IfInstalled::kReplace;
  for (const ZipKind kind : {ZipKind::kPlain, ZipKind::kZip64}) {
    write_zip(honest(), kind);
    const auto result = import_pack(pack_path(), again, {});
    ASSERT_TRUE(result) << result.error().message();
  }
}

// As only a file of more than 4 GB needs them; sizes and places may be anything up to 2^64 then.
TEST_F(PackTest, ThatLiesIn64BitsIsRefused) {
  const auto try_with = [&](const char* what, auto change) {
    std::vector<ZipEntry> entries = honest();
    change(entries);
    write_zip(entries, ZipKind::kZip64);
    expect_refused(what);
  };
  for (const std::uint64_t number :
       {std::uint64_t{0}, std::uint64_t{0xFFFFFFFF}, std::uint64_t{1} << 32, std::uint64_t{1} << 63,
        ~std::uint64_t{0}, ~std::uint64_t{0} - 100}) {
    try_with("a size", [&](auto& e) { e[1].stated_size = e[1].stated_packed_size = number; });
    try_with("the size outside", [&](auto& e) { e[1].stated_size = number; });
    try_with("the size inside", [&](auto& e) { e[1].stated_packed_size = number; });
    try_with("a place", [&](auto& e) { e[1].stated_offset = number; });
    try_with("the manifest's size",
             [&](auto& e) { e[0].stated_size = e[0].stated_packed_size = number; });
  }
}

TEST_F(PackTest, WithEvilNamesIsRefused) {
  for (const char* name : {"../evil", "/tmp/evil", "a/../../evil", "..", "evil\\..\\x", "C:evil",
                           "a\nb", ".hidden", "folder/", ""}) {
    std::vector<ZipEntry> entries = honest();
    entries.push_back({name, "evil", 0, 0, 0, {}, {}, {}});
    write_zip(entries);
    expect_refused(name);
  }
  // As the manifest's own word.
  std::vector<ZipEntry> entries = honest();
  const std::string file = "mmproj-model-f16.gguf";
  std::string& manifest = entries[0].data;
  manifest.replace(manifest.find(file), file.size(), "../mmproj-f16.gguf");
  entries[2].name = "../mmproj-f16.gguf";
  write_zip(entries);
  expect_refused("a manifest that leaves the folder");
  EXPECT_FALSE(fs::exists(home_.path() / "mmproj-f16.gguf"));
}

TEST_F(PackTest, ThatLiesIsRefused) {
  const auto try_with = [&](const char* what, auto change, Errc code = Errc::kFormat) {
    std::vector<ZipEntry> entries = honest();
    change(entries);
    write_zip(entries);
    expect_refused(what, code);
  };
  const auto size = static_cast<std::uint32_t>(honest()[1].data.size());
  try_with("compressed", [](auto& e) { e[1].method = 8; });
  try_with("encrypted", [](auto& e) { e[1].flags = 1; });
  try_with("a link", [](auto& e) { e[1].attributes = 0120777U << 16U; });
  try_with("twice", [](auto& e) { e.push_back(e[1]); });
  try_with("twice in another case", [](auto& e) {
    e.push_back(e[1]);
    e.back().name[0] = 'G';
  });
  try_with("not listed", [](auto& e) { e.push_back({"more", "x", 0, 0, 0, {}, {}, {}}); });
  try_with("missing", [](auto& e) { e.pop_back(); });
  try_with("manifest not first", [](auto& e) { std::swap(e[0], e[1]); });
  try_with("larger than the file", [](auto& e) {
    e[1].stated_size = 0xF0000000U;
    e[1].stated_packed_size = 0xF0000000U;
  });
  try_with("larger outside than inside", [&](auto& e) { e[1].stated_size = size * 2; });
  try_with("smaller", [&](auto& e) {
    e[1].stated_size = size - 1;
    e[1].stated_packed_size = size - 1;
  });
  try_with("over another entry", [](auto& e) {
    e[2] = e[1];
    e[2].name = "mmproj-model-f16.gguf";
    e[2].stated_offset = 0;
  });
  try_with("outside the file", [](auto& e) { e[1].stated_offset = 0xFFFFFF00U; });
  try_with(
      "other content", [](auto& e) { e[1].data.back() ^= 1; }, Errc::kHash);
  try_with("a manifest that is none", [](auto& e) { e[0].data = "{}"; });
  try_with("a manifest without hashes", [](auto& e) {
    std::string& text = e[0].data;
    for (std::size_t at; (at = text.find("\"sha256\": \"")) != std::string::npos;)
      text.replace(at, 11 + 64 + 1, "\"sha256\": null");
  });
}

TEST_F(PackTest, OfFilesThatAreNoPairIsRefused) {
  // Whole by every hash, but the projector is of another width.
  fs::copy_file(test_data_folder() / "model" / "rope4" / "ggml-model-f16.gguf",
                library_ / "me" / "small" / "ggml-model-f16.gguf",
                fs::copy_options::overwrite_existing);
  std::vector<ZipEntry> entries(1);
  ModelManifest manifest;
  manifest.publisher = "me";
  manifest.model = "small";
  for (const auto& [name, role] : {std::pair("ggml-model-f16.gguf", FileRole::kLanguageModel),
                                   std::pair("mmproj-model-f16.gguf", FileRole::kProjector)}) {
    const fs::path path = library_ / "me" / "small" / name;
    manifest.files.push_back({name, role, fs::file_size(path), *file_sha256(path, {}), ""});
    entries.push_back({name, text_of(path), 0, 0, 0, {}, {}, {}});
  }
  entries[0] = {kManifestName, manifest_text(manifest), 0, 0, 0, {}, {}, {}};
  write_zip(entries);
  expect_refused("no pair", Errc::kUnsupported);
}

TEST_F(PackTest, CutOffAnywhereIsRefused) {
  const std::string bytes = write_zip(honest());
  for (const std::size_t size :
       {std::size_t{0}, std::size_t{10}, bytes.size() / 2, bytes.size() - 30}) {
    std::ofstream(pack_path(), std::ios::binary) << bytes.substr(0, size);
    expect_refused("cut off");
  }
  std::ofstream(pack_path(), std::ios::binary) << "this is only text";
  expect_refused("a text");
}

TEST_F(PackTest, WithAnyByteOfItsListChangedDoesNoHarm) {
  const std::string bytes = write_zip(honest());
  const std::size_t begin = bytes.find("PK\x01\x02");
  ASSERT_NE(begin, std::string::npos);
  for (std::size_t at = begin; at < bytes.size(); ++at) {
    std::string changed = bytes;
    changed[at] = static_cast<char>(changed[at] ^ 0xFF);
    std::ofstream(pack_path(), std::ios::binary) << changed;
    const auto result = import_pack(pack_path(), there(), {});
    if (result)  // what does not matter: a date, a version
      fs::remove_all(other());
    else
      ASSERT_TRUE(holds_nothing()) << "byte " << at;
  }
}

class BundleTest : public PackTest {
 protected:
  void SetUp() override {
    PackTest::SetUp();
    place_model(library_ / "you" / "second");
    std::ofstream(home_.path() / "galago.conf") << "[look]\ntheme=dark\n";
    fs::create_directories(home_.path() / "samples");
    std::ofstream(home_.path() / "samples" / "samples.json") << "{}";
    std::ofstream(home_.path() / "samples" / "one.png") << "picture";
    content_.models = {model("me/small"), model("you/second")};
    content_.settings = home_.path() / "galago.conf";
    content_.samples = home_.path() / "samples";
  }

  BundleContent content_;
};

TEST_F(BundleTest, BringsAWholeInstallation) {
  const Status exported = export_bundle(content_, pack_path(), {});
  ASSERT_TRUE(exported) << exported.error().message();
  PackImport import = there();
  import.settings = home_.path() / "there" / "galago.conf";
  import.samples = home_.path() / "there" / "samples";
  const auto result = import_pack(pack_path(), import, {});
  ASSERT_TRUE(result) << result.error().message();
  EXPECT_EQ(result->models, (std::vector<std::string>{"me/small", "you/second"}));
  EXPECT_TRUE(result->has_settings);
  EXPECT_EQ(text_of(import.settings), "[look]\ntheme=dark\n");
  EXPECT_EQ(text_of(import.samples / "one.png"), "picture");
  EXPECT_TRUE(fs::exists(other() / "you" / "second" / kManifestName));
}

TEST_F(BundleTest, GivesQuantisationsThatShareAFolderOneEach) {
  const fs::path folder = library_ / "me" / "small";
  fs::copy_file(folder / "ggml-model-f16.gguf", folder / "again.gguf");
  content_ = {};
  for (const char* name : {"me/small/again", "me/small/ggml-model-f16"}) {
    ModelManifest manifest = manifest_of(model(name));
    manifest.model = "small";
    ASSERT_TRUE(
        write_manifest(folder, manifest, manifest_name(folder, manifest.files.front().name)));
    content_.models.push_back(model(name));
  }
  const Status exported = export_bundle(content_, pack_path(), {});
  ASSERT_TRUE(exported) << exported.error().message();
  const auto result = import_pack(pack_path(), there(), {});
  ASSERT_TRUE(result) << result.error().message();
  EXPECT_EQ(result->models, (std::vector<std::string>{"me/small", "me/small-f16"}));
}

TEST_F(BundleTest, LeavesSettingsAloneUnlessTheyAreAskedFor) {
  ASSERT_TRUE(export_bundle(content_, pack_path(), {}));
  const auto result = import_pack(pack_path(), there(), {});
  ASSERT_TRUE(result) << result.error().message();
  EXPECT_TRUE(result->has_settings);
  EXPECT_TRUE(result->has_samples);
  EXPECT_FALSE(fs::exists(home_.path() / "config"));
}

TEST_F(BundleTest, WithOneDamagedModelBringsNone) {
  ASSERT_TRUE(export_bundle(content_, pack_path(), {}));
  std::string bytes = text_of(pack_path());
  const std::size_t list = bytes.find("PK\x01\x02");
  bytes[list - 5] = static_cast<char>(bytes[list - 5] ^ 1);  // in the last file's data
  std::ofstream(pack_path(), std::ios::binary) << bytes;
  PackImport import = there();
  import.settings = home_.path() / "there" / "galago.conf";
  const auto result = import_pack(pack_path(), import, {});
  ASSERT_FALSE(result);
  EXPECT_TRUE(holds_nothing());
  EXPECT_FALSE(fs::exists(import.settings));
}

}  // namespace
}  // namespace galago
