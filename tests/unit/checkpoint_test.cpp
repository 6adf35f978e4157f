// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// Checkpoints in folders: one file or several with their list, and LoRA adapters.
#include "checkpoint/checkpoint.h"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <string>
#include <utility>

#include "checkpoint/lora_adapter.h"
#include "checkpoint/shard_index.h"
#include "checkpoint_builder.h"
#include "temporary_folder.h"

namespace galago {
namespace {

std::vector<SampleTensor> named(std::initializer_list<const char*> names) {
  std::vector<SampleTensor> tensors;
  for (const char* name : names) tensors.push_back(sample_tensor(name, {2, 2}));
  return tensors;
}

template <class T>
void expect_refused(const Result<T>& result, Errc code, const std::string& why) {
  ASSERT_FALSE(result) << why;
  EXPECT_EQ(result.error().code, code);
  EXPECT_NE(result.error().message().find(why), std::string::npos) << result.error().message();
}

TEST(CheckpointTest, OpensFilesByTheirContent) {
  const TemporaryFolder folder;
  folder.write("a", build_safetensors(named({"x"})));
  folder.write("b", build_torch_file(named({"x"})));
  folder.write("c", build_old_torch_file(named({"x"})));
  for (const char* name : {"a", "b", "c"}) {
    const auto checkpoint = Checkpoint::open_file(folder.path() / name);
    ASSERT_TRUE(checkpoint) << checkpoint.error().message();
    EXPECT_NE(checkpoint->find("x"), nullptr);
    EXPECT_EQ(checkpoint->find("y"), nullptr);
  }
  folder.write("d", std::string("version https://git-lfs.github.com/spec/v1\n"));
  expect_refused(Checkpoint::open_file(folder.path() / "d"), Errc::kFormat, "git lfs pull");
  folder.write("e", std::string("text"));
  expect_refused(Checkpoint::open_file(folder.path() / "e"), Errc::kFormat, "neither");
  expect_refused(Checkpoint::open_file(folder.path() / "f"), Errc::kIo, "cannot be opened");
}

TEST(CheckpointTest, DoesNotWaitForPipes) {
  const TemporaryFolder folder;
  ASSERT_EQ(::mkfifo((folder.path() / "pipe").c_str(), 0600), 0);
  expect_refused(Checkpoint::open_file(folder.path() / "pipe"), Errc::kIo, "regular");
}

TEST(CheckpointTest, PrefersSafetensorsInAFolder) {
  const TemporaryFolder folder;
  expect_refused(Checkpoint::open_folder(folder.path()), Errc::kIo, "neither");
  EXPECT_FALSE(Checkpoint::is_in(folder.path()));
  folder.write("pytorch_model.bin", build_torch_file(named({"old"})));
  EXPECT_TRUE(Checkpoint::is_in(folder.path()));
  EXPECT_NE(Checkpoint::open_folder(folder.path())->find("old"), nullptr);
  folder.write("model.safetensors", build_safetensors(named({"new"})));
  EXPECT_NE(Checkpoint::open_folder(folder.path())->find("new"), nullptr);
}

class ShardsTest : public testing::Test {
 protected:
  ShardsTest() {
    folder_.write("one.bin", build_torch_file(named({"a", "b"})));
    folder_.write("two.bin", build_torch_file(named({"c"})));
  }

  Result<Checkpoint> open(const std::string& weight_map) {
    folder_.write("pytorch_model.bin.index.json", "{\"weight_map\":" + weight_map + "}");
    return Checkpoint::open_folder(folder_.path());
  }

