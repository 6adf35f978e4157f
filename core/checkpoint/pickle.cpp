// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
#include "checkpoint/pickle.h"

#include <algorithm>
#include <string>
#include <utility>

#include "checkpoint/pickle_machine.h"
#include "checkpoint/pickle_opcodes.h"
#include "gguf/byte_reader.h"

namespace galago {
namespace {

using Kind = PickleValue::Kind;
using namespace pickle_opcode;

// Lists of tensors are a few hundred kilobytes at most.
constexpr std::size_t kLargestPickle = std::size_t{16} << 20;
constexpr std::size_t kLongestName = 256;
constexpr int kLatestProtocol = 5;

std::string_view as_text(std::span<const std::byte> bytes) {
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

Error cut_off() { return corrupt_pickle("it is cut off"); }

class PickleReader {
 public:
  PickleReader(std::span<const std::byte> bytes, Pickle& pickle)
      : reader_(bytes.first(std::min(bytes.size(), kLargestPickle))),
        pickle_(pickle),
        machine_(pickle) {}

  Status read() {
    while (true) {
      const auto opcode = reader_.take<std::uint8_t>();
      if (!opcode) return cut_off();
      if (*opcode == kStop) break;
      GALAGO_TRY(step(*opcode));
    }
    GALAGO_TRY(pickle_.root, machine_.finish());
    pickle_.size = reader_.position();
    return {};
  }

 private:
  Status step(std::uint8_t opcode) {
    switch (opcode) {
      case kProto:
        return check_protocol();
      case kFrame:
        // Says how much to read at once; all is there.
        return reader_.take<std::uint64_t>() ? Status() : cut_off();
      case kMark:
        return machine_.push_mark();
      case kGlobal:
        return read_global();
      case kStackGlobal:
        return machine_.push_global_named_on_stack();
      case kReduce:
      case kNewObj:
        return machine_.call();
      case kBuild:
        return machine_.drop_state();
      case kBinPersId:
        return machine_.push_storage();
      case kBinPut:
        return with_number<std::uint8_t>([&](auto index) { return machine_.memoize(index); });
      case kLongBinPut:
        return with_number<std::uint32_t>([&](auto index) { return machine_.memoize(index); });
      case kMemoize:
        return machine_.memoize_next();
      case kBinGet:
        return with_number<std::uint8_t>([&](auto index) { return machine_.recall(index); });
      case kLongBinGet:
        return with_number<std::uint32_t>([&](auto index) { return machine_.recall(index); });
      default:
        return make(opcode);
    }
  }

  /// Values and what holds them.
  Status make(std::uint8_t opcode) {
    switch (opcode) {
      case kEmptyTuple:
        return machine_.push_empty(Kind::kTuple);
      case kEmptyList:
        return machine_.push_empty(Kind::kList);
      case kEmptyDict:
        return machine_.push_empty(Kind::kDict);
      case kTuple1:
        return machine_.make_tuple(1);
      case kTuple2:
        return machine_.make_tuple(2);
      case kTuple3:
        return machine_.make_tuple(3);
      case kTuple:
        return machine_.make_tuple_of_marked();
      case kAppend:
        return machine_.extend(Kind::kList, 1);
      case kAppends:
        return machine_.extend_by_marked(Kind::kList);
      case kSetItem:
        return machine_.extend(Kind::kDict, 2);
      case kSetItems:
        return machine_.extend_by_marked(Kind::kDict);
      default:
        return push(opcode);
    }
  }

  Status push(std::uint8_t opcode) {
    switch (opcode) {
      case kNone:
        return machine_.push({});
      case kNewTrue:
        return machine_.push_bool(true);
      case kNewFalse:
        return machine_.push_bool(false);
      case kBinInt:
        return with_number<std::int32_t>([&](auto n) { return machine_.push_integer(n); });
      case kBinInt1:
        return with_number<std::uint8_t>([&](auto n) { return machine_.push_integer(n); });
      case kBinInt2:
        return with_number<std::uint16_t>([&](auto n) { return machine_.push_integer(n); });
      case kLong1:
        return push_long();
      case kBinFloat:
        return with_number<std::uint64_t>([&](auto) {
          return machine_.push({Kind::kOther, 0, {}});
        });
      case kBinUnicode:
      case kBinString:
        return push_text<std::uint32_t>();
      case kShortBinUnicode:
      case kShortBinString:
        return push_text<std::uint8_t>();
      case kBinUnicode8:
        return push_text<std::uint64_t>();
      case kBinBytes:
        return push_bytes<std::uint32_t>();
      case kShortBinBytes:
        return push_bytes<std::uint8_t>();
      default:
        return Error{Errc::kUnsupported,
                     "the list of tensors (pickle) uses the instruction " + std::to_string(opcode) +
                         ", which tensors do not need",
                     {}};
    }
  }

  Status check_protocol() {
    const auto version = reader_.take<std::uint8_t>();
    if (!version) return cut_off();
    if (*version > kLatestProtocol)
      return Error{
          Errc::kUnsupported,
          "the list of tensors (pickle) has the unknown version " + std::to_string(*version),
          {}};
    return {};
  }

  template <class T, class Use>
  Status with_number(Use use) {
    const auto number = reader_.take<T>();
    return number ? use(*number) : cut_off();
  }

  template <class Length>
  std::optional<std::span<const std::byte>> take_counted() {
    const auto length = reader_.take<Length>();
    return length ? reader_.take_bytes(*length) : std::nullopt;
  }

  template <class Length>
  Status push_text() {
    const auto text = take_counted<Length>();
    return text ? machine_.push_text(as_text(*text)) : cut_off();
  }

  template <class Length>
  Status push_bytes() {
    return take_counted<Length>() ? machine_.push({Kind::kOther, 0, {}}) : cut_off();
  }

  /// Two's complement, little-endian, of any length; more than 64 bits are of no use here.
  Status push_long() {
    const auto bytes = take_counted<std::uint8_t>();
    if (!bytes) return cut_off();
    if (bytes->size() > sizeof(std::int64_t)) return machine_.push({Kind::kOther, 0, {}});
    const bool is_negative = !bytes->empty() && (bytes->back() & std::byte{0x80}) != std::byte{0};
    std::uint64_t value = is_negative ? ~std::uint64_t{0} : 0;
    for (std::size_t i = bytes->size(); i-- > 0;)
      value = value << 8 | static_cast<std::uint8_t>((*bytes)[i]);
    return machine_.push_integer(static_cast<std::int64_t>(value));
  }

  std::optional<std::string_view> take_line() {
    std::size_t length = 0;
    ByteReader ahead = reader_;
    while (length <= kLongestName) {
      const auto byte = ahead.take<std::uint8_t>();
      if (!byte) return std::nullopt;
      if (*byte == '\n') {
        const std::string_view line = as_text(*reader_.take_bytes(length));
        reader_.take<std::uint8_t>();
        return line;
      }
      ++length;
    }
    return std::nullopt;
  }

  Status read_global() {
    const auto module = take_line();
    const auto name = module ? take_line() : std::nullopt;
    return name ? machine_.push_global(*module, *name) : cut_off();
  }

  ByteReader reader_;
  Pickle& pickle_;
  PickleMachine machine_;
};

}  // namespace

const PickleValue* Pickle::find(const PickleValue& dict, std::string_view key) const {
  if (dict.kind != Kind::kDict) return nullptr;
  const auto& items = sequences[static_cast<std::size_t>(dict.number)];
  for (std::size_t i = items.size(); i >= 2; i -= 2)
    if (items[i - 2].kind == Kind::kText && items[i - 2].text == key) return &items[i - 1];
  return nullptr;
}

Result<Pickle> read_pickle(std::span<const std::byte> bytes) {
  Pickle pickle;
  GALAGO_TRY(PickleReader(bytes, pickle).read());
  return pickle;
}

}  // namespace galago
