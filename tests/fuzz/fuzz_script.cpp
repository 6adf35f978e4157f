// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// Any bytes as a script of a comparison: it is refused with a reason, or what it asks is possible.
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <set>
#include <string>

#include "compare/script_text.h"
#include "require.h"

namespace {

using galago::require;

void check(const galago::CompareScript& script) {
  require(!script.columns.empty() && script.columns.size() <= galago::kMostCompareColumns);
  require(!script.cases.empty() && script.cases.size() <= galago::kMostCompareCases);
  std::set<std::string> names;
  for (const galago::CompareColumn& column : script.columns) {
    require(!column.name.empty() && names.insert(column.name).second);
    require(std::isfinite(column.params.sampling.temperature) && column.params.max_tokens > 0);
    require(column.threads >= 0 && column.context_size >= 0);
  }
  for (const galago::CompareCase& item : script.cases)
    require(!item.prompt.empty() && item.max_tokens.value_or(1) > 0);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string text(reinterpret_cast<const char*>(data), size);
  const auto script = galago::parse_compare_script(text, "/nowhere");
  if (galago::is_read(script)) check(*script);
  return 0;
}
