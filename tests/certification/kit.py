"""Schemes and certificates to test with."""

from datetime import date

from club.accounts.consents import give_consent
from club.accounts.models import ConsentPurpose, RoleName
from club.certification.importing import sync_schemes
from club.certification.operations import (
    CertificateFacts,
    check_certificate,
    record_certificate,
)
from club.content import CONTENT
from club.people.models import AudienceKind
from club.records.models import TrainingRecord
from tests.support.factories import NOW, a_person, an_account, saved

ISSUED = date(2025, 6, 1)


def facts(number="PS-001", **given):
    known = {
        "scheme_key": "apo_ps",
        "body": "ViProCB",
        "number": number,
        "issued_on": ISSUED,
        "evidence": "Bản sao lưu tại câu lạc bộ",
        "no_file_reason": "Đã xem bản gốc",
    }
    return CertificateFacts(**known | given)


def with_schemes():
    sync_schemes(CONTENT, now=NOW)


def recorded(person=None, number="PS-001", **given):
    person = person or a_person()
    return record_certificate(person.id, facts(number, **given), by=None, now=NOW)


def checked(person=None, number="PS-001", **given):
    certificate = recorded(person, number, **given)
    return check_certificate(certificate.id, by=an_account(RoleName.COORDINATOR).id, now=NOW)


def agrees(person):
    give_consent(person.id, ConsentPurpose.PUBLIC_EXPERT_REGISTER, language="vi", now=NOW)


def a_record(person, run, **given):
    defaults = {
        "run_id": run.id, "person_id": person.id, "planned_minutes": 480, "attended_minutes": 400,
        "person_days": 1, "counts": True, "completed": True, "day": date(2026, 2, 1),
        "audience": AudienceKind.INDIVIDUAL, "sex": person.sex, "job_group": person.job_group,
        "topic_key": run.course.topic.key, "course_code": run.course.code, "form": run.form,
        "course_title": run.course.title, "course_title_en": run.course.title_en,
        "funding": run.funding, "computed_at": NOW,
    }  # fmt: skip
    return saved(TrainingRecord(**defaults | given))
