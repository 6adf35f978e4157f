// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
#include "gguf/gguf_reader.h"

#include <algorithm>
#include <array>
#include <bit>
#include <numeric>
#include <system_error>
#include <utility>

#include "base/mapped_file.h"
#include "gguf/byte_reader.h"

namespace galago {
namespace {

// Real files have a few hundred of each; the limits keep what a hostile file makes us allocate to
// a few megabytes.
constexpr std::uint64_t kLargestTensorCount = 1 << 16;
constexpr std::uint64_t kLargestKeyCount = 1 << 16;
constexpr std::uint64_t kLargestNameLength = 1 << 16;
constexpr std::uint64_t kLargestElementCount = std::uint64_t{1} << 40;
constexpr std::uint64_t kSmallestAlignment = 8;
constexpr std::uint64_t kLargestAlignment = 1 << 20;

// The fewest bytes a key (name, type, one byte) and a tensor (name, n_dims, type, offset) can take.
constexpr std::uint64_t kSmallestKeyBytes = 8 + 4 + 1;
constexpr std::uint64_t kSmallestTensorBytes = 8 + 4 + 4 + 8;

Error format_error(std::string detail) { return {Errc::kFormat, std::move(detail), {}}; }

std::string quoted(std::string_view name) { return "'" + printable(name, 80) + "'"; }

/// What people most often have in their hands instead of a GGUF file.
struct Lookalike {
  std::string_view beginning;
  std::string_view explanation;
};

constexpr std::array kLookalikes = {
    Lookalike{"version https://git-lfs",
              "this is a Git LFS pointer, not the model itself: 'git lfs pull' fetches the model"},
    Lookalike{"<!DOCTYPE", "this is a web page, not a model: the download went wrong"},
    Lookalike{"<!doctype", "this is a web page, not a model: the download went wrong"},
    Lookalike{"<html", "this is a web page, not a model: the download went wrong"},
    Lookalike{"PK\x03\x04", "this is a ZIP archive or a PyTorch checkpoint, not a GGUF file"},
    Lookalike{"tjgg", "this is an old GGML file, from before GGUF; it has to be converted anew"},
    Lookalike{"fmgg", "this is an old GGML file, from before GGUF; it has to be converted anew"},
    Lookalike{"lmgg", "this is an old GGML file, from before GGUF; it has to be converted anew"},
};

Error not_gguf(std::span<const std::byte> bytes) {
  const std::string_view text(reinterpret_cast<const char*>(bytes.data()), bytes.size());
  for (const Lookalike& other : kLookalikes)
    if (text.starts_with(other.beginning)) return format_error(std::string(other.explanation));
  return format_error("this is not a GGUF file (it begins with '" + printable(text.substr(0, 16)) +
                      "')");
}

/// Names of the types that other programs write and this one does not read.
std::string_view foreign_type_name(std::uint32_t ggml_type) {
  switch (ggml_type) {
    case 9:
      return "q8_1";
    case 15:
      return "q8_K";
    case 16:
      return "iq2_xxs";
    case 17:
      return "iq2_xs";
    case 18:
      return "iq3_xxs";
    case 19:
      return "iq1_s";
    case 20:
      return "iq4_nl";
    case 21:
      return "iq3_s";
    case 22:
      return "iq2_s";
    case 23:
      return "iq4_xs";
    case 24:
      return "i8";
    case 25:
      return "i16";
    case 27:
      return "i64";
    case 28:
      return "f64";
    case 29:
      return "iq1_m";
    case 34:
      return "tq1_0";
    case 35:
      return "tq2_0";
    default:
      return "";
  }
}

/// Indices of `items` sorted by a member; `same` is set to one that occurs twice.
template <class Item>
std::vector<std::uint32_t> sorted_by(const std::vector<Item>& items, std::string_view Item::*member,
                                     std::optional<std::string_view>& same) {
  std::vector<std::uint32_t> order(items.size());
  std::iota(order.begin(), order.end(), 0U);
  std::sort(order.begin(), order.end(),
            [&](auto a, auto b) { return items[a].*member < items[b].*member; });
  const auto twice = std::adjacent_find(order.begin(), order.end(), [&](auto a, auto b) {
    return items[a].*member == items[b].*member;
  });
  if (twice != order.end()) same = items[*twice].*member;
  return order;
}

template <class Item>
const Item* look_up(const std::vector<Item>& items, const std::vector<std::uint32_t>& order,
                    std::string_view Item::*member, std::string_view name) {
  const auto found =
      std::lower_bound(order.begin(), order.end(), name,
                       [&](auto index, auto wanted) { return items[index].*member < wanted; });
  return found != order.end() && items[*found].*member == name ? &items[*found] : nullptr;
}

}  // namespace

/// Fills a GgufFile from its bytes, in the order of the format.
class GgufParser {
 public:
  GgufParser(std::span<const std::byte> bytes, GgufFile& file)
      : bytes_(bytes), reader_(bytes), file_(file) {}

