"""Everything that answers data is described, and answers as its description says."""

import csv
import io
import re
from datetime import date, datetime
from uuid import UUID

import pytest
import time_machine
from sqlalchemy import select

from club.accounts.models import RoleName
from club.courses.models import Run, RunState
from club.db import db
from club.people.models import Organisation
from club.records.certificates.models import CompletionCertificate
from club.records.earlier.models import BatchState, EarlierBatch
from tests.statistics.reports.kit import a_draft
from tests.support.demo import TODAY, load_small_demo
from tests.support.factories import an_account

KINDS = {
    "object": dict, "array": list, "string": str, "integer": int, "boolean": bool,
    "number": (int, float), "null": type(None),
}  # fmt: skip
FORMATS = {
    None: lambda _value: True,
    "date": date.fromisoformat,
    "date-time": lambda value: datetime.fromisoformat(value).tzinfo,
}


def complaints(value, schema, where="answer"):
    """Where a value is not as its JSON Schema says; knows the words that the site uses."""
    if "const" in schema:
        return [] if value == schema["const"] else [f"{where}: {value!r}"]
    if "oneOf" in schema:
        found = [complaints(value, one, where) for one in schema["oneOf"]]
        return [] if found.count([]) == 1 else [f"{where}: fits {found.count([])} of {found}"]
    allowed = schema["type"] if isinstance(schema["type"], list) else [schema["type"]]
    fits = any(isinstance(value, KINDS[kind]) for kind in allowed)
    if not fits or (isinstance(value, bool) and "boolean" not in allowed):
        return [f"{where}: {value!r} is not {allowed}"]
    if isinstance(value, dict):
        return list(complaints_of_parts(value, schema, where))
    if isinstance(value, list):
        return [
            wrong
            for n, item in enumerate(value)
            for wrong in complaints(item, schema["items"], f"{where}[{n}]")
        ]
    is_known = value in schema.get("enum", [value])
    is_written_so = value is None or FORMATS[schema.get("format")](value)
    return [] if is_known and is_written_so else [f"{where}: {value!r}"]


def complaints_of_parts(value, schema, where):
    parts = schema.get("properties", {})
    yield from (f"{where} lacks {name}" for name in schema.get("required", ()) if name not in value)
    if schema.get("additionalProperties") is False:
        yield from (f"{where} has {name} unsaid" for name in value if name not in parts)
    for name in value.keys() & parts.keys():
        yield from complaints(value[name], parts[name], f"{where}.{name}")


def description(client):
    return client.get("/api/openapi.json").json


def test_every_address_that_answers_data_is_described(app, client):
    answers_data = {
        re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", rule.rule)
        for rule in app.url_map.iter_rules()
        if rule.rule.startswith("/api/") or rule.rule.endswith((".json", ".csv"))
    }
    assert answers_data
    assert set(description(client)["paths"]) == answers_data


def test_every_operation_has_a_summary_its_parameters_and_who_may_ask(client):
    for path, methods in description(client)["paths"].items():
        operation = methods["get"]
        assert operation["summary"], path
        in_path = [p["name"] for p in operation["parameters"] if p["in"] == "path"]
        assert in_path == re.findall(r"{(\w+)}", path)
        assert all(p["description"] for p in operation["parameters"] if p["in"] == "query")
        is_open = client.get(path.format_map(NOWHERE)).status_code not in (401, 403)
        assert ("401" not in operation["responses"]) == is_open, path


class _Nowhere(dict):
    def __missing__(self, _placeholder):
        return "X"


NOWHERE = _Nowhere(public_id=UUID(int=7), number=1)


@pytest.fixture
def demo():
    with time_machine.travel(TODAY, tick=False):
        load_small_demo()
        yield


def codes():
    run = db.session.scalars(select(Run.code).where(Run.state == RunState.CLOSED)).first()
    certificate = db.session.scalars(select(CompletionCertificate.code)).first()
    organisation = db.session.scalars(select(Organisation.code)).first()
    report = {"public_id": a_draft(now=TODAY).report.public_id}
    faulty = select(EarlierBatch.public_id).where(EarlierBatch.state == BatchState.FAULTY)
    batch = db.session.scalars(faulty).first()
    return {"/office/imports/{public_id}/mistakes.csv": {"public_id": batch},
            "/organisations/{code}/records.csv": {"code": organisation},
            "/verify/{code}.json": {"code": certificate}, "/api/runs/{code}": {"code": run},
            "/office/runs/{code}/registrations.csv": {"code": run},
            "/knowledge/data/{slug}.json": {"slug": "tfp-share"},
            "/knowledge/data/{slug}.csv": {"slug": "tfp-share"},
            "/knowledge/{slug}.json": {"slug": "5s"},
            "/knowledge/documents/{slug}.json": {"slug": "ke-hoach-thuan-an-2021"},
            "/office/reports/{public_id}/{number}.json": report,
            "/office/reports/{public_id}/{number}.csv": report,
            "/office/reports/{public_id}/{number}/rows.csv": report,
            "/office/reports/{public_id}/{number}/beside.csv": report}  # fmt: skip


QUERIES = {
    "/statistics/trainees.json": ["", "by=audience,month", "by=sector", "period=2026-01", "by=x"],
    "/api/knowledge/cases": ["", "about=stock&place=vn", "page=99", "from=2019&to=2010"],
    "/api/runs": ["", "open=1", "page=99", "month=2026-11&form=online"],
}


def test_everything_answers_as_described(client, sign_in, demo):
    said, by_path = description(client), codes()
    for browser in (client, sign_in(an_account(*RoleName))):
        for path, methods in said["paths"].items():
            for query in QUERIES.get(path, [""]):
                found = path.format_map(_Nowhere(NOWHERE | by_path.get(path, {})))
                address = f"{found}?{query}"
                answer = browser.get(address)
                promised = methods["get"]["responses"][str(answer.status_code)]
                check(answer, promised.get("content"), address)


def check(answer, content, address):
    if content is None:
        return
    ((media, form),) = content.items()
    assert answer.mimetype == media, address
    if media == "application/json":
        assert complaints(answer.json, form["schema"]) == [], address
    else:
        rows = list(csv.reader(io.StringIO(answer.data.decode("utf-8-sig"))))
        assert len({len(row) for row in rows}) == 1, address


def test_an_unknown_certificate_answers_as_described(client):
    promised = description(client)["paths"]["/verify/{code}.json"]["get"]["responses"]["404"]
    answer = client.get("/verify/ABCD-EFGH.json")
    check(answer, promised["content"], answer.request.path)


def test_the_footer_leads_to_the_description(client):
    assert 'href="/api/openapi.json"' in client.get("/").text
