#!/usr/bin/env bash
# SPDX-FileCopyrightText: Galago developers
# SPDX-License-Identifier: Apache-2.0
#
# galago-cli with the model that comes with it: from the build tree, without -m and from any folder.
# What it answers is not looked at here: tests/golden/acceptance_test.cpp does that.
# Usage: built_in_test.sh GALAGO_CLI SAMPLES_FOLDER
set -u
cli=$1
sample=$(find "$2" -name '*.png' | sort | head -1)
unset GALAGO_DATA GALAGO_MODELS
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export XDG_DATA_HOME=$work XDG_DATA_DIRS=$work XDG_STATE_HOME=$work/state
cd "$work" || exit 1
failures=0

fail() {
  failures=$((failures + 1))
  printf 'FAILED: %s\n' "$1"
  sed 's/^/  out: /' out | head -5
  sed 's/^/  err: /' err | head -5
}

expect_ok() {
  local name=$1
  shift
  "$@" >out 2>err </dev/null || fail "$name"
}

expect_ok inspect "$cli" inspect
[ "$(grep -c . out)" -gt 2 ] || fail "inspect says something"

expect_ok "a question" "$cli" run --image "$sample" -p "What is in the picture?" -n 4 --threads 2
[ -s out ] || fail "an answer"
[ "$(wc -l <err)" -eq 1 ] || fail "one line says which model it is"
grep -q "Galago Tiny, the demonstration model" err || fail "the model's name is said"
expect_ok "JSON" "$cli" run --image "$sample" -p "What is in the picture?" -n 4 --threads 2 --json
[ -s err ] && fail "nothing beside the JSON"
grep -q '"model":' out || fail "JSON has the model's name"
expect_ok "by its name" "$cli" run -m galago-tiny --image "$sample" -p "What is it?" -n 4 --threads 2
[ -s err ] && fail "what was asked for is not repeated"
expect_ok "bench" "$cli" bench --repeat 1 --threads 2 --json
expect_ok "trace" "$cli" trace --image "$sample" -p "What is it?" -n 2 --threads 2 --out trace
echo "What is it?" | "$cli" chat --image "$sample" -n 4 --threads 2 >out 2>err || fail "chat"
[ -s out ] || fail "chat answers"

[ "$failures" -eq 0 ]
