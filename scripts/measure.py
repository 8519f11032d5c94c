#!/usr/bin/env python3
"""Measures the ranking on every set at once, and what taking a part away costs.

    scripts/measure.py target/release/shirube                          # the sets of tests/data/eval
    scripts/measure.py target/release/shirube --bench DIR              # with the manuals unpacked in DIR
    scripts/measure.py target/release/shirube --ablate title synonym   # each taken away in turn
    scripts/measure.py target/release/shirube --vary title synonym     # each times other factors
    scripts/measure.py target/release/shirube --half dev -- --weight title=1.5

What stands behind `--` goes to `shirube eval`. A table in Markdown comes out; with --ablate a row a part,
and in each cell by how many points (of a hundred) S@1 changes and, in brackets, nDCG@10.
"""

import argparse
import json
import pathlib
import re
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent
DATA = ROOT / "tests/data/eval"
# The factors by which --vary multiplies a weight; a change of a query or two is chance.
FACTORS = [0.5, 0.8, 1.25, 2.0]


def sets(bench):
    yield "vendor", DATA / "vendor-errors/docs", DATA / "vendor-errors"
    yield "mdm", ROOT / "kb", DATA / "mdm"
    yield "mdm-pastes", ROOT / "kb", DATA / "mdm-pastes"
    yield "city", DATA / "city-faq/docs", DATA / "city-faq"
    yield "residents", DATA / "residents/docs", DATA / "residents"
    if bench:
        yield "sql/full", bench / "sql/docs", bench / "sql/full"
        yield "sql/message", bench / "sql/docs-nocode", bench / "sql/message"
        if (bench / "product-errors/docs").is_dir():
            yield "product", bench / "product-errors/docs", DATA / "product-errors"


def weights():
    """The table of weights that the program is built with."""
    table = (ROOT / "src/search/weights.rs").read_text()
    return {name: float(value) for name, value in re.findall(r"^    (\w+) = ([\d.]+);", table, re.MULTILINE)}


def measure(program, knowledge_base, directory, half, index, more):
    command = [program, "eval", "--json", "--kb", knowledge_base, "--index", index,
               "--queries", directory / "queries.tsv", "--qrels", directory / "qrels.txt"]
    unanswerable = directory / "unanswerable.tsv"
    if unanswerable.exists():
        command += ["--unanswerable", unanswerable]
        if half:
            command += ["--only", half]
    run = subprocess.run([*map(str, command), *more], capture_output=True, text=True)
    if run.returncode:
        sys.exit(run.stderr)
    return json.loads(run.stdout)


def main():
    arguments = sys.argv[1:]
    more = []
    if "--" in arguments:
        at = arguments.index("--")
        arguments, more = arguments[:at], arguments[at + 1:]
    parser = argparse.ArgumentParser()
    parser.add_argument("program")
    parser.add_argument("--bench", type=pathlib.Path)
    parser.add_argument("--half", help="dev or test")
    parser.add_argument("--ablate", nargs="*", metavar="NAME")
    parser.add_argument("--vary", nargs="*", metavar="NAME")
    options = parser.parse_args(arguments)
    program = pathlib.Path(options.program).resolve()
    chosen = list(sets(options.bench))
    with tempfile.TemporaryDirectory() as indexes:

        def all_sets(more):
            return {name: measure(program, kb, directory, options.half, f"{indexes}/{name.replace('/', '-')}", more)
                    for name, kb, directory in chosen}

        base = all_sets(more)
        print("| set | queries | S@1 | MRR@10 | nDCG@10 | recall@10 | claimed | right | nothing answers | claimed all the same | ECE |")
        print("|---|---|---|---|---|---|---|---|---|---|---|")
        for name, found in base.items():
            m, c = found["measures"], found["claims"]
            print(f"| {name} | {m['queries']} | {m['success_at_1']:.4f} | {m['mrr_at_10']:.4f} | {m['ndcg_at_10']:.4f} "
                  f"| {m['recall_at_10']:.4f} | {c['claimed']} | {c['right']} | {c['unanswerable']} "
                  f"| {c['wrongly_claimed']} | {c['calibration_error']:.3f} |")
        trials = [(f"`{name}` × 0", ["--without", name]) for name in options.ablate or []]
        defaults = weights()
        for name in options.vary or []:
            trials += [(f"`{name}` × {factor}", ["--weight", f"{name}={defaults[name] * factor}"]) for factor in FACTORS]
        if not trials:
            return
        print("\n| trial | " + " | ".join(base) + " |")
        print("|---|" + "---|" * len(base))
        for label, trial in trials:
            row = []
            for key, found in all_sets([*more, *trial]).items():
                change = {k: 100 * (found["measures"][k] - base[key]["measures"][k]) for k in ("success_at_1", "ndcg_at_10")}
                row.append(f"{change['success_at_1']:+.1f} ({change['ndcg_at_10']:+.1f})")
            print(f"| {label} | " + " | ".join(row) + " |", flush=True)


if __name__ == "__main__":
    main()
