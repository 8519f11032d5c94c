#!/usr/bin/env bash
# Holds the server to its own description, by clients that others have written: openapi.json must be one, a client
# that is generated of it calls every operation, a tester that makes requests of its schemas (schemathesis) must find
# no answer that breaks it, and the official SDK of the Model Context Protocol speaks to `shirube mcp`. The requests are
# the same every time.
#
#     scripts/test_clients.sh [PROGRAM]        PROGRAM is target/debug/shirube where none is named
set -euo pipefail
program=$(realpath "${1:-target/debug/shirube}")
clients=$(realpath "$(dirname "${BASH_SOURCE[0]}")/clients")
scratch=$(mktemp -d)
server=
trap '[ -z "$server" ] || kill "$server"; rm -rf "$scratch"' EXIT

python3 -m venv "$scratch/python"
python=$scratch/python/bin
"$python/pip" install --quiet --disable-pip-version-check \
  'schemathesis==4.32.5' 'openapi-spec-validator==0.9.0' 'openapi-python-client==0.29.1' 'mcp==2.3.0'

mkdir "$scratch/run"
cd "$scratch/run"
run() {
  env -i HOME="$scratch" PATH="$PATH" "$@"
}
# It remembers, so that the statistics are there to ask for.
run SHIRUBE_SERVE_HISTORY=true "$program" serve --port 0 --now 2026-11-23 --log warn >address 2>log &
server=$!
for _ in $(seq 300); do
  [ -s address ] && break
  kill -0 "$server" || { cat log >&2; exit 1; }
  sleep 0.1
done
url=$(head -n 1 address)
python3 -c 'import sys, urllib.request; sys.stdout.buffer.write(urllib.request.urlopen(sys.argv[1]).read())' \
  "${url}openapi.json" >openapi.json
"$python/openapi-spec-validator" openapi.json

# The generator leaves out what it does not know, a body of plain text and the type of the metrics, and says so.
"$python/openapi-python-client" generate --path openapi.json --output-path generated --meta none >told 2>&1 ||
  { cat told >&2; exit 1; }
run "$python/python" "$clients/generated_client.py" "$url"
run "$python/python" "$clients/mcp_client.py" "$program"

"$python/schemathesis" run openapi.json --url "$url" --phases examples,coverage,fuzzing \
  --max-examples 25 --generation-deterministic --no-color