  Status parse() {
    GALAGO_TRY(read_head());
    GALAGO_TRY(read_entries());
    GALAGO_TRY(read_alignment());
    GALAGO_TRY(read_tensors());
    return place_tensors();
  }

 private:
  Status read_head() {
    const auto magic = reader_.take_bytes(kGgufMagic.size());
    if (!magic ||
        !std::equal(magic->begin(), magic->end(), std::as_bytes(std::span(kGgufMagic)).begin()))
      return not_gguf(bytes_);
    const auto version = reader_.take<std::uint32_t>();
    if (!version) return cut_off("its first fields");
    file_.version_ = *version;
    // A big-endian file keeps the magic, but the small version number has its bytes reversed.
    if ((*version & 0xffff) == 0 && *version != 0)
      return Error{Errc::kUnsupported,
                   "this GGUF file is big-endian; only little-endian files "
                   "can be read",
                   {}};
    if (*version < kGgufOldestVersion || *version > kGgufVersion)
      return Error{Errc::kUnsupported,
                   "this is a GGUF file of version " + std::to_string(*version) +
                       "; versions 2 and 3 can be read",
                   {}};
    const auto tensor_count = reader_.take<std::uint64_t>();
    const auto key_count = reader_.take<std::uint64_t>();
    if (!tensor_count || !key_count) return cut_off("its first fields");
    tensor_count_ = *tensor_count;
    key_count_ = *key_count;
    GALAGO_TRY(check_count(tensor_count_, kLargestTensorCount, kSmallestTensorBytes, "tensors"));
    return check_count(key_count_, kLargestKeyCount, kSmallestKeyBytes, "keys");
  }

  Status check_count(std::uint64_t count, std::uint64_t limit, std::uint64_t smallest,
                     const std::string& what) const {
    if (count > limit)
      return format_error("the file claims to hold " + std::to_string(count) + " " + what +
                          "; no model has so many");
    if (count > reader_.left() / smallest)
      return format_error("the file is truncated: it claims to hold " + std::to_string(count) +
                          " " + what + ", but has only " + std::to_string(bytes_.size()) +
                          " bytes");
    return {};
  }

  Error cut_off(const std::string& where) const {
    return format_error("the file is truncated: it ends after " + std::to_string(bytes_.size()) +
                        " bytes, within " + where);
  }

  Status read_entries() {
    file_.entries_.reserve(static_cast<std::size_t>(key_count_));
    for (std::uint64_t i = 0; i < key_count_; ++i) {
      const std::string ordinal = "key " + std::to_string(i + 1);
      const auto key = reader_.take_string();
      if (!key) return cut_off(ordinal);
      if (key->empty() || key->size() >= kLargestNameLength)
        return format_error("the name of " + ordinal + " is " + std::to_string(key->size()) +
                            " bytes long");
      const auto type = reader_.take<std::uint32_t>();
      if (!type) return cut_off("the key " + quoted(*key));
      if (*type >= kGgufTypeCount)
        return format_error("the key " + quoted(*key) + " has the unknown type " +
                            std::to_string(*type));
      const auto value = take_gguf_value(reader_, static_cast<GgufType>(*type));
      if (!value)
        return format_error("the value of the key " + quoted(*key) +
                            " is corrupt, or the file is truncated (it has " +
                            std::to_string(bytes_.size()) + " bytes)");
      file_.entries_.push_back({*key, *value});
    }
    std::optional<std::string_view> same;
    file_.entries_by_key_ = sorted_by(file_.entries_, &GgufEntry::key, same);
    if (same) return format_error("the key " + quoted(*same) + " occurs twice");
    return {};
  }

  Status read_alignment() {
    file_.alignment_ = kGgufDefaultAlignment;
    if (file_.value(kGgufAlignmentKey) == nullptr) return {};
    const auto alignment = file_.get_u64(kGgufAlignmentKey);
    if (!alignment || !std::has_single_bit(*alignment) || *alignment < kSmallestAlignment ||
        *alignment > kLargestAlignment)
      return format_error("the key general.alignment is not a power of two between " +
                          std::to_string(kSmallestAlignment) + " and " +
                          std::to_string(kLargestAlignment));
    file_.alignment_ = static_cast<std::size_t>(*alignment);
    return {};
  }

