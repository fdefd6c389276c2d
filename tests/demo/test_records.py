"""Attendance, certificates and lists of earlier years in the demo club."""

import re

import pytest
import time_machine
from sqlalchemy import select

from club.accounts.queries import account_by_email
from club.clock import local_day
from club.db import db
from club.demo.loading import Size, load_demo
from club.records.attendance.models import AttendanceMark, MarkSource, PaperList
from club.records.certificates.models import (
    CertificateDesign,
    CertificateException,
    CertificateState,
    CertificateStepKind,
    CompletionCertificate,
    NumberSeries,
)
from club.records.earlier.models import BatchState, EarlierBatch
from club.records.earlier.operations import choose, confirm, undo, work_on_lists
from club.vietnamese import folded
from tests.demo.kit import count
from tests.support.factories import NOW

#: Each of them loads a whole club.
pytestmark = pytest.mark.slow


def test_certificates_of_every_kind_can_be_looked_at(club):
    states = {
        state: count(CompletionCertificate, CompletionCertificate.state == state)
        for state in (
            CertificateState.SUSPENDED,
            CertificateState.REVOKED,
            CertificateState.REPLACED,
        )
    }
    assert set(states.values()) == {1}
    assert count(CompletionCertificate, CompletionCertificate.expires_on < local_day(NOW)) == 1
    (given,) = db.session.scalars(select(CertificateException))
    assert given.agreed
    assert given.asked_by_id != given.decided_by_id
    assert not given.training_record.completed
    assert count(CertificateDesign) == 1
    (new,) = db.session.scalars(
        select(CompletionCertificate).where(CompletionCertificate.replaces_id.is_not(None))
    )
    assert new.replaces.holder_name == folded(new.holder_name).title()
    assert (new.post_test_maximum, new.design_id is not None) == (10, True)
    last = db.session.scalars(select(NumberSeries).order_by(NumberSeries.year.desc())).first()
    assert int(new.number.rsplit("-")[-1]) == last.last
    assert [step.kind for step in new.replaces.steps] == [CertificateStepKind.REPLACED]


def test_visitors_can_try_a_certificate_in_each_state(club, client):
    with time_machine.travel(NOW, tick=False):
        codes = re.findall(r'href="/verify/(\w{14})"', client.get("/verify").text)
        states = [client.get(f"/verify/{code}.json").json["state"] for code in codes]
    # The last one certifies a recognition.
    assert states == ["valid", "expired", "suspended", "revoked", "replaced", "valid"]


def test_the_member_checked_in_by_the_code_and_trainers_marked_the_others(club):
    member = account_by_email("hoivien@club.example")
    by_code = AttendanceMark.source == MarkSource.SELF_CHECK_IN
    found = db.session.scalars(select(AttendanceMark).where(by_code)).all()
    assert {(mark.person_id, mark.marked_by_id) for mark in found} == {
        (member.person_id, member.id)
    }
    assert all(mark.confirmed_by_id for mark in found)
    assert count(AttendanceMark, AttendanceMark.source == MarkSource.TRAINER_TAP) > 2000


def test_marks_were_taken_in_every_way_and_a_paper_list_has_its_scan(club):
    assert set(db.session.scalars(select(AttendanceMark.source))) == set(MarkSource)
    (paper,) = db.session.scalars(select(PaperList))
    by_paper = select(AttendanceMark).where(
        AttendanceMark.session_id == paper.session_id,
        AttendanceMark.source == MarkSource.PAPER_LIST,
    )
    assert paper.signed == len(db.session.scalars(by_paper).all()) > 0
    assert paper.scan.name == "Danh sách điểm danh.pdf"


def test_lists_of_earlier_years_wait_to_be_brought_in_and_to_be_mended(reference):
    load_demo(Size(60, 20), now=NOW)
    ready, faulty = db.session.scalars(select(EarlierBatch).order_by(EarlierBatch.id))
    assert (ready.state, faulty.state) == (BatchState.READY, BatchState.FAULTY)
    assert [mistake["row"] for mistake in faulty.findings["mistakes"]] == [2, 3, 4, 4]
    (doubt,) = ready.findings["doubtful"]
    by = account_by_email("dieuphoi@club.example").id
    choose(ready.id, {str(doubt["row"]): doubt["candidates"][0]}, now=NOW)
    confirm(ready.id, by=by, now=NOW)
    work_on_lists(now=lambda: NOW, stopped=lambda: False)
    assert undo(ready.id, reason="Xem thử", by=by, now=NOW).state is BatchState.UNDONE
