// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
#include "text/sentencepiece_proto.h"

#include <bit>
#include <cstdint>
#include <optional>
#include <string_view>

namespace galago {
namespace {

// Field numbers of sentencepiece_model.proto.
namespace model_field {
constexpr std::uint32_t kPieces = 1, kTrainer = 2, kNormalizer = 3, kDenormalizer = 5;
}

namespace piece_field {
constexpr std::uint32_t kPiece = 1, kScore = 2, kType = 3;
}

namespace trainer_field {
constexpr std::uint32_t kModelType = 3, kVocabularySize = 4, kWhitespaceAsSuffix = 24,
                        kByteFallback = 35, kUnknownId = 40, kBosId = 41, kEosId = 42;
}

namespace normalizer_field {
constexpr std::uint32_t kName = 1, kCharsmap = 2, kDummyPrefix = 3, kRemoveExtraWhitespaces = 4,
                        kEscapeWhitespaces = 5;
}

constexpr std::uint64_t kBpe = 2;         // TrainerSpec.ModelType
constexpr std::uint64_t kNormalType = 1;  // SentencePiece.Type, the default

enum class WireType : std::uint8_t { kVarint = 0, kFixed64 = 1, kBytes = 2, kFixed32 = 5 };

class MessageWriter {
 public:
  void varint(std::uint32_t field, std::uint64_t value) {
    tag(field, WireType::kVarint);
    raw_varint(value);
  }

  void fixed32(std::uint32_t field, std::uint32_t value) {
    tag(field, WireType::kFixed32);
    for (int shift = 0; shift < 32; shift += 8)
      data_ += static_cast<char>(static_cast<std::uint8_t>(value >> shift));
  }

  void bytes(std::uint32_t field, std::string_view value) {
    tag(field, WireType::kBytes);
    raw_varint(value.size());
    data_ += value;
  }

  const std::string& data() const { return data_; }

 private:
  void tag(std::uint32_t field, WireType type) {
    raw_varint((std::uint64_t{field} << 3) | static_cast<std::uint64_t>(type));
  }

  void raw_varint(std::uint64_t value) {
    for (; value >= 0x80; value >>= 7) data_ += static_cast<char>(0x80 | (value & 0x7F));
    data_ += static_cast<char>(value);
  }

  std::string data_;
};

/// One field of a message; `number` holds a varint or a fixed value, `bytes` the rest.
struct Field {
  std::uint32_t id = 0;
  WireType type = WireType::kVarint;
  std::uint64_t number = 0;
  std::string_view bytes;
};

class MessageReader {
 public:
  explicit MessageReader(std::string_view data) : data_(data) {}

  /// The next field; nothing at the end or where the message is broken.
  std::optional<Field> next() {
    if (data_.empty() || !is_good_) return std::nullopt;
    Field field;
    const std::uint64_t tag = varint();
    field.id = static_cast<std::uint32_t>(tag >> 3);
    field.type = static_cast<WireType>(tag & 7);
    is_good_ = is_good_ && field.id != 0 && (tag >> 3) <= 0x1FFFFFFF;
    switch (field.type) {
      case WireType::kVarint:
        field.number = varint();
        break;
      case WireType::kFixed64:
        field.number = fixed(8);
        break;
      case WireType::kFixed32:
        field.number = fixed(4);
        break;
      case WireType::kBytes:
        field.bytes = take(varint());
        break;
      default:  // groups, which no version of the format uses
        is_good_ = false;
    }
    if (!is_good_) return std::nullopt;
    return field;
  }

  /// False once something was cut off or malformed.
  bool is_good() const { return is_good_; }

 private:
  std::string_view take(std::uint64_t size) {
    is_good_ = is_good_ && size <= data_.size();
    if (!is_good_) return {};
    const std::string_view taken = data_.substr(0, size);
    data_.remove_prefix(size);
    return taken;
  }

  std::uint64_t fixed(int size) {
    std::uint64_t value = 0;
    int shift = 0;
    for (const char c : take(static_cast<std::uint64_t>(size))) {
      value |= std::uint64_t{static_cast<std::uint8_t>(c)} << shift;
      shift += 8;
    }
    return value;
  }

  std::uint64_t varint() {
    std::uint64_t value = 0;
    for (int shift = 0; shift < 64; shift += 7) {
      const std::string_view byte = take(1);
      if (!is_good_) return 0;
      const auto bits = static_cast<std::uint8_t>(byte[0]);
      value |= std::uint64_t{bits & 0x7FU} << shift;
      if (bits < 0x80) return value;
    }
    is_good_ = false;
    return 0;
  }

