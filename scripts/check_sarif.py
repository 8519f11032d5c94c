#!/usr/bin/env python3
"""Holds a file of SARIF against SARIF's own JSON schema: scripts/check_sarif.py FILE.

The schema is OASIS's, errata 01 (https://github.com/oasis-tcs/sarif-spec, sarif-2.1/schema). Ends with status 1 where
the file does not keep to it. Needs the package `jsonschema`.
"""
import json
import pathlib
import sys

import jsonschema

root = pathlib.Path(__file__).resolve().parent.parent
schema = json.loads((root / "tests/data/sarif-schema-2.1.0.json").read_text(encoding="utf-8"))
document = json.loads(pathlib.Path(sys.argv[1]).read_text(encoding="utf-8"))
validator = jsonschema.validators.validator_for(schema)(schema, format_checker=jsonschema.FormatChecker())
errors = list(validator.iter_errors(document))
for error in errors:
    print(f"{'/'.join(map(str, error.absolute_path))}: {error.message}", file=sys.stderr)
results = sum(len(run["results"]) for run in document["runs"])
print(f"{results} results, {len(errors)} errors against the schema")
sys.exit(bool(errors))
