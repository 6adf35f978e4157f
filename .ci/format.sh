#!/usr/bin/env bash
# SPDX-FileCopyrightText: Galago developers
# SPDX-License-Identifier: Apache-2.0
#
# Formats all C++ files with clang-format 14; with --check only says which are not formatted.
# Other versions break lines differently, so without version 14 nothing is checked (status 3).
set -euo pipefail
cd "$(dirname "$0")/.."

format=$(command -v clang-format-14 || command -v clang-format || true)
if [ -z "$format" ] || ! "$format" --version | grep -q 'version 14\.'; then
  echo "clang-format 14 is not installed" >&2
  exit 3
fi
mapfile -t files < <(
  find app core ui resources tests -type f \( -name '*.h' -o -name '*.cpp' -o -name '*.inl' \
    -o -name '*.cu' \)
)
if [ "${1:-}" = --check ]; then
  # One line a file, not one for each place.
  "$format" --dry-run "${files[@]}" 2>&1 | sed -n 's/^\([^ :]*\):[0-9].*code should be clang-formatted.*/\1/p' |
    sort -u | { ! grep .; } || { echo "not formatted: run .ci/format.sh"; exit 1; }
else
  "$format" -i "${files[@]}"
fi
