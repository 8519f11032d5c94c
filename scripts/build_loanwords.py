#!/usr/bin/env python3
"""Makes dict/loanwords.tsv.xz out of SudachiDict: today's loanwords, and which of them are one word.

    python3 -m venv venv && venv/bin/pip install sudachipy==0.6.10 sudachidict_core==20250129
    venv/bin/python scripts/build_loanwords.py dict

SudachiDict (Works Applications, Apache-2.0) has the loanwords that IPADIC, of 2003, has not, and gives
every spelling its normalized form (シュミレーション: シミュレーション, ゲートウェイ: ゲートウェー).

One word a line: the spelling, a tab, its normalized form. Only common nouns in katakana are taken, and
only normalized forms in katakana: whether メール is 電子メール is no matter of spelling. They or their normalized
forms are words that people use (words.tsv.xz, see build_vectors.py): the dictionary also lists how
native words are read.
"""

import lzma
import pathlib
import re
import sys

import sudachidict_core
from sudachipy import Dictionary, SplitMode

KATAKANA = re.compile("[ァ-ヺー]{3,}")


def candidates(dictionary):
    """Every run of katakana that stands in the dictionary's file, as UTF-16 or UTF-8."""
    data = dictionary.read_bytes()
    found = set()
    for run in re.finditer(rb"(?:[\xa1-\xfc]\x30){3,32}", data):
        found.add(run.group().decode("utf-16-le"))
    for run in re.finditer(rb"(?:\xe3(?:\x82[\xa1-\xbf]|\x83[\x80-\xbc])){3,32}", data):
        found.add(run.group().decode("utf-8"))
    return sorted(word for word in found if KATAKANA.fullmatch(word))


def main(target):
    target = pathlib.Path(target)
    words = lzma.decompress((target / "words.tsv.xz").read_bytes()).decode()
    used = {line.split("\t")[0] for line in words.splitlines()}
    tokenizer = Dictionary(dict="core").create(mode=SplitMode.C)
    resources = pathlib.Path(sudachidict_core.__file__).parent / "resources"
    lines = []
    for word in candidates(resources / "system.dic"):
        tokens = tokenizer.tokenize(word)
        if len(tokens) != 1 or tokens[0].is_oov():
            continue
        speech, form = tokens[0].part_of_speech(), tokens[0].normalized_form()
        if speech[0] in ("名詞", "形状詞") and speech[1] != "固有名詞" and {word, form} & used:
            lines.append(f"{word}\t{form if KATAKANA.fullmatch(form) else word}\n")
    data = lzma.compress("".join(lines).encode(), preset=9 | lzma.PRESET_EXTREME)
    (target / "loanwords.tsv.xz").write_bytes(data)
    print(len(lines), "words,", len(data), "bytes")


if __name__ == "__main__":
    main(*sys.argv[1:])
