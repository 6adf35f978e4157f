#!/usr/bin/env bash
# SPDX-FileCopyrightText: Galago developers
# SPDX-License-Identifier: Apache-2.0
#
# galago-cli models …: import, list, verify, export, remove, as a person or a script uses them.
# Usage: models_test.sh GALAGO_CLI DATA_FOLDER [full], full: built with Qt and packs
set -u
cli=$1
model=$2/model
full=${3:-}
# shellcheck source=tests/cli/checks.sh
. "$(dirname "$0")/checks.sh"
unset GALAGO_MODELS GALAGO_DATA HF_HOME HF_HUB_CACHE LLAMA_CACHE
export HOME=$work XDG_DATA_HOME=$work/data XDG_CONFIG_HOME=$work/config XDG_CACHE_HOME=$work/cache
export XDG_DATA_DIRS=$work/none
library=$XDG_DATA_HOME/galago/models

# expect_models STATUS NAME ARGUMENT...: expect, of galago-cli models.
expect_models() {
  local status=$1 name=$2
  shift 2
  expect "$status" "$name" "$cli" models "$@"
}

is_there() {
  checks=$((checks + 1))
  [ -e "$1" ] || fail "there is no $1"
}

is_gone() {
  checks=$((checks + 1))
  [ -e "$1" ] && fail "there is $1"
}

for command in list available import remove; do
  expect_models 0 "$command --help" "$command" --help
done
expect_models 2 "no command"
expect_models 2 "unknown command" fly

# What can be had, what is not known of it, and what of it is there.
expect_models 0 available available && says out "mobilevlm-v2-1.7b-q4_k" "the catalogue" &&
  says out unknown "what is not known"
expect_models 0 "available, JSON" available --json && says out '"sha256": null' "an unknown hash"
says out "57966afa654e9d46a11b2a4b17989c2d487cd961f702c4fe310f86db5e30aab4" "a known hash"
says out '"installed": null' "what is not there"
v2=$library/ZiangWu/MobileVLM_V2-1.7B-GGUF
mkdir -p "$v2"
cp "$model/mmproj-model-f16.gguf" "$v2"
cp "$model/ggml-model-f16.gguf" "$v2/ggml-model-q8_0.gguf"
expect_models 0 "another quantisation" available --json
checks=$((checks + 1))
grep -q '"installed": "' "$work/out" && fail "another quantisation is taken for the listed one"
cp "$model/ggml-model-f16.gguf" "$v2/ggml-model-q4_k.gguf"
expect_models 0 "side by side" available --json &&
  says out '"installed": "ZiangWu/MobileVLM_V2-1.7B-GGUF/ggml-model-q4_k"' "the listed one"
rm -r "$library/ZiangWu"

