"""From the application to a recognition that has run out, under the shipped scheme, by pages alone:
nobody in here asks the database for anything. The worker does what is due on a day.
"""

import re
from datetime import date
from io import BytesIO

import pytest

from club.accounts.models import RoleName
from club.certification.schemes.importing import sync_versions
from club.chores import ROOM_CHORES
from club.content import CONTENT
from tests.certification.awards.kit import morning
from tests.certification.candidacy.kit import PDF
from tests.certification.kit import with_schemes
from tests.support.factories import NOW, an_account
from tests.support.letters import letters_to
from tests.support.pages import words

APPLICATION = "/me/certification/apply/chuyen_gia_cai_tien/1/practitioner"
DAILY = [
    chore for chore in ROOM_CHORES
    if chore.name in {"days of recognitions", "ends of expert certificates"}
]  # fmt: skip
REPORT = {
    "kind": "project_report", "title": "Báo cáo dự án 5S", "day": "2026-02-10",
    "phase": "sustain", "name": "Thời gian tìm dụng cụ", "unit": "phút/ca",
    "before": "26", "before_on": "2025-11-03", "after": "9", "after_on": "2026-02-10",
}  # fmt: skip


def hours(amount, category, day):
    return {
        "kind": "training_certificate", "title": f"{amount} giờ ({category})",
        "category": category, "amount": amount, "day": day,
    }  # fmt: skip


class Way:
    """Everybody on it, each signed in anew whenever somebody does something: years lie between."""

    def __init__(self, sign_in, time_machine):
        self.sign_in, self.time_machine = sign_in, time_machine
        self.holder = an_account()
        self.staff = {name: an_account(RoleName.COORDINATOR) for name in ("An", "Bình", "Chi")}
        self.panel = [an_account(RoleName.COORDINATOR) for _ in range(3)]
        self.assessors = [an_account(RoleName.ASSESSOR) for _ in range(2)]
        self.here = ""

    def on(self, day):
        """Goes to the morning of a day, and lets the worker do what is due."""
        self.time_machine.move_to(morning(day), tick=False)
        for chore in DAILY:
            chore.work(morning(day), lambda: False)

    def send(self, account, path, data=None):
        answer = self.sign_in(account).post(path, data=data or {})
        assert answer.status_code == 302, (path, words(answer))
        return answer.location

    def page(self, account, path=""):
        answer = self.sign_in(account).get(path or self.here)
        assert answer.status_code == 200, path
        return answer.text

    def bring(self, key, paper):
        """The address at which staff judge it."""
        file = {"evidence": "", "file": (BytesIO(PDF), "ban-chup.pdf")}
        before = self.uses()
        self.send(self.holder, f"{self.here}/requirements/{key}/evidence", paper | file)
        (new,) = self.uses() - before
        return new

    def uses(self):
        return set(re.findall(r"/evidence-uses/[0-9a-f-]{36}(?=\")", self.page(self.staff["An"])))

    def accepted(self, use, by):
        self.send(self.staff[by], f"{use}/judgement", {"state": "accepted"})

    def letters(self, kind):
        return letters_to(self.holder.person_id, f"certification.{kind}")

    def stands_at_verify(self, code):
        """What anybody reads of the certificate, and what programs do."""
        visitor = self.sign_in(an_account())
        status = visitor.get(f"/verify/{code}.json").json["state"]
        assert code in visitor.get(f"/verify/{code}").text
        return status


@pytest.fixture
def way(context, sign_in, time_machine):
    with_schemes()
    sync_versions(CONTENT, now=NOW)
    return Way(sign_in, time_machine)


def test_the_whole_way_from_the_application_to_the_end(way):
    way.on(date(2026, 3, 3))
    applied_and_admitted(way)
    brought_evidence(way)
    judged_by_two(way)
    decided_by_somebody_else(way)
    code = recognised(way)
    reminded_and_renewed(way, code)
    ran_out(way)


