// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
#include "sensors/board_sensors.h"

#include <algorithm>
#include <cstdlib>
#include <utility>

#include "sensors/sysfs.h"

namespace galago {
namespace {

namespace fs = std::filesystem;

constexpr int kInaChannels = 3;  // of an INA3221; its further labels are sums
constexpr double kColdest = -40;
constexpr double kHottest = 150;

/// What a Jetson calls the line that feeds everything.
bool is_total(const std::string& label) { return label == "VDD_IN" || label == "POM_5V_IN"; }

bool is_connected(const std::string& label) { return label.find("NC") == std::string::npos; }

std::optional<double> scaled(const fs::path& file, double factor) {
  const auto value = sysfs_number(file);
  return value ? std::optional(*value * factor) : std::nullopt;
}

}  // namespace

std::optional<double> BoardSensors::Rail::watts() const {
  if (!microwatts.empty()) return scaled(microwatts, 1e-6);
  if (!milliwatts.empty()) return scaled(milliwatts, 1e-3);
  const auto volts = scaled(millivolts, 1e-3);
  const auto amperes = scaled(milliamperes, 1e-3);
  return volts && amperes ? std::optional(*volts * *amperes) : std::nullopt;
}

BoardSensors::BoardSensors(fs::path root) : root_(std::move(root)) {
  find_rails();
  find_zones();
  find_clocks();
  find_throttling();
}

void BoardSensors::find_rails() {
  for (const fs::path& device : sysfs_entries(root_ / "bus/i2c/devices")) {
    const std::string name = sysfs_text(device / "name").value_or("");
    if (name == "ina3221" || name == "ina3221x") {
      for (const fs::path& folder : sysfs_entries(device / "hwmon", "hwmon"))
        find_hwmon_rails(folder);
      for (const fs::path& folder : sysfs_entries(device, "iio:device")) find_iio_rails(folder);
    } else if (name.rfind("ina2", 0) == 0) {
      for (const fs::path& folder : sysfs_entries(device / "hwmon", "hwmon"))
        if (sysfs_number(folder / "power1_input"))
          rails_.push_back({name, folder / "power1_input", {}, {}, {}});
    }
  }
}

/// JetPack 5 and later, and the mainline kernel.
void BoardSensors::find_hwmon_rails(const fs::path& folder) {
  for (int n = 1; n <= kInaChannels; ++n) {
    const std::string in = "in" + std::to_string(n);
    const std::string curr = "curr" + std::to_string(n);
    const std::string label = sysfs_text(folder / (in + "_label")).value_or(in);
    if (!is_connected(label) || !sysfs_number(folder / (curr + "_input"))) continue;
    rails_.push_back({label, {}, {}, folder / (in + "_input"), folder / (curr + "_input")});
    for (const char* alarm : {"_max_alarm", "_crit_alarm"})
      if (sysfs_number(folder / (curr + alarm))) alarms_.push_back(folder / (curr + alarm));
  }
}

/// JetPack 4.
void BoardSensors::find_iio_rails(const fs::path& folder) {
  for (int n = 0; n < kInaChannels; ++n) {
    const std::string number = std::to_string(n);
    const std::string label = sysfs_text(folder / ("rail_name_" + number)).value_or("NC");
    const fs::path power = folder / ("in_power" + number + "_input");
    if (is_connected(label) && sysfs_number(power)) rails_.push_back({label, {}, power, {}, {}});
  }
}

void BoardSensors::find_zones() {
  for (const fs::path& zone : sysfs_entries(root_ / "class/thermal", "thermal_zone")) {
    const std::string type = sysfs_text(zone / "type").value_or("");
    // A constant on Jetsons, not a measurement.
    if (type == "PMIC-Die" || !sysfs_number(zone / "temp")) continue;
    zones_.push_back({type, zone / "temp"});
  }
}

void BoardSensors::find_clocks() {
  for (const fs::path& cpu : sysfs_entries(root_ / "devices/system/cpu", "cpu"))
    if (sysfs_number(cpu / "cpufreq/scaling_cur_freq")) cpus_.push_back(cpu / "cpufreq");
  for (const fs::path& device : sysfs_entries(root_ / "class/devfreq")) {
    const std::string name = device.filename().string();
    for (const char* end : {".gv11b", ".gp10b", ".ga10b", ".gpu"})
      if (gpu_.empty() && name.ends_with(end)) gpu_ = device;
  }
}

void BoardSensors::find_throttling() {
  for (const fs::path& cooler : sysfs_entries(root_ / "class/thermal", "cooling_device")) {
    const std::string type = sysfs_text(cooler / "type").value_or("");
    const bool holds_clocks = type.find("cpufreq") != std::string::npos ||
                              type.find("devfreq") != std::string::npos || type == "Processor";
    if (holds_clocks && sysfs_number(cooler / "cur_state"))
      coolers_.push_back(cooler / "cur_state");
  }
  const fs::path pi = root_ / "devices/platform/soc/soc:firmware/get_throttled";
  if (sysfs_text(pi)) pi_throttled_ = pi;
}

std::optional<double> BoardSensors::power() const {
  std::optional<double> sum;
  for (const Rail& rail : rails_) {
    const auto watts = rail.watts();
    if (!watts) continue;
    if (is_total(rail.label)) return watts;
    sum = sum.value_or(0) + *watts;
  }
  return sum;
}

std::optional<bool> BoardSensors::throttling() const {
  if (alarms_.empty() && coolers_.empty() && pi_throttled_.empty()) return std::nullopt;
  const auto is_on = [](const fs::path& file) { return sysfs_number(file).value_or(0) > 0; };
  bool is_throttled = std::any_of(alarms_.begin(), alarms_.end(), is_on) ||
                      std::any_of(coolers_.begin(), coolers_.end(), is_on);
  if (!pi_throttled_.empty()) {
    // A Raspberry Pi's bits of now: 0 too little voltage, 1 clocks capped, 2 throttled, 3 hot.
    const std::string bits = sysfs_text(pi_throttled_).value_or("0");
    is_throttled = is_throttled || (std::strtoul(bits.c_str(), nullptr, 16) & 0xFU) != 0;
  }
  return is_throttled;
}

BoardReadings BoardSensors::read() const {
  BoardReadings readings;
  readings.power_watts = power();
  for (const Zone& zone : zones_) {
    const auto degrees = scaled(zone.temperature, 1e-3);
    if (!degrees || *degrees < kColdest || *degrees > kHottest) continue;
    if (readings.temperature && *readings.temperature >= *degrees) continue;
    readings.temperature = degrees;
    readings.temperature_zone = zone.type;
  }
  for (const fs::path& cpu : cpus_) {
    const auto now = scaled(cpu / "scaling_cur_freq", 1e-3);
    const auto highest = scaled(cpu / "cpuinfo_max_freq", 1e-3);
    if (now) readings.cpu_mhz = std::max(readings.cpu_mhz.value_or(0), *now);
    if (highest)
      readings.cpu_highest_mhz = std::max(readings.cpu_highest_mhz.value_or(0), *highest);
  }
  if (!gpu_.empty()) {
    readings.gpu_mhz = scaled(gpu_ / "cur_freq", 1e-6);
    readings.gpu_highest_mhz = scaled(gpu_ / "max_freq", 1e-6);
    readings.gpu_load = scaled(gpu_ / "device/load", 1e-3);  // tenths of a per cent
  }
  readings.is_throttled = throttling();
  return readings;
}

}  // namespace galago
