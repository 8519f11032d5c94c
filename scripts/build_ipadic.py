#!/usr/bin/env python3
"""Makes dict/entries.tsv.xz, dict/matrix.xz, dict/char.def and dict/unk.def out of IPADIC's source.

    apt-get install mecab-ipadic
    scripts/build_ipadic.py /usr/share/mecab/dic/ipadic dict

IPADIC 2.7.0 (Nara Institute of Science and Technology) as Debian's mecab-ipadic ships it, without the columns
that the analyzer does not read and in UTF-8: three fifths of the size, and byte for byte the same compiled dictionary.
The order is the source's: of two entries that claim one spelling the first has it.

- entries.tsv.xz: a line that begins with a tab tells what the lines below it share: the context ids, the part
  of speech and its subdivision, the form of conjugation. The others are a surface, its cost, its base form if
  that is another, its reading if it is another than the surface's in katakana.
- matrix.xz: the costs of connections, a row for each right context id of the word before, as 16-bit numbers,
  the lesser byte first; before them the two sizes.
- char.def, unk.def: the classes of characters and of unknown words.
"""

import csv
import io
import lzma
import pathlib
import struct
import sys

# Where Python's EUC-JP differs from the Web's (https://encoding.spec.whatwg.org/#euc-jp).
WEB = str.maketrans("\u301c\u2016\u2212\xa2\xa3\xac", "\uff5e\u2225\uff0d\uffe0\uffe1\uffe2")


def text(file):
    return file.read_bytes().decode("euc_jp").translate(WEB)


def katakana(word):
    return "".join(chr(ord(c) + 0x60) if "ぁ" <= c <= "ゖ" else c for c in word)


def packed(data, **options):
    filters = [{"id": lzma.FILTER_LZMA2, "preset": 9 | lzma.PRESET_EXTREME, **options}]
    return lzma.compress(data, format=lzma.FORMAT_XZ, filters=filters)


def entries(source):
    rows = []
    for file in sorted(source.glob("*.csv")):
        rows.extend(csv.reader(io.StringIO(text(file))))
    shared = lambda row: (int(row[1]), int(row[2]), row[4], row[5], row[9])
    lines, last = [], None
    for row in rows:
        surface, cost, base, reading = row[0], row[3], row[10], row[11]
        if shared(row) != last:
            last = shared(row)
            lines.append("\t" + "\t".join(map(str, last)))
        base = "" if base == surface else base
        reading = "" if reading == katakana(surface) else reading
        lines.append("\t".join([surface, cost, base, reading]).rstrip("\t"))
    return "\n".join(lines) + "\n"


def matrix(source):
    header, *lines = (source / "matrix.def").read_text().splitlines()
    rows, columns = map(int, header.split())
    costs = [0] * (rows * columns)
    for line in lines:
        row, column, cost = map(int, line.split())
        costs[row * columns + column] = cost
    return struct.pack(f"<2H{len(costs)}h", rows, columns, *costs)


def main(source, target):
    source, target = pathlib.Path(source), pathlib.Path(target)
    (target / "entries.tsv.xz").write_bytes(packed(entries(source).encode(), lc=4, pb=0))
    (target / "matrix.xz").write_bytes(packed(matrix(source), lc=0, lp=1, pb=1))
    for name in ["char.def", "unk.def"]:
        (target / name).write_text(text(source / name), encoding="utf-8")


if __name__ == "__main__":
    main(*sys.argv[1:])
