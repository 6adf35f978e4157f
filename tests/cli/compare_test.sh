#!/usr/bin/env bash
# SPDX-FileCopyrightText: Galago developers
# SPDX-License-Identifier: Apache-2.0
#
# galago-cli compare: the examples that come with Galago, exports, expectations, a stop, bad input.
# Usage: compare_test.sh GALAGO_CLI RESOURCES_FOLDER
set -u
cli=$1
resources=$2
# shellcheck source=tests/cli/checks.sh
. "$(dirname "$0")/checks.sh"
unset GALAGO_DATA GALAGO_MODELS
export XDG_DATA_HOME=$work TMPDIR=$work
sample=$resources/samples/03-colour.png
model=$resources/models/tiny

expect 0 "compare --help" "$cli" compare --help && says out "--markdown" help
expect 2 "no script" "$cli" compare

# The examples.
expect 0 "quantisations" "$cli" compare "$resources/compare/quantisations.json" \
  --json "$work/report.json" --csv "$work/report.csv" --markdown "$work/report.md"
says out "q4_K_M" "a converted column"
says out "mean KL" "the heading"
says out "What color is the car?" "the prompts"
cp "$work/report.json" "$work/out"
for key in encode_ms ttft_ms prefill_tps decode_tps peak_memory_bytes word_overlap_f1 \
  first_differing_token mean_kl_nats same_text text; do
  says out "\"$key\":" "JSON has $key"
done
checks=$((checks + 1))
grep -q '"mean_kl_nats": [0-9]' "$work/report.json" || fail "quantisations of one model have a divergence"
checks=$((checks + 1))
[ "$(grep -c . "$work/report.csv")" -eq 25 ] || fail "CSV: a heading and a line for each of 24 answers"
cp "$work/report.md" "$work/out"
says out "| q2\\_K |" "Markdown has the columns"
checks=$((checks + 1))
[ -z "$(find "$work" -maxdepth 1 -name 'galago-compare-*')" ] || fail "converted models are removed"
expect 0 "expectations" "$cli" compare "$resources/compare/expectations.json"

# What is expected and not so ends in a failure that names the case and says why.
cat >"$work/wrong.json" <<JSON
{"format": 1, "columns": [{"name": "tiny", "model": "$model", "threads": 2}],
 "cases": [{"picture": "$sample", "prompt": "What color is the car?"},
           {"name": "hue", "picture": "$sample", "prompt": "What color is the car?", "expect": "Pink."}]}
JSON
expect 1 "an answer that is not as expected" "$cli" compare "$work/wrong.json" --csv "$work/wrong.csv"
says err "cases[1] (hue), column 'tiny': the answer is 'Green.' instead of 'Pink.'" "which, and why"
says out "Not as expected:" "the report says so"
checks=$((checks + 1))
grep -q "instead of 'Pink.'" "$work/wrong.csv" || fail "the export is written all the same"

# A folder of pictures.
mkdir "$work/pictures"
cp "$sample" "$work/pictures/car.png"
expect 1 "a picture without prompt" "$cli" compare "$work/pictures" && says err "car.txt" "what is missing"
echo "What color is the car?" >"$work/pictures/prompt.txt"
expect 0 "a folder" "$cli" compare "$work/pictures" --threads 2 -n 8 && says out "Green." "its answer"
expect 0 "a folder, two models" "$cli" compare "$work/pictures" -m "$model" \
  -m "$model/ggml-model-q8_0.gguf" --threads 2 --at-once
says out "[the same]" "both agree"
says out "not comparable" "times at once are no measure"

# Ctrl+C is a failure here: what should be checked was not.
for i in $(seq 400); do echo "What color is the car? Tell me everything." >"$work/pictures/$i.txt"; ln -s "$sample" "$work/pictures/$i.png"; done
checks=$((checks + 1))
"$cli" compare "$work/pictures" --threads 1 >"$work/out" 2>"$work/err" </dev/null &
long=$!
sleep 1
kill -INT "$long"
wait "$long"
status=$?
[ "$status" -eq 1 ] || fail "Ctrl+C ends the comparison: exit status $status"
says err "stopped after" "how far it came"

# Bad input: one clear line with the place.
echo '{"format": 1, "columns": [{}], "cases": [{"prompt": "Hi", "expct": "x"}]}' >"$work/typo.json"
expect 1 "a typing error" "$cli" compare "$work/typo.json" &&
  says err "typo.json: cases[0]: 'expct' means nothing here" "its place"
printf '{\n"format": 1,\n' >"$work/short.json"
expect 1 "half a script" "$cli" compare "$work/short.json" && says err "line 3" "its place"
expect 1 "no such script" "$cli" compare "$work/none.json"
expect 1 "an unwritable report, before anything runs" "$cli" compare "$work/wrong.json" \
  --json "$work/none/report.json" && says err "none" "its path"
expect 1 "models for a script" "$cli" compare "$work/wrong.json" -m "$model" && says err "for folders" advice
echo '{"format": 1, "columns": [{"model": "no-such-model"}], "cases": [{"prompt": "Hi"}]}' >"$work/model.json"
expect 1 "no such model" "$cli" compare "$work/model.json" && says err "column 'no-such-model'" "which column"

finish
