#!/usr/bin/env bash
# SPDX-FileCopyrightText: Galago developers
# SPDX-License-Identifier: Apache-2.0
#
# What can only be done where an NVIDIA GPU is: every op, the golden cases, the sanitizers of CUDA,
# an answer, and times. It builds what it needs and needs nothing else of this repository.
#
#   tests/gpu/cuda.sh [MODEL] [STAGE…]
#
# MODEL: a folder with a pair or an installed model's name, for times; without it the demonstration
# model. Stages: build ops golden answers sanitize bench (all of them when none is named).
set -uo pipefail
cd "$(dirname "$0")/../.." || exit 1
build=${GALAGO_BUILD:-build/gpu}
model=
stages=()
for argument in "$@"; do
  case $argument in
    build | ops | golden | answers | sanitize | bench) stages+=("$argument") ;;
    -h | --help) sed -n '5,13s/^# \{0,1\}//p' "$0"; exit 0 ;;
    *) model=$argument ;;
  esac
done
[ ${#stages[@]} -eq 0 ] && stages=(build ops golden answers sanitize bench)
failed=()

stage_build() {
  cmake -S . -B "$build" -G Ninja -DCMAKE_BUILD_TYPE=Release -DGALAGO_APP=OFF -DGALAGO_CUDA=ON &&
    cmake --build "$build" --target galago-cli ops_test cuda_device_test own_golden_test
}

stage_ops() {
  "$build"/tests/ops/cuda_device_test --gtest_filter='CudaGpu.*' &&
    "$build"/tests/ops/ops_test --gtest_filter='*/cuda'
}

stage_golden() { "$build"/tests/golden/own_golden_test --gtest_filter='*cuda*'; }

# The gallery, answered by the GPU and by the processor: word for word the same.
stage_answers() {
  local picture question gpu cpu status=0
  for picture in resources/samples/*.png; do
    question="What is in this picture?"
    gpu=$("$build"/app/cli/galago-cli run --device cuda --image "$picture" -p "$question") || return 1
    cpu=$("$build"/app/cli/galago-cli run --device cpu --image "$picture" -p "$question") || return 1
    [ "$gpu" = "$cpu" ] && continue
    echo "$picture: cuda says '$gpu', cpu '$cpu'"
    status=1
  done
  return $status
}

# One test of each kernel, on small shapes where there is a choice: these tools slow it a hundredfold.
stage_sanitize() {
  local tests='EmbedRows.*/cuda:LastRow.*/cuda:RopeStoreKv.*/cuda:*OneRow/cuda:*FewRows/cuda'
  tests+=':*FastArithmetic*/cuda:*Epilogues/cuda:*BlocksOf*/cuda:VisionOps.*/cuda'
  tests+=':NormOps.*/cuda:ElementwiseOps.*/cuda:DecoderLayer.*/cuda'
  local tool status=0
  command -v compute-sanitizer >/dev/null || { echo "compute-sanitizer is not installed"; return 1; }
  for tool in memcheck racecheck synccheck initcheck; do
    compute-sanitizer --tool "$tool" --error-exitcode 9 \
      "$build"/tests/ops/ops_test --gtest_filter="*/${tests//:/:*\/}" || status=1
  done
  return $status
}

stage_bench() {
  nvidia-smi --query-gpu=name,driver_version,clocks.max.memory --format=csv || true
  local chosen=()
  [ -n "$model" ] && chosen=(-m "$model")
  "$build"/app/cli/galago-cli bench "${chosen[@]}" --device cuda
}

for stage in "${stages[@]}"; do
  printf '\n=== %s\n' "$stage"
  "stage_$stage" || failed+=("$stage")
done
printf '\n%s\n' "${failed[*]:+failed: }${failed[*]:-all stages passed}"
[ ${#failed[@]} -eq 0 ]
