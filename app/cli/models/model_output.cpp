// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
#include "cli/models/model_output.h"

#include <cstdio>

#include "base/free_memory.h"
#include "base/size_text.h"

namespace galago::cli {

using nlohmann::json;

void print_json(const json& value) {
  const auto replace = json::error_handler_t::replace;
  std::printf("%s\n", value.dump(2, ' ', false, replace).c_str());
}

std::string memory_text(const std::optional<MemoryNeed>& need) {
  if (!need) return "unknown";
  const auto free_bytes = free_memory();
  const std::string size = size_text(need->total());
  if (!free_bytes) return size;
  return size + ", " + std::string(fit_name(memory_fit(need->total(), *free_bytes)));
}

json memory_json(const std::optional<MemoryNeed>& need) {
  if (!need) return nullptr;
  json value = {{"needed", need->total()}};
  if (const auto free_bytes = free_memory()) {
    value["free"] = *free_bytes;
    value["fit"] = fit_name(memory_fit(need->total(), *free_bytes));
  }
  return value;
}

json known(const std::string& text) { return text.empty() ? json() : json(text); }

json to_json(const InstalledModel& model, const std::vector<MeasuredRate>& rates) {
  json measured = json::array();
  for (const MeasuredRate& rate : rates)
    measured.push_back({{"device", rate.device},
                        {"threads", rate.threads},
                        {"tokens_per_second", rate.tokens_per_second},
                        {"measured_at", rate.measured_at}});
  const ModelManifest manifest = model.manifest.value_or(ModelManifest());
  return {{"id", model.id},
          {"name", model.files.name},
          {"size", model.size_bytes()},
          {"quantisation", model.quantisation()},
          {"projector", model.facts.projector},
          {"memory", memory_json(memory_need(model.facts))},
          {"origin", origin_name(model.root.origin)},
          {"language_model", model.files.language_model.string()},
          {"mmproj", model.files.mmproj.string()},
          {"built_in", model.files.is_built_in},
          {"removable", model.is_removable()},
          {"has_manifest", model.manifest.has_value()},
          {"source", known(manifest.repository)},
          {"revision", known(manifest.revision)},
          {"licence", known(manifest.licence)},
          {"measured", std::move(measured)}};
}

}  // namespace galago::cli
