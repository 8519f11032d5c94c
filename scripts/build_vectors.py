#!/usr/bin/env python3
"""Makes dict/words.tsv.xz and dict/vectors.bin.xz out of chiVe's word vectors.

    python3 -m venv venv && venv/bin/pip install numpy==2.* msgpack==1.*
    pip download ja-ginza==5.3.0 --no-deps
    venv/bin/python scripts/build_vectors.py ja_ginza-5.3.0-py3-none-any.whl dict

chiVe (Works Applications, Apache-2.0) is word2vec on the web pages of NWJC. The wheel holds it in
spaCy's form: 20,000 vectors of 300 floats, those of the most frequent words, in the order of their
frequency, and 480,443 words, in the order of their frequency too, each with the row of its own or the
nearest vector.

So that words differ by what they mean rather than by what all words have in common, and so that the vector
of a text is as good as those of its words,

1. the mean is taken away, and the two directions in which words differ most, which tell what kind of page a word is
   from;
2. the next 256 directions are kept, each divided by the square root of how far words spread in it (half a
   whitening: without it a few directions decide alone, with a whole one noise has the same say);
3. each vector is rounded to numbers from -7 to 7.

words.tsv.xz     one word a line, most frequent first: the word, a tab, its row
vectors.bin.xz   20,000 rows of 256 numbers, two in a byte: each plus 8, the first in the lower four bits

What is lost is printed: how many of the 15 nearest neighbours of a word stay the same.
"""

import io
import json
import lzma
import pathlib
import sys
import unicodedata
import zipfile

import msgpack
import numpy

# Rarer words are misspellings, pieces of names, and digits.
WORDS = 200_000
COMMON, DIMENSIONS = 2, 256
MASK = (1 << 64) - 1


def hash_of(word, seed=1):
    """The key that spaCy files a word under: MurmurHash64A."""
    data, factor = word.encode(), 0xC6A4A7935BD1E995
    value = seed ^ (len(data) * factor & MASK)
    whole = len(data) - len(data) % 8
    for at in range(0, whole, 8):
        part = int.from_bytes(data[at : at + 8], "little") * factor & MASK
        value = (value ^ (part ^ part >> 47) * factor & MASK) * factor & MASK
    if whole < len(data):
        value = (value ^ int.from_bytes(data[whole:], "little")) * factor & MASK
    value = (value ^ value >> 47) * factor & MASK
    return value ^ value >> 47


def is_word(text):
    """Whether a word has a letter and nothing that breaks a line or stands for itself alone."""
    categories = {unicodedata.category(c)[0] for c in text}
    return "L" in categories and not categories & {"C", "Z"}


def reduced(vectors):
    """The vectors without what all of them have in common."""
    mean = vectors.mean(axis=0)
    spread, directions = numpy.linalg.eigh(numpy.cov((vectors - mean).T))
    kept = slice(-1 - COMMON, -1 - COMMON - DIMENSIONS, -1)
    return (vectors - mean) @ directions[:, kept] / spread[kept] ** 0.25


def nearest(vectors, of, count=15):
    """The rows whose vectors are nearest to those of the rows `of`, by cosine."""
    vectors = vectors / numpy.linalg.norm(vectors, axis=1, keepdims=True)
    cosines = vectors[of] @ vectors.T
    cosines[numpy.arange(len(of)), of] = -1
    return cosines, numpy.argsort(-cosines, axis=1)[:, :count]


def main(wheel, target):
    archive = zipfile.ZipFile(wheel)
    vocabulary = next(name for name in archive.namelist() if name.endswith("vocab/key2row"))
    read = lambda name: archive.read(vocabulary.replace("key2row", name))
    vectors = numpy.load(io.BytesIO(read("vectors")))
    rows = msgpack.unpackb(read("key2row"), strict_map_key=False)
    words = {hash_of(word): word for word in json.loads(read("strings.json"))}

    lines = []
    for key, row in rows.items():
        word = words.get(key, "")
        if is_word(word):
            lines.append(f"{word}\t{row}\n")
    lines = lines[:WORDS]

    vectors = reduced(vectors.astype(numpy.float64))
    scale = numpy.abs(vectors).max(axis=1, keepdims=True) / 7
    quantized = numpy.round(vectors / scale).astype(numpy.int8)
    halves = (quantized + 8).astype(numpy.uint8)
    packed = halves[:, 0::2] | halves[:, 1::2] << 4

    target = pathlib.Path(target)
    for name, data in ("words.tsv.xz", "".join(lines).encode()), ("vectors.bin.xz", packed.tobytes()):
        (target / name).write_bytes(lzma.compress(data, preset=9 | lzma.PRESET_EXTREME))
        print(name, (target / name).stat().st_size, "bytes")

    sample = numpy.random.default_rng(1).choice(len(vectors), 1500, replace=False)
    exact, before = nearest(vectors, sample)
    rounded, after = nearest(quantized.astype(numpy.float64), sample)
    kept = numpy.mean([len(set(a) & set(b)) / len(a) for a, b in zip(before, after)])
    error = numpy.abs(exact - rounded).max()
    print(f"{len(lines)} words; of 15 neighbours {kept:.4f} stay; a cosine is off by {error:.4f} at most")


if __name__ == "__main__":
    main(*sys.argv[1:])
