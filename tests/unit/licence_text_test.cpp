// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// Which licence text belongs to a model.
#include "library/licence_text.h"

#include <gtest/gtest.h>

#include <string>

#include "library/catalogue.h"
#include "temporary_folder.h"
#include "test_data.h"
#include "variable.h"

namespace galago {
namespace {

class LicenceTest : public ::testing::Test {
 protected:
  TemporaryFolder folder_;
  Variable data_{"GALAGO_DATA", folder_.path()};
};

TEST_F(LicenceTest, OfItsName) {
  folder_.write("licences/MIT.txt", "Permission is hereby granted");
  ModelManifest manifest;
  manifest.licence = "MIT";
  const Licence licence = licence_of(manifest);
  EXPECT_EQ(licence.name, "MIT");
  EXPECT_EQ(licence.text, "Permission is hereby granted");
  EXPECT_EQ(licence.url, "https://spdx.org/licenses/MIT.html");
  manifest.repository = "https://example.org/model";
  EXPECT_EQ(licence_of(manifest).url, "https://example.org/model");
}

TEST_F(LicenceTest, ATextThatCameAlongCountsMore) {
  folder_.write("licences/MIT.txt", "of Galago");
  folder_.write("model/LICENSE", "of the model");
  ModelManifest manifest;
  manifest.licence = "MIT";
  manifest.files.push_back({"LICENSE", FileRole::kLicence, {}, {}, {}});
  EXPECT_EQ(licence_of(manifest, folder_.path() / "model").text, "of the model");
  EXPECT_EQ(licence_of(manifest).text, "of Galago");
  manifest.files[0].name = "../secret";
  folder_.write("secret", "not to be read");
  EXPECT_EQ(licence_of(manifest, folder_.path() / "model").text, "of Galago");
}

TEST_F(LicenceTest, TextInPlaceOfAName) {
  ModelManifest manifest;
  manifest.licence = "You may use it on Sundays.";
  EXPECT_EQ(licence_of(manifest).name, "");
  EXPECT_EQ(licence_of(manifest).text, "You may use it on Sundays.");
  manifest.licence = "..";
  EXPECT_EQ(licence_of(manifest).text, "");
  EXPECT_EQ(licence_of({}).text, "");
}

}  // namespace
}  // namespace galago
