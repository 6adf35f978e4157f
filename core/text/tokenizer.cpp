// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// The only file that sees sentencepiece. It encodes; what a vocabulary must be is checked here
// first, and decoding, which is simple and follows another library's habits, is done here.
#include "text/tokenizer.h"

#include <sentencepiece_processor.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <exception>
#include <optional>
#include <unordered_map>
#include <unordered_set>
#include <utility>

#include "text/sentencepiece_proto.h"
#include "text/utf8.h"

namespace galago {
namespace {

enum PieceType : std::int32_t {
  kNormal = 1,
  kUnknown = 2,
  kControl = 3,
  kUserDefined = 4,
  kUnused = 5,
  kByte = 6,
};

constexpr std::string_view kSpaceMarker = "\xE2\x96\x81";  // "▁", U+2581

// Far above what tokenizers have, low enough that no file can make this slow.
constexpr std::size_t kMaxPieces = std::size_t{1} << 20;
constexpr std::size_t kMaxPieceBytes = 1024;
constexpr std::size_t kMaxSpecialBytes = 64;
constexpr std::size_t kMaxTextBytes = std::size_t{4} << 20;

Error format_error(std::string detail) { return Error{Errc::kFormat, std::move(detail), {}}; }

/// "piece 17 of the vocabulary …"
Error piece_error(std::size_t id, std::string_view what) {
  return format_error("piece " + std::to_string(id) + " of the vocabulary " + std::string(what));
}

/// The byte that "<0x0A>" stands for.
std::optional<std::uint8_t> parse_byte_piece(std::string_view piece) {
  constexpr std::string_view kDigits = "0123456789ABCDEF";
  if (piece.size() != 6 || !piece.starts_with("<0x") || piece[5] != '>') return std::nullopt;
  const std::size_t high = kDigits.find(piece[3]);
  const std::size_t low = kDigits.find(piece[4]);
  if (high == std::string_view::npos || low == std::string_view::npos) return std::nullopt;
  return static_cast<std::uint8_t>(high * 16 + low);
}

Status check_piece(const Vocabulary& vocabulary, std::size_t id) {
  const std::string& piece = vocabulary.pieces[id];
  const std::int32_t type = vocabulary.types[id];
  if (piece.empty()) return piece_error(id, "is empty");
  if (piece.size() > kMaxPieceBytes) return piece_error(id, "is too long");
  if (!is_valid_utf8(piece)) return piece_error(id, "is not valid UTF-8");
  if (!std::isfinite(vocabulary.scores[id])) return piece_error(id, "has no finite score");
  if (type < kNormal || type > kByte) return piece_error(id, "has an unknown type");
  // sentencepiece finds these with a trie of strings that end at a zero.
  if (type == kUserDefined && piece.find('\0') != std::string::npos)
    return piece_error(id, "contains a zero byte");
  if ((type == kUnknown) != (static_cast<TokenId>(id) == vocabulary.unknown_id))
    return piece_error(id, "is in doubt: there must be one unknown piece, at the unknown id");
  return {};
}

Status check_vocabulary(const Vocabulary& vocabulary) {
  const std::size_t size = vocabulary.pieces.size();
  if (size == 0) return format_error("the vocabulary is empty");
  if (size > kMaxPieces)
    return Error{
        Errc::kUnsupported, "the vocabulary has " + std::to_string(size) + " pieces: too many", {}};
  if (vocabulary.scores.size() != size || vocabulary.types.size() != size)
    return format_error("the vocabulary has " + std::to_string(size) + " pieces, but " +
                        std::to_string(vocabulary.scores.size()) + " scores and " +
                        std::to_string(vocabulary.types.size()) + " types");
  for (const TokenId id : {vocabulary.unknown_id, vocabulary.bos_id, vocabulary.eos_id})
    if (id < 0 || static_cast<std::size_t>(id) >= size)
      return format_error("the special token " + std::to_string(id) +
                          " is outside the vocabulary of " + std::to_string(size) + " pieces");
  std::unordered_set<std::string_view> seen;
  std::array<bool, 256> has_byte{};
  for (std::size_t id = 0; id < size; ++id) {
    GALAGO_TRY(check_piece(vocabulary, id));
    if (!seen.insert(vocabulary.pieces[id]).second) return piece_error(id, "is a duplicate");
    if (vocabulary.types[id] != kByte) continue;
    const std::optional<std::uint8_t> byte = parse_byte_piece(vocabulary.pieces[id]);
    if (!byte) return piece_error(id, "is no byte");
    has_byte[*byte] = true;
  }
  if (std::find(has_byte.begin(), has_byte.end(), false) != has_byte.end())
    return format_error("the vocabulary lacks pieces for some bytes");
  return {};
}

std::string replace_space_markers(std::string_view piece) {
  std::string text;
  for (;;) {
    const std::size_t marker = piece.find(kSpaceMarker);
    text += piece.substr(0, marker);
    if (marker == std::string_view::npos) return text;
    text += ' ';
    piece.remove_prefix(marker + kSpaceMarker.size());
  }
}

class SentencepieceTokenizer final : public Tokenizer {
 public:
  explicit SentencepieceTokenizer(const Vocabulary& vocabulary) : vocabulary_(vocabulary) {}

