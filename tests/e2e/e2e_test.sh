#!/usr/bin/env bash
# SPDX-FileCopyrightText: Galago developers
# SPDX-License-Identifier: Apache-2.0
#
# Starts the window's program as a person or a packager does. Usage: e2e_test.sh GALAGO DATA_FOLDER
set -u
galago=$1
data=$2
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir -m 700 "$work/runtime"
export XDG_CONFIG_HOME=$work/config XDG_DATA_HOME=$work/data XDG_RUNTIME_DIR=$work/runtime
export LC_ALL=C.UTF-8 QT_QUICK_BACKEND=software
unset GALAGO_MODELS GALAGO_DATA
failures=0

# expect STATUS NAME ARGUMENT...: the exit status, without a word of Qt's about something missing.
expect() {
  local status=$1 name=$2 actual=0
  shift 2
  timeout 120 "$galago" "$@" >"$work/out" 2>"$work/err" </dev/null || actual=$?
  if [ "$actual" -ne "$status" ] || grep -qE 'qrc:|QML|Cannot|cannot find|is not installed' "$work/err"; then
    failures=$((failures + 1))
    echo "FAILED: $name: exit status $actual instead of $status, or complaints"
    sed 's/^/  /' "$work/out" "$work/err" | head -20
  fi
}

says() {
  grep -qF -- "$2" "$work/$1" && return
  failures=$((failures + 1))
  echo "FAILED: '$2' is not in $1"
}

# What needs no display must not look for one.
export QT_QPA_PLATFORM=none
expect 0 help --help && says out "--model"
expect 0 version --version && says out "galago 0."
expect 2 "unknown option" --fly && says err "fly"
expect 2 "unknown device" --device toaster && says err "toaster"
expect 2 "threads below zero" --threads -1

export QT_QPA_PLATFORM=offscreen
expect 0 "first start" --smoke
GALAGO_DATA=$work/none expect 0 "first start without a model or samples" --smoke
mkdir -p "$work/odd/samples"
echo '{"samples": [{"file": "none.png"}, 7, {"title": {"en": 1}}]}' >"$work/odd/samples/samples.json"
GALAGO_DATA=$work/odd expect 0 "samples that are not there" --smoke
expect 0 "a model and a picture" --smoke --model "$data/model" --image "$data/model/large.png"
expect 0 "a picture by itself" --smoke "$data/model/small.png"
expect 0 "a missing model" --smoke --model "$work/none.gguf"
expect 0 "a missing picture" --smoke "$work/none.png"
expect 0 "one thread of the CPU" --smoke --device cpu --threads 1 --model "$data/model"
printf '[General]\nnonsense\n[look]\ntheme=purple\nlanguage=zh_CN\n[model]\nthreads=-7\nrecent=@@\n' \
  >"$work/galago.conf"
mkdir -p "$work/config/galago" && cp "$work/galago.conf" "$work/config/galago/galago.conf"
expect 0 "settings that make no sense" --smoke

[ "$failures" -eq 0 ]
