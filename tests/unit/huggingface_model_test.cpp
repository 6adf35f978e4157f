// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// Importing a model in the layout of Hugging Face: where each tensor comes from, and what is
// refused. That the numbers are right is the matter of import_golden_test.
#include "convert/huggingface_model.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <utility>

#include "huggingface_builder.h"
#include "temporary_folder.h"

namespace galago {
namespace {

using nlohmann::json;

/// Nothing: there is no tensor of this name.
std::optional<std::size_t> index_of(const TensorSource& source, const std::string& name) {
  const auto tensors = source.header().tensors();
  const auto found = std::find_if(tensors.begin(), tensors.end(),
                                  [&](const auto& tensor) { return tensor.name == name; });
  if (found == tensors.end()) return std::nullopt;
  return static_cast<std::size_t>(found - tensors.begin());
}

std::vector<float> elements(const TensorSource& source, const std::string& name) {
  const auto index = index_of(source, name);
  if (!index) {
    ADD_FAILURE() << name << " is missing";
    return {};
  }
  std::size_t count = 1;
  for (const std::uint64_t size : source.header().tensors()[*index].shape) count *= size;
  std::vector<float> values(count);
  const Status status = source.read(*index, 0, values);
  EXPECT_TRUE(status) << status.error().message();
  return values;
}

class HuggingFaceModelTest : public testing::Test {
 protected:
  Result<HuggingFaceModel> open(const std::string& tower = "clip") {
    return HuggingFaceModel::open({builder_.write(folder_.path(), tower), {}, {}});
  }

  void expect_refused(Errc code, const std::string& why, const std::string& tower = "clip") {
    const auto model = open(tower);
    ASSERT_FALSE(model) << why;
    EXPECT_EQ(model.error().code, code) << model.error().message();
    EXPECT_NE(model.error().message().find(why), std::string::npos) << model.error().message();
  }