def applied_and_admitted(way):
    way.here = way.send(way.holder, APPLICATION).partition("#")[0]

    admission = {"admission-decision": "admit", "admission-remark": ""}
    way.send(way.staff["An"], f"{way.here}/admission", admission)


def brought_evidence(way):
    assert "0 trên 40 giờ" in words_of(way.page(way.holder))
    for paper in (hours("30", "outside", "2025-10-05"), hours("16", "self_study", "2025-11-20")):
        way.accepted(way.bring("training", paper), by="An")
    # Of training elsewhere 24 hours count at most.
    assert "40 trên 40 giờ" in words_of(way.page(way.holder))
    way.bring("project", REPORT)
    way.send(way.holder, f"{way.here}/requirements/ethics/signature")
    assert way.send(way.holder, f"{way.here}/assessment")
    assert len(way.letters("handed_in")) == 1


def judged_by_two(way):
    for assessor in way.assessors:
        asked = {"ask-assessor": assessor.id, "ask-due_on": "2026-04-10"}
        way.send(way.staff["An"], f"{way.here}/assessors", asked)
        (task,) = set(re.findall(r"/assessment/[0-9a-f-]{36}", way.page(assessor, "/assessment/")))
        form = way.page(assessor, task)
        assert "26 → 9 phút/ca" in words_of(form)
        (finding,) = set(re.findall(r'name="(finding_\d+)"', form))
        note = finding.replace("finding", "note")
        way.send(
            assessor,
            f"{task}/findings",
            {"finish": "yes", finding: "yes", note: "Đạt, số liệu khớp báo cáo"},
        )


def decided_by_somebody_else(way):
    for member in way.panel:
        way.send(member, f"{way.here}/vote", {"vote-choice": "yes", "vote-remark": ""})
    ruling = {"decision-outcome": "certified", "decision-remark": ""}
    # Who accepted the hours of training decides nothing.
    refused = way.sign_in(way.staff["An"]).post(f"{way.here}/decision", data=ruling)
    assert refused.status_code == 422
    way.on(date(2026, 4, 20))
    way.send(way.staff["Bình"], f"{way.here}/decision", ruling)
    assert len(way.letters("decided")) == 1


def recognised(way):
    """The code on the certificate."""
    way.send(way.staff["Chi"], f"{way.here}/recognition")
    code = code_on(way)
    assert way.stands_at_verify(code) == "valid"
    return code


def reminded_and_renewed(way, code):
    way.on(date(2028, 10, 21))
    assert way.letters("recognition_ends") == []
    way.on(date(2028, 10, 22))
    assert len(way.letters("recognition_ends")) == 1
    assert "Đến kỳ gia hạn" in words_of(way.page(way.holder))
    assert "0 trên 24 giờ" in words_of(way.page(way.holder))
    way.on(date(2029, 3, 21))
    assert len(way.letters("recognition_ends")) == 2
    way.accepted(way.bring("renewal_training", hours("24", "self_study", "2029-03-10")), by="An")
    # Who accepted it does not confirm the renewal.
    assert way.sign_in(way.staff["An"]).post(f"{way.here}/renewal").status_code == 409
    way.send(way.staff["Bình"], f"{way.here}/renewal")
    assert len(way.letters("renewed")) == 1
    assert way.stands_at_verify(code) == "replaced"
    assert code_on(way) != code
    assert way.stands_at_verify(code_on(way)) == "valid"
    assert "10/03/2032" in words_of(way.page(way.holder))


def ran_out(way):
    code = code_on(way)
    way.on(date(2032, 3, 11))
    assert way.stands_at_verify(code) == "expired"
    assert way.letters("lapsed") == []
    way.on(date(2032, 9, 10))
    assert way.letters("lapsed") == []
    way.on(date(2032, 9, 11))
    assert len(way.letters("lapsed")) == 1
    assert "Hết hiệu lực" in words_of(way.page(way.holder))


def code_on(way):
    return re.search(r"/verify/([0-9A-Z-]+)", way.page(way.holder, f"{way.here}/certificate"))[1]


def words_of(page):
    return " ".join(re.sub(r"<[^>]+>", " ", page).split())
