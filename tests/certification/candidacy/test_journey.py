"""The way to another body's certificate through the pages, from the application to its expiry."""

from datetime import date
from io import BytesIO

import pytest

from club.accounts.models import RoleName
from club.certification.candidacy.models import CandidateState as S
from club.certification.candidacy.models import StepReason as R
from club.certification.candidacy.queries import candidacies_of
from club.certification.schemes.models import Deciding, Judge, Purpose, RequirementKind, Unit
from club.chores import ROOM_CHORES
from tests.certification.awards.kit import morning
from tests.certification.candidacy.kit import PDF
from tests.certification.scheme_kit import a_requirement, a_scheme, a_version, published
from tests.support.factories import an_account, reload
from tests.support.letters import letters_to
from tests.support.pages import words

CHORES = [
    chore
    for chore in ROOM_CHORES
    if chore.name in {"candidacies that follow certificates", "ends of expert certificates"}
]


@pytest.fixture
def worker(time_machine):
    """Goes to a day and does what the worker does there."""

    def on(day):
        time_machine.move_to(morning(day), tick=False)
        for chore in CHORES:
            chore.work(morning(day), lambda: False)

    return on


@pytest.fixture
def level(context):
    scheme = a_scheme("theirs", awarded_by_club=False)
    version = a_version(scheme=scheme, deciding=Deciding.BODY)
    wanted = {"unit": Unit.DONE, "minimum": 1, "judged_by": Judge.COORDINATOR}
    wanted |= {"kind": RequirementKind.OTHER, "evidence_wanted": "Giấy tờ"}
    a_requirement(version, "knowledge", name="Kiến thức", **wanted)
    a_requirement(version, "again", name="Chứng nhận lại", purpose=Purpose.RENEWAL, **wanted)
    return published(version, on=date(2026, 1, 1)).levels[0]


def bring(own, here, key):
    typed = {"evidence": "", "kind": "other", "title": "Giấy tờ", "day": "2026-03-01"}
    typed |= {"file": (BytesIO(PDF), "giay.pdf")}
    return own.post(f"{here}/requirements/{key}/evidence", data=typed).status_code


def test_from_the_application_to_the_expiry_of_the_certificate(level, sign_in, worker):
    account, coordinator = an_account(), an_account(RoleName.COORDINATOR)
    other = an_account(RoleName.COORDINATOR)
    worker(date(2026, 3, 3))
    own, desk = sign_in(account), sign_in(coordinator)

    # The club guides: application, admission, evidence. It decides nothing.
    applying = own.post("/me/certification/apply/theirs/1/expert", data={"motivation": "Muốn"})
    here = applying.location
    admitting = {"admission-decision": "admit"}
    assert desk.post(f"{here}/admission", data=admitting).status_code == 302
    assert bring(own, here, "knowledge") == 302
    assert own.get(f"{here}.zip").status_code == 200

    # The body certifies; one coordinator enters the certificate, another one checks it.
    worker(date(2026, 6, 10))
    own, desk = sign_in(account), sign_in(coordinator)
    entered = desk.post(
        "/office/certification/new",
        data={
            "person": str(account.person.public_id),
            "scheme": "theirs",
            "body": "Tổ chức chứng nhận",
            "number": "PS-2026-1",
            "issued_on": "2026-06-01",
            "expires_on": "2028-05-31",
            "evidence": "Bản sao tại câu lạc bộ",
            "no_file_reason": "Đã xem bản gốc",
        },
    )
    assert entered.status_code == 302, words(entered)
    assert desk.post(f"{entered.location}/check").status_code == 409
    assert sign_in(other).post(f"{entered.location}/check").status_code == 302
    page = words(own.get(here))
    assert "Đã được tổ chức khác chứng nhận" in page
    assert "Chứng nhận lại" in page
    assert bring(own, here, "again") == 302
    assert "Chứng nhận có hiệu lực đến: 31/05/2028" in words(
        desk.get("/office/certification/candidates")
    )

    # It is reminded of, ends, and leaves the way free.
    worker(date(2028, 5, 1))
    assert len(letters_to(account.person_id, "certification.certificate_ends")) == 1
    worker(date(2028, 6, 1))
    own = sign_in(account)
    assert "Chứng nhận của tổ chức khác đã hết hiệu lực" in words(own.get(here))
    assert len(letters_to(account.person_id, "certification.certificate_over")) == 1
    again = own.post("/me/certification/apply/theirs/1/expert", data={"motivation": "Lại"})
    assert again.location != here
    assert_kept(account)


def assert_kept(account):
    _new, first = candidacies_of(account.person_id)
    assert [(step.to_state, step.reason) for step in reload(first).steps] == [
        (S.APPLIED, R.APPLIED),
        (S.ADMITTED, R.ADMITTED),
        (S.COLLECTING, R.EVIDENCE_BEGUN),
        (S.HELD, R.CERTIFICATE_CHECKED),
        (S.EXPIRED, R.CERTIFICATE_ENDED),
    ]
