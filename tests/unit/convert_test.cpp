// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// Converting: what is written, what is refused, and what is left behind when it ends early.
#include "convert/convert.h"

#include <gtest/gtest.h>
#include <sys/resource.h>

#include <cmath>
#include <csignal>
#include <iterator>
#include <limits>
#include <string>
#include <vector>

#include "convert/gguf_tensor_source.h"
#include "gguf/gguf_reader.h"
#include "gguf/gguf_writer.h"
#include "quant/dequantize.h"
#include "quant/quantize.h"
#include "temporary_folder.h"

namespace galago {
namespace {

using Shape = std::vector<std::uint64_t>;

/// Of 512 elements: more slices than two threads take at once.
constexpr std::uint64_t kManyRows = 4500;

/// A model whose elements are computed.
class MadeUpSource : public TensorSource {
 public:
  explicit MadeUpSource(std::uint64_t rows = 600) {
    header_.put_string("general.architecture", "llama");
    header_.put_string("general.name", "made up");
    header_.put("general.file_type", std::uint32_t{0});
    header_.put("llama.block_count", std::uint32_t{1});
    EXPECT_TRUE(header_.add_tensor("token_embd.weight", Shape{512, rows}, DType::kF32));
    EXPECT_TRUE(header_.add_tensor("output_norm.weight", Shape{512}, DType::kF32));
    EXPECT_TRUE(header_.add_tensor("blk.0.ffn_down.weight", Shape{160, 300}, DType::kF32));
    EXPECT_TRUE(header_.add_tensor("output.weight", Shape{512, 200}, DType::kF32));
  }

  const GgufHeader& header() const override { return header_; }

  Status read(std::size_t index, std::int64_t first, std::span<float> out) const override {
    if (fails_at == index) return Error{Errc::kIo, "the disk is gone", {}};
    auto place = static_cast<std::uint64_t>(first) + 977 * index;
    for (float& x : out)  // a hash: each place has a number of its own
      x = static_cast<float>((++place * 0x9e3779b97f4a7c15U) >> 40) * 0x0.2p-23F - 0x0.2p0F;
    if (holds_odd && index == 3) out.back() = odd;
    return {};
  }

  std::size_t fails_at = SIZE_MAX;
  bool holds_odd = false;
  float odd = 0;

 private:
  GgufHeader header_;
};

class ConvertTest : public ::testing::Test {
 protected:
  Status run(const TensorSource& source, Mix mix, Requantise requantise = Requantise::kRefuse,
             const std::stop_token& stop = {}) {
    auto plan = plan_conversion(source, mix);
    if (!plan) return std::move(plan).error();
    file_bytes = plan->file_bytes;
    const ConversionJob job{&source, *std::move(plan), path};
    return convert(
        std::span(&job, 1), requantise, pool, [&](double f) { fractions.push_back(f); }, stop);
  }

  std::shared_ptr<const GgufFile> opened() const {
    auto file = GgufFile::open(path);
    EXPECT_TRUE(file) << file.error().message();
    return file ? *file : nullptr;
  }

  std::size_t files() const {
    return static_cast<std::size_t>(
        std::distance(std::filesystem::directory_iterator(folder.path()), {}));
  }

