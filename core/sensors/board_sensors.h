// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// Power, temperature, clocks and throttling of the machine, as Linux tells them in sysfs: on Jetson
// and ARM boards, partly elsewhere. What is not there is not told.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace galago {

struct BoardReadings {
  std::optional<double> power_watts;      ///< of the whole board
  std::optional<double> temperature;      ///< of the hottest zone, in degrees Celsius
  std::string temperature_zone;           ///< which that is
  std::optional<double> cpu_mhz;          ///< of the fastest core now
  std::optional<double> cpu_highest_mhz;  ///< that it may have
  std::optional<double> gpu_mhz;
  std::optional<double> gpu_highest_mhz;
  std::optional<double> gpu_load;    ///< 0 to 1; jumps within a token, so take means
  std::optional<bool> is_throttled;  ///< heat or current holds the clocks down now
};

class BoardSensors {
 public:
  /// Finds what is there. `root`: sysfs, or a tree like it.
  explicit BoardSensors(std::filesystem::path root = "/sys");

  BoardReadings read() const;

 private:
  /// A supply line that is measured: power itself, or voltage and current.
  struct Rail {
    std::string label;
    std::filesystem::path microwatts;
    std::filesystem::path milliwatts;
    std::filesystem::path millivolts;
    std::filesystem::path milliamperes;

    std::optional<double> watts() const;
  };

  struct Zone {
    std::string type;
    std::filesystem::path temperature;
  };

  void find_rails();
  void find_hwmon_rails(const std::filesystem::path& folder);
  void find_iio_rails(const std::filesystem::path& folder);
  void find_zones();
  void find_clocks();
  void find_throttling();

  std::optional<double> power() const;
  std::optional<bool> throttling() const;

  std::filesystem::path root_;
  std::vector<Rail> rails_;
  std::vector<Zone> zones_;
  std::vector<std::filesystem::path> cpus_;     // folders cpufreq
  std::vector<std::filesystem::path> alarms_;   // not 0: too much current
  std::vector<std::filesystem::path> coolers_;  // not 0: clocks are held down
  std::filesystem::path pi_throttled_;
  std::filesystem::path gpu_;  // a folder of devfreq
};

}  // namespace galago
