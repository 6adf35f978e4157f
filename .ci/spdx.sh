#!/usr/bin/env bash
# SPDX-FileCopyrightText: Galago developers
# SPDX-License-Identifier: Apache-2.0
#
# Every source file says whose it is and under which licence, within its first four lines.
set -uo pipefail
cd "$(dirname "$0")/.." || exit 1
{
  find app core ui qml resources packaging tests .ci -type f \( -name '*.h' -o -name '*.cpp' \
    -o -name '*.inl' -o -name '*.cu' -o -name '*.qml' -o -name '*.py' -o -name '*.sh' -o -name '*.cmake' \)
  ls run test .ci/run
} | xargs awk '
  function judge() {
    if (file != "" && !(owner && licence)) { print "no SPDX lines: " file; missing = 1 }
  }
  FNR == 1 { judge(); file = FILENAME; owner = licence = 0 }
  FNR <= 4 && /SPDX-FileCopyrightText: / { owner = 1 }
  FNR <= 5 && /SPDX-License-Identifier: Apache-2.0/ { licence = 1 }
  FNR > 5 { nextfile }
  END { judge(); exit missing }'
