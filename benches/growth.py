#!/usr/bin/env python3
"""How building and answering grow with the number of documents.

    benches/growth.py target/release/shirube MANUALS [--work DIR] [--documents 4000 16000 64000]

MANUALS is a directory of Markdown documents. Where more are asked for than it has, they are taken again with changed
words: of every word in katakana the letters are turned by the number of the copy, every run of kanji is
reversed in odd copies, and the number of the copy stands behind every Latin word of four letters and more. There
is no randomness, so there is no seed. For each size `kb/` and the documents are indexed from nothing, one document, fifty
and a thousand are changed and indexed, and every line of tests/data/eval/{mdm,vendor-errors} is asked over HTTP, the best of three
times. A table in Markdown comes out.
"""

import argparse
import json
import os
import pathlib
import re
import resource
import shutil
import socket
import subprocess
import time
import urllib.request

ROOT = pathlib.Path(__file__).resolve().parent.parent
KATAKANA = re.compile("[ァ-ヶー]{3,}")
KANJI = re.compile("[一-龠]{2,}")
LATIN = re.compile(r"\b[A-Za-z]{4,}\b")


def changed(text, copy):
    """The text with other words, the same for the same copy."""
    if copy == 0:
        return text
    turn = lambda word: word[copy % len(word):] + word[:copy % len(word)]
    text = KATAKANA.sub(lambda match: turn(match[0]), text)
    if copy % 2:
        text = KANJI.sub(lambda match: match[0][::-1], text)
    return LATIN.sub(lambda match: f"{match[0]}{copy}", text)


def write(manuals, target, documents):
    """Writes so many documents below `target`."""
    sources = sorted(manuals.rglob("*.md"))
    for number in range(documents):
        copy, place = divmod(number, len(sources))
        path = target / str(copy) / sources[place].relative_to(manuals)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(changed(sources[place].read_text(encoding="utf-8", errors="replace"), copy), encoding="utf-8")


def run(command):
    """Seconds and the most memory of a command, in MiB."""
    start = time.monotonic()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    if status:
        raise SystemExit(f"{command} failed")
    return time.monotonic() - start, usage.ru_maxrss / 1024


# How many documents are changed, one after the other.
CHANGED = [1, 50, 1000]


def change(docs, number, command):
    """Changes so many documents, spread over all, and says how many seconds indexing takes then."""
    paths = sorted(docs.rglob("*.md"))
    for path in paths[::max(1, len(paths) // number)][:number]:
        with path.open("a", encoding="utf-8") as article:
            article.write(f"\n端末の更新に失敗しました。{number}\n")
    return run(command)[0]


def ask(address, text):
    request = urllib.request.Request(f"{address}/v1/answer", text.encode(), {"Content-Type": "text/plain"})
    start = time.perf_counter()
    with urllib.request.urlopen(request) as answer:
        json.load(answer)
    return (time.perf_counter() - start) * 1000


def latencies(program, arguments):
    """The best of three times of each line, sorted, in milliseconds."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    address = f"http://127.0.0.1:{port}"
    server = subprocess.Popen([program, "serve", "--port", str(port), *arguments],
                              stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        for _ in range(600):
            try:
                urllib.request.urlopen(f"{address}/health").close()
                break
            except OSError:
                time.sleep(0.1)
        times = []
        for name in ("mdm", "vendor-errors"):
            for line in (ROOT / f"tests/data/eval/{name}/queries.tsv").read_text(encoding="utf-8").splitlines():
                text = line.split("\t", 1)[1]
                times.append(min(ask(address, text) for _ in range(3)))
        return sorted(times)
    finally:
        server.terminate()
        server.wait()


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("program", type=pathlib.Path)
    parser.add_argument("manuals", type=pathlib.Path)
    parser.add_argument("--work", type=pathlib.Path, default=pathlib.Path("target/growth"))
    parser.add_argument("--documents", type=int, nargs="+", default=[4000, 16000, 64000])
    options = parser.parse_args()
    program = str(options.program.resolve())
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    print("| documents | build | memory | changed: 1 / 50 / 1000 | on disk | p50 | p99 |")
    print("|---|---|---|---|---|---|---|", flush=True)
    for documents in options.documents:
        docs, index = options.work / f"docs-{documents}", options.work / f"index-{documents}"
        for directory in (docs, index):
            shutil.rmtree(directory, ignore_errors=True)
        write(options.manuals, docs, documents)
        arguments = ["--kb", str(ROOT / "kb"), "--kb", str(docs), "--index", str(index)]
        roots = ["index", *arguments]
        seconds, memory = run([program, *roots])
        changed = " / ".join(f"{change(docs, number, [program, *roots]):.2f}" for number in CHANGED)
        snapshot = index / (index / "CURRENT").read_text().strip()
        size = sum(file.stat().st_size for file in snapshot.rglob("*") if file.is_file()) / 2**20
        times = latencies(program, [*arguments, "--no-refresh"])
        p50, p99 = times[len(times) // 2], times[len(times) * 99 // 100]
        print(f"| {documents} | {seconds:.1f} s | {memory:.0f} MiB | {changed} s | {size:.0f} MiB "
              f"| {p50:.1f} ms | {p99:.1f} ms |", flush=True)
        shutil.rmtree(docs, ignore_errors=True)
        shutil.rmtree(index, ignore_errors=True)


if __name__ == "__main__":
    main()
