// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
#include "compare/distributions.h"

#include <cerrno>
#include <system_error>

namespace galago {
namespace {

Error io_error() {
  return {Errc::kIo,
          "the temporary file of the comparison: " + std::generic_category().message(errno),
          {}};
}

}  // namespace

Status Distributions::begin(std::size_t item) {
  if (!file_) file_.reset(std::tmpfile());
  if (!file_) return io_error();
  if (stretches_.size() <= item) stretches_.resize(item + 1);
  stretches_[item] = {bytes_, 0, 0};
  current_ = item;
  return {};
}

Status Distributions::add(std::span<const float> row) {
  Stretch& stretch = stretches_[current_];
  if (stretch.rows >= kMostTokens || bytes_ + row.size_bytes() > kMostBytes) return {};
  if (std::fseek(file_.get(), static_cast<long>(bytes_), SEEK_SET) != 0 ||
      std::fwrite(row.data(), sizeof(float), row.size(), file_.get()) != row.size())
    return io_error();
  stretch.width = row.size();
  ++stretch.rows;
  bytes_ += row.size_bytes();
  return {};
}

std::size_t Distributions::rows(std::size_t item) const {
  return item < stretches_.size() ? stretches_[item].rows : 0;
}

Status Distributions::read(std::size_t item, std::size_t row, std::vector<float>& out) const {
  const Stretch& stretch = stretches_[item];
  out.resize(stretch.width);
  const std::size_t at = stretch.first + row * stretch.width * sizeof(float);
  if (std::fseek(file_.get(), static_cast<long>(at), SEEK_SET) != 0 ||
      std::fread(out.data(), sizeof(float), out.size(), file_.get()) != out.size())
    return io_error();
  return {};
}

}  // namespace galago
