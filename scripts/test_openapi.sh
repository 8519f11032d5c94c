#!/usr/bin/env bash
# Holds the server to its own description: openapi.json must be one, and a tester that makes requests of its
# schemas (schemathesis) must find no answer that breaks it. The requests are the same every time.
#
#     scripts/test_openapi.sh [PROGRAM]        PROGRAM is target/debug/shirube where none is named
set -euo pipefail
program=$(realpath "${1:-target/debug/shirube}")
scratch=$(mktemp -d)
server=
trap '[ -z "$server" ] || kill "$server"; rm -rf "$scratch"' EXIT

python3 -m venv "$scratch/python"
"$scratch/python/bin/pip" install --quiet --disable-pip-version-check \
  'schemathesis==4.32.5' 'openapi-spec-validator==0.9.0'

mkdir "$scratch/run"
cd "$scratch/run"
env -i HOME="$scratch" PATH="$PATH" "$program" serve --port 0 --now 2026-11-23 --log warn >address 2>log &
server=$!
for _ in $(seq 300); do
  [ -s address ] && break
  kill -0 "$server" || { cat log >&2; exit 1; }
  sleep 0.1
done
url=$(head -n 1 address)
python3 -c 'import sys, urllib.request; sys.stdout.buffer.write(urllib.request.urlopen(sys.argv[1]).read())' \
  "${url}openapi.json" >openapi.json
"$scratch/python/bin/openapi-spec-validator" openapi.json
"$scratch/python/bin/schemathesis" run openapi.json --url "$url" --phases examples,coverage,fuzzing \
  --max-examples 25 --generation-deterministic --no-color
