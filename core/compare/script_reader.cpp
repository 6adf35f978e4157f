// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// A script from its JSON.
#include <filesystem>
#include <nlohmann/json.hpp>
#include <set>
#include <system_error>
#include <utility>

#include "compare/script.h"
#include "compare/script_fields.h"
#include "compare/script_text.h"
#include "convert/mix.h"
#include "library/json_reader.h"

namespace galago {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;

constexpr int kNewestFormat = 1;
constexpr std::size_t kLargestScript = 16U << 20;
constexpr const char* kScriptName = "compare.json";

class ScriptReader {
 public:
  explicit ScriptReader(fs::path folder) : folder_(std::move(folder)) {}

  Result<CompareScript> read(const json& root) {
    const ScriptFields fields(root, {});
    GALAGO_TRY(fields.expect_object(
        {"format", "title", "order", "divergence", "defaults", "columns", "cases"}));
    GALAGO_TRY(script_.title, fields.text("title"));
    GALAGO_TRY(const std::string order, fields.text("order"));
    if (order == "at_once") {
      script_.order = CompareOrder::kAtOnce;
    } else if (!order.empty() && order != "one_after_the_other") {
      return fields.wrong("order", "this is neither 'one_after_the_other' nor 'at_once'");
    }
    GALAGO_TRY(script_.measures_divergence, fields.flag("divergence", true));
    CompareColumn defaults;
    GALAGO_TRY(const json* given, fields.object("defaults"));
    if (given != nullptr) {
      GALAGO_TRY(read_column(*given, "defaults", defaults));
    }
    GALAGO_TRY(read_columns(fields, defaults));
    GALAGO_TRY(read_cases(fields));
    return std::move(script_);
  }

 private:
  Status read_columns(const ScriptFields& fields, const CompareColumn& defaults) {
    GALAGO_TRY(const json* columns, fields.list("columns", kMostCompareColumns));
    if (columns == nullptr || columns->empty())
      return fields.wrong("columns", "there is no column: name at least one model");
    std::set<std::string> names;
    for (const json& item : *columns) {
      const std::string place = "columns[" + std::to_string(script_.columns.size()) + "]";
      CompareColumn column = defaults;
      GALAGO_TRY(read_column(item, place, column));
      if (column.name.empty()) column.name = default_column_name(column);
      if (!names.insert(column.name).second)
        return Error{Errc::kFormat,
                     "there is a column '" + column.name + "' already; give them names",
                     {place}};
      script_.columns.push_back(std::move(column));
    }
    return {};
  }

  /// What is not given stays as it is.
  Status read_column(const json& item, const std::string& place, CompareColumn& column) const {
    const ScriptFields fields(item, place);
    GALAGO_TRY(fields.expect_object({"name", "model", "mmproj", "quantise", "device", "threads",
                                     "context", "temperature", "top_k", "top_p", "min_p",
                                     "repeat_penalty", "seed", "max_tokens"}));
    GALAGO_TRY(std::string name, fields.text("name", 100));
    column.name = std::move(name);
    GALAGO_TRY(const std::string model, fields.text("model"));
    if (!model.empty()) column.model = model_path(model);
    GALAGO_TRY(const std::string mmproj, fields.text("mmproj"));
    if (!mmproj.empty()) column.mmproj = (folder_ / mmproj).string();
    GALAGO_TRY(std::string quantise, fields.text("quantise"));
    if (!quantise.empty()) {
      const auto mix = mix_from_name(quantise);
      if (!mix) return fields.wrong("quantise", "there is no type '" + quantise + "'");
      column.quantise = mix_info(*mix).name;
    }
    GALAGO_TRY(std::string device, fields.text("device"));
    if (!device.empty()) column.device = std::move(device);
    GALAGO_TRY(const auto threads, fields.count("threads", 0, 1024, as_count(column.threads)));
    column.threads = static_cast<int>(threads);
    GALAGO_TRY(const auto context,
               fields.count("context", 16, 1 << 20, as_count(column.context_size)));
    column.context_size = static_cast<int>(context);
    return read_sampling(fields, column.params);
  }

