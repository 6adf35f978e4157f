// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// galago-cli devices: what this machine can compute on, and how fast a model is on each.
#include <algorithm>
#include <cstdio>
#include <memory>
#include <nlohmann/json.hpp>

#include "cli/command.h"
#include "cli/interrupt.h"
#include "cli/options.h"
#include "devices/device_registry.h"
#include "placement/placement.h"

namespace galago::cli {
namespace {

struct DevicesOptions {
  std::string model;
  bool measure = false;
  bool json = false;
};

/// The model in question, and what is known of it.
struct Trials {
  std::string model;
  std::vector<DeviceTrial> trials;  ///< the one that "auto" takes first
};

Result<Trials> find_trials(const DevicesOptions& options) {
  GALAGO_TRY(const ModelFiles files,
             options.model.empty() ? default_model("-m") : locate_model(options.model, {}));
  EngineOptions engine;
  engine.model = files.language_model;
  engine.mmproj = files.mmproj;
  engine.device = "auto";
  if (!options.measure) return Trials{files.name, known_trials(engine)};
  Interrupt interrupt;
  GALAGO_TRY(PlacedEngine placed, load_engine(engine, Measure::kAgain, interrupt.token()));
  return Trials{files.name, std::move(placed.trials)};
}

const DeviceTrial* trial_of(const std::vector<DeviceTrial>& trials, const std::string& device) {
  const auto found = std::find_if(trials.begin(), trials.end(),
                                  [&](const DeviceTrial& trial) { return trial.device == device; });
  return found == trials.end() ? nullptr : &*found;
}

void print_json(const std::vector<AvailableDevice>& devices, const Trials& known) {
  nlohmann::json list = nlohmann::json::array();
  for (const AvailableDevice& d : devices) {
    list.push_back({{"id", d.id},
                    {"device", d.info.kind},
                    {"available", d.is_available},
                    {"name", d.info.name},
                    {"detail", d.is_available ? d.info.detail : d.reason},
                    {"threads", d.info.threads}});
    const DeviceTrial* trial = trial_of(known.trials, d.id);
    if (trial == nullptr) continue;
    list.back()["measured"] = {{"model", known.model},
                               {"tokens_per_second", trial->tokens_per_second},
                               {"picture_ms", trial->picture_ms},
                               {"failure", trial->failure},
                               {"chosen", trial == known.trials.data()}};
  }
  const auto replace = nlohmann::json::error_handler_t::replace;
  std::printf("%s\n", list.dump(2, ' ', false, replace).c_str());
}

void print_table(const std::vector<AvailableDevice>& devices, const DevicesOptions& options,
                 const Trials& known) {
  for (const AvailableDevice& d : devices) {
    if (d.is_available) {
      std::printf("%-8s %s (%s)\n", d.info.kind.c_str(), d.info.name.c_str(),
                  d.info.detail.c_str());
    } else {
      std::printf("%-8s not available: %s\n", d.info.kind.c_str(), d.reason.c_str());
    }
  }
  if (!known.trials.empty())
    std::printf("auto     for %s: %s\n", known.model.c_str(), describe(known.trials).c_str());
  else if (options.measure)
    std::printf("auto     there is no GPU to choose: the processor computes\n");
}

Status devices(const DevicesOptions& options) {
  auto known = find_trials(options);
  // Nothing was asked about a model: what there is to compute on can be told without one.
  if (!known && (options.measure || !options.model.empty())) return std::move(known).error();
  const std::vector<AvailableDevice> all = available_devices();
  if (options.json) {
    print_json(all, known ? *known : Trials{});
  } else {
    print_table(all, options, known ? *known : Trials{});
  }
  return {};
}

}  // namespace

void add_devices_command(CLI::App& app, Status& result) {
  auto options = std::make_shared<DevicesOptions>();
  CLI::App* command = app.add_subcommand(
      "devices", "List what can compute on this machine, and what auto takes for a model");
  command->add_option(
      "-m,--model", options->model,
      "A GGUF file, a folder holding a pair, or an installed model's name (default: "
      "the demonstration model)");
  command->add_flag("--measure", options->measure,
                    "Measure the model on each device again, two seconds in all");
  command->add_flag("--json", options->json, "Print a JSON list");
  command->callback([options, &result] { result = devices(*options); });
}

}  // namespace galago::cli