  std::string_view data_;
  bool is_good_ = true;
};

Error broken() { return Error{Errc::kFormat, "this is not a sentencepiece model", {}}; }

Error unsupported(std::string_view what) {
  return Error{Errc::kUnsupported,
               "this sentencepiece model " + std::string(what) +
                   ": only BPE models with LLaMA's settings can be used",
               {}};
}

/// An int32 field: negative numbers are stored as 64-bit ones.
TokenId to_id(std::uint64_t number) {
  return static_cast<TokenId>(static_cast<std::uint32_t>(number));
}

Status read_piece(std::string_view message, Vocabulary& vocabulary) {
  std::string_view piece;
  float score = 0.0F;
  std::uint64_t type = kNormalType;
  MessageReader reader(message);
  while (const std::optional<Field> field = reader.next()) {
    if (field->id == piece_field::kPiece) piece = field->bytes;
    if (field->id == piece_field::kScore)
      score = std::bit_cast<float>(static_cast<std::uint32_t>(field->number));
    if (field->id == piece_field::kType) type = field->number;
  }
  if (!reader.is_good()) return broken();
  vocabulary.pieces.emplace_back(piece);
  vocabulary.scores.push_back(score);
  vocabulary.types.push_back(to_id(type));
  return {};
}

Status read_trainer(std::string_view message, Vocabulary& vocabulary) {
  std::uint64_t model_type = 1;  // unigram, the default
  bool has_byte_fallback = false;
  bool has_suffixes = false;
  MessageReader reader(message);
  while (const std::optional<Field> field = reader.next()) {
    if (field->id == trainer_field::kModelType) model_type = field->number;
    if (field->id == trainer_field::kByteFallback) has_byte_fallback = field->number != 0;
    if (field->id == trainer_field::kWhitespaceAsSuffix) has_suffixes = field->number != 0;
    if (field->id == trainer_field::kUnknownId) vocabulary.unknown_id = to_id(field->number);
    if (field->id == trainer_field::kBosId) vocabulary.bos_id = to_id(field->number);
    if (field->id == trainer_field::kEosId) vocabulary.eos_id = to_id(field->number);
  }
  if (!reader.is_good()) return broken();
  if (model_type != kBpe) return unsupported("is not a BPE model");
  if (!has_byte_fallback) return unsupported("has no byte fallback");
  if (has_suffixes) return unsupported("marks white space at the end of words");
  return {};
}

Status read_normalizer(std::string_view message) {
  bool has_dummy_prefix = true;
  bool removes_whitespace = true;
  bool escapes_whitespace = true;
  bool has_rules = false;
  MessageReader reader(message);
  while (const std::optional<Field> field = reader.next()) {
    if (field->id == normalizer_field::kCharsmap) has_rules = !field->bytes.empty();
    if (field->id == normalizer_field::kDummyPrefix) has_dummy_prefix = field->number != 0;
    if (field->id == normalizer_field::kRemoveExtraWhitespaces)
      removes_whitespace = field->number != 0;
    if (field->id == normalizer_field::kEscapeWhitespaces) escapes_whitespace = field->number != 0;
  }
  if (!reader.is_good()) return broken();
  if (has_rules) return unsupported("normalises text");
  if (!has_dummy_prefix) return unsupported("adds no dummy prefix");
  if (removes_whitespace) return unsupported("removes white space");
  if (!escapes_whitespace) return unsupported("does not escape white space");
  return {};
}

/// Rules for decoding; none are supported.
Status read_denormalizer(std::string_view message) {
  MessageReader reader(message);
  while (const std::optional<Field> field = reader.next())
    if (field->id == normalizer_field::kCharsmap && !field->bytes.empty())
      return unsupported("rewrites decoded text");
  if (!reader.is_good()) return broken();
  return {};
}

}  // namespace

std::string write_sentencepiece_model(const Vocabulary& vocabulary) {
  MessageWriter model;
  for (std::size_t i = 0; i < vocabulary.pieces.size(); ++i) {
    MessageWriter piece;
    piece.bytes(piece_field::kPiece, vocabulary.pieces[i]);
    piece.fixed32(piece_field::kScore, std::bit_cast<std::uint32_t>(vocabulary.scores[i]));
    piece.varint(piece_field::kType, static_cast<std::uint32_t>(vocabulary.types[i]));
    model.bytes(model_field::kPieces, piece.data());
  }
  MessageWriter trainer;
  trainer.varint(trainer_field::kModelType, kBpe);
  trainer.varint(trainer_field::kVocabularySize, vocabulary.pieces.size());
  trainer.varint(trainer_field::kByteFallback, 1);
  trainer.varint(trainer_field::kUnknownId, static_cast<std::uint32_t>(vocabulary.unknown_id));
  trainer.varint(trainer_field::kBosId, static_cast<std::uint32_t>(vocabulary.bos_id));
  trainer.varint(trainer_field::kEosId, static_cast<std::uint32_t>(vocabulary.eos_id));
  model.bytes(model_field::kTrainer, trainer.data());
  MessageWriter normalizer;
  normalizer.bytes(normalizer_field::kName, "identity");
  normalizer.varint(normalizer_field::kDummyPrefix, 1);
  normalizer.varint(normalizer_field::kRemoveExtraWhitespaces, 0);
  normalizer.varint(normalizer_field::kEscapeWhitespaces, 1);
  model.bytes(model_field::kNormalizer, normalizer.data());
  return model.data();
}

Result<Vocabulary> read_sentencepiece_model(std::span<const std::byte> model) {
  Vocabulary vocabulary;
  std::string_view trainer;
  std::string_view normalizer;
  MessageReader reader({reinterpret_cast<const char*>(model.data()), model.size()});
  while (const std::optional<Field> field = reader.next()) {
    if (field->id == model_field::kPieces) GALAGO_TRY(read_piece(field->bytes, vocabulary));
    if (field->id == model_field::kTrainer) trainer = field->bytes;
    if (field->id == model_field::kNormalizer) normalizer = field->bytes;
    if (field->id == model_field::kDenormalizer) GALAGO_TRY(read_denormalizer(field->bytes));
  }
  if (!reader.is_good() || vocabulary.pieces.empty()) return broken();
  GALAGO_TRY(read_trainer(trainer, vocabulary));
  GALAGO_TRY(read_normalizer(normalizer));
  return vocabulary;
}

}  // namespace galago