  /// Called once, before use, with a checked vocabulary.
  Status load() {
    GALAGO_TRY(collect_specials());
    for (std::size_t id = 0; id < vocabulary_.pieces.size(); ++id) {
      const std::string& piece = vocabulary_.pieces[id];
      ids_.emplace(piece, static_cast<TokenId>(id));
      if (is_special(id))
        bytes_.emplace_back();
      else if (vocabulary_.types[id] == kByte)
        bytes_.emplace_back(1, static_cast<char>(*parse_byte_piece(piece)));
      else
        bytes_.push_back(replace_space_markers(piece));
    }
    try {
      const auto status =
          processor_.LoadFromSerializedProto(write_sentencepiece_model(vocabulary_));
      if (!status.ok())
        return format_error("sentencepiece refuses the vocabulary: " + status.ToString());
    } catch (const std::exception& exception) {
      return format_error(std::string("sentencepiece cannot read the vocabulary: ") +
                          exception.what());
    }
    return {};
  }

  Result<std::vector<TokenId>> encode(std::string_view text) const override {
    if (text.size() > kMaxTextBytes)
      return Error{Errc::kInvalidArgument, "the text is longer than any context: shorten it", {}};
    std::vector<TokenId> ids;
    std::size_t begin = 0;
    for (std::size_t at = 0; at < text.size();) {
      const std::optional<TokenId> special = special_at(text.substr(at));
      if (!special) {
        ++at;
        continue;
      }
      GALAGO_TRY(append_encoded(text.substr(begin, at - begin), ids));
      ids.push_back(*special);
      at += vocabulary_.pieces[static_cast<std::size_t>(*special)].size();
      begin = at;
    }
    GALAGO_TRY(append_encoded(text.substr(begin), ids));
    return ids;
  }

  std::string decode(std::span<const TokenId> ids) const override {
    std::string text;
    std::string bytes;        // a run of byte pieces
    bool is_first = true;     // transformers drops a space marker of the first piece,
    bool is_at_start = true;  // sentencepiece one more of the piece that begins the text
    for (const TokenId id : ids) {
      if (!is_known(id) || is_special(static_cast<std::size_t>(id))) continue;
      const auto index = static_cast<std::size_t>(id);
      if (vocabulary_.types[index] == kByte) {
        bytes += bytes_[index];
        is_first = false;
        continue;
      }
      flush_bytes(bytes, text);
      std::string_view piece = vocabulary_.pieces[index];
      bool is_raw = false;
      if (std::exchange(is_first, false) && piece.starts_with(kSpaceMarker)) {
        piece.remove_prefix(kSpaceMarker.size());
        // What is left goes to sentencepiece by name, which prints names it does not know as
        // they are.
        is_raw = ids_.find(piece) == ids_.end();
      }
      is_at_start = is_at_start && text.empty();
      if (!is_raw && is_at_start && piece.starts_with(kSpaceMarker)) {
        piece.remove_prefix(kSpaceMarker.size());
        is_at_start = false;
      }
      text += is_raw ? std::string(piece) : replace_space_markers(piece);
    }
    flush_bytes(bytes, text);
    return text;
  }

