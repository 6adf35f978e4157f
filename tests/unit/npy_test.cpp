// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
#include "base/npy.h"

#include <gtest/gtest.h>

#include <array>
#include <fstream>
#include <iterator>
#include <limits>
#include <string>

#include "temporary_folder.h"

namespace galago {
namespace {

using Shape = std::vector<std::size_t>;

/// A version 1 file of any header and data.
std::string npy_bytes(const std::string& dictionary, std::string_view data) {
  std::string bytes = "\x93NUMPY\x01";
  bytes += '\0';
  bytes += static_cast<char>(dictionary.size() & 0xFF);
  bytes += static_cast<char>(dictionary.size() >> 8);
  return bytes + dictionary + std::string(data);
}

std::string dictionary(const std::string& type, const std::string& shape) {
  return "{'descr': '" + type + "', 'fortran_order': False, 'shape': " + shape + ", }\n";
}

template <class T>
std::string bytes_of(std::initializer_list<T> values) {
  return {reinterpret_cast<const char*>(values.begin()), values.size() * sizeof(T)};
}

class NpyTest : public testing::Test {
 protected:
  Result<NpyArray> read(const std::string& bytes) {
    return read_npy(folder_.write("array.npy", bytes));
  }

  Errc read_error(const std::string& bytes) {
    const auto array = read(bytes);
    EXPECT_FALSE(array);
    return array ? Errc::kInternal : array.error().code;
  }

  TemporaryFolder folder_;
};

TEST_F(NpyTest, WhatIsWrittenComesBack) {
  const auto path = folder_.path() / "out.npy";
  const std::vector<float> floats = {0.0F,   -1.5F, std::numeric_limits<float>::infinity(),
                                     1e-40F, 3.0F,  4.0F};
  ASSERT_TRUE(write_npy_f32(path, {2, 3}, floats));
  auto array = read_npy(path);
  ASSERT_TRUE(array) << array.error().message();
  EXPECT_EQ(array->shape, (Shape{2, 3}));
  EXPECT_EQ(array->f32, floats);
  const std::vector<std::int32_t> ids = {1, -200, std::numeric_limits<std::int32_t>::min()};
  ASSERT_TRUE(write_npy_i32(path, {3}, ids));
  array = read_npy(path);
  ASSERT_TRUE(array) << array.error().message();
  EXPECT_EQ(array->shape, Shape{3});
  EXPECT_EQ(array->i32, ids);
  EXPECT_TRUE(array->f32.empty());
}

// Byte for byte what numpy.save() writes.
TEST_F(NpyTest, WritesAsNumPyDoes) {
  const auto path = folder_.path() / "out.npy";
  ASSERT_TRUE(write_npy_i32(path, {2}, std::array{1, 2}));
  std::ifstream file(path, std::ios::binary);
  std::string expected = "{'descr': '<i4', 'fortran_order': False, 'shape': (2,), }";
  expected.resize(128 - 10 - 1, ' ');
  EXPECT_EQ((std::string{std::istreambuf_iterator<char>(file), {}}),
            npy_bytes(expected + "\n", bytes_of({1, 2})));
}

TEST_F(NpyTest, ReadsEachTypeOfNumber) {
  EXPECT_EQ(read(npy_bytes(dictionary("<f8", "(2,)"), bytes_of({0.5, -2.0})))->f32,
            (std::vector<float>{0.5F, -2.0F}));
  EXPECT_EQ(read(npy_bytes(dictionary("<f2", "(1,)"), bytes_of<std::uint16_t>({0x3C00})))->f32,
            std::vector<float>{1.0F});
  EXPECT_EQ(read(npy_bytes(dictionary("<i8", "(1, 2)"), bytes_of<std::int64_t>({7, -7})))->i32,
            (std::vector<std::int32_t>{7, -7}));
  EXPECT_EQ(read(npy_bytes(dictionary("|u1", "(3,)"), "\x01\x02\xFF"))->u8,
            (std::vector<std::uint8_t>{1, 2, 255}));
  const auto one = read(npy_bytes(dictionary("<f4", "()"), bytes_of({2.5F})));
  ASSERT_TRUE(one);
  EXPECT_TRUE(one->shape.empty());
  EXPECT_EQ(one->f32, std::vector<float>{2.5F});
  const auto none = read(npy_bytes(dictionary("<f4", "(0, 4)"), ""));
  ASSERT_TRUE(none);
  EXPECT_TRUE(none->f32.empty());
}

TEST_F(NpyTest, RefusesWhatContradictsItself) {
  const std::string whole = npy_bytes(dictionary("<i4", "(2,)"), bytes_of({1, 2}));
  for (std::size_t size = 1; size < whole.size(); ++size)
    EXPECT_FALSE(read(whole.substr(0, size))) << size;
  EXPECT_EQ(read_error(whole + "x"), Errc::kFormat);
  EXPECT_EQ(read_error("this is only text"), Errc::kFormat);
  for (const char* shape : {"(3,)", "(2, 4294967296, 4294967296)", "(99999999999999999999,)",
                            "(-2,)", "(2", "2", "(a,)"})
    EXPECT_EQ(read_error(npy_bytes(dictionary("<i4", shape), bytes_of({1, 2}))), Errc::kFormat)
        << shape;
  EXPECT_EQ(read_error(npy_bytes("{}", "")), Errc::kFormat);
}

TEST_F(NpyTest, SaysWhatItCannotRead) {
  for (const char* type : {">i4", "<c8", "|O", "<U12", ""})
    EXPECT_EQ(read_error(npy_bytes(dictionary(type, "(1,)"), "1234")), Errc::kUnsupported) << type;
  EXPECT_EQ(
      read_error(npy_bytes("{'descr': '<i4', 'fortran_order': True, 'shape': (1,), }", "1234")),
      Errc::kUnsupported);
  EXPECT_EQ(read_error(npy_bytes(dictionary("<i8", "(1,)"), bytes_of({std::int64_t{1} << 40}))),
            Errc::kUnsupported);
  std::string version2 = npy_bytes(dictionary("<i4", "(1,)"), "1234");
  version2[6] = 2;
  EXPECT_EQ(read_error(version2), Errc::kUnsupported);
  EXPECT_EQ(read_npy(folder_.path() / "missing.npy").error().code, Errc::kIo);
}

TEST_F(NpyTest, WritesNothingThatIsWrong) {
  const auto path = folder_.path() / "out.npy";
  const std::array values = {1.0F, 2.0F};
  EXPECT_EQ(write_npy_f32(path, {3}, values).error().code, Errc::kInvalidArgument);
  EXPECT_FALSE(std::filesystem::exists(path));
  EXPECT_EQ(write_npy_f32(folder_.path() / "no" / "out.npy", {2}, values).error().code, Errc::kIo);
}

}  // namespace
}  // namespace galago
