// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
#include "gguf/gguf_summary.h"

#include <algorithm>
#include <array>
#include <cstdio>
#include <string_view>

namespace galago {
namespace {

constexpr std::uint64_t kElementsShown = 6;
constexpr std::size_t kElementCharacters = 24;
constexpr int kDepthShown = 2;

// The prompt that MobileVLM was trained with; what files say of it is missing or wrong.
constexpr std::string_view kPromptTemplate = "vicuna_v1";

std::string number_text(double value) {
  std::array<char, 32> text{};
  std::snprintf(text.data(), text.size(), "%.6g", value);
  return text.data();
}

std::string value_text(const GgufValue& value, std::size_t max_characters, int depth) {
  if (const auto text = value.as_string()) return "\"" + printable(*text, max_characters) + "\"";
  if (const auto flag = value.as_bool()) return *flag ? "true" : "false";
  if (const auto integer = value.as_i64()) return std::to_string(*integer);
  if (const auto integer = value.as_u64()) return std::to_string(*integer);
  if (const auto number = value.as_f64()) return number_text(*number);
  std::string text = "[";
  if (depth > 0) {
    for (const GgufValue& element : value.elements(kElementsShown))
      text += (text.size() > 1 ? ", " : "") + value_text(element, kElementCharacters, depth - 1);
  }
  if (depth == 0 || value.count > kElementsShown) text += text.size() > 1 ? ", …" : "…";
  return text + "] (" + std::to_string(value.count) + " × " +
         std::string(gguf_type_name(value.element_type)) + ")";
}

std::string type_name(const GgufTensor& tensor) {
  return tensor.dtype ? std::string(dtype_info(*tensor.dtype).name)
                      : "unsupported type " + std::to_string(tensor.ggml_type);
}

std::vector<GgufSummary::TypeShare> type_shares(const GgufFile& file) {
  std::vector<GgufSummary::TypeShare> shares;
  for (const GgufTensor& tensor : file.tensors()) {
    const std::string type = type_name(tensor);
    auto share = std::find_if(shares.begin(), shares.end(),
                              [&](const auto& candidate) { return candidate.type == type; });
    // A hostile file can invent as many types as it has tensors; nobody reads so long a list.
    constexpr std::size_t kMostTypes = 64;
    if (share == shares.end()) {
      if (shares.size() == kMostTypes) continue;
      shares.push_back({type, 0, 0, 0, tensor.dtype.has_value()});
      share = shares.end() - 1;
    }
    ++share->tensors;
    share->elements += tensor.element_count;
    share->bytes += tensor.bytes.size();
  }
  std::stable_sort(shares.begin(), shares.end(),
                   [](const auto& a, const auto& b) { return a.bytes > b.bytes; });
  return shares;
}

class Summariser {
 public:
  explicit Summariser(const GgufFile& file) : file_(file) {}

  GgufSummary run() {
    s_.gguf_version = file_.version();
    s_.file_bytes = file_.size_bytes();
    const std::string_view architecture = file_.get_string("general.architecture").value_or("");
    s_.architecture = printable(architecture, 80);
    s_.name = printable(file_.get_string("general.name").value_or(""), 80);
    s_.parameter_count = file_.element_count();
    s_.types = type_shares(file_);
    if (architecture == "clip")
      describe_projector();
    else if (file_.find("token_embd.weight") != nullptr)
      describe_language_model(std::string(architecture) + ".");
    list_everything();
    return std::move(s_);
  }

 private:
  void fact(const std::string& what, const std::string& key) {
    const GgufValue* value = file_.value(key);
    if (value != nullptr) s_.shape.emplace_back(what, value_text(*value, 80, 1));
  }

  void describe_language_model(const std::string& prefix) {
    s_.kind = GgufSummary::Kind::kLanguageModel;
    fact("layers", prefix + "block_count");
    fact("width", prefix + "embedding_length");
    fact("feed-forward width", prefix + "feed_forward_length");
    fact("attention heads", prefix + "attention.head_count");
    fact("key-value heads", prefix + "attention.head_count_kv");
    fact("RoPE base", prefix + "rope.freq_base");
    s_.context_length = file_.get_u64(prefix + "context_length");
    s_.rope_scaling = rope_scaling(prefix);
    const GgufValue* tokens = file_.value("tokenizer.ggml.tokens");
    const GgufTensor* embedding = file_.find("token_embd.weight");
    if (tokens != nullptr && tokens->is_array())
      s_.vocabulary_size = tokens->count;
    else if (embedding->shape.size() == 2)
      s_.vocabulary_size = embedding->shape[1];
    s_.prompt_template = kPromptTemplate;
    if (const auto text = file_.get_string("tokenizer.chat_template"))
      s_.file_template = printable(*text, 400);
  }

  std::string rope_scaling(const std::string& prefix) const {
    auto factor = file_.get_f32(prefix + "rope.scaling.factor");
    if (!factor) factor = file_.get_f32(prefix + "rope.scale_linear");
    const auto kind = file_.get_string(prefix + "rope.scaling.type");
    if (kind == "none" || (!kind && !factor)) return "none";
    return printable(kind.value_or("linear"), 40) +
           (factor ? " × " + number_text(static_cast<double>(*factor)) : "");
  }

  void describe_projector() {
    s_.kind = GgufSummary::Kind::kProjector;
    fact("picture size", "clip.vision.image_size");
    fact("patch size", "clip.vision.patch_size");
    fact("vision layers", "clip.vision.block_count");
    fact("vision width", "clip.vision.embedding_length");
    fact("vision feed-forward width", "clip.vision.feed_forward_length");
    fact("vision attention heads", "clip.vision.attention.head_count");
    auto type = file_.get_string("clip.projector_type");
    if (!type) type = file_.get_string("clip.vision.projector_type");
    // LLaVA's first files name none.
    const std::string_view unnamed = file_.find("mm.2.weight") != nullptr ? "mlp" : "linear";
    s_.projector_type = printable(type.value_or(unnamed), 40);
  }

  void list_everything() {
    for (const GgufEntry& entry : file_.entries())
      s_.metadata.emplace_back(printable(entry.key, 100),
                               value_text(entry.value, 200, kDepthShown));
    for (const GgufTensor& tensor : file_.tensors()) {
      std::vector<std::uint64_t> shape(tensor.shape.rbegin(), tensor.shape.rend());
      s_.tensors.push_back(
          {printable(tensor.name, 100), std::move(shape), type_name(tensor), tensor.bytes.size()});
    }
  }

  const GgufFile& file_;
  GgufSummary s_;
};

}  // namespace

GgufSummary summarise(const GgufFile& file) { return Summariser(file).run(); }

std::string kind_name(GgufSummary::Kind kind) {
  switch (kind) {
    case GgufSummary::Kind::kLanguageModel:
      return "language model";
    case GgufSummary::Kind::kProjector:
      return "projector (mmproj)";
    case GgufSummary::Kind::kOther:
      break;
  }
  return "other";
}

}  // namespace galago
