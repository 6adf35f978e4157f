#!/usr/bin/env bash
# SPDX-FileCopyrightText: Galago developers
# SPDX-License-Identifier: Apache-2.0
#
# clang-tidy on the C++ files given, else on those of core and app/cli that differ from a base
# (GALAGO_TIDY_BASE, else the commit before the last). The whole of core: .ci/tidy.sh --all.
# It takes its compile commands from build/release (or GALAGO_BUILD).
set -euo pipefail
cd "$(dirname "$0")/.."

tidy=$(command -v clang-tidy-14 || command -v clang-tidy || true)
build=${GALAGO_BUILD:-build/release}
if [ -z "$tidy" ] || [ ! -f "$build/compile_commands.json" ]; then
  echo "clang-tidy or $build/compile_commands.json is missing" >&2
  exit 3
fi
case ${1:-} in
  --all) mapfile -t files < <(git ls-files 'core/*.cpp' 'app/cli/*.cpp') ;;
  '')
    base=${GALAGO_TIDY_BASE:-$(git rev-parse --verify -q HEAD~1 || git hash-object -t tree /dev/null)}
    mapfile -t files < <(git diff --name-only --diff-filter=AM "$base" -- 'core/*.cpp' 'app/cli/*.cpp')
    ;;
  *) files=("$@") ;;
esac
[ ${#files[@]} -eq 0 ] && exit 0
# Of each kernel file only the instruction sets of this machine have compile commands.
printf '%s\n' "${files[@]}" | xargs -P "$(nproc)" -n 4 "$tidy" -p "$build" --quiet \
  -extra-arg=-Wno-unknown-warning-option  # GCC has warnings that Clang does not know