  HuggingFaceBuilder builder_;
  TemporaryFolder folder_;
};

TEST_F(HuggingFaceModelTest, GivesAPair) {
  const auto model = open();
  ASSERT_TRUE(model) << model.error().message();
  EXPECT_TRUE(is_huggingface_folder(folder_.path() / "model"));
  EXPECT_EQ(model->name, "model");
  EXPECT_EQ(model->language->header().tensors().size(), 12U);
  // The last block of the tower is left out.
  EXPECT_EQ(model->vision->header().tensors().size(), 5U + 16U + 4U);
  const auto& embeddings = model->language->header().tensors()[0];
  EXPECT_EQ(embeddings.shape, (std::vector<std::uint64_t>{8, kBuilderVocabulary}));
  EXPECT_EQ(embeddings.dtype, DType::kF16);
  const auto norm = index_of(*model->language, "output_norm.weight");
  EXPECT_EQ(model->language->header().tensors()[*norm].dtype, DType::kF32);
}

TEST_F(HuggingFaceModelTest, RowsOfHeadsChangePlaces) {
  const auto model = open();
  ASSERT_TRUE(model) << model.error().message();
  const std::vector<float> q = elements(*model->language, "blk.0.attn_q.weight");
  // Of each head of four rows: first, third, second, fourth. Element i is i / 8, a row has eight.
  for (const auto& [row, original] :
       {std::pair(0, 0), {1, 2}, {2, 1}, {3, 3}, {4, 4}, {5, 6}, {6, 5}})
    EXPECT_EQ(q[static_cast<std::size_t>(row) * 8], static_cast<float>(original)) << row;
  // The same in parts that are no whole heads.
  const auto index = index_of(*model->language, "blk.0.attn_q.weight");
  std::vector<float> part(3 * 8);
  ASSERT_TRUE(model->language->read(*index, 3 * 8, part));
  EXPECT_TRUE(std::equal(part.begin(), part.end(), q.begin() + 3 * 8));
  const std::vector<float> v = elements(*model->language, "blk.0.attn_v.weight");
  EXPECT_EQ(v[8], 1.0F);
}

TEST_F(HuggingFaceModelTest, TakesTheTowerFromItsFolderUnlessTheProjectorIsV2) {
  builder_.add_tower_to_checkpoint(7.0F);
  auto model = open();
  ASSERT_TRUE(model) << model.error().message();
  EXPECT_EQ(elements(*model->vision, "v.class_embd"),
            (std::vector<float>{0, 0.125F, 0.25F, 0.375F}));
  builder_.config["mm_projector_type"] = "ldpnetv2";
  for (auto& tensor : builder_.tensors)
    for (const auto& [from, to] :
         {std::pair<std::string, std::string>{"mm_projector.0", "mm_projector.mlp.mlp.0"},
          {"mm_projector.2", "mm_projector.mlp.mlp.2"}})
      if (const auto at = tensor.name.find(from); at != std::string::npos)
        tensor.name.replace(at, from.size(), to);
  builder_.tensors.push_back(sample_tensor("model.mm_projector.peg.peg.0.weight", {8, 1, 3, 3}));
  builder_.tensors.push_back(sample_tensor("model.mm_projector.peg.peg.0.bias", {8}));
  model = open();
  ASSERT_TRUE(model) << model.error().message();
  EXPECT_EQ(elements(*model->vision, "v.class_embd"), std::vector<float>(4, 7.0F));
}

TEST_F(HuggingFaceModelTest, SaysWhereTheTowerIsMissed) {
  expect_refused(Errc::kIo, "'clip' is not beside the model", "");
  // Somebody else's path: only its last part is looked for, beside the model.
  builder_.config["mm_vision_tower"] = "/home/somebody/towers/clip/";
  EXPECT_TRUE(open());
  builder_.config["mm_vision_tower"] = "openai/clip";
  EXPECT_TRUE(open());
  for (const char* name : {"..", ".", "/", "../..", "clip/.."}) {
    builder_.config["mm_vision_tower"] = name;
    expect_refused(Errc::kIo, "not beside the model");
  }
}

TEST_F(HuggingFaceModelTest, NamesInTheConfigCannotLeadElsewhere) {
  const TemporaryFolder elsewhere;
  builder_.write(elsewhere.path(), "secret");
  builder_.config["mm_vision_tower"] = (elsewhere.path() / "secret").string();
  expect_refused(Errc::kIo, "not beside the model");
  builder_.config["mm_vision_tower"] = "../../" + elsewhere.path().filename().string() + "/secret";
  expect_refused(Errc::kIo, "not beside the model");
}

TEST_F(HuggingFaceModelTest, KnowsTheCacheOfAHubsClient) {
  builder_.config["mm_vision_tower"] = "somebody/clip";
  builder_.write(folder_.path());
  const auto cache = folder_.path() / "hub";
  const auto snapshot = cache / "models--people--mobile-vlm" / "snapshots" / "0123abcd";
  const auto tower = cache / "models--somebody--clip" / "snapshots" / "4567ef";
  for (const auto& [from, to] : {std::pair("model", snapshot), std::pair("clip", tower)}) {
    std::filesystem::create_directories(to.parent_path());
    std::filesystem::rename(folder_.path() / from, to);
  }
  const auto model = HuggingFaceModel::open({snapshot, {}, {}});
  ASSERT_TRUE(model) << model.error().message();
  EXPECT_EQ(model->name, "mobile-vlm");
}

TEST_F(HuggingFaceModelTest, RefusesSettingsThatWouldChangeTheArithmetic) {
  const json sound = builder_.config;
  const std::pair<const char*, json> settings[] = {
      {"model_type", "mixtral"},
      {"hidden_act", "gelu"},
      {"attention_bias", true},
      {"head_dim", 16},
      {"rope_scaling", {{"type", "dynamic"}, {"factor", 2.0}}},
      {"mm_projector_type", "resampler"},
      {"mm_vision_select_feature", "cls_patch"},
      {"image_aspect_ratio", "anyres"},
      {"mm_use_im_start_end", true},
      {"vision_tower_type", "dino"},
      {"mm_vision_tower", nullptr}};
  for (const auto& [key, value] : settings) {
    builder_.config = sound;
    builder_.config[key] = value;
    expect_refused(Errc::kUnsupported, "config.json");
  }
}

TEST_F(HuggingFaceModelTest, RefusesAbsurdSettings) {
  const json sound = builder_.config;
  const std::pair<const char*, json> settings[] = {
      {"hidden_size", 0},
      {"hidden_size", -8},
      {"hidden_size", 1e30},
      {"hidden_size", "8"},
      {"hidden_size", 9},
      {"num_hidden_layers", 1000000},
      {"num_attention_heads", 3},
      {"num_key_value_heads", 3},
      {"rms_norm_eps", 0},
      {"rope_scaling", {{"type", "linear"}, {"factor", -1}}},
      {"mm_vision_select_layer", -4},
      {"mm_vision_select_layer", 3},
      {"vocab_size", kBuilderVocabulary - 1},
      {"vocab_size", UINT64_MAX}};
  for (const auto& [key, value] : settings) {
    builder_.config = sound;
    builder_.config[key] = value;
    const auto model = open();
    ASSERT_FALSE(model) << key << " " << value;
    EXPECT_EQ(model.error().code, Errc::kFormat) << model.error().message();
  }
}

TEST_F(HuggingFaceModelTest, RefusesTensorsThatAreMissingOrOfAnotherShape) {
  const auto sound = builder_.tensors;
  for (std::size_t i = 0; i < sound.size(); ++i) {
    builder_.tensors = sound;
    builder_.tensors.erase(builder_.tensors.begin() + static_cast<std::ptrdiff_t>(i));
    expect_refused(Errc::kFormat, sound[i].name + "' is missing");
    builder_.tensors = sound;
    builder_.tensors[i] = sample_tensor(sound[i].name, {3, 5});
    expect_refused(Errc::kFormat, "[3, 5]");
  }
  builder_.tensors = sound;
  builder_.tensors[0].type = StorageType::kI64;
  builder_.tensors[0].bytes.resize(builder_.tensors[0].bytes.size() * 4);
  expect_refused(Errc::kUnsupported, "i64");
}

TEST_F(HuggingFaceModelTest, TiedEmbeddingsNeedNoOutput) {
  builder_.config["tie_word_embeddings"] = true;
  const auto model = open();
  ASSERT_TRUE(model) << model.error().message();
  EXPECT_FALSE(index_of(*model->language, "output.weight"));
}

TEST_F(HuggingFaceModelTest, FillsRoomForMoreTokensWithUnusedOnes) {
  builder_.config["vocab_size"] = kBuilderVocabulary + 2;
  for (SampleTensor& tensor : builder_.tensors)
    if (tensor.shape[0] == kBuilderVocabulary)
      tensor = sample_tensor(tensor.name, {kBuilderVocabulary + 2, 8});
  const auto model = open();
  ASSERT_TRUE(model) << model.error().message();
  const auto head = model->language->header().encode();
  ASSERT_TRUE(head);
  const std::string text(reinterpret_cast<const char*>(head->data()), head->size());
  EXPECT_NE(text.find("<unused:260>"), std::string::npos);
  EXPECT_EQ(text.find("<unused:258>"), std::string::npos);
}

TEST_F(HuggingFaceModelTest, MergesAdapters) {
  const auto base = builder_.write(folder_.path());
  const std::string module = "base_model.model.model.layers.0.self_attn.q_proj.lora_";
  const std::vector<SampleTensor> adapter = {sample_tensor(module + "A.weight", {2, 8}),
                                             sample_tensor(module + "B.weight", {8, 2})};
  const std::vector<SampleTensor> replaced = {sample_tensor(
      "base_model.model.model.mm_projector.0.bias", {8}, std::vector<float>(8, 5.0F))};
  folder_.write("adapter/adapter_config.json",
                std::string(R"({"r":2,"lora_alpha":1,"base_model_name_or_path":"org/model"})"));
  folder_.write("adapter/adapter_model.bin", build_torch_file(adapter));
  folder_.write("adapter/non_lora_trainables.bin", build_torch_file(replaced));
  const auto model = HuggingFaceModel::open({folder_.path() / "adapter", {}, {}});
  ASSERT_TRUE(model) << model.error().message();
  EXPECT_EQ(elements(*model->vision, "mm.0.bias"), std::vector<float>(8, 5.0F));
  const std::vector<float> q = elements(*model->language, "blk.0.attn_q.weight");
  // Row 1 is the original's row 2: W[2][c] + 0.5 · (B[2][0] · A[0][c] + B[2][1] · A[1][c]).
  for (int c = 0; c < 8; ++c)
    EXPECT_FLOAT_EQ(
        q[static_cast<std::size_t>(8 + c)],
        (16.0F + static_cast<float>(c)) / 8 + 0.5F * (4.0F / 8 * static_cast<float>(c) / 8 +
                                                      5.0F / 8 * static_cast<float>(8 + c) / 8));

  folder_.write("adapter/adapter_config.json",
                std::string(R"({"r":2,"lora_alpha":1,"base_model_name_or_path":"org/other"})"));
  const auto lost = HuggingFaceModel::open({folder_.path() / "adapter", {}, {}});
  ASSERT_FALSE(lost);
  EXPECT_NE(lost.error().message().find("'org/other', which is not beside it"), std::string::npos);
  EXPECT_TRUE(HuggingFaceModel::open({folder_.path() / "adapter", base, {}}));
}

TEST_F(HuggingFaceModelTest, RefusesAdaptersOfOtherModels) {
  builder_.write(folder_.path());
  const auto refused = [&](const std::string& module, std::int64_t cols) {
    const std::string name = "base_model.model." + module + ".lora_";
    const std::vector<SampleTensor> tensors = {sample_tensor(name + "A.weight", {2, cols}),
                                               sample_tensor(name + "B.weight", {8, 2})};
    folder_.write("adapter/adapter_config.json",
                  std::string(R"({"r":2,"lora_alpha":1,"base_model_name_or_path":"model"})"));
    folder_.write("adapter/adapter_model.bin", build_torch_file(tensors));
    const auto model = HuggingFaceModel::open({folder_.path() / "adapter", {}, {}});
    return model ? "" : model.error().message();
  };
  EXPECT_NE(refused("model.layers.7.mlp.up_proj", 8).find("do not belong together"),
            std::string::npos);
  EXPECT_NE(refused("model.layers.0.self_attn.q_proj", 9).find("do not belong together"),
            std::string::npos);
  // The tower's own are of no consequence where it is not in the checkpoint.
  EXPECT_EQ(
      refused("model.vision_tower.vision_tower.vision_model.encoder.layers.0.self_attn.q_proj", 8),
      "");
}

}  // namespace
}  // namespace galago
