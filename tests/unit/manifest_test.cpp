// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// Manifests: what is written is read back, and what a stranger writes cannot do harm.
#include "library/manifest.h"

#include <gtest/gtest.h>

#include <fstream>
#include <string>

#include "library/safe_name.h"
#include "temporary_folder.h"

namespace galago {
namespace {

const std::string kHash(64, 'a');

ModelManifest sample() {
  ModelManifest m;
  m.name = "MobileVLM V2 1.7B";
  m.publisher = "ZiangWu";
  m.model = "MobileVLM_V2-1.7B-GGUF";
  m.repository = "https://huggingface.co/ZiangWu/MobileVLM_V2-1.7B-GGUF";
  m.revision = "422c888c";
  m.licence = "Apache-2.0";
  m.quantisation = "q4_k";
  m.prompt_template = "vicuna_v1";
  m.files = {{"ggml-model-q4_k.gguf", FileRole::kLanguageModel, 791817856, "", ""},
             {"mmproj-model-f16.gguf", FileRole::kProjector, 595103072, kHash,
              "https://example.org/mmproj"}};
  return m;
}

TEST(Manifest, IsReadBackAsWritten) {
  const auto read = parse_manifest(manifest_text(sample()));
  ASSERT_TRUE(read) << read.error().message();
  EXPECT_EQ(*read, sample());
  EXPECT_TRUE(check_installable(*read));
  EXPECT_EQ(read->total_size(), 791817856u + 595103072u);
}

TEST(Manifest, IsWrittenBesideTheModelInPlaceOfAnOlderOne) {
  const TemporaryFolder folder;
  EXPECT_FALSE(read_manifest(folder.path()));
  ASSERT_TRUE(write_manifest(folder.path(), {}));
  ASSERT_TRUE(write_manifest(folder.path(), sample()));
  const auto read = read_manifest(folder.path());
  ASSERT_TRUE(read) << read.error().message();
  EXPECT_EQ(*read, sample());
}

TEST(Manifest, KeepsWhatIsNotKnownUnknown) {
  ModelManifest m = sample();
  m.files[0].size.reset();
  m.revision.clear();
  const auto read = parse_manifest(manifest_text(m));
  ASSERT_TRUE(read) << read.error().message();
  EXPECT_EQ(*read, m);
  EXPECT_FALSE(read->total_size());
  EXPECT_FALSE(check_installable(*read));
}

TEST(Manifest, IgnoresWhatANewerVersionAddsWithinTheFormat) {
  const auto read = parse_manifest(
      R"({"format": 1, "new": [1], "files": [{"name": "a", "role": "something", "new": {}}]})");
  ASSERT_TRUE(read) << read.error().message();
  EXPECT_EQ(read->files[0].role, FileRole::kOther);
}

TEST(Manifest, SaysWhenItIsOfANewerFormat) {
  const auto read = parse_manifest(R"({"format": 2})");
  ASSERT_FALSE(read);
  EXPECT_EQ(read.error().code, Errc::kUnsupported);
}

class HostileManifest : public ::testing::TestWithParam<std::string> {};

TEST_P(HostileManifest, IsRefused) {
  const auto read = parse_manifest(GetParam());
  ASSERT_FALSE(read);
  EXPECT_EQ(read.error().code, Errc::kFormat) << read.error().message();
}

std::string with_file(const std::string& members) {
  return R"({"format": 1, "files": [{)" + members + "}]}";
}

INSTANTIATE_TEST_SUITE_P(
    All, HostileManifest,
    ::testing::Values(
        "", "{", "[]", "null", "{}", R"({"format": "1"})", R"({"format": -1})", R"({"format": 0})",
        R"({"format": 1, "name": 7})",
        R"({"format": 1, "name": ")" + std::string(2000, 'x') + "\"}",
        R"({"format": 1, "publisher": ".."})", R"({"format": 1, "model": "a/b"})",
        R"({"format": 1, "files": {}})", R"({"format": 1, "files": [1]})", with_file(""),
        with_file(R"("name": "../a.gguf")"), with_file(R"("name": "/etc/passwd")"),
        with_file(R"("name": "a\\b")"), with_file(R"("name": "..")"), with_file(R"("name": "")"),
        with_file(R"("name": ".hidden")"), with_file(R"("name": "C:a")"),
        with_file(R"("name": "a\u0000b")"), with_file(R"("name": "a\nb")"),
        with_file(R"("name": "gguf.\u202Efdp")"), with_file("\"name\": \"\xff\""),
        with_file(R"("name": "galago-model.json")"), with_file(R"("name": "Galago-Model.JSON")"),
        with_file("\"name\": \"" + std::string(300, 'x') + "\""),
        with_file(R"("name": "a", "size": -1)"), with_file(R"("name": "a", "size": 1.5)"),
        with_file(R"("name": "a", "size": 18446744073709551615)"),
        with_file(R"("name": "a", "size": "1")"), with_file(R"("name": "a", "sha256": "00")"),
        with_file("\"name\": \"a\", \"sha256\": \"" + std::string(64, 'A') + "\""),
        with_file(R"("name": "a", "url": "file:///etc/passwd")"),
        with_file(R"("name": "a"}, {"name": "A")"), std::string(100000, '['),
        R"({"format": 1, "x": )" + std::string(100, '[') + std::string(100, ']') + "}",
        std::string(kLargestManifest + 1, ' ')));

TEST(Manifest, RefusesTooManyFiles) {
  ModelManifest m = sample();
  for (int i = 0; i < 300; ++i)
    m.files.push_back({"f" + std::to_string(i), FileRole::kOther, 1, "", ""});
  EXPECT_FALSE(parse_manifest(manifest_text(m)));
}

TEST(Manifest, IsNoModelWithoutBothHalves) {
  ModelManifest m = sample();
  m.files.pop_back();
  EXPECT_FALSE(check_installable(m));
  m = sample();
  m.files[0].role = FileRole::kProjector;
  EXPECT_FALSE(check_installable(m));
  m = sample();
  m.publisher.clear();
  EXPECT_FALSE(check_installable(m));
}

TEST(Manifest, IsNotReadPastItsLargestSize) {
  const TemporaryFolder folder;
  std::ofstream(folder.path() / kManifestName) << std::string(kLargestManifest + 1, ' ');
  const auto read = read_manifest(folder.path());
  ASSERT_FALSE(read);
  EXPECT_EQ(read.error().code, Errc::kFormat);
}

TEST(PlainName, IsMadeOfAnything) {
  for (const char* text : {"", "..", "../../etc", "a b", "C:\\x", "\x1b[31m", "...", "名前"}) {
    const std::string name = plain_name_of(text);
    EXPECT_TRUE(check_plain_name(name)) << text << " gave " << name;
  }
  EXPECT_EQ(plain_name_of("MobileVLM V2 (1.7B)"), "MobileVLM-V2-1.7B");
  EXPECT_TRUE(check_plain_name(plain_name_of(std::string(5000, 'x'))));
}

}  // namespace
}  // namespace galago
