#!/usr/bin/env bash
# SPDX-FileCopyrightText: Galago developers
# SPDX-License-Identifier: Apache-2.0
#
# Gets the drawings and fonts that the pictures are made from, at fixed versions, into a folder:
#   fetch_assets.sh DIR
# Needs npm, and Debian's packages fonts-noto-color-emoji and the fonts that assets.py lists.
set -euo pipefail
into=${1:?usage: fetch_assets.sh DIR}
mkdir -p "$into"
cd "$into"
get() { # get PACKAGE VERSION FOLDER
  [ -d "$3" ] && return
  local archive
  archive=$(npm pack --silent "$1@$2")
  mkdir "$3.part"
  tar -xzf "$archive" -C "$3.part" --strip-components=1
  rm "$archive"
  mv "$3.part" "$3"
}
get fluentui-emoji 1.3.0 fluent
get @twemoji/svg 15.0.0 twemoji
get @mdi/svg 7.4.47 mdi
get @phosphor-icons/core 2.1.1 phosphor