  Status read_tensors() {
    file_.tensors_.reserve(static_cast<std::size_t>(tensor_count_));
    offsets_.reserve(static_cast<std::size_t>(tensor_count_));
    for (std::uint64_t i = 0; i < tensor_count_; ++i) {
      const std::string ordinal = "the description of tensor " + std::to_string(i + 1);
      GgufTensor tensor;
      const auto name = reader_.take_string();
      if (!name) return cut_off(ordinal);
      if (name->empty() || name->size() >= kLargestNameLength)
        return format_error("the name in " + ordinal + " is " + std::to_string(name->size()) +
                            " bytes long");
      tensor.name = *name;
      const auto n_dims = reader_.take<std::uint32_t>();
      if (!n_dims) return cut_off(ordinal);
      if (*n_dims > kGgufMaxDims)
        return format_error("the tensor " + quoted(*name) + " has " + std::to_string(*n_dims) +
                            " dimensions; four are the most");
      tensor.element_count = 1;
      tensor.shape.reserve(*n_dims);
      for (std::uint32_t d = 0; d < *n_dims; ++d) {
        const auto size = reader_.take<std::uint64_t>();
        if (!size) return cut_off(ordinal);
        if (*size == 0 || *size > kLargestElementCount / tensor.element_count)
          return format_error("the tensor " + quoted(*name) + " has an impossible shape");
        tensor.shape.push_back(*size);
        tensor.element_count *= *size;
      }
      const auto type = reader_.take<std::uint32_t>();
      const auto offset = reader_.take<std::uint64_t>();
      if (!type || !offset) return cut_off(ordinal);
      tensor.ggml_type = *type;
      tensor.dtype = dtype_from_ggml(*type);
      offsets_.push_back(*offset);
      file_.tensors_.push_back(std::move(tensor));
    }
    std::optional<std::string_view> same;
    file_.tensors_by_name_ = sorted_by(file_.tensors_, &GgufTensor::name, same);
    if (same) return format_error("the tensor " + quoted(*same) + " occurs twice");
    return {};
  }

  /// Finds the bytes of each tensor: aligned, within the file, and nobody else's.
  Status place_tensors() {
    const std::uint64_t data_start = gguf_align_up(reader_.position(), file_.alignment_);
    for (std::size_t i = 0; i < file_.tensors_.size(); ++i) {
      GgufTensor& tensor = file_.tensors_[i];
      if (offsets_[i] % file_.alignment_ != 0)
        return format_error("the data of the tensor " + quoted(tensor.name) +
                            " is not aligned as the file says");
      std::uint64_t size = 0;
      if (tensor.dtype) {
        const DTypeInfo& info = dtype_info(*tensor.dtype);
        const auto block_size = static_cast<std::uint64_t>(info.block_size);
        const std::uint64_t row = tensor.shape.empty() ? 1 : tensor.shape[0];
        if (row % block_size != 0)
          return format_error("the rows of the tensor " + quoted(tensor.name) + ", " +
                              std::to_string(row) + " long, are not whole blocks of " +
                              std::string(info.name));
        size = tensor.element_count / block_size * static_cast<std::uint64_t>(info.block_bytes);
      }
      // Neither sum can overflow: offset and size are compared with what is left of the file.
      const std::uint64_t room = bytes_.size() - std::min<std::uint64_t>(data_start, bytes_.size());
      if (offsets_[i] > room || size > room - offsets_[i])
        return outside(tensor, data_start, offsets_[i], size);
      tensor.bytes =
          bytes_.subspan(static_cast<std::size_t>(
                             std::min<std::uint64_t>(data_start, bytes_.size()) + offsets_[i]),
                         static_cast<std::size_t>(size));
    }
    return check_overlap();
  }

  Error outside(const GgufTensor& tensor, std::uint64_t data_start, std::uint64_t offset,
                std::uint64_t size) const {
    if (offset > UINT64_MAX - data_start || size > UINT64_MAX - data_start - offset)
      return format_error("the offset of the tensor " + quoted(tensor.name) + " is impossible");
    const std::uint64_t begin = data_start + offset;
    return format_error("the file is truncated: the tensor " + quoted(tensor.name) +
                        " needs bytes " + std::to_string(begin) + "–" +
                        std::to_string(begin + size) + ", the file has " +
                        std::to_string(bytes_.size()));
  }

  Status check_overlap() const {
    std::vector<std::uint32_t> order(file_.tensors_.size());
    std::iota(order.begin(), order.end(), 0U);
    std::sort(order.begin(), order.end(), [&](auto a, auto b) {
      return std::pair(offsets_[a], file_.tensors_[a].bytes.size()) <
             std::pair(offsets_[b], file_.tensors_[b].bytes.size());
    });
    for (std::size_t i = 1; i < order.size(); ++i) {
      const GgufTensor& before = file_.tensors_[order[i - 1]];
      if (offsets_[order[i]] - offsets_[order[i - 1]] < before.bytes.size())
        return format_error("the data of the tensors " + quoted(before.name) + " and " +
                            quoted(file_.tensors_[order[i]].name) + " overlap");
    }
    return {};
  }

