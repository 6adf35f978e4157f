#!/usr/bin/env bash
# SPDX-FileCopyrightText: Galago developers
# SPDX-License-Identifier: Apache-2.0
#
# Every word of the window is in the translations, translated, and nothing else is; and no word of
# it is outside of qsTr. Usage: translations_test.sh LUPDATE SOURCE_FOLDER
set -u
lupdate=$1
cd "$2" || exit 1
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
failures=0

complain() {
  failures=$((failures + 1))
  echo "FAILED: $1"
}

for language in en zh_CN; do
  file=$work/galago_$language.ts
  cp "resources/i18n/galago_$language.ts" "$file"
  options=()
  [ "$language" = en ] && options=(-pluralonly)
  "$lupdate" -silent -locations none "${options[@]}" app ui qml -ts "$file" ||
    complain "lupdate of $language"
  for kind in unfinished vanished obsolete; do
    while read -r source; do
      complain "$language: $kind: $source"
    done < <(grep -B1 "type=\"$kind\"" "$file" | grep '<source>')
  done
done

# Words given to what a person reads or hears, not by way of qsTr. Galago's name is in no language,
# and each language is called by its own name.
while read -r line; do
  complain "not translatable: $line"
done < <(grep -rnE "\b(text|title|name|hint|detail|note|figure|zeroText|placeholderText|Accessible\.(name|description)): \"[^\"]*[[:alpha:]]{2}" \
  qml | grep -vE '(objectName|\bname: "(warning|info|plus|minus|close|check|model|picture-add|chevron-down|folder|pin)")')

[ "$failures" -eq 0 ]
