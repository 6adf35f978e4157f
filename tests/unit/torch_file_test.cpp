// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// Files of torch.save, in both of its formats, sound and malicious.
#include "checkpoint/torch_file.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <utility>

#include "checkpoint/pickle.h"
#include "checkpoint_builder.h"

namespace galago {
namespace {

const CheckpointTensor* find(std::span<const CheckpointTensor> tensors, std::string_view name) {
  const auto found = std::find_if(tensors.begin(), tensors.end(),
                                  [&](const auto& tensor) { return tensor.name == name; });
  return found == tensors.end() ? nullptr : &*found;
}

std::vector<float> values(const CheckpointTensor& tensor) {
  std::vector<float> read(static_cast<std::size_t>(tensor.element_count()));
  const Status status = read_elements(tensor, 0, read);
  EXPECT_TRUE(status) << status.error().message();
  return read;
}

void expect_sample(const Bytes& file) {
  const auto tensors = read_torch_file(file);
  ASSERT_TRUE(tensors) << tensors.error().message();
  ASSERT_EQ(tensors->size(), 5U);
  const CheckpointTensor* f16 = find(*tensors, "f16");
  ASSERT_NE(f16, nullptr);
  EXPECT_EQ(f16->type, StorageType::kF16);
  EXPECT_EQ(f16->shape, (std::vector<std::int64_t>{2, 5}));
  EXPECT_EQ(values(*f16).back(), 9.0F / 8);
  EXPECT_EQ(values(*find(*tensors, "f32"))[11], 11.0F / 8);
  EXPECT_EQ(values(*find(*tensors, "bf16"))[5], 5.0F / 8);
  EXPECT_EQ(values(*find(*tensors, "f64")), std::vector<float>{0});
  std::vector<float> none(2);
  const Status integers = read_elements(*find(*tensors, "ids"), 0, none);
  ASSERT_FALSE(integers);
  EXPECT_EQ(integers.error().code, Errc::kUnsupported);
}

TEST(TorchFileTest, ReadsArchives) { expect_sample(build_torch_file(sample_tensors())); }

TEST(TorchFileTest, ReadsTheOlderFormat) { expect_sample(build_old_torch_file(sample_tensors())); }

/// The message about a file whose pickle is this one; its only storage holds a "x" of [2, 3].
std::string refusal(const Bytes& pickle) {
  const std::vector<SampleTensor> tensors = {sample_tensor("x", {2, 3})};
  const Bytes file = build_torch_file(pickle, tensors);
  const auto read = read_torch_file(file);
  return read ? "" : read.error().message();
}

void expect_refused(const Bytes& pickle, const std::string& why) {
  const std::string message = refusal(pickle);
  EXPECT_NE(message.find(why), std::string::npos) << "'" << message << "'";
}

PickleWriter one_tensor() {
  PickleWriter pickle;
  pickle.op("}").text("x").tensor(sample_tensor("x", {2, 3}), "0").op("s");
  return pickle;
}

TEST(TorchFileTest, TheWriterOfTheseTestsWritesWhatIsAccepted) {
  EXPECT_EQ(refusal(one_tensor().finish()), "");
}

TEST(TorchFileTest, RefusesEveryOtherGlobalByName) {
  using Name = std::pair<const char*, const char*>;
  for (const auto& [module, name] :
       {Name{"os", "system"}, Name{"posix", "system"}, Name{"builtins", "eval"},
        Name{"builtins", "exec"}, Name{"__builtin__", "getattr"}, Name{"subprocess", "Popen"},
        Name{"torch.storage", "_load_from_bytes"}, Name{"torch", "load"},
        Name{"collections", "OrderedDict.fromkeys"}, Name{"torch._utils", "OrderedDict"},
        Name{"", ""}}) {
    const std::string full = std::string("'") + module + "." + name + "'";
    PickleWriter called;
    called.global(module, name).op("(").text("touch /tmp/evil").op("tR0");
    expect_refused(called.finish(), full);
    // Named on the stack, as protocol 4 does.
    PickleWriter stacked;
    stacked.text(module).text(name).op("\x93");
    expect_refused(stacked.finish(), full);
    // After all that a sound file has, and never called.
    expect_refused(one_tensor().global(module, name).finish(), full);
  }
}

TEST(TorchFileTest, RefusesInstructionsThatTensorsDoNotNeed) {
  // INST, OBJ, the extension registry, PERSID, buffers, sets, NEWOBJ_EX, and a byte of no meaning.
  for (const std::string_view code :
       {"ios\nsystem\n", "o", "\x82\x01", "P0\n", "\x97", "\x98", "\x8f", "\x90", "\x92", "\xff"})
    expect_refused(PickleWriter().op(code).finish(), "instruction");
}

TEST(TorchFileTest, RefusesProgramsThatMakeNoSense) {
  expect_refused(PickleWriter().op("0").finish(), "instruction");
  expect_refused(PickleWriter().op("R").finish(), "not there");
  expect_refused(PickleWriter().op("t").finish(), "mark");
  expect_refused(PickleWriter().op("N)R").finish(), "no function");
  expect_refused(PickleWriter().op("h\x05").finish(), "never remembered");
  expect_refused(PickleWriter().op("}Ns").finish(), "not there");
  expect_refused(PickleWriter().op("}(Nu").finish(), "no value");
  expect_refused(PickleWriter().op("](NNu").finish(), "cannot be filled");
  expect_refused(PickleWriter().op("N}b").finish(), "no state");
  expect_refused(PickleWriter().op("NQ").finish(), "storage");
  expect_refused(PickleWriter().op("}}").finish(), "complete");
  expect_refused(PickleWriter().op("N").finish(), "no dict");
  expect_refused(PickleWriter().op("}").finish(), "no tensors");
  expect_refused(to_bytes("\x80\x09}."), "unknown version");
  expect_refused(PickleWriter().global("collections", "OrderedDict").op("N\x85R").finish(), "dict");
  // A mark protects what is under it.
  expect_refused(PickleWriter().op("NN(\x86").finish(), "not there");
}

TEST(TorchFileTest, SurvivesThingsThatHoldThemselves) {
  // A dict and a list that are their own members, through the memo.
  PickleWriter pickle;
  pickle.op("}q").op(std::string_view("\0", 1)).text("self").op("h");
  pickle.op(std::string_view("\0", 1)).op("s").text("list").op("]q\x01h\x01").op("as");
  pickle.text("x").tensor(sample_tensor("x", {2, 3}), "0").op("s");
  EXPECT_EQ(refusal(pickle.finish()), "");
}

TEST(TorchFileTest, LimitsWhatIsRememberedAndNested) {
  expect_refused(to_bytes("\x80\x02" + std::string(5000, '(') + "."), "deeply");
  expect_refused(to_bytes("\x80\x02" + std::string(std::size_t{1} << 20, 'N') + "."),
                 "more values");
  expect_refused(to_bytes("\x80\x02" + std::string(std::size_t{17} << 20, 'N') + "."),
                 "more values");
}

TEST(TorchFileTest, RefusesTensorsThatLieAboutTheirStorage) {
  const SampleTensor real = sample_tensor("x", {2, 3});
  const auto with = [&](std::vector<std::int64_t> shape, std::vector<std::int64_t> strides,
                        std::int32_t offset, std::int32_t numel, std::string_view key) {
    PickleWriter pickle;
    pickle.op("}").text("x").global("torch._utils", "_rebuild_tensor_v2").op("((");
    pickle.text("storage").global("torch", "FloatStorage").text(key).text("cpu").integer(numel);
    pickle.op("tQ").integer(offset).tuple(shape).tuple(strides);
    return pickle.op("\x89").global("collections", "OrderedDict").op(")RtRs").finish();
  };
  EXPECT_EQ(refusal(with({2, 3}, {3, 1}, 0, 6, "0")), "");
  EXPECT_EQ(refusal(with({3, 2}, {1, 3}, 0, 6, "0")), "");  // transposed
  EXPECT_EQ(refusal(with({2}, {3}, 2, 6, "0")), "");        // a column
  expect_refused(with({2, 3}, {3, 1}, 0, 7, "0"), "should hold 7 numbers");
  expect_refused(with({2, 3}, {3, 1}, 0, 5, "0"), "should hold 5 numbers");
  expect_refused(with({2, 3}, {3, 1}, 0, 6, "1"), "missing");
  expect_refused(with({2, 3}, {3, 1}, 0, 6, "../data.pkl"), "missing");
  expect_refused(with({2, 3}, {3, 1}, 1, 6, "0"), "beyond");
  expect_refused(with({2, 3}, {4, 1}, 0, 6, "0"), "beyond");
  expect_refused(with({2, 3}, {1, -1}, 3, 6, "0"), "negative");
  expect_refused(with({2, 3}, {3, 1}, -1, 6, "0"), "outside");
  expect_refused(with({2, 3}, {3, 1}, 7, 6, "0"), "outside");
  expect_refused(with({-2, 3}, {3, 1}, 0, 6, "0"), "impossible");
  expect_refused(with({2, 3}, {1}, 0, 6, "0"), "impossible");
  expect_refused(with({INT32_MAX, INT32_MAX, INT32_MAX}, {0, 0, 0}, 0, 6, "0"), "impossible");
  // A terabyte out of six numbers.
  expect_refused(with({1 << 20, 1 << 18}, {0, 0}, 0, 6, "0"), "more elements");
  expect_refused(with(std::vector<std::int64_t>(9, 1), std::vector<std::int64_t>(9, 1), 0, 6, "0"),
                 "tuple");
}

TEST(TorchFileTest, ReadsTransposedTensorsInTheOrderOfTheirShape) {
  CheckpointTensor tensor;
  tensor.shape = {3, 2};
  tensor.strides = {1, 3};
  const SampleTensor stored = sample_tensor("x", {2, 3});
  ASSERT_TRUE(place_tensor(tensor, stored.bytes, 0));
  EXPECT_FALSE(tensor.is_contiguous());
  EXPECT_EQ(values(tensor),
            (std::vector<float>{0, 3.0F / 8, 1.0F / 8, 4.0F / 8, 2.0F / 8, 5.0F / 8}));
  std::vector<float> middle(3);
  ASSERT_TRUE(read_elements(tensor, 2, middle));
  EXPECT_EQ(middle, (std::vector<float>{1.0F / 8, 4.0F / 8, 2.0F / 8}));
}

TEST(TorchFileTest, RefusesOtherArchivesAndBigEndianOnes) {
  const auto message = [](const std::vector<ZipInput>& entries) {
    const Bytes file = build_zip(entries);
    const auto read = read_torch_file(file);
    return read ? "" : read.error().message();
  };
  EXPECT_NE(message({{"word/document.xml", to_bytes("<x/>")}}).find("not a PyTorch"),
            std::string::npos);
  const Bytes pickle = build_pickle({});
  EXPECT_NE(message({{"a/data.pkl", pickle}, {"b/data.pkl", pickle}}).find("several"),
            std::string::npos);
  EXPECT_NE(message({{"a/data.pkl", pickle}, {"a/byteorder", to_bytes("big")}}).find("big-endian"),
            std::string::npos);
}

}  // namespace
}  // namespace galago
