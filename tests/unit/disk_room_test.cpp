// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
#include "base/disk_room.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <limits>

#include "base/size_text.h"
#include "temporary_folder.h"

namespace galago {
namespace {

TEST(DiskRoom, OfWhatIsNotThereYetIsThatOfTheFolderAbove) {
  const TemporaryFolder folder;
  const auto deep = folder.path() / "models" / "publisher" / "model.gguf";
  const auto here = free_room(folder.path());
  ASSERT_TRUE(here);
  EXPECT_TRUE(free_room(deep));
  EXPECT_TRUE(free_room("not-there.gguf")) << "of the current folder";
  EXPECT_TRUE(check_room(deep, 1));
  const Status refused = check_room(deep, std::numeric_limits<std::uint64_t>::max());
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, Errc::kIo);
  EXPECT_NE(refused.error().detail.find(" are free"), std::string::npos);
  EXPECT_EQ(refused.error().context, std::vector{folder.path().string()});
}

TEST(SizeText, IsShort) {
  EXPECT_EQ(size_text(0), "0 bytes");
  EXPECT_EQ(size_text(999), "999 bytes");
  EXPECT_EQ(size_text(1000), "1.0 kB");
  EXPECT_EQ(size_text(834'055'776), "834 MB");
  EXPECT_EQ(size_text(1'450'000'000), "1.4 GB");
}

}  // namespace
}  // namespace galago
