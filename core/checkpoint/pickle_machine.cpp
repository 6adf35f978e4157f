// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
#include "checkpoint/pickle_machine.h"

#include <optional>
#include <utility>

#include "gguf/printable.h"

namespace galago {
namespace {

using Kind = PickleValue::Kind;

// A checkpoint takes some forty values a tensor, and models have some thousands of tensors. The
// limits keep what a hostile file makes us allocate to some tens of megabytes.
constexpr std::size_t kMostValues = std::size_t{1} << 19;
constexpr std::size_t kMostMarks = 1 << 10;
constexpr std::size_t kMostDimensions = 8;

}  // namespace

Error corrupt_pickle(const std::string& what) {
  return {Errc::kFormat, "the list of tensors (pickle) is corrupt: " + what, {}};
}

Status PickleMachine::push(PickleValue value) {
  if (++pushed_ > kMostValues) return corrupt_pickle("it has more values than any model needs");
  stack_.push_back(value);
  return {};
}

Status PickleMachine::push_bool(bool value) { return push({Kind::kBool, value ? 1 : 0, {}}); }

Status PickleMachine::push_integer(std::int64_t value) { return push({Kind::kInteger, value, {}}); }

Status PickleMachine::push_text(std::string_view text) { return push({Kind::kText, 0, text}); }

Status PickleMachine::push_empty(Kind kind) { return make_sequence(kind, 0); }

Status PickleMachine::push_mark() {
  if (marks_.size() >= kMostMarks) return corrupt_pickle("it nests too deeply");
  marks_.push_back(stack_.size());
  return {};
}

Status PickleMachine::check_depth(std::size_t count) const {
  const std::size_t floor = marks_.empty() ? 0 : marks_.back();
  if (stack_.size() - floor < count) return corrupt_pickle("it takes a value that is not there");
  return {};
}

Result<PickleValue> PickleMachine::pop() {
  GALAGO_TRY(check_depth(1));
  const PickleValue value = stack_.back();
  stack_.pop_back();
  return value;
}

Result<std::size_t> PickleMachine::pop_mark() {
  if (marks_.empty()) return corrupt_pickle("it looks for a mark that is not there");
  const std::size_t count = stack_.size() - marks_.back();
  marks_.pop_back();
  return count;
}

Status PickleMachine::make_sequence(Kind kind, std::size_t count) {
  GALAGO_TRY(check_depth(count));
  const auto begin = stack_.end() - static_cast<std::ptrdiff_t>(count);
  pickle_.sequences.emplace_back(begin, stack_.end());
  stack_.erase(begin, stack_.end());
  return push({kind, static_cast<std::int64_t>(pickle_.sequences.size() - 1), {}});
}

Status PickleMachine::make_tuple(std::size_t count) { return make_sequence(Kind::kTuple, count); }

Status PickleMachine::make_tuple_of_marked() {
  GALAGO_TRY(const std::size_t count, pop_mark());
  return make_sequence(Kind::kTuple, count);
}

Status PickleMachine::extend(Kind kind, std::size_t count) {
  GALAGO_TRY(check_depth(count + 1));
  const auto begin = stack_.end() - static_cast<std::ptrdiff_t>(count);
  const PickleValue& target = *(begin - 1);
  if (target.kind != kind) return corrupt_pickle("it fills something that cannot be filled");
  if (kind == Kind::kDict && count % 2 != 0) return corrupt_pickle("a key has no value");
  auto& sequence = pickle_.sequences[static_cast<std::size_t>(target.number)];
  sequence.insert(sequence.end(), begin, stack_.end());
  stack_.erase(begin, stack_.end());
  return {};
}

Status PickleMachine::extend_by_marked(Kind kind) {
  GALAGO_TRY(const std::size_t count, pop_mark());
  return extend(kind, count);
}

Status PickleMachine::memoize(std::uint32_t index) {
  GALAGO_TRY(check_depth(1));
  // Every entry was pushed once, so the memo needs a limit of its own only against repetition.
  if (memo_.size() >= kMostValues) return corrupt_pickle("it remembers too much");
  memo_[index] = stack_.back();
  return {};
}

Status PickleMachine::memoize_next() { return memoize(static_cast<std::uint32_t>(memo_.size())); }

Status PickleMachine::recall(std::uint32_t index) {
  const auto found = memo_.find(index);
  if (found == memo_.end()) return corrupt_pickle("it recalls what it never remembered");
  return push(found->second);
}

Status PickleMachine::push_global(std::string_view module, std::string_view name) {
  const auto known = known_pickle_global(module, name);
  if (!known)
    return Error{Errc::kUnsupported,
                 "the file asks for the Python object '" + printable(module, 80) + "." +
                     printable(name, 80) +
                     "', which a checkpoint of tensors does not need; it may be malicious, and "
                     "nothing of it was executed",
                 {}};
  return push(*known);
}

Status PickleMachine::push_global_named_on_stack() {
  GALAGO_TRY(const PickleValue name, pop());
  GALAGO_TRY(const PickleValue module, pop());
  if (name.kind != Kind::kText || module.kind != Kind::kText)
    return corrupt_pickle("the name of an object is no text");
  return push_global(module.text, name.text);
}

std::span<const PickleValue> PickleMachine::items(const PickleValue& sequence) const {
  return pickle_.sequences[static_cast<std::size_t>(sequence.number)];
}

Status PickleMachine::call() {
  GALAGO_TRY(const PickleValue arguments, pop());
  GALAGO_TRY(const PickleValue function, pop());
  if (arguments.kind != Kind::kTuple || function.kind != Kind::kFunction)
    return corrupt_pickle("it calls something that is no function");
  switch (static_cast<PickleFunction>(function.number)) {
    case PickleFunction::kOrderedDict:
      if (!items(arguments).empty()) return corrupt_pickle("a dict is made from something");
      return push_empty(Kind::kDict);
    case PickleFunction::kRebuildTensor:
      return rebuild_tensor(items(arguments));
    case PickleFunction::kRebuildParameter:
      if (items(arguments).empty() || items(arguments)[0].kind != Kind::kTensor)
        return corrupt_pickle("a parameter is no tensor");
      return push(items(arguments)[0]);
  }
  return corrupt_pickle("it calls something that is no function");
}

Result<std::vector<std::int64_t>> PickleMachine::integers(const PickleValue& value) const {
  if (value.kind != Kind::kTuple || items(value).size() > kMostDimensions)
    return corrupt_pickle("a shape is no tuple");
  std::vector<std::int64_t> numbers;
  for (const PickleValue& item : items(value)) {
    if (item.kind != Kind::kInteger) return corrupt_pickle("a shape is not made of integers");
    numbers.push_back(item.number);
  }
  return numbers;
}

// _rebuild_tensor_v2(storage, offset, shape, strides, requires_grad, hooks[, metadata])
Status PickleMachine::rebuild_tensor(std::span<const PickleValue> arguments) {
  if (arguments.size() < 4 || arguments[0].kind != Kind::kStorage ||
      arguments[1].kind != Kind::kInteger)
    return corrupt_pickle("a tensor is made from something else than a storage");
  PickledTensor tensor;
  tensor.storage = static_cast<std::size_t>(arguments[0].number);
  tensor.offset = arguments[1].number;
  GALAGO_TRY(tensor.shape, integers(arguments[2]));
  GALAGO_TRY(tensor.strides, integers(arguments[3]));
  pickle_.tensors.push_back(std::move(tensor));
  return push({Kind::kTensor, static_cast<std::int64_t>(pickle_.tensors.size() - 1), {}});
}

Status PickleMachine::drop_state() {
  GALAGO_TRY(const PickleValue state, pop());
  GALAGO_TRY(check_depth(1));
  const Kind kind = stack_.back().kind;
  if (state.kind != Kind::kDict || (kind != Kind::kDict && kind != Kind::kTensor))
    return corrupt_pickle("it changes something that has no state");
  return {};
}

// ('storage', type, key, device, element count), in the older format with a view of it or None.
Status PickleMachine::push_storage() {
  GALAGO_TRY(const PickleValue value, pop());
  if (value.kind != Kind::kTuple) return corrupt_pickle("a storage is named in an unknown way");
  const auto id = items(value);
  if (id.size() < 5 || id.size() > 6 || id[0].kind != Kind::kText || id[0].text != "storage" ||
      id[1].kind != Kind::kStorageType || id[2].kind != Kind::kText ||
      id[4].kind != Kind::kInteger || id[4].number < 0)
    return corrupt_pickle("a storage is named in an unknown way");
  if (id.size() == 6 && id[5].kind != Kind::kNone)
    return Error{Errc::kUnsupported, "the checkpoint holds views of storages", {}};
  pickle_.storages.push_back({id[2].text, static_cast<StorageType>(id[1].number), id[4].number});
  return push({Kind::kStorage, static_cast<std::int64_t>(pickle_.storages.size() - 1), {}});
}

Result<PickleValue> PickleMachine::finish() const {
  if (stack_.size() != 1 || !marks_.empty()) return corrupt_pickle("it ends before it is complete");
  return stack_.back();
}

}  // namespace galago
