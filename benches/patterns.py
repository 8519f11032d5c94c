#!/usr/bin/env python3
"""The cost of ten thousand patterns for a line of log.

usage: patterns.py PROGRAM

Makes a thousand articles with ten `patterns:` each, the same without them, and a log of 2,000 lines, of which every second
is matched by a pattern (seed 1). Answers 400 lines and 2,000 of them from both, and prints the CPU time of the process, and
what a further line costs, in milliseconds.
"""
import os, pathlib, random, resource, subprocess, sys, tempfile

KANA = "アイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモラリルレロ"
FAILURES = ["の割り当てに失敗しました", "との接続が切れました", "を適用できません", "の更新を受け付けません", "の検証が中断しました"]


def name(chance):
    return "".join(chance.choice(KANA) for _ in range(chance.randint(6, 9)))


def make(root):
    chance = random.Random(1)
    said = []
    for article in range(1000):
        lines = [name(chance) + chance.choice(FAILURES) for _ in range(10)]
        said += lines
        patterns = "patterns:\n" + "".join(f"  - line: '{{device}}: {line} ({{code}})'\n" for line in lines)
        for kind, front in (("with", patterns), ("without", "")):
            text = f"---\ntitle: {lines[0]}\nupdated: 2026-01-01\n{front}---\n# {lines[0]}\n\n## 対処\n\n1. {name(chance)}を開きます。\n"
            (root / kind).mkdir(exist_ok=True)
            (root / kind / f"a{article}.md").write_text(text, encoding="utf-8")
    lines = []
    for number in range(2000):
        matched = f"iPad-{number:04}: {chance.choice(said)} ({4000 + number})"
        other = f"{name(chance)}{chance.choice(FAILURES)} code={number}"
        time = f"2026-11-25 {10 + number // 3600:02}:{number // 60 % 60:02}:{number % 60:02}"
        lines.append(f"{time} ERROR {matched if number % 2 else other}\n")
    for count in (400, 2000):
        (root / f"{count}.txt").write_text("".join(lines[:count]), encoding="utf-8")


def cpu(root, kind, log=None):
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    command = [sys.argv[1], "--kb", str(root / kind), "--json", str(log)] if log else [sys.argv[1], "index", "--kb", str(root / kind)]
    ended = subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env={**os.environ, "XDG_CACHE_HOME": str(root / "cache")})
    assert ended.returncode < 2, command
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


with tempfile.TemporaryDirectory() as directory:
    root = pathlib.Path(directory)
    make(root)
    for kind in ("without", "with"):
        cpu(root, kind)
        few, many = (min(cpu(root, kind, root / f"{count}.txt") for _ in range(3)) for count in (400, 2000))
        print(f"{kind} patterns: 400 lines {few:.2f} s, 2,000 lines {many:.2f} s, a further line {(many - few) / 1.6:.2f} ms")
