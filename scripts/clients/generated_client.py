"""Calls every operation of the HTTP API with the client that openapi-python-client has made of openapi.json.

The client lies in the working directory as `generated`.
"""

import io
import json
import pathlib
import pkgutil
import sys

sys.path.insert(0, ".")

from generated import Client
from generated.api import default
from generated.api.default import answer, article, articles, explain, feedback, flows, health, metrics, openapi, statistics
from generated.models import AnswerFilesBody, Feedback, Problem
from generated.types import File

PASTE = (
    "2024/05/14 10:21:48\tmori\t森\tiPad-0042\tInstallProfile: (4026) プロファイル\"a\"が"
    "パスワード変更を要求している可能性があります、パスワードを変更できません。\n"
)
ARTICLE = "bizmobile/installprofile-password-change"
called = set()


def call(operation, status, *arguments, **named):
    """The parsed body of the response, which has the status."""
    response = operation.sync_detailed(*arguments, client=client, **named)
    assert response.status_code == status, (operation.__name__, response.status_code, response.content)
    called.add(operation.__name__.rsplit(".", 1)[-1])
    return response.parsed


client = Client(base_url=sys.argv[1].rstrip("/"))
assert call(health, 200).status == "ok"

pasted = File(payload=io.BytesIO(PASTE.encode()), file_name="paste.tsv", mime_type="application/octet-stream")
found = call(answer, 200, body=pasted, limit=1)
incident = found.incidents[0]
assert incident.codes[0].number == 4026, incident
assert incident.remedies[0].id == ARTICLE and incident.remedies[0].destructive, incident.remedies[0]

pasted.payload.seek(0)
form = AnswerFilesBody(file=pasted, q="4026 はどうすれば直りますか")
assert call(answer, 200, body=form).incidents[0].remedies[0].id == ARTICLE
assert isinstance(call(answer, 400, limit=0, q="同期が完了しない"), Problem)

assert any(entry.id == ARTICLE for entry in call(articles, 200).articles)
whole = call(article, 200, ARTICLE)
passage = call(article, 200, incident.remedies[0].passage_id)
assert passage.markdown in whole.markdown, passage
assert isinstance(call(article, 404, "nothing"), Problem)
assert call(explain, 200, "MCInstallationErrorDomain 4027").codes
assert call(flows, 200).flows
said = Feedback(article=ARTICLE, helped=True, signature=incident.signature)
call(feedback, 204, body=said)
call(statistics, 200)
call(metrics, 200)
call(openapi, 200)

operations = {module.name for module in pkgutil.iter_modules(default.__path__)}
described = json.loads(pathlib.Path("openapi.json").read_text())["paths"]
assert len(operations) == sum(len(methods) for methods in described.values()), "the generator left an operation out"
assert called == operations, operations ^ called
print(f"the generated client called {len(called)} operations")
