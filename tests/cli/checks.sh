# shellcheck shell=bash
# SPDX-FileCopyrightText: Galago developers
# SPDX-License-Identifier: Apache-2.0
#
# What the tests of galago-cli share: a folder for their files, checks of a command, their count.
# Sourced; the test ends with `finish`.
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export XDG_STATE_HOME=$work/state  # not the person's
failures=0
checks=0

fail() {
  failures=$((failures + 1))
  printf 'FAILED: %s\n' "$1"
  sed 's/^/  out: /' "$work/out" | head -5
  sed 's/^/  err: /' "$work/err" | head -5
}

# expect STATUS NAME COMMAND...: the exit status; failures print exactly one line on stderr.
expect() {
  local status=$1 name=$2
  shift 2
  checks=$((checks + 1))
  "$@" >"$work/out" 2>"$work/err" </dev/null
  local actual=$?
  if [ "$actual" -ne "$status" ]; then
    fail "$name: exit status $actual instead of $status"
    return 1
  fi
  if [ "$status" -eq 1 ] && [ "$(wc -l <"$work/err")" -ne 1 ]; then
    fail "$name: not one line on stderr"
    return 1
  fi
}

# says FILE TEXT NAME: the last command's output (out) or message (err) holds the text.
says() {
  checks=$((checks + 1))
  grep -qF -- "$2" "$work/$1" || fail "$3: '$2' is not in $1"
}

# finish: says how it went; the exit status is 0 only when nothing failed.
finish() {
  echo "$checks checks, $failures failed"
  [ "$failures" -eq 0 ]
}
