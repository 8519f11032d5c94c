#!/usr/bin/env bash
# Makes the archive that people without Rust unpack and run, with its checksum: dist/shirube-VERSION-TARGET.zip (Windows) or
# .tar.gz, and the same with .sha256 behind it.
#
#     scripts/package.sh [TARGET]        the target of the compiler where none is named
#
# For Windows from Debian: apt-get install gcc-mingw-w64-x86-64 zip; rustup target add x86_64-pc-windows-gnu;
# scripts/package.sh x86_64-pc-windows-gnu. One input gives the same archive, byte for byte.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
target=${1:-$(rustc --print host-tuple)}
version=$(sed -n 's/^version = "\(.*\)"/\1/p' Cargo.toml | head -n 1)
name=shirube-$version-$target
built=${CARGO_TARGET_DIR:-target}/$target/release
# Files have the time of the last commit.
export SOURCE_DATE_EPOCH=${SOURCE_DATE_EPOCH:-$(git log -1 --format=%ct)}

cargo build --locked --release --target "$target"

scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
mkdir "$scratch/$name"
program=shirube
case $target in *windows*) program=shirube.exe ;; esac
cp "$built/$program" README.md README.ja.md LICENSE-MIT LICENSE-APACHE "$scratch/$name/"
mkdir "$scratch/$name/dict"
cp dict/COPYING* "$scratch/$name/dict/"
find "$scratch/$name" -exec touch -d "@$SOURCE_DATE_EPOCH" {} +

mkdir -p dist
dist=$PWD/dist
cd "$scratch"
case $target in
  *windows*)
    archive=$name.zip
    rm -f "$dist/$archive"
    find "$name" | LC_ALL=C sort | TZ=UTC zip -q -X "$dist/$archive" -@
    ;;
  *)
    archive=$name.tar.gz
    tar --sort=name --owner=0 --group=0 --numeric-owner --mtime="@$SOURCE_DATE_EPOCH" -c "$name" |
      gzip -n >"$dist/$archive"
    ;;
esac
cd "$dist"
sha256sum "$archive" >"$archive.sha256"
cat "$archive.sha256"
