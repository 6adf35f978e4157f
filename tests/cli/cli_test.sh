#!/usr/bin/env bash
# SPDX-FileCopyrightText: Galago developers
# SPDX-License-Identifier: Apache-2.0
#
# galago-cli as a person or a script uses it: exit codes, messages, JSON, determinism, bad input.
# Usage: cli_test.sh GALAGO_CLI DATA_FOLDER
set -u
cli=$1
model=$2/model
picture=$2/images
# shellcheck source=tests/cli/checks.sh
. "$(dirname "$0")/checks.sh"

expect 0 help "$cli" --help && says out "run" help
for command in run chat bench compare trace inspect devices; do
  expect 0 "$command --help" "$cli" "$command" --help
done
expect 0 version "$cli" --version
expect 2 "no command" "$cli"
expect 2 "unknown command" "$cli" fly
expect 2 "unknown option" "$cli" run --fly
expect 2 "no prompt" "$cli" run -m "$model"
expect 2 "temperature below zero" "$cli" run -m "$model" -p hi --temp -1
expect 2 "a seed below zero" "$cli" run -m "$model" -p hi --seed -1
expect 2 "no such template" "$cli" run -m "$model" -p hi --template nonsense
expect 0 devices "$cli" devices && says out cpu devices
expect 2 "no such device" "$cli" run -m "$model" -p hi --device abacus
expect 1 "devices, no such model" "$cli" devices -m "$work/none.gguf"
expect 0 "devices measured" env GALAGO_SOFTWARE_GPUS=1 "$cli" devices --measure -m "$model/ggml-model-f16.gguf" --json
if grep -q '"id": "vulkan:' "$work/out"; then
  says out '"chosen": true' "one is chosen"
  expect 0 "what was measured is known" env GALAGO_SOFTWARE_GPUS=1 "$cli" devices -m "$model/ggml-model-f16.gguf" &&
    says out "auto     for " "why one is chosen"
  expect 0 "auto says why" env GALAGO_SOFTWARE_GPUS=1 "$cli" run -m "$model/ggml-model-f16.gguf" -n 2 -p hi &&
    says err "Vulkan (" "both figures"
fi

# Answers.
photo=$(find "$picture" -name '*.png' | sort | head -1)
run=("$cli" run -m "$model/ggml-model-f16.gguf" --threads 2 -n 8)
expect 0 "text only" "${run[@]}" -p "Hello"
expect 0 "picture, JSON" "${run[@]}" --image "$photo" -p "What is this?" --json
for key in text tokens prompt_tokens image_tokens image_encode_ms prefill_tps decode_tps ttft_ms \
  load_ms peak_rss_mb device threads stop_reason; do
  says out "\"$key\":" "JSON has $key"
done
says out '"image_tokens": 144' "a picture is 144 tokens"
expect 0 "a folder as model" "$cli" run -m "$model" --mmproj "$model/mmproj-model-f16.gguf" -n 2 -p hi
sample=("${run[@]}" --temp 0.9 --top-k 40 --top-p 0.95 --min-p 0.01 --repeat-penalty 1.1 -p "Hello")
expect 0 "seed 7" "${sample[@]}" --seed 7 && cp "$work/out" "$work/seed7"
expect 0 "seed 7 again" "${sample[@]}" --seed 7
checks=$((checks + 1))
cmp -s "$work/out" "$work/seed7" || fail "the same seed gives the same text"
expect 0 "raw prompt" "${run[@]}" --raw --image "$photo" -p "USER: <image> hello ASSISTANT:"
expect 1 "a marker without picture" "${run[@]}" --raw -p "USER: <image>" && says err "<image>" marker

# Conversation.
checks=$((checks + 1))
printf '/image %s\nWhat is it?\nAnd now?\n/stats\n/quit\n' "$photo" |
  "$cli" chat -m "$model/ggml-model-f16.gguf" --threads 2 -n 4 >"$work/out" 2>"$work/err" ||
  fail "chat"
says err "reused" "chat shows its figures"
checks=$((checks + 1))
# The picture is encoded while the first line after it is read, which is no question here.
printf '/image %s\n/help\n/help\nWhat is it?\n/stats\nAnd now?\n/stats\n' "$photo" |
  "$cli" chat -m "$model/ggml-model-f16.gguf" --threads 2 -n 4 >"$work/out" 2>"$work/err" ||
  fail "chat with commands before the question"
grep -qE '^picture [1-9][0-9]* ms' "$work/err" || fail "the picture's time is told, whenever it was spent"
checks=$((checks + 1))
[ "$(grep -cE '^picture 0 ms' "$work/err")" -eq 1 ] || fail "a picture's time is told once"
checks=$((checks + 1))
printf 'Tell me more.\nAnd more.\nAnd more.\nAnd more.\n' |
  "$cli" chat -m "$model/ggml-model-f16.gguf" --threads 2 -n 20 --ctx 128 >"$work/out" 2>"$work/err" ||
  fail "a chat longer than the context"
says err "may push out the oldest turns" "a full context is announced"
says err "oldest turns left out: 1" "a full context loses its oldest turns"

# Ctrl+C, once the answer has begun.
checks=$((checks + 1))
: >"$work/out"  # what is in it from now on, the program wrote
"$cli" run -m "$model/ggml-model-f16.gguf" --threads 2 --ctx 100000 -n 90000 -p Hello \
  >"$work/out" 2>"$work/err" </dev/null &
