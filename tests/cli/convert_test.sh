#!/usr/bin/env bash
# SPDX-FileCopyrightText: Galago developers
# SPDX-License-Identifier: Apache-2.0
#
# galago-cli models convert as a person uses it: a model made smaller still answers, and what is
# refused or stopped leaves nothing behind.
# Usage: convert_test.sh GALAGO_CLI DATA_FOLDER RESOURCES_FOLDER
set -u
cli=$1
data=$2
resources=$3
# shellcheck source=tests/cli/checks.sh
. "$(dirname "$0")/checks.sh"

# has N FOLDER NAME: so many files, hidden ones and halves included.
has() {
  checks=$((checks + 1))
  [ "$(find "$2" -type f | wc -l)" -eq "$1" ] || fail "$3: $(find "$2" -type f)"
}

convert=("$cli" models convert)
model=$data/tiny/ggml-model-f16.gguf
mmproj=$resources/models/tiny/mmproj-model-f16.gguf
question=(--image "$resources/samples/07-inside.png" -p "What is inside the square?" --threads 2)

expect 0 help "${convert[@]}" --help && says out q3_K_L help
expect 2 "no type" "${convert[@]}" "$model" "$work/x.gguf"
expect 2 "no such type" "${convert[@]}" "$model" "$work/x.gguf" --to q4 && says err q4_K_M "names the types"
expect 2 "no such type of projectors" "${convert[@]}" "$model" "$work/x.gguf" --to q4_0 --mmproj-to q2_K

# The answer of the original is known to be right (tests/golden); types of four bits keep it.
expect 0 "the original answers" "$cli" run -m "$model" --mmproj "$mmproj" "${question[@]}"
cp "$work/out" "$work/answer"
for type in f32 bf16 q8_0 q4_0 q5_1 q4_K_M q6_K; do
  mkdir "$work/$type"
  cp "$mmproj" "$work/$type"
  expect 0 "to $type" "${convert[@]}" "$model" "$work/$type/model.gguf" --to "$type" --threads 2 &&
    says out "${type%_M}" "types are counted"
  expect 0 "$type answers" "$cli" run -m "$work/$type" "${question[@]}"
  checks=$((checks + 1))
  cmp -s "$work/out" "$work/answer" || fail "$type gives the same answer"
  has 2 "$work/$type" "nothing beside the files"
done
mkdir "$work/folder"
expect 0 "into a folder" "${convert[@]}" "$model" "$work/folder" --to Q3_K_M --threads 2
checks=$((checks + 1))
[ -s "$work/folder/ggml-model-q3_K_M.gguf" ] || fail "the name says what it is"
expect 0 inspect "$cli" inspect "$work/q4_K_M/model.gguf" --metadata
says out "general.file_type = 15" "the file's type"
says out "general.quantization_version = 2" "the formats' version"

# A folder: both files.
for type in q8_0 q4_K; do
  expect 0 "a pair, projector to $type" "${convert[@]}" "$resources/models/tiny" "$work/pair-$type" \
    --to q8_0 --mmproj-to "$type" --json --threads 2
  says out '"requantised": 0' "what is kept is copied"
  has 2 "$work/pair-$type" "both files"
  expect 0 "the pair answers" "$cli" run -m "$work/pair-$type" "${question[@]}"
  checks=$((checks + 1))
  cmp -s "$work/out" "$work/answer" || fail "the projector in $type gives the same answer"
done
expect 0 "a projector alone" "${convert[@]}" "$mmproj" "$work/mmproj-f32.gguf" --to f32
expect 1 "a projector in two bits" "${convert[@]}" "$mmproj" "$work/mmproj-q2.gguf" --to q2_K

# Refusals.
expect 1 "quantised again" "${convert[@]}" "$resources/models/tiny" "$work/again" --to q4_0 &&
  says err "--requantize" "says how"
[ -e "$work/again" ] && fail "a refusal leaves no folder"
expect 0 "quantised again with leave" "${convert[@]}" "$resources/models/tiny" "$work/again" --to q4_0 \
  --requantize && says err "already" "a warning"
expect 1 "a file that is there" "${convert[@]}" "$model" "$work/q4_0/model.gguf" --to q4_0 &&
  says err "--force" "says how"
expect 0 "replaced" "${convert[@]}" "$model" "$work/q4_0/model.gguf" --to q4_0 --force
cp "$model" "$work/itself.gguf"
expect 1 "onto itself" "${convert[@]}" "$work/itself.gguf" "$work/itself.gguf" --to q4_0 --force
cmp -s "$model" "$work/itself.gguf" || fail "the file to be converted is as it was"
expect 1 "no such file" "${convert[@]}" "$work/none.gguf" "$work/x.gguf" --to q4_0
expect 1 "a folder without a model" "${convert[@]}" "$resources/samples" "$work/x" --to q4_0
echo "this is only text" >"$work/text.gguf"
expect 1 "a text file" "${convert[@]}" "$work/text.gguf" "$work/x.gguf" --to q4_0
head -c 1000000 "$model" >"$work/short.gguf"
expect 1 "a truncated model" "${convert[@]}" "$work/short.gguf" "$work/x.gguf" --to q4_0
expect 1 "no such folder" "${convert[@]}" "$model" "$work/none/x.gguf" --to q4_0

# Ctrl+C: the first ends it, nothing is left.
checks=$((checks + 1))
mkdir "$work/stopped"
slow=("${convert[@]}" "$model" "$work/stopped/x.gguf" --to q4_K_M --threads 1)
"${slow[@]}" >"$work/out" 2>"$work/err" </dev/null &
running=$!
for _ in $(seq 200); do
  [ -n "$(ls -A "$work/stopped")" ] && break
  kill -0 "$running" 2>/dev/null || break
  sleep 0.01
done
kill -INT "$running" 2>/dev/null
if wait "$running"; then
  has 1 "$work/stopped" "it was done before it could be stopped"
else
  has 0 "$work/stopped" "a stop leaves nothing"
  says err "stopped" "a stop is said"
fi

# A small disk, where one can be had: too little space is seen before, or while writing.
checks=$((checks + 1))
mkdir "$work/disk"
if unshare -rm true 2>/dev/null; then
  # shellcheck disable=SC2016  # they are the inner shell's arguments
  unshare -rm bash -c 'mount -t tmpfs -o size=1m none "$1" && shift &&
    "$@" --to f16; status=$?; [ $status -eq 1 ] && [ -z "$(ls -A "$0")" ]' \
    "$work/disk" "$work/disk" "${convert[@]}" "$model" "$work/disk/x.gguf" \
    >"$work/out" 2>"$work/err" || fail "a full disk"
  says err "not enough room" "a full disk is said"
fi

finish