  static Status read_sampling(const ScriptFields& fields, GenerationParams& params) {
    SamplingParams& sampling = params.sampling;
    GALAGO_TRY(sampling.temperature, fields.number("temperature", 0, 100, sampling.temperature));
    GALAGO_TRY(const auto top_k, fields.count("top_k", 0, 1 << 20, as_count(sampling.top_k)));
    sampling.top_k = static_cast<int>(top_k);
    GALAGO_TRY(sampling.top_p, fields.number("top_p", 0, 1, sampling.top_p));
    GALAGO_TRY(sampling.min_p, fields.number("min_p", 0, 1, sampling.min_p));
    GALAGO_TRY(sampling.repeat_penalty,
               fields.number("repeat_penalty", 0.01, 100, sampling.repeat_penalty));
    GALAGO_TRY(sampling.seed, fields.count("seed", 0, UINT64_MAX, sampling.seed));
    GALAGO_TRY(const auto tokens,
               fields.count("max_tokens", 1, 1 << 20, as_count(params.max_tokens)));
    params.max_tokens = static_cast<int>(tokens);
    return {};
  }

  Status read_cases(const ScriptFields& fields) {
    GALAGO_TRY(const json* cases, fields.list("cases", kMostCompareCases));
    if (cases == nullptr || cases->empty())
      return fields.wrong("cases", "there is no case: give at least one prompt");
    for (const json& item : *cases) {
      const std::string place = "cases[" + std::to_string(script_.cases.size()) + "]";
      GALAGO_TRY(CompareCase read, read_case(ScriptFields(item, place)));
      read.place = place;
      if (read.name.empty()) read.name = std::to_string(script_.cases.size() + 1);
      script_.cases.push_back(std::move(read));
    }
    return {};
  }

  Result<CompareCase> read_case(const ScriptFields& fields) const {
    GALAGO_TRY(fields.expect_object(
        {"name", "picture", "prompt", "seed", "max_tokens", "expect", "must_contain"}));
    CompareCase item;
    GALAGO_TRY(item.name, fields.text("name", 100));
    GALAGO_TRY(item.prompt, fields.text("prompt", kLongestComparePrompt));
    if (item.prompt.empty()) return fields.wrong("prompt", "there is no prompt");
    GALAGO_TRY(const auto pictures, fields.texts("picture", 4096));
    for (const std::string& picture : pictures) item.picture_files.push_back(folder_ / picture);
    if (fields.has("seed")) {
      GALAGO_TRY(item.seed, fields.count("seed", 0, UINT64_MAX, 0));
    }
    if (fields.has("max_tokens")) {
      GALAGO_TRY(const auto tokens, fields.count("max_tokens", 1, 1 << 20, 1));
      item.max_tokens = static_cast<int>(tokens);
    }
    if (fields.has("expect")) {
      GALAGO_TRY(item.expected, fields.text("expect", kLongestComparePrompt));
    }
    GALAGO_TRY(item.must_contain, fields.texts("must_contain", kLongestComparePrompt));
    return item;
  }

  /// Files and folders are meant from the script on; what is none may be an installed model.
  std::string model_path(const std::string& model) const {
    const fs::path beside = folder_ / model;
    std::error_code ignored;
    const bool is_path = fs::path(model).extension() == ".gguf" || fs::exists(beside, ignored);
    return is_path ? beside.string() : model;
  }

  static std::uint64_t as_count(int value) { return static_cast<std::uint64_t>(value); }

  fs::path folder_;
  CompareScript script_;
};

Result<CompareScript> read_file(const fs::path& path) {
  GALAGO_TRY(const std::string text, read_text_file(path, kLargestScript));
  auto script = parse_compare_script(text, path.parent_path());
  if (!script) return std::move(script).error().with_context(path.string());
  if (script->title.empty()) script->title = path.stem().string();
  return script;
}

}  // namespace

Result<CompareScript> parse_compare_script(std::string_view text, const fs::path& folder) {
  GALAGO_TRY(const json root, parse_json_object(text, kNewestFormat));
  return ScriptReader(folder).read(root);
}

Result<CompareScript> read_compare_script(const fs::path& path) {
  std::error_code error;
  if (!fs::is_directory(path, error)) return read_file(path);
  if (fs::exists(path / kScriptName, error)) return read_file(path / kScriptName);
  return read_compare_folder(path);
}

std::string default_column_name(const CompareColumn& column) {
  std::string name = column.model.empty() ? "galago-tiny" : column.model;
  const fs::path path(name);
  if (path.has_filename()) name = path.filename().string();
  if (name.ends_with(".gguf")) name = path.stem().string();
  if (!column.quantise.empty()) name += ", " + column.quantise;
  return name;
}

}  // namespace galago
