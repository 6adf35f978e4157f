// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// Readings of boards, from trees like the ones their kernels have.
#include <gtest/gtest.h>

#include <string>

#include "sensors/board_sensors.h"
#include "sensors/cpu_load.h"
#include "temporary_folder.h"

namespace galago {
namespace {

class SensorsTest : public testing::Test {
 protected:
  void put(const std::string& path, const std::string& value) { folder_.write(path, value + "\n"); }

  BoardReadings read() const { return BoardSensors(folder_.path()).read(); }

  TemporaryFolder folder_;
};

TEST_F(SensorsTest, WhatIsNotThereIsNotTold) {
  for (const BoardReadings& none : {read(), BoardSensors(folder_.path() / "none").read()}) {
    EXPECT_FALSE(none.power_watts);
    EXPECT_FALSE(none.temperature);
    EXPECT_FALSE(none.cpu_mhz);
    EXPECT_FALSE(none.gpu_mhz);
    EXPECT_FALSE(none.gpu_load);
    EXPECT_FALSE(none.is_throttled);
  }
}

TEST_F(SensorsTest, AnOrinTellsPowerByItsRail) {
  const std::string ina = "bus/i2c/devices/1-0040/";
  put(ina + "name", "ina3221");
  const std::string hwmon = ina + "hwmon/hwmon3/";
  put(hwmon + "in1_label", "VDD_IN");
  put(hwmon + "in1_input", "5000");
  put(hwmon + "curr1_input", "2000");
  put(hwmon + "curr1_crit_alarm", "0");
  put(hwmon + "in2_label", "VDD_CPU_GPU_CV");
  put(hwmon + "in2_input", "5000");
  put(hwmon + "curr2_input", "1000");
  put(hwmon + "in3_label", "NC");
  put(hwmon + "in3_input", "5000");
  put(hwmon + "curr3_input", "9000");
  put(hwmon + "in7_label", "sum of shunt voltages");
  put(hwmon + "in7_input", "99");
  put("class/thermal/thermal_zone0/type", "cpu-thermal");
  put("class/thermal/thermal_zone0/temp", "51500");
  put("class/thermal/thermal_zone1/type", "gpu-thermal");
  put("class/thermal/thermal_zone1/temp", "53250");
  put("class/thermal/thermal_zone2/type", "PMIC-Die");
  put("class/thermal/thermal_zone2/temp", "100000");
  put("class/thermal/thermal_zone3/type", "cv0-thermal");
  put("class/thermal/thermal_zone3/temp", "-256000");
  put("class/devfreq/17000000.ga10b/cur_freq", "306000000");
  put("class/devfreq/17000000.ga10b/max_freq", "624750000");
  put("class/devfreq/17000000.ga10b/device/load", "874");
  put("devices/system/cpu/cpu0/cpufreq/scaling_cur_freq", "729600");
  put("devices/system/cpu/cpu0/cpufreq/cpuinfo_max_freq", "1510400");
  put("devices/system/cpu/cpu1/cpufreq/scaling_cur_freq", "1510400");
  put("devices/system/cpu/cpufreq/policy0", "x");
  const BoardReadings readings = read();
  ASSERT_TRUE(readings.power_watts);
  EXPECT_DOUBLE_EQ(*readings.power_watts, 10.0);
  EXPECT_DOUBLE_EQ(readings.temperature.value_or(0), 53.25);
  EXPECT_EQ(readings.temperature_zone, "gpu-thermal");
  EXPECT_DOUBLE_EQ(readings.gpu_mhz.value_or(0), 306);
  EXPECT_DOUBLE_EQ(readings.gpu_highest_mhz.value_or(0), 624.75);
  EXPECT_DOUBLE_EQ(readings.gpu_load.value_or(0), 0.874);
  EXPECT_DOUBLE_EQ(readings.cpu_mhz.value_or(0), 1510.4);
  EXPECT_DOUBLE_EQ(readings.cpu_highest_mhz.value_or(0), 1510.4);
  ASSERT_TRUE(readings.is_throttled);
  EXPECT_FALSE(*readings.is_throttled);
  put(hwmon + "curr1_crit_alarm", "1");
  EXPECT_TRUE(read().is_throttled.value_or(false));
}

TEST_F(SensorsTest, WithoutATotalRailsAddUp) {
  const std::string ina = "bus/i2c/devices/0-0041/";
  put(ina + "name", "ina3221x");
  put(ina + "iio:device0/rail_name_0", "GPU");
  put(ina + "iio:device0/in_power0_input", "1500");
  put(ina + "iio:device0/rail_name_1", "CPU");
  put(ina + "iio:device0/in_power1_input", "500");
  put(ina + "iio:device0/rail_name_2", "NC");
  put(ina + "iio:device0/in_power2_input", "7000");
  EXPECT_DOUBLE_EQ(read().power_watts.value_or(0), 2.0);
  put(ina + "iio:device0/rail_name_2", "POM_5V_IN");
  EXPECT_DOUBLE_EQ(read().power_watts.value_or(0), 7.0);
  put("bus/i2c/devices/2-0044/name", "ina226");
  put("bus/i2c/devices/2-0044/hwmon/hwmon1/power1_input", "2500000");
  put(ina + "iio:device0/rail_name_2", "NC");
  EXPECT_DOUBLE_EQ(read().power_watts.value_or(0), 4.5);
}

TEST_F(SensorsTest, ThrottlingIsTold) {
  put("class/thermal/cooling_device0/type", "pwm-fan");
  put("class/thermal/cooling_device0/cur_state", "4");
  EXPECT_FALSE(read().is_throttled) << "a fan holds nothing down";
  put("class/thermal/cooling_device1/type", "thermal-cpufreq-0");
  put("class/thermal/cooling_device1/cur_state", "0");
  EXPECT_EQ(read().is_throttled, false);
  put("class/thermal/cooling_device1/cur_state", "2");
  EXPECT_EQ(read().is_throttled, true);
}

TEST_F(SensorsTest, ARaspberryPiHasBits) {
  const std::string file = "devices/platform/soc/soc:firmware/get_throttled";
  put(file, "50000");  // of the past
  EXPECT_EQ(read().is_throttled, false);
  put(file, "50004");
  EXPECT_EQ(read().is_throttled, true);
}

TEST_F(SensorsTest, NonsenseIsNotTold) {
  put("class/thermal/thermal_zone0/type", "cpu");
  put("class/thermal/thermal_zone0/temp", "hot");
  put("devices/system/cpu/cpu0/cpufreq/scaling_cur_freq", "<unknown>");
  EXPECT_FALSE(read().temperature);
  EXPECT_FALSE(read().cpu_mhz);
}

TEST_F(SensorsTest, LoadIsOfTheTimeBetweenTwoLooks) {
  CpuLoad load(folder_.path() / "stat");
  EXPECT_FALSE(load.read()) << "there is no file";
  put("stat", "cpu  100 0 100 700 100 0 0 0 0 0");
  EXPECT_FALSE(load.read()) << "the first look";
  put("stat", "cpu  175 0 100 725 100 0 0 0 0 0");
  EXPECT_DOUBLE_EQ(load.read().value_or(-1), 0.75);
  EXPECT_FALSE(load.read()) << "no time has passed";
  put("stat", "intr 1 2 3");
  EXPECT_FALSE(load.read());
}

}  // namespace
}  // namespace galago
