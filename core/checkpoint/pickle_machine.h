// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// The stack, the marks and the memo of a pickle's machine, all of limited size, and the objects
// that it makes notes of. pickle.cpp reads the opcodes.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/result.h"
#include "checkpoint/pickle.h"

namespace galago {

class PickleMachine {
 public:
  explicit PickleMachine(Pickle& pickle) : pickle_(pickle) {}

  Status push(PickleValue value);
  Status push_bool(bool value);
  Status push_integer(std::int64_t value);
  Status push_text(std::string_view text);
  /// An empty tuple, list or dict.
  Status push_empty(PickleValue::Kind kind);
  Status push_mark();

  /// A tuple of the `count` topmost values.
  Status make_tuple(std::size_t count);
  /// A tuple of the values above the mark.
  Status make_tuple_of_marked();
  /// Moves the `count` topmost values into the list or dict below them.
  Status extend(PickleValue::Kind kind, std::size_t count);
  Status extend_by_marked(PickleValue::Kind kind);

  Status memoize(std::uint32_t index);
  Status memoize_next();
  Status recall(std::uint32_t index);

  Status push_global(std::string_view module, std::string_view name);
  /// The names are the two topmost values.
  Status push_global_named_on_stack();
  /// Notes what calling the function would have made.
  Status call();
  /// The state of an object is not needed: it is dropped.
  Status drop_state();
  /// The topmost tuple names a storage.
  Status push_storage();

  /// The only value left.
  Result<PickleValue> finish() const;

 private:
  /// The topmost value, taken off. Errors: nothing is there above the mark.
  Result<PickleValue> pop();
  Result<std::size_t> pop_mark();
  Status check_depth(std::size_t count) const;
  Status make_sequence(PickleValue::Kind kind, std::size_t count);

  std::span<const PickleValue> items(const PickleValue& sequence) const;
  Result<std::vector<std::int64_t>> integers(const PickleValue& value) const;
  Status rebuild_tensor(std::span<const PickleValue> arguments);

  Pickle& pickle_;
  std::vector<PickleValue> stack_;
  std::vector<std::size_t> marks_;  // heights of the stack
  std::unordered_map<std::uint32_t, PickleValue> memo_;
  std::size_t pushed_ = 0;
};

/// "the pickle is corrupt: …"
Error corrupt_pickle(const std::string& what);

}  // namespace galago
