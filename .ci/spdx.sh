#!/usr/bin/env bash
# SPDX-FileCopyrightText: Galago developers
# SPDX-License-Identifier: Apache-2.0
#
# Every source file says whose it is and under which licence, within its first four lines.
set -uo pipefail
cd "$(dirname "$0")/.." || exit 1
failures=0
while IFS= read -r file; do
  head -4 "$file" | grep -q 'SPDX-FileCopyrightText: ' &&
    head -5 "$file" | grep -q 'SPDX-License-Identifier: Apache-2.0' && continue
  echo "no SPDX lines: $file"
  failures=$((failures + 1))
done < <(
  find app core ui qml resources packaging tests .ci -type f \( -name '*.h' -o -name '*.cpp' \
    -o -name '*.inl' -o -name '*.cu' -o -name '*.qml' -o -name '*.py' -o -name '*.sh' -o -name '*.cmake' \)
  ls run test .ci/run
)
[ "$failures" -eq 0 ]
