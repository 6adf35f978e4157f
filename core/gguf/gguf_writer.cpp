// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
#include "gguf/gguf_writer.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <random>
#include <string>
#include <system_error>
#include <utility>
#include <vector>

namespace galago {

GgufWriter::GgufWriter(std::filesystem::path path, GgufHeader header)
    : path_(std::move(path)), header_(std::move(header)) {}

Result<GgufWriter> GgufWriter::create(const std::filesystem::path& path, GgufHeader header) {
  GALAGO_TRY(const std::vector<std::byte> head, header.encode());
  GgufWriter writer(path, std::move(header));
  GALAGO_TRY(writer.create_temporary());
  GALAGO_TRY(writer.put(head));
  return writer;
}

GgufWriter::~GgufWriter() {
  if (!file_) return;
  file_.reset();
  std::error_code ignored;
  std::filesystem::remove(temporary_, ignored);
}

Status GgufWriter::create_temporary() {
  // In the same folder, because a file can only be renamed within a file system.
  constexpr int kAttempts = 16;
  std::random_device random;
  int descriptor = -1;
  for (int i = 0; i < kAttempts && descriptor < 0; ++i) {
    temporary_ = path_;
    temporary_ += "." + std::to_string(random()) + ".part";
    descriptor = ::open(temporary_.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
    if (descriptor < 0 && errno != EEXIST) break;
  }
  if (descriptor < 0) return io_error("the file cannot be created");
  file_.reset(::fdopen(descriptor, "wb"));
  if (!file_) {
    Error error = io_error("the file cannot be created");
    ::close(descriptor);
    ::unlink(temporary_.c_str());
    return error;
  }
  return {};
}

Status GgufWriter::put(std::span<const std::byte> bytes) {
  if (bytes.empty()) return {};
  if (std::fwrite(bytes.data(), 1, bytes.size(), file_.get()) != bytes.size())
    return io_error("the file cannot be written");
  return {};
}

Status GgufWriter::write(std::span<const std::byte> bytes) {
  if (bytes.empty()) return {};
  const auto tensors = header_.tensors();
  if (!file_ || tensor_ == tensors.size())
    return Error{Errc::kInvalidArgument, "there is no tensor left to write", {path_.string()}};
  const GgufHeader::TensorPlace& tensor = tensors[tensor_];
  if (bytes.size() > tensor.size - written_)
    return Error{Errc::kInvalidArgument,
                 "more data than the tensor '" + tensor.name + "' has",
                 {path_.string()}};
  GALAGO_TRY(put(bytes));
  written_ += bytes.size();
  if (written_ < tensor.size) return {};
  ++tensor_;
  written_ = 0;
  const std::uint64_t end = tensor.offset + tensor.size;
  return put(std::vector<std::byte>(
      static_cast<std::size_t>(gguf_align_up(end, header_.alignment()) - end)));
}

Status GgufWriter::finish() {
  if (!file_ || tensor_ != header_.tensors().size())
    return Error{
        Errc::kInvalidArgument,
        "data of " + std::to_string(header_.tensors().size() - tensor_) + " tensors is missing",
        {path_.string()}};
  // On the disk before it has its name: a crash never leaves half a file that looks whole.
  if (std::fflush(file_.get()) != 0 || ::fsync(::fileno(file_.get())) != 0)
    return io_error("the file cannot be written");
  if (std::rename(temporary_.c_str(), path_.c_str()) != 0)
    return io_error("the file cannot be given its name");
  file_.reset();
  return {};
}

Error GgufWriter::io_error(const char* what) const {
  return {Errc::kIo,
          std::string(what) + ": " + std::generic_category().message(errno),
          {path_.string()}};
}

}  // namespace galago
