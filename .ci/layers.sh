#!/usr/bin/env bash
# SPDX-FileCopyrightText: Galago developers
# SPDX-License-Identifier: Apache-2.0
#
# Holds the includes of each folder to the layers of docs/architecture.md: which folders of core it
# may use, and that Qt and each third-party library stay where they belong.
set -uo pipefail
cd "$(dirname "$0")/.." || exit 1
failures=0

complain() {
  failures=$((failures + 1))
  echo "$1"
}

sources() {
  local folder
  for folder in "$@"; do
    [ -d "$folder" ] && find "$folder" -type f \( -name '*.h' -o -name '*.cpp' -o -name '*.inl' \
      -o -name '*.cu' \)
  done
}

# may_use FOLDER LAYER...: quoted includes below FOLDER name only these layers (or no folder).
may_use() {
  local folder=$1 allowed line
  shift
  allowed=$(IFS='|'; echo "$*")
  while IFS= read -r line; do
    complain "layering: ${line%%:*} includes ${line#*:}"
  done < <(sources "$folder" | xargs -r grep -oHE '#include "[a-z_]+/[^"]*"' |
    grep -vE "#include \"($allowed)/")
}

# only_in PATTERN WHERE FOLDER...: angle includes that match PATTERN appear only in files that match
# WHERE.
only_in() {
  local pattern=$1 where=$2 line
  shift 2
  while IFS= read -r line; do
    complain "include out of place: $line"
  done < <(sources "$@" | xargs -r grep -oHE "#include [<\"]${pattern}[^>\"]*[>\"]" |
    grep -vE "^($where)")
}

may_use core/base base
may_use core/sensors base sensors
may_use core/gguf base gguf text  # the vocabulary of a file, as the tokenizer takes it
may_use core/quant base quant
may_use core/checkpoint base gguf checkpoint  # of gguf: bytes and text of unknown origin
may_use core/convert base checkpoint gguf quant text convert
may_use core/device base device
may_use core/text base text
may_use core/image base image
may_use core/reference base device quant reference
may_use core/cpu base device quant cpu
may_use core/vulkan base device quant vulkan
may_use core/cuda base device quant cuda
may_use core/devices base device devices reference cpu vulkan cuda
may_use core/model base device gguf quant model
may_use core/engine base device devices gguf image model text engine
may_use core/library base gguf quant library
may_use core/placement base devices engine library placement
may_use core/compare base convert engine gguf image library placement text compare
may_use core/intake base convert library intake
may_use core/transfer base gguf quant library transfer
# The window sees the engine, never what is inside it; "device" for the description of one only.
may_use ui base compare device devices history image engine library intake placement sensors transfer
may_use ui/history base image engine history
may_use app base compare convert device devices gguf history image text engine library intake placement transfer cli

# Qt's headers all begin with a capital Q.
only_in '(Q[A-Z]|Qt)' '(core/transfer|ui|app/[a-z_]+\.|app/cli/models/|resources|tests/(qml|e2e|fuzz|history|transfer))' core app ui tests
only_in 'sentencepiece' 'core/text/|tests/' core app ui tests
only_in '(cblas|openblas)' 'tests/bench/' core app ui tests
only_in '(png|jpeglib|webp/|gif_lib|libexif/)' 'core/image/|tests/' core app ui tests
only_in 'xxh' 'core/(compare|engine|devices|base)/|tests/' core app ui tests
only_in '(quazip|unzip)' 'core/transfer/' core app ui tests
only_in 'vulkan/vulkan' 'core/(vulkan|devices)/' core app ui
only_in 'volk' 'core/vulkan/' core app ui tests
only_in '(cuda_|mma\.h)' 'core/cuda/' core app ui tests
only_in 'CLI/' 'app/cli/' core app ui
only_in '(immintrin|arm_neon|x86intrin)' 'core/cpu/|core/base/|tests/' core app ui tests

[ "$failures" -eq 0 ]