  TemporaryFolder folder;
  std::filesystem::path path = folder.path() / "model.gguf";
  ThreadPool pool{2};
  std::vector<double> fractions;
  std::uint64_t file_bytes = 0;
};

std::vector<std::byte> whole(const TensorSource& source, std::size_t index, DType dtype) {
  std::uint64_t count = 1;
  for (const std::uint64_t size : source.header().tensors()[index].shape) count *= size;
  std::vector<float> elements(count);
  EXPECT_TRUE(source.read(index, 0, elements));
  std::vector<std::byte> bytes(row_bytes(dtype, static_cast<std::int64_t>(count)));
  quantize(dtype, elements.data(), bytes.data(), static_cast<std::int64_t>(count));
  return bytes;
}

// Slices are written by several threads; the first tensor has more than are in work at once.
TEST_F(ConvertTest, SlicesAreTheSameAsTheWhole) {
  const MadeUpSource source(kManyRows);
  for (const Mix mix : {Mix::kF32, Mix::kQ4_0, Mix::kQ3_K_S}) {
    const Status status = run(source, mix);
    ASSERT_TRUE(status) << status.error().message();
    const auto file = opened();
    ASSERT_TRUE(file);
    EXPECT_EQ(file->size_bytes(), file_bytes);
    ASSERT_EQ(file->tensors().size(), 4U);
    for (std::size_t i = 0; i < 4; ++i) {
      const GgufTensor& tensor = file->tensors()[i];
      EXPECT_EQ(tensor.name, source.header().tensors()[i].name);
      EXPECT_EQ(tensor.shape, source.header().tensors()[i].shape);
      const auto expected = whole(source, i, tensor.dtype.value());
      ASSERT_TRUE(
          std::equal(expected.begin(), expected.end(), tensor.bytes.begin(), tensor.bytes.end()))
          << mix_info(mix).name << " " << tensor.name;
    }
  }
  EXPECT_EQ(files(), 1U);
}

TEST_F(ConvertTest, ProgressGrowsToOne) {
  ASSERT_TRUE(run(MadeUpSource(kManyRows), Mix::kQ8_0));
  EXPECT_GT(fractions.size(), 4U) << "more often than once a tensor";
  EXPECT_TRUE(std::is_sorted(fractions.begin(), fractions.end()));
  EXPECT_EQ(fractions.back(), 1.0);
}

TEST_F(ConvertTest, RowsThatDoNotFitAreCounted) {
  const auto plan = plan_conversion(MadeUpSource(), Mix::kQ4_K_M);
  ASSERT_TRUE(plan);
  EXPECT_EQ(plan->replaced, 1);
  EXPECT_EQ(plan->header.tensors()[2].dtype, DType::kQ8_0) << "q6_K of the first layer";
  EXPECT_EQ(plan->requantised, 0);
}

TEST_F(ConvertTest, AGgufFileComesBackInEveryType) {
  const MadeUpSource made_up;
  ASSERT_TRUE(run(made_up, Mix::kF32));
  const auto original = folder.path() / "original.gguf";
  std::filesystem::rename(path, original);
  const auto source = GgufTensorSource::open(original);
  ASSERT_TRUE(source) << source.error().message();
  for (const MixInfo& info : all_mixes()) {
    ASSERT_TRUE(run(**source, info.mix)) << info.name;
    const auto file = opened();
    ASSERT_TRUE(file);
    EXPECT_EQ(file->size_bytes(), file_bytes) << info.name;
    EXPECT_EQ(file->get_u32("general.file_type"), info.file_type) << info.name;
    EXPECT_EQ(file->get_u32("general.quantization_version"), 2U);
    EXPECT_EQ(file->get_string("general.name"), "made up");
    EXPECT_EQ(file->find("token_embd.weight")->dtype, info.type);
    EXPECT_EQ(file->find("output_norm.weight")->dtype, DType::kF32);
    const auto again = GgufTensorSource::open(path);
    ASSERT_TRUE(again);
    std::vector<float> a(512UL * 200), b(a.size());
    ASSERT_TRUE((*source)->read(3, 0, a));
    ASSERT_TRUE((*again)->read(3, 0, b));
    double error = 0;
    for (std::size_t i = 0; i < a.size(); ++i)
      error = std::max(error, std::fabs(static_cast<double>(a[i]) - static_cast<double>(b[i])));
    EXPECT_LE(error, info.mix == Mix::kF32 ? 0.0 : 0.005) << info.name;
  }
}

TEST_F(ConvertTest, QuantisingAgainNeedsLeave) {
  ASSERT_TRUE(run(MadeUpSource(), Mix::kQ8_0));
  const auto quantised = folder.path() / "quantised.gguf";
  std::filesystem::rename(path, quantised);
  const auto source = GgufTensorSource::open(quantised);
  ASSERT_TRUE(source);
  const Status refused = run(**source, Mix::kQ4_K_M);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, Errc::kInvalidArgument);
  EXPECT_EQ(files(), 1U) << "nothing was written";
  EXPECT_TRUE(run(**source, Mix::kQ4_K_M, Requantise::kAllow));
  EXPECT_TRUE(run(**source, Mix::kF16)) << "no quantised number is rounded to a grid";
}

// The blocks of a type that stays are copied: rounding K-quants again would change them.
TEST_F(ConvertTest, ATypeThatStaysIsCopied) {
  ASSERT_TRUE(run(MadeUpSource(), Mix::kQ3_K_S));
  const auto first = folder.path() / "first.gguf";
  std::filesystem::rename(path, first);
  const auto source = GgufTensorSource::open(first);
  ASSERT_TRUE(source);
  ASSERT_TRUE(run(**source, Mix::kQ3_K_S));
  const auto before = GgufFile::open(first), after = GgufFile::open(path);
  ASSERT_TRUE(before && after);
  for (std::size_t i = 0; i < 4; ++i) {
    const auto a = (*before)->tensors()[i].bytes, b = (*after)->tensors()[i].bytes;
    EXPECT_TRUE(std::equal(a.begin(), a.end(), b.begin(), b.end())) << i;
  }
}

TEST_F(ConvertTest, AStopLeavesNothing) {
  const MadeUpSource source(kManyRows);
  std::stop_source stop;
  auto plan = plan_conversion(source, Mix::kQ8_0);
  ASSERT_TRUE(plan);
  const ConversionJob job{&source, *std::move(plan), path};
  double last = 0;
  const Status status = convert(
      std::span(&job, 1), Requantise::kRefuse, pool,
      [&](double fraction) {
        last = fraction;
        stop.request_stop();
      },
      stop.get_token());
  ASSERT_FALSE(status);
  EXPECT_EQ(status.error().code, Errc::kCancelled);
  EXPECT_LT(last, 1);
  EXPECT_EQ(files(), 0U);
}

TEST_F(ConvertTest, AFailureKeepsTheOlderFile) {
  folder.write("model.gguf", std::string("older"));
  MadeUpSource source;
  source.fails_at = 3;
  const Status status = run(source, Mix::kQ4_0);
  ASSERT_FALSE(status);
  EXPECT_EQ(status.error().detail, "the disk is gone");
  EXPECT_EQ(files(), 1U);
  EXPECT_EQ(std::filesystem::file_size(path), 5U);
}

// A model is two files: neither stays if the other cannot be made.
TEST_F(ConvertTest, SeveralFilesOrNone) {
  const MadeUpSource good;
  MadeUpSource bad;
  bad.fails_at = 1;
  std::vector<ConversionJob> jobs;
  for (const MadeUpSource* source : {&good, static_cast<const MadeUpSource*>(&bad)}) {
    auto plan = plan_conversion(*source, Mix::kF16);
    ASSERT_TRUE(plan);
    jobs.push_back({source, *std::move(plan), folder.path() / std::to_string(jobs.size())});
  }
  EXPECT_FALSE(convert(jobs, Requantise::kRefuse, pool, {}, {}));
  EXPECT_EQ(files(), 0U);
  bad.fails_at = SIZE_MAX;
  double last = 0;
  EXPECT_TRUE(convert(jobs, Requantise::kRefuse, pool, [&](double f) { last = f; }, {}));
  EXPECT_EQ(files(), 2U);
  EXPECT_EQ(last, 1.0);
}

TEST_F(ConvertTest, SpaceIsLookedForFirst) {
  const MadeUpSource source(1ULL << 45);  // 32 PB
  const Status status = run(source, Mix::kF16);
  ASSERT_FALSE(status);
  EXPECT_EQ(status.error().code, Errc::kIo);
  EXPECT_NE(status.error().detail.find("36029 TB"), std::string::npos) << status.error().detail;
  EXPECT_NE(status.error().message().find(folder.path().string()), std::string::npos);
  EXPECT_EQ(files(), 0U);
}

// A disk that fills up while the file is being written.
TEST_F(ConvertTest, AWriteThatFailsLeavesNothing) {
  rlimit before{};
  ASSERT_EQ(::getrlimit(RLIMIT_FSIZE, &before), 0);
  rlimit small = before;
  small.rlim_cur = 100'000;
  auto* handler = std::signal(SIGXFSZ, SIG_IGN);
  ASSERT_EQ(::setrlimit(RLIMIT_FSIZE, &small), 0);
  const Status status = run(MadeUpSource(), Mix::kQ8_0);
  ::setrlimit(RLIMIT_FSIZE, &before);
  std::signal(SIGXFSZ, handler);
  ASSERT_FALSE(status);
  EXPECT_EQ(status.error().code, Errc::kIo);
  EXPECT_EQ(files(), 0U);
}

TEST_F(ConvertTest, NumbersThatATypeCannotHold) {
  MadeUpSource source;
  source.holds_odd = true;
  for (const float odd : {1e5F, -1e30F, std::numeric_limits<float>::infinity(), std::nanf("")}) {
    source.odd = odd;
    for (const Mix mix : {Mix::kF16, Mix::kQ8_0, Mix::kQ4_K_M}) {
      const Status status = run(source, mix);
      ASSERT_FALSE(status) << odd;
      EXPECT_EQ(status.error().code, Errc::kUnsupported);
      EXPECT_NE(status.error().detail.find("output.weight"), std::string::npos);
    }
    EXPECT_TRUE(run(source, Mix::kBF16));
    EXPECT_TRUE(run(source, Mix::kF32));
  }
}

TEST(GgufTensorSourceTest, OtherFilesAreRefused) {
  const TemporaryFolder folder;
  const auto path = folder.path() / "part.gguf";
  GgufHeader part;
  part.put("split.count", std::uint16_t{3});
  auto writer = GgufWriter::create(path, part);
  ASSERT_TRUE(writer && writer->finish());
  const auto refused = GgufTensorSource::open(path);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, Errc::kUnsupported);
  EXPECT_EQ(GgufTensorSource::open(folder.path() / "none").error().code, Errc::kIo);
}

}  // namespace
}  // namespace galago