  TemporaryFolder folder_;
};

TEST_F(ShardsTest, GivesTheTensorsOfAllFiles) {
  const auto checkpoint = open(R"({"a":"one.bin","b":"one.bin","c":"two.bin"})");
  ASSERT_TRUE(checkpoint) << checkpoint.error().message();
  EXPECT_EQ(checkpoint->tensors().size(), 3U);
}

TEST_F(ShardsTest, RefusesListsThatLie) {
  expect_refused(open(R"({"a":"one.bin","c":"one.bin"})"), Errc::kFormat, "'c' is missing");
  expect_refused(open(R"({"a":"three.bin"})"), Errc::kIo, "three.bin");
  expect_refused(open("{}"), Errc::kFormat, "names no tensors");
  expect_refused(open("7"), Errc::kFormat, "names no tensors");
  expect_refused(open(R"({"a":7})"), Errc::kFormat, "no file of its folder");
  folder_.write("two.bin", build_torch_file(named({"a"})));
  expect_refused(open(R"({"b":"one.bin","a":"two.bin"})"), Errc::kFormat, "two tensors");
}

TEST_F(ShardsTest, NamesCannotLeaveTheFolder) {
  for (const std::string name :
       {"../one.bin", "/etc/passwd", "sub/one.bin", "..", ".", "", "a\\\\b", "a\\u0000b"})
    expect_refused(open(R"({"a":")" + name + "\"}"), Errc::kFormat, "no file of its folder");
}

class LoraAdapterTest : public testing::Test {
 protected:
  static std::vector<SampleTensor> pair(const std::string& module, std::int64_t rank = 2) {
    const std::string name = "base_model.model." + module;
    return {sample_tensor(name + ".lora_A.weight", {rank, 4}),
            sample_tensor(name + ".lora_B.weight", {6, rank})};
  }

  Result<LoraAdapter> open(const std::string& settings, std::vector<SampleTensor> tensors) {
    folder_.write("adapter_config.json", "{" + settings + "}");
    folder_.write("adapter_model.bin", build_torch_file(tensors));
    return LoraAdapter::open(folder_.path());
  }

  static constexpr const char* kSound = R"("r":2,"lora_alpha":16,"base_model_name_or_path":"b")";

  TemporaryFolder folder_;
};

TEST_F(LoraAdapterTest, FindsThePairs) {
  EXPECT_FALSE(LoraAdapter::is_in(folder_.path()));
  const auto adapter = open(kSound, pair("model.layers.0.mlp.up_proj"));
  ASSERT_TRUE(adapter) << adapter.error().message();
  EXPECT_TRUE(LoraAdapter::is_in(folder_.path()));
  EXPECT_EQ(adapter->scale(), 8.0F);
  EXPECT_EQ(adapter->base_name(), "b");
  ASSERT_EQ(adapter->pairs().count("model.layers.0.mlp.up_proj.weight"), 1U);
  const LoraPair& found = adapter->pairs().at("model.layers.0.mlp.up_proj.weight");
  EXPECT_EQ(found.a->shape, (std::vector<std::int64_t>{2, 4}));
  EXPECT_EQ(found.b->shape, (std::vector<std::int64_t>{6, 2}));
}

TEST_F(LoraAdapterTest, RefusesAdaptersThatAreMoreThanASum) {
  const auto tensors = pair("x");
  const std::string sound = std::string(kSound) + ",";
  for (const char* setting :
       {R"("fan_in_fan_out":true)", R"("use_rslora":true)", R"("use_dora":true)",
        R"("modules_to_save":["lm_head"])", R"("rank_pattern":{"x":4})", R"("bias":"all")",
        R"("peft_type":"IA3")"})
    expect_refused(open(sound + setting, tensors), Errc::kUnsupported, "cannot be merged");
  for (const char* setting :
       {R"("fan_in_fan_out":false)", R"("use_rslora":null)", R"("modules_to_save":null)",
        R"("rank_pattern":{})", R"("bias":"none")", R"("peft_type":"LORA")"})
    EXPECT_TRUE(open(sound + setting, tensors)) << setting;
}

TEST_F(LoraAdapterTest, RefusesMatricesThatDoNotFit) {
  expect_refused(open(kSound, pair("x", 3)), Errc::kFormat, "rank 2");
  expect_refused(open(kSound, {pair("x")[0]}), Errc::kFormat, "incomplete");
  expect_refused(open(kSound, named({"y"})), Errc::kUnsupported, "'y'");
  expect_refused(open(R"("r":0,"lora_alpha":16)", pair("x")), Errc::kFormat, "absurd");
  expect_refused(open(R"("r":2)", pair("x")), Errc::kFormat, "missing");
}

TEST(ShardIndexTest, PlainFileNames) {
  EXPECT_TRUE(is_plain_file_name("pytorch_model-00001-of-00002.bin"));
  EXPECT_FALSE(is_plain_file_name(std::string(300, 'a')));
}

}  // namespace
}  // namespace galago
