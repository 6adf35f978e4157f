// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// galago-cli devices: what this machine can compute on.
#include <cstdio>
#include <memory>
#include <nlohmann/json.hpp>

#include "cli/command.h"
#include "devices/device_registry.h"

namespace galago::cli {
namespace {

void print_json(const std::vector<AvailableDevice>& devices) {
  nlohmann::json list = nlohmann::json::array();
  for (const AvailableDevice& d : devices)
    list.push_back({{"device", d.info.kind},
                    {"available", d.is_available},
                    {"name", d.info.name},
                    {"detail", d.is_available ? d.info.detail : d.reason},
                    {"threads", d.info.threads}});
  std::printf("%s\n", list.dump(2).c_str());
}

void print_table(const std::vector<AvailableDevice>& devices) {
  for (const AvailableDevice& d : devices) {
    if (d.is_available) {
      std::printf("%-8s %s (%s)\n", d.info.kind.c_str(), d.info.name.c_str(),
                  d.info.detail.c_str());
    } else {
      std::printf("%-8s not available: %s\n", d.info.kind.c_str(), d.reason.c_str());
    }
  }
}

}  // namespace

void add_devices_command(CLI::App& app, Status& result) {
  auto json = std::make_shared<bool>(false);
  CLI::App* command = app.add_subcommand("devices", "List what can compute on this machine");
  command->add_flag("--json", *json, "Print a JSON list");
  command->callback([json, &result] {
    const std::vector<AvailableDevice> devices = available_devices();
    if (*json) {
      print_json(devices);
    } else {
      print_table(devices);
    }
    result = {};
  });
}

}  // namespace galago::cli
