#!/usr/bin/env python3
# SPDX-FileCopyrightText: Galago developers
# SPDX-License-Identifier: Apache-2.0
"""Times Galago beside other programs on the same files, in alternation, and prints one table.

    beside_peers.py --galago PATH --model FOLDER --peer NAME=FOLDER_OF_ITS_PROGRAMS … [--rounds 3] [--threads 2]
                    [--picture FILE] [--peer-mmproj FILE]

A peer's folder holds llama-bench and one of llama-mtmd-cli, llama-llava-cli. Nothing of theirs is built or needed
otherwise. Some peers leave out the last block that the vision file holds: --peer-mmproj names a file with one block
more for them, so that all compute the same.
"""
import argparse
import json
import pathlib
import re
import statistics
import subprocess
import sys
import tempfile
from collections import defaultdict

PREFILL, DECODE = 204, 64
PREFILL_ROW, ENCODE_ROW = f"prompt of {PREFILL}, tokens/s", "picture, ms"
DECODE_ROW = f"answer of {DECODE} in an empty context, tokens/s"


def full_path(text):
    return pathlib.Path(text).resolve()


def run(command):
    with tempfile.TemporaryDirectory() as folder:  # some peers leave logs where they are started
        done = subprocess.run([str(c) for c in command], capture_output=True, text=True, errors="replace",
                              stdin=subprocess.DEVNULL, cwd=folder)
    if done.returncode != 0:
        sys.exit(f"{command[0]} failed:\n{done.stderr[-2000:]}")
    return done.stdout, done.stderr


def galago(options):
    out, _ = run([options.galago, "bench", "-m", options.model, "--threads", options.threads, "--json"])
    values = json.loads(out)
    return {PREFILL_ROW: values["prefill_tps"], DECODE_ROW: values["decode_empty_tps"],
            ENCODE_ROW: values["image_encode_ms"]}


def peer(folder, options):
    values = {}
    out, _ = run([folder / "llama-bench", "-m", options.language, "-p", PREFILL, "-n", DECODE, "-t", options.threads,
                  "-r", 3, "-o", "json"])
    for test in json.loads(out[out.index("["):out.rindex("]") + 1]):
        seconds = statistics.median(test["samples_ns"]) / 1e9
        if test["n_prompt"]:
            values[PREFILL_ROW] = PREFILL / seconds
        else:
            values[DECODE_ROW] = DECODE / seconds
    program = next((folder / n for n in ("llama-mtmd-cli", "llama-llava-cli") if (folder / n).exists()), None)
    if program and options.picture:
        command = [program, "-m", options.language, "--mmproj", options.peer_mmproj, "--image", options.picture, "-t",
                   options.threads, "-n", 8, "--temp", 0, "-p", "What is this?"]
        if program.name == "llama-mtmd-cli":
            command += ["--chat-template", "deepseek"]  # it asks for one that it knows
        found = re.search(r"(?:image|slice) encoded in\s+([\d.]+) ms", "".join(run(command)))
        if found:
            values[ENCODE_ROW] = float(found.group(1))
    return values


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--galago", required=True, type=full_path, help="galago-cli")
    parser.add_argument("--model", required=True, type=full_path, help="folder with a pair")
    parser.add_argument("--peer", action="append", default=[], metavar="NAME=FOLDER")
    parser.add_argument("--peer-mmproj", type=full_path)
    parser.add_argument("--picture", type=full_path, help="without it, peers' pictures are not timed")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--threads", type=int, default=2)
    options = parser.parse_args()
    files = sorted(options.model.glob("*.gguf"))
    options.language = next(f for f in files if "mmproj" not in f.name)
    options.peer_mmproj = options.peer_mmproj or next(f for f in files if "mmproj" in f.name)
    programs = {"Galago": lambda: galago(options)}
    for argument in options.peer:
        name, _, folder = argument.partition("=")
        programs[name] = lambda folder=full_path(folder): peer(folder, options)
    values = defaultdict(list)
    for _ in range(options.rounds):
        for name, measure in programs.items():
            for row, value in measure().items():
                values[name, row].append(value)

    print(f"{options.language.name}, {options.threads} threads, medians of {options.rounds} rounds; "
          "in brackets: how many times as fast Galago is\n")
    print("| | " + " | ".join(programs) + " |\n" + "|---" * (len(programs) + 1) + "|")
    for row in (ENCODE_ROW, PREFILL_ROW, DECODE_ROW):
        own, cells = statistics.median(values["Galago", row]), []
        for name in programs:
            if not values[name, row]:
                cells.append("–")
                continue
            value = statistics.median(values[name, row])
            ratio = value / own if row == ENCODE_ROW else own / value
            cells.append(f"{value:.1f}" + ("" if name == "Galago" else f" ({ratio:.2f} ×)"))
        print(f"| {row} | " + " | ".join(cells) + " |")


if __name__ == "__main__":
    main()