  std::span<const std::byte> bytes_;
  ByteReader reader_;
  GgufFile& file_;
  std::uint64_t tensor_count_ = 0;
  std::uint64_t key_count_ = 0;
  std::vector<std::uint64_t> offsets_;  // of each tensor, within the data
};

Result<DType> GgufTensor::checked_dtype() const {
  if (dtype) return *dtype;
  const std::string_view known = foreign_type_name(ggml_type);
  return Error{Errc::kUnsupported,
               "the tensor " + quoted(name) + " has the unsupported type " +
                   (known.empty() ? std::to_string(ggml_type) : std::string(known)) +
                   "; use a file with one of the types f16, q8_0, q4_0 … q6_K",
               {}};
}

Result<std::shared_ptr<const GgufFile>> GgufFile::parse(std::span<const std::byte> bytes,
                                                        std::shared_ptr<const void> owner) {
  auto file = std::shared_ptr<GgufFile>(new GgufFile);
  file->bytes_ = bytes;
  file->owner_ = std::move(owner);
  GALAGO_TRY(GgufParser(bytes, *file).parse());
  return std::shared_ptr<const GgufFile>(std::move(file));
}

Result<std::shared_ptr<const GgufFile>> GgufFile::open(const std::filesystem::path& path) {
  // Opening a named pipe would wait for somebody to write to it.
  std::error_code error;
  if (std::filesystem::is_other(path, error))
    return Error{Errc::kIo, "this is not a regular file", {path.string()}};
  GALAGO_TRY(auto mapped, MappedFile::open(path));
  auto file = std::shared_ptr<GgufFile>(new GgufFile);
  file->path_ = path;
  file->bytes_ = mapped->bytes();
  file->owner_ = std::move(mapped);
  if (Status status = GgufParser(file->bytes_, *file).parse(); !status)
    return std::move(status).error().with_context(path.string());
  return std::shared_ptr<const GgufFile>(std::move(file));
}

const GgufValue* GgufFile::value(std::string_view key) const {
  const GgufEntry* entry = look_up(entries_, entries_by_key_, &GgufEntry::key, key);
  return entry == nullptr ? nullptr : &entry->value;
}

std::optional<std::uint64_t> GgufFile::get_u64(std::string_view key) const {
  const GgufValue* found = value(key);
  return found == nullptr ? std::nullopt : found->as_u64();
}

std::optional<std::uint32_t> GgufFile::get_u32(std::string_view key) const {
  const auto number = get_u64(key);
  if (!number || !std::in_range<std::uint32_t>(*number)) return std::nullopt;
  return static_cast<std::uint32_t>(*number);
}

std::optional<std::int32_t> GgufFile::get_i32(std::string_view key) const {
  const GgufValue* found = value(key);
  const auto number = found == nullptr ? std::nullopt : found->as_i64();
  if (!number || !std::in_range<std::int32_t>(*number)) return std::nullopt;
  return static_cast<std::int32_t>(*number);
}

std::optional<float> GgufFile::get_f32(std::string_view key) const {
  const GgufValue* found = value(key);
  return found == nullptr ? std::nullopt : found->as_f32();
}

std::optional<bool> GgufFile::get_bool(std::string_view key) const {
  const GgufValue* found = value(key);
  return found == nullptr ? std::nullopt : found->as_bool();
}

std::optional<std::string_view> GgufFile::get_string(std::string_view key) const {
  const GgufValue* found = value(key);
  return found == nullptr ? std::nullopt : found->as_string();
}

std::optional<std::vector<std::string_view>> GgufFile::get_string_array(
    std::string_view key) const {
  const GgufValue* found = value(key);
  return found == nullptr ? std::nullopt : found->as_string_array();
}

std::optional<std::vector<float>> GgufFile::get_f32_array(std::string_view key) const {
  const GgufValue* found = value(key);
  return found == nullptr ? std::nullopt : found->as_f32_array();
}

std::optional<std::vector<std::int32_t>> GgufFile::get_i32_array(std::string_view key) const {
  const GgufValue* found = value(key);
  return found == nullptr ? std::nullopt : found->as_i32_array();
}

const GgufTensor* GgufFile::find(std::string_view name) const {
  return look_up(tensors_, tensors_by_name_, &GgufTensor::name, name);
}

std::uint64_t GgufFile::element_count() const {
  return std::accumulate(tensors_.begin(), tensors_.end(), std::uint64_t{0},
                         [](auto sum, const auto& tensor) { return sum + tensor.element_count; });
}

DType GgufFile::commonest_type() const {
  std::array<std::uint64_t, 256> elements{};
  for (const GgufTensor& tensor : tensors_)
    if (tensor.dtype) elements[static_cast<std::size_t>(*tensor.dtype)] += tensor.element_count;
  return static_cast<DType>(std::max_element(elements.begin(), elements.end()) - elements.begin());
}

}  // namespace galago