endless=$!
for _ in $(seq 600); do
  [ -s "$work/out" ] && break
  sleep 0.1
done
kill -INT "$endless"
wait "$endless" || fail "Ctrl+C ends the answer, and is no failure: exit status $?"

# Stages as files.
expect 0 trace "$cli" trace -m "$model/ggml-model-f16.gguf" --image "$photo" -p "What is this?" -n 3 \
  --out "$work/trace"
for file in pixel_values.npy vision_features.npy projector_output.npy input_ids.npy logits.npy \
  tokens.npy text.txt; do
  checks=$((checks + 1))
  [ -s "$work/trace/$file" ] || fail "trace writes $file"
done
expect 0 inspect "$cli" inspect "$model/ggml-model-f16.gguf" && says out llama inspect
expect 0 "inspect mmproj" "$cli" inspect "$model/mmproj-model-f16.gguf" && says out ldp inspect
expect 0 bench "$cli" bench -m "$model/ggml-model-f16.gguf" --threads 2 --repeat 1 --json &&
  says out memory_bandwidth_gbps bench

# Without -m: the model that comes with it, found from where the program is installed.
prefix=$work/prefix
mkdir -p "$prefix/bin" "$prefix/share/galago/models/galago-tiny"
cp "$cli" "$prefix/bin/galago-cli"
cp "$model"/ggml-model-f16.gguf "$model"/mmproj-model-f16.gguf "$prefix/share/galago/models/galago-tiny"
chmod -R a-w "$prefix/share"
installed=(env -u GALAGO_DATA -u GALAGO_MODELS "$prefix/bin/galago-cli")
expect 0 "the built-in model" "${installed[@]}" run --threads 2 -n 4 --image "$photo" -p "What is this?" &&
  says err "using Galago Tiny, the demonstration model" "which model it is"
checks=$((checks + 1))
[ "$(wc -l <"$work/err")" -eq 1 ] || fail "one line says which model it is"
expect 0 "the built-in model, JSON" "${installed[@]}" run --threads 2 -n 4 -p "Hello" --json
checks=$((checks + 1))
[ -s "$work/err" ] && fail "nothing beside the JSON"
expect 0 "the built-in model inspected" "${installed[@]}" inspect && says out ldp "both files"
expect 0 "the built-in model by name" "${installed[@]}" run -m galago-tiny --threads 2 -n 4 -p "Hello"
expect 2 "a projector for no model" "${installed[@]}" run --mmproj "$model/mmproj-model-f16.gguf" -p hi
chmod -R u+w "$prefix/share"
rm -r "$prefix/share/galago/models"
expect 1 "no built-in model" "${installed[@]}" run -p hi && says err "is missing; name another model (-m)" "advice"
expect 1 "nothing to inspect" "${installed[@]}" inspect && says err "is missing; name another model (FILE)" "advice"
expect 1 "no folder of its own" env GALAGO_DATA="$work/none" "$cli" run -p hi &&
  says err "$work/none/models/galago-tiny" "where it should be"

# Bad input: one clear line, exit status 1.
expect 1 "no such model" "$cli" run -m "$work/none.gguf" -p hi
echo "this is only text" >"$work/text.gguf"
expect 1 "a text file" "$cli" run -m "$work/text.gguf" -p hi && says err "not a GGUF file" "text file"
head -c 5000 "$model/ggml-model-f16.gguf" >"$work/short.gguf"
expect 1 "a truncated model" "$cli" run -m "$work/short.gguf" -p hi
expect 1 "a projector as model" "$cli" run -m "$model/mmproj-model-f16.gguf" -p hi
expect 1 "a projector of another model" "$cli" run -m "$model/rope4/ggml-model-f16.gguf" \
  --mmproj "$model/mmproj-model-f16.gguf" -p hi && says err "do not belong together" "widths"
# Without a GPU, or with one that fails while it answers, the processor does it, and says so.
expect 0 "no GPU" env VK_DRIVER_FILES=/none VK_ICD_FILENAMES=/none "${run[@]}" -p hi \
  --device vulkan && says err "the processor takes its place" "no GPU"
if "$cli" devices | grep -q '^vulkan.*Vulkan 1'; then
  "${run[@]}" -p hi --device cpu >"$work/cpu" 2>"$work/err"
  expect 0 "a lost GPU" env GALAGO_VULKAN_LOST_AFTER=4 "${run[@]}" -p hi --device vulkan &&
    says err "answers from the beginning" "a lost GPU"
  tail -1 "$work/cpu" | cmp -s - <(tail -1 "$work/out") || fail "a lost GPU: another answer"
fi
expect 1 "no such picture" "${run[@]}" --image "$work/none.png" -p hi
head -c 60 "$photo" >"$work/short.png"
expect 1 "a truncated picture" "${run[@]}" --image "$work/short.png" -p hi
expect 1 "a text file as picture" "${run[@]}" --image "$work/text.gguf" -p hi
expect 1 "a prompt longer than the context" "${run[@]}" --ctx 64 -p "$(printf 'word %.0s' $(seq 200))" &&
  says err "context" "long prompt"
expect 1 "an unwritable folder" "$cli" trace -m "$model" --mmproj "$model/mmproj-model-f16.gguf" -p hi \
  --out /dev/null/x

finish
