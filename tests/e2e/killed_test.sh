#!/usr/bin/env bash
# SPDX-FileCopyrightText: Galago developers
# SPDX-License-Identifier: Apache-2.0
#
# A program that is killed in the middle of an answer shows it at its next start, up to a
# moment before. Usage: killed_test.sh CHAT_PROGRAM
set -u
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export LC_ALL=C.UTF-8 QT_QPA_PLATFORM=offscreen XDG_DATA_HOME=$work XDG_CONFIG_HOME=$work

"$1" ask "$work" >"$work/said" 2>"$work/err" &
program=$!
# What is shown is written four times a second; a busy machine takes longer.
before=0
for ((i = 0; i < 1200 && before < 3; ++i)); do
  sleep 0.1
  before=$(wc -l <"$work/said")
done
sleep 2
kill -9 "$program"
wait "$program" 2>/dev/null
timeout 120 "$1" show "$work" >"$work/shown" 2>>"$work/err"

said=$(sed -n "${before}p" "$work/said")
shown=$(sed -n 2p "$work/shown")
if [ "$(sed -n 1p "$work/shown")" != "What do you see?" ] || [ -z "$said" ] || [[ $shown != "$said"* ]]; then
  printf 'FAILED: said\n  %s\nand shows\n' "$said"
  sed 's/^/  /' "$work/shown" "$work/err"
  exit 1
fi
