// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
#include "checkpoint/safetensors.h"

#include <gtest/gtest.h>

#include <string>

#include "checkpoint_builder.h"

namespace galago {
namespace {

TEST(SafetensorsTest, ReadsEveryType) {
  const Bytes file = build_safetensors(sample_tensors());
  EXPECT_TRUE(is_safetensors(file));
  const auto tensors = read_safetensors(file);
  ASSERT_TRUE(tensors) << tensors.error().message();
  ASSERT_EQ(tensors->size(), 5U);
  for (const CheckpointTensor& tensor : *tensors) {
    EXPECT_EQ(std::string(storage_type_name(tensor.type)),
              tensor.name == "ids" ? "i64" : tensor.name);
    EXPECT_TRUE(tensor.is_contiguous());
    if (tensor.name == "ids") continue;
    std::vector<float> values(static_cast<std::size_t>(tensor.element_count()));
    ASSERT_TRUE(read_elements(tensor, 0, values));
    for (std::size_t i = 0; i < values.size(); ++i)
      EXPECT_EQ(values[i], static_cast<float>(i) / 8) << tensor.name;
  }
}

void expect_refused(const std::string& head, std::size_t data, const std::string& why) {
  const Bytes file = build_safetensors(head, Bytes(data));
  const auto tensors = read_safetensors(file);
  ASSERT_FALSE(tensors) << head;
  EXPECT_NE(tensors.error().message().find(why), std::string::npos) << tensors.error().message();
}

std::string tensor(const std::string& name, const std::string& type, const std::string& shape,
                   const std::string& offsets) {
  return "\"" + name + R"(":{"dtype":")" + type + R"(","shape":)" + shape + R"(,"data_offsets":)" +
         offsets + "}";
}

TEST(SafetensorsTest, RefusesDescriptionsThatLie) {
  const std::string sound = tensor("a", "F32", "[2]", "[0,8]");
  EXPECT_TRUE(read_safetensors(build_safetensors("{" + sound + "}", Bytes(8))));
  expect_refused("{" + sound + "}", 7, "outside");
  expect_refused("{" + tensor("a", "F32", "[2]", "[8,0]") + "}", 8, "outside");
  expect_refused("{" + tensor("a", "F32", "[2]", "[4,18446744073709551615]") + "}", 8,
                 "incomplete");
  expect_refused("{" + tensor("a", "F32", "[2]", "[-4,4]") + "}", 8, "incomplete");
  expect_refused("{" + tensor("a", "F32", "[2]", "[0,8,8]") + "}", 8, "incomplete");
  expect_refused("{" + tensor("a", "F32", "[2.0]", "[0,8]") + "}", 8, "incomplete");
  expect_refused("{" + tensor("a", "F32", "[1,1,1,1,1,1,1,1,1]", "[0,4]") + "}", 8, "incomplete");
  expect_refused("{" + tensor("a", "F32", "[3]", "[0,8]") + "}", 8, "another size");
  expect_refused("{" + tensor("a", "F32", "[2]", "[0,9]") + "}", 9, "another size");
  expect_refused("{" + tensor("a", "F32", "[4294967296,4294967296,4294967296]", "[0,0]") + "}", 0,
                 "another size");
  expect_refused(
      "{" + tensor("a", "F32", "[0,4611686018427387904,4611686018427387904]", "[0,0]") + "}", 0,
      "another size");
  expect_refused("{" + tensor("a", "F8_E4M3", "[2]", "[0,2]") + "}", 2, "F8_E4M3");
  expect_refused("{" + sound + "," + tensor("b", "F32", "[2]", "[4,12]") + "}", 12, "overlap");
  expect_refused("{" + sound + "," + sound + "}", 8, "twice");
  expect_refused(R"({"a":[1]})", 8, "description");
  expect_refused(R"({"__metadata__":{}})", 8, "no tensors");
  expect_refused("[]", 8, "not a JSON object");
  expect_refused("{", 8, "not a JSON object");
  expect_refused(std::string(std::size_t{1} << 20, '['), 8, "not a JSON object");
  expect_refused(std::string(std::size_t{9} << 20, ' '), 8, "larger than any");
}

TEST(SafetensorsTest, RefusesLengthsThatLie) {
  Bytes file = build_safetensors(sample_tensors());
  file[7] = std::byte{0xff};
  EXPECT_FALSE(read_safetensors(file));
  EXPECT_FALSE(read_safetensors(std::span(file).first(5)));
}

}  // namespace
}  // namespace galago
