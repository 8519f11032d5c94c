#!/usr/bin/env python3
"""Makes dict/synonyms.tsv.xz out of the Sudachi synonym dictionary: general words that mean the same.

    npm pack sudachi-synonyms-dictionary@18.0.0 && tar xzf sudachi-synonyms-dictionary-18.0.0.tgz
    scripts/build_synonyms.py package/sudachi-synonyms-dictionary.json dict

The dictionary (Works Applications, Apache-2.0) has groups of words. One group a line, its words separated by
tabs. Left out are words that the dictionary itself never expands, and words of several meanings: one that
stands in two groups would join what has nothing to do with each other.
"""

import collections
import json
import lzma
import pathlib
import sys

NEVER_EXPANDED = 2


def main():
    source, target = map(pathlib.Path, sys.argv[1:3])
    groups = [
        list(dict.fromkeys(item["midashi"].strip() for item in group["items"] if item["expandControl"] != NEVER_EXPANDED))
        for group in json.loads(source.read_text(encoding="utf-8"))
    ]
    meanings = collections.Counter(word for group in groups for word in group)
    lines = []
    for group in groups:
        words = [word for word in group if meanings[word] == 1 and word and "\t" not in word and "\n" not in word]
        if len(words) > 1:
            lines.append("\t".join(words))
    lines.sort()
    text = "".join(line + "\n" for line in lines).encode()
    (target / "synonyms.tsv.xz").write_bytes(lzma.compress(text, preset=9 | lzma.PRESET_EXTREME))
    print(f"{len(lines)} groups, {len(text)} bytes")


if __name__ == "__main__":
    main()
