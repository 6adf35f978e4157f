#!/usr/bin/env bash
# SPDX-FileCopyrightText: Galago developers
# SPDX-License-Identifier: Apache-2.0
#
# Takes the pictures of docs/window.md anew, without a display: with the model that comes with Galago
# what it is started with, asks and answers, and with the tests' own models (random weights) the states
# that take a slow, a full or a broken one. GALAGO_SLOW_MODEL names a model of real size for the picture of loading.
set -euo pipefail
cd "$(dirname "$0")/../.."
cmake --build build/release --target galago_window

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir -m 700 "$work/runtime"
export GALAGO_SCREENSHOTS=$work LC_ALL=C.UTF-8 QT_QPA_PLATFORM=offscreen QT_QUICK_BACKEND=software
export HOME=$PWD  # the models' folders are shown below "~"
export XDG_STATE_HOME=$work XDG_CONFIG_HOME=$work XDG_DATA_HOME=/home/ada/.local/share XDG_RUNTIME_DIR=$work/runtime

# take SUFFIX THEME LANGUAGE WIDTH HEIGHT SCALE [STATE...]: all states without a name.
take() {
  local functions=()
  for state in "${@:7}"; do functions+=("Screenshots::test_$state"); done
  GALAGO_SUFFIX=$1 GALAGO_THEME=$2 GALAGO_LANGUAGE=$3 GALAGO_WIDTH=$4 GALAGO_HEIGHT=$5 \
    QT_SCALE_FACTOR=$6 build/release/tests/qml/galago_window -silent \
    -input tests/qml/screenshots/tst_screenshots.qml "${functions[@]}"
}

take "" dark en 1280 820 1
take -light light en 1280 820 1 ready finished answer compare history
take -chinese light zh_CN 1280 820 1 no_model ready finished library compare import history
take -narrow dark en 400 720 1 ready answer finished library compare import history
take -panel dark en 1024 600 1 ready drop finished compare stage
take -large dark en 1440 900 1 finished
take -double light en 640 410 2 finished compare

# Those that the page shows.
grep -o 'screenshots/[a-z-]*\.png' docs/window.md | sort -u | while read -r picture; do
  convert "$work/$(basename "$picture")" -strip -dither None -colors 96 "docs/$picture"
done