  std::string_view piece_bytes(TokenId id) const override {
    return is_known(id) ? std::string_view(bytes_[static_cast<std::size_t>(id)])
                        : std::string_view();
  }

  int vocabulary_size() const override { return static_cast<int>(vocabulary_.pieces.size()); }

  TokenId bos_id() const override { return vocabulary_.bos_id; }

  TokenId eos_id() const override { return vocabulary_.eos_id; }

  TokenId unknown_id() const override { return vocabulary_.unknown_id; }

 private:
  bool is_known(TokenId id) const { return id >= 0 && id < vocabulary_size(); }

  /// Pieces that are recognised in text and left out of answers.
  bool is_special(std::size_t id) const {
    const auto token = static_cast<TokenId>(id);
    return vocabulary_.types[id] == kControl || vocabulary_.types[id] == kUnknown ||
           token == vocabulary_.bos_id || token == vocabulary_.eos_id;
  }

  Status collect_specials() {
    for (std::size_t id = 0; id < vocabulary_.pieces.size(); ++id) {
      if (!is_special(id)) continue;
      const std::string& piece = vocabulary_.pieces[id];
      if (piece.size() > kMaxSpecialBytes)
        return Error{Errc::kUnsupported,
                     "control piece " + std::to_string(id) + " of the vocabulary is too long",
                     {}};
      specials_.emplace(piece, static_cast<TokenId>(id));
      is_special_size_[piece.size()] = true;
      begins_special_[static_cast<std::uint8_t>(piece[0])] = true;
    }
    return {};
  }

  /// The longest special piece that `text`, which is not empty, begins with.
  std::optional<TokenId> special_at(std::string_view text) const {
    if (!begins_special_[static_cast<std::uint8_t>(text[0])]) return std::nullopt;
    for (std::size_t size = std::min(text.size(), kMaxSpecialBytes); size > 0; --size) {
      if (!is_special_size_[size]) continue;
      const auto found = specials_.find(text.substr(0, size));
      if (found != specials_.end()) return found->second;
    }
    return std::nullopt;
  }

  Status append_encoded(std::string_view text, std::vector<TokenId>& ids) const {
    if (text.empty()) return {};
    try {
      std::vector<int> encoded;
      const auto status = processor_.Encode(text, &encoded);
      if (!status.ok())
        return Error{Errc::kInternal, "sentencepiece failed: " + status.ToString(), {}};
      ids.insert(ids.end(), encoded.begin(), encoded.end());
    } catch (const std::exception& exception) {
      return Error{Errc::kInternal, std::string("sentencepiece failed: ") + exception.what(), {}};
    }
    return {};
  }

  /// Decodes a run of byte pieces, after which nothing can complete a character any more.
  static void flush_bytes(std::string& bytes, std::string& text) {
    move_decoded(bytes, text);
    for (; !bytes.empty(); bytes.pop_back()) text += kReplacementCharacter;
  }

  const Vocabulary vocabulary_;
  sentencepiece::SentencePieceProcessor processor_;
  std::vector<std::string> bytes_;  // piece_bytes by id
  std::unordered_map<std::string_view, TokenId> ids_;
  std::unordered_map<std::string_view, TokenId> specials_;
  std::array<bool, kMaxSpecialBytes + 1> is_special_size_{};
  std::array<bool, 256> begins_special_{};
};

}  // namespace

Result<std::unique_ptr<Tokenizer>> Tokenizer::from_model(std::span<const std::byte> model) {
  GALAGO_TRY(const Vocabulary vocabulary, read_sentencepiece_model(model));
  return from_vocabulary(vocabulary);
}

Result<std::unique_ptr<Tokenizer>> Tokenizer::from_vocabulary(const Vocabulary& vocabulary) {
  GALAGO_TRY(check_vocabulary(vocabulary));
  auto tokenizer = std::make_unique<SentencepieceTokenizer>(vocabulary);
  GALAGO_TRY(tokenizer->load());
  return std::unique_ptr<Tokenizer>(std::move(tokenizer));
}

}  // namespace galago
