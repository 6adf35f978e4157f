#!/usr/bin/env python3
# SPDX-FileCopyrightText: Galago developers
# SPDX-License-Identifier: Apache-2.0
"""Counts the instructions of innermost loops in a kernel file compiled for 64-bit ARM.

    tests/bench/count_loops.py build/arm64/core/CMakeFiles/galago_core.dir/cpu/matmul/\
isa_neon_dotprod.cpp.o 'quantised_dot<.*Q4_0>'

prints for each innermost loop of the functions that match: all instructions, micro-operations of
the SIMD pipes and of the load pipes, stores, dot and matrix products. What an instruction takes is
as on Cortex-A76 (the model of its sibling Neoverse N1 in LLVM, AArch64SchedNeoverseN1.td).
"""
import argparse
import re
import subprocess

# Take both steps of one pipe: conversions of four numbers.
TWICE = {"scvtf", "ucvtf", "fcvtl", "fcvtl2", "fcvtn", "fcvtn2", "frintn"}
PRODUCTS = {"sdot", "smmla", "bfmmla", "smull", "smull2", "smlal", "smlal2"}
BRANCH = re.compile(r"^(b|b\.\w+|cbn?z|tbn?z)$")


def functions(objdump, file):
    text = subprocess.run([objdump, "-dC", "--no-show-raw-insn", file],
                          capture_output=True, text=True, check=True).stdout
    for name, body in re.findall(r"^[0-9a-f]+ <(.*)>:\n((?:.+\n)+)", text, re.M):
        code = []
        for line in body.splitlines():
            fields = line.split("\t")
            if len(fields) > 1:
                arguments = fields[2] if len(fields) > 2 else ""
                code.append((int(fields[0].strip(" :"), 16), fields[1].strip(), arguments))
        yield name, code


def innermost_loops(code):
    index = {address: i for i, (address, _, _) in enumerate(code)}
    loops = []
    for i, (_, operation, arguments) in enumerate(code):
        target = re.search(r"\b([0-9a-f]+) <", arguments)
        if BRANCH.match(operation) and target:
            start = index.get(int(target.group(1), 16), i + 1)
            if start <= i:
                loops.append((start, i))
    return [loop for loop in loops
            if not any(other != loop and loop[0] <= other[0] and other[1] <= loop[1]
                       for other in loops)]


def count(code):
    counts = {"all": len(code), "simd": 0, "loads": 0, "stores": 0, "products": 0}
    for _, operation, arguments in code:
        quad_pair = operation in ("ldp", "stp") and re.search(r"\bq\d", arguments)
        if operation.startswith("ld"):
            counts["loads"] += 2 if quad_pair else 1
            counts["simd"] += operation.startswith("ld1")
        elif operation.startswith("st"):
            counts["stores"] += 2 if quad_pair else 1
            if re.match(r"[qds]\d", arguments):  # these pass through the SIMD pipes
                counts["simd"] += 2 if quad_pair else 1
        elif operation == "fmov" and re.search(r"\b[wx]\d", arguments):
            pass  # comes from the integer pipes
        elif re.search(r"\b(v\d+\.|[qdsh]\d+\b)", arguments) and not BRANCH.match(operation):
            counts["simd"] += 2 if operation in TWICE else 1
            counts["products"] += operation in PRODUCTS
    return counts


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("file")
    parser.add_argument("function", help="a regular expression")
    parser.add_argument("--objdump", default="aarch64-linux-gnu-objdump")
    arguments = parser.parse_args()
    for name, code in functions(arguments.objdump, arguments.file):
        if not re.search(arguments.function, name):
            continue
        print(name)
        for first, last in innermost_loops(code):
            counts = count(code[first:last + 1])
            if counts["simd"] > 0:
                print(f"  {code[first][0]:6x}", *(f"{key} {n}" for key, n in counts.items()))


if __name__ == "__main__":
    main()