# In.
pair=$work/pair
mkdir -p "$pair" "$work/half"
cp "$model/ggml-model-f16.gguf" "$model/mmproj-model-f16.gguf" "$pair"
cp "$model/ggml-model-f16.gguf" "$work/half"
expect_models 0 "import a folder" import "$pair" --name me/small && says out me/small "its name"
is_there "$library/me/small/galago-model.json"
is_there "$pair/ggml-model-f16.gguf"
# What is larger than the memory is refused, with what to do, and tried all the same if that is wanted.
mkdir "$work/large"
cp "$pair"/* "$work/large"
truncate -s 4T "$work/large/ggml-model-f16.gguf"
expect 1 "a model larger than the memory" "$cli" run -m "$work/large" -p hi &&
  says err "of memory, but" "how much is missing" && says err "it would fit" "what would" &&
  says err "--ignore-memory" "the way around"
expect 0 "tried all the same" "$cli" run -m "$work/large" -p hi -n 2 --ignore-memory
rm -r "$work/large"

# How fast it is, once it has answered.
expect_models 0 "no speed yet" list --json && says out '"measured": []' "no speed yet"
expect 0 "a short answer" "$cli" run -m me/small -p hi -n 8 --threads 1
expect_models 0 "a short one says nothing" list --json && says out '"measured": []' "short answers"
expect 0 "a long answer" "$cli" run -m me/small -p hi -n 24 --temp 2 --threads 1
expect_models 0 "the speed of run" list --json && says out '"threads": 1' "the speed of run"
expect 0 bench "$cli" bench -m me/small --repeat 1 --threads 2
expect_models 0 "the speed of bench" list --json && says out '"threads": 2' "the speed of bench"
expect_models 0 "speeds in the table" list && says out "tokens/s" "the speed"
expect 0 "by nobody at home" env -u HOME -u XDG_STATE_HOME "$cli" run -m "$pair" -p hi -n 24 --temp 2
checks=$((checks + 1))
[ -s "$work/err" ] && fail "nothing is said where there is no home"
expect_models 1 "import it again" import "$pair" --name me/small && says err "installed already" again
expect_models 0 "import in its place" import "$pair" --name me/small --replace
expect_models 1 "import half a model" import "$work/half" && says err "without its projector" half
expect_models 0 "import a file with its projector" import "$work/half/ggml-model-f16.gguf" \
  --mmproj "$model/ldpv2/mmproj-model-f16.gguf" --name me/other --json && says out me/other JSON
expect_models 1 "import what does not fit" import "$model/rope4/ggml-model-f16.gguf" \
  --mmproj "$model/mmproj-model-f16.gguf" && says err "do not belong together" widths
expect_models 1 "import nothing" import "$work/none.gguf"
expect_models 1 "a name that leaves the library" import "$pair" --name ../evil
is_gone "$library/.incoming"

expect_models 0 list list && says out me/small "what is installed" && says out fits memory
expect_models 0 "list, JSON" list --json && says out '"projector": "ldpv2"' "JSON of the other one"
checks=$((checks + 1))
"$cli" run -m me/small --threads 2 -n 2 -p Hello >"$work/out" 2>"$work/err" || fail "it answers"

# Out, and back.
expect_models 0 remove remove me/other && says out "--undo" "how to undo it"
is_gone "$library/me/other"
expect_models 0 undo remove --undo && is_there "$library/me/other/ggml-model-f16.gguf"
expect_models 0 "remove for good" remove me/other --now && is_gone "$library/.trash"
expect_models 1 "undo nothing" remove --undo
expect_models 1 "remove what is not there" remove none
expect_models 1 "remove the built-in one" remove galago-tiny && says err "stays" "why not"

# How fast a model answered here, as the window has measured it.
expect_models 0 "list, not measured" list --json && says out '"measured": []' "nothing measured"

# Another folder for models, and back; they move, or stay in use where they are.
expect_models 0 folder folder && says out "$library" "the usual folder"
expect_models 0 "another folder" folder "$work/elsewhere" && says err "--move" "what stays"
expect_models 0 "list what stayed" list && says out me/small "what stayed"
expect_models 0 "move back" folder --reset --move --json && says out "$library" "the usual one again"
expect_models 0 "move there" folder "$work/elsewhere" --move && is_there "$work/elsewhere/me/small/ggml-model-f16.gguf"
is_gone "$library/me"
expect_models 0 "list what moved" list && says out me/small "what moved"
expect_models 1 "a folder in itself" folder "$work/elsewhere/inner" && says err "lies in the other" "why not"
expect_models 0 "move it back" folder --reset --move && is_there "$library/me/small/ggml-model-f16.gguf"
checks=$((checks + 1))
GALAGO_MODELS=$work/fixed "$cli" models folder "$work/other" >"$work/out" 2>&1 && fail "GALAGO_MODELS counts more"

# An original checkpoint is converted on its way in.
checkpoint=${GALAGO_REFERENCE:-$(dirname "$0")/../../../shared/reference}/tiny-v1
if [ -d "$checkpoint" ]; then
  expect_models 0 "import a checkpoint" import "$checkpoint" --to q8_0 --name me/checkpoint &&
    is_there "$library/me/checkpoint/ggml-model-q8_0.gguf"
  expect_models 1 "import it again" import "$checkpoint" --name me/checkpoint && says err "installed already" why
  expect 0 "run what was imported" "$cli" run -m me/checkpoint -p hi -n 3
  expect_models 0 "remove it" remove me/checkpoint --now
fi

if [ "$full" != full ]; then
  echo "not a pack" >"$work/pack.galago"
  expect_models 1 "a pack without packs" import "$work/pack.galago" && says err "without packs" why
  finish
  exit
fi

# Whole or not.
expect_models 0 verify verify me/small && says out whole verify
expect_models 0 "verify, JSON" verify me/small --json && says out '"whole": true' "JSON of verify"

# A stick for another machine.
stick=$work/stick
mkdir "$stick"
expect_models 0 export export me/small "$stick/small.galago" && is_there "$stick/small.galago"
expect_models 1 "export under another name" export me/small "$stick/small.zip"
expect_models 1 "export nothing" export none "$stick/none.galago" && is_gone "$stick/none.galago"
mkdir -p "$XDG_CONFIG_HOME/galago"
printf '[look]\ntheme=dark\n[model]\nrecent=/home/somebody/model\n' >"$XDG_CONFIG_HOME/galago/galago.conf"
expect_models 0 "export a bundle" export me/small galago-tiny "$stick/all.galago" --settings --samples --json &&
  says out '"bundle": true' bundle

export XDG_DATA_HOME=$work/second XDG_CONFIG_HOME=$work/second-config
library=$XDG_DATA_HOME/galago/models
expect_models 0 "import a pack" import "$stick/small.galago" && is_there "$library/me/small/mmproj-model-f16.gguf"
expect_models 0 "verify what came" verify me/small && says out whole "what came"
expect_models 1 "import a bundle over it" import "$stick/all.galago" && is_gone "$library/.incoming"
expect_models 0 "import a bundle" import "$stick/all.galago" --replace && says err "settings were left out" "settings"
is_gone "$XDG_CONFIG_HOME/galago/galago.conf"
is_there "$XDG_DATA_HOME/galago/samples/samples.json"
expect_models 0 "import its settings" import "$stick/all.galago" --replace --settings
checks=$((checks + 2))
grep -q theme=dark "$XDG_CONFIG_HOME/galago/galago.conf" || fail "settings came"
grep -q somebody "$XDG_CONFIG_HOME/galago/galago.conf" && fail "paths of the other machine came"

# Damage is found, and nothing of a damaged pack stays.
printf x | dd of="$library/me/small/ggml-model-f16.gguf" bs=1 seek=300000 conv=notrunc 2>/dev/null
expect_models 1 "verify a damaged model" verify me/small && says err "wrong content" damage
expect_models 1 "export a damaged model" export me/small "$stick/bad.galago" && is_gone "$stick/bad.galago"
head -c 100000 "$stick/small.galago" >"$work/short.galago"
expect_models 1 "import half a pack" import "$work/short.galago" --replace
is_there "$library/me/small/ggml-model-f16.gguf"
is_gone "$library/.incoming"

finish
