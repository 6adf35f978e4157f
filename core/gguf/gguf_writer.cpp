// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
#include "gguf/gguf_writer.h"

#include <string>
#include <utility>
#include <vector>

namespace galago {

GgufWriter::GgufWriter(AtomicFile file, GgufHeader header)
    : file_(std::move(file)), header_(std::move(header)) {}

Result<GgufWriter> GgufWriter::create(const std::filesystem::path& path, GgufHeader header) {
  GALAGO_TRY(const std::vector<std::byte> head, header.encode());
  GALAGO_TRY(AtomicFile file, AtomicFile::create(path));
  GALAGO_TRY(file.write(head));
  return GgufWriter(std::move(file), std::move(header));
}

Status GgufWriter::write(std::span<const std::byte> bytes) {
  if (bytes.empty()) return {};
  const auto tensors = header_.tensors();
  if (file_.is_finished() || tensor_ == tensors.size())
    return Error{
        Errc::kInvalidArgument, "there is no tensor left to write", {file_.path().string()}};
  const GgufHeader::TensorPlace& tensor = tensors[tensor_];
  if (bytes.size() > tensor.size - written_)
    return Error{Errc::kInvalidArgument,
                 "more data than the tensor '" + tensor.name + "' has",
                 {file_.path().string()}};
  GALAGO_TRY(file_.write(bytes));
  written_ += bytes.size();
  if (written_ < tensor.size) return {};
  ++tensor_;
  written_ = 0;
  const std::uint64_t end = tensor.offset + tensor.size;
  return file_.write(std::vector<std::byte>(
      static_cast<std::size_t>(gguf_align_up(end, header_.alignment()) - end)));
}

Status GgufWriter::finish() {
  if (file_.is_finished() || tensor_ != header_.tensors().size())
    return Error{
        Errc::kInvalidArgument,
        "data of " + std::to_string(header_.tensors().size() - tensor_) + " tensors is missing",
        {file_.path().string()}};
  return file_.finish();
}

}  // namespace galago
