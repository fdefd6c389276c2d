from decimal import Decimal

import pytest
from sqlalchemy import select

from club import clock
from club.certification.models import CertificationScheme
from club.certification.schemes.facts import facts_of_level, facts_of_version
from club.certification.schemes.importing import sync_versions
from club.certification.schemes.models import (
    Judge,
    Purpose,
    Requirement,
    RequirementKind,
    SchemeVersion,
    VersionState,
)
from club.certification.schemes.rules import (
    Surroundings,
    doubts_about,
    problems_of_requirement,
    problems_of_version,
)
from club.certification.schemes.settings import Framework, TrainingTerms, terms_of
from club.content import CONTENT
from club.db import db, transaction
from club.files.content_error import ContentError
from tests.certification.kit import with_schemes
from tests.support.factories import NOW

FILE = """
scheme: apo_ps
label: "2030"
deciding: body
levels:
- key: specialist
  name: {vi: Chuyên gia, en: Specialist}
  requirements:
  - key: training
    kind: training
    judged_by: records
    name: {vi: Đào tạo, en: Training}
    minimum: 40
    settings: {topics: [lean]}
"""


@pytest.fixture
def folder(tmp_path):
    with_schemes()
    (tmp_path / "schemes").mkdir()
    return tmp_path


def synced(folder, text=None, name="a.yaml"):
    if text is not None:
        (folder / "schemes" / name).write_text(text.lstrip("\n"), encoding="utf-8")
    done = sync_versions(folder, now=NOW)
    return done.added, done.changed, done.unchanged


def faults(folder, text):
    with pytest.raises(ContentError) as refused:
        synced(folder, text)
    return str(refused.value).splitlines()


def versions(key="apo_ps"):
    query = select(SchemeVersion).join(SchemeVersion.scheme).where(CertificationScheme.key == key)
    return list(db.session.scalars(query.order_by(SchemeVersion.number)))


def test_a_new_version_is_published_from_today_on(folder):
    assert synced(folder, FILE) == (1, 0, 0)
    (version,) = versions()
    assert (version.label, version.number, version.state) == ("2030", 1, VersionState.PUBLISHED)
    assert version.valid_from == clock.local_day(NOW)
    (asked,) = version.levels[0].requirements
    assert (asked.kind, asked.minimum) == (RequirementKind.TRAINING, Decimal(40))
    assert (asked.judged_by, asked.purpose) == (Judge.RECORDS, Purpose.FIRST)
    assert terms_of(asked) == TrainingTerms(topics=("lean",))


def test_it_is_harmless_to_repeat_and_to_comment(folder):
    synced(folder, FILE)
    assert synced(folder, "# A remark.\n" + FILE) == (0, 0, 1)
    assert len(versions()) == 1


def test_a_changed_file_makes_a_draft_and_says_so(folder):
    synced(folder, FILE)
    (folder / "schemes" / "a.yaml").write_text(FILE.replace("40", "48"), encoding="utf-8")
    done = sync_versions(folder, now=NOW)
    assert done.told == ("schemes/a.yaml says something else now: look at draft 2",)
    published, draft = versions()
    assert published.levels[0].requirements[0].minimum == 40
    assert (draft.state, draft.levels[0].requirements[0].minimum) == (VersionState.DRAFT, 48)
    assert synced(folder) == (0, 0, 1)


def test_another_label_is_another_version(folder):
    synced(folder, FILE)
    assert synced(folder, FILE.replace("2030", "2031"), "b.yaml") == (1, 0, 1)
    assert [v.label for v in versions()] == ["2030", "2031"]


def test_every_fault_is_named_with_its_line_and_nothing_is_brought_in(folder):
    synced(folder, FILE)
    wrong = (
        FILE.replace("2030", "2032")
        .replace("kind: training", "kind: driving")
        .replace("minimum: 40", "minimum: -4")
        .replace("settings: {topics: [lean]}", "settings:\n      at_least: nothing\n    bonus: 3")
    )
    (folder / "schemes" / "c.yaml").write_text(FILE.replace("2030", "2033"), encoding="utf-8")
    said = [fault.split(": ", 2) for fault in faults(folder, wrong)]
    at = "levels[1].requirements[1]"
    assert [(place, key, message[:30]) for place, key, message in said] == [
        ("schemes/a.yaml:9", f"{at}.kind", "is one of education, training,"),
        ("schemes/a.yaml:14", f"{at}.settings.at_least", "Choose one of the possibilitie"),
        ("schemes/a.yaml:12", f"{at}.minimum", "is no less than nothing"),
        ("schemes/a.yaml:10", f"{at}.judged_by", "The site cannot know this by i"),
        ("schemes/a.yaml:15", f"{at}.bonus", "is not a key that this file ma"),
    ]
    assert len(versions()) == 1


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("apo_ps", "nobody", "schemes/a.yaml:1: scheme: nobody is not one of"),
        ('label: "2030"', "", "schemes/a.yaml:1: label: is missing"),
        ("deciding: body", "deciding: panel", "schemes/a.yaml:1: panel_quorum: A panel needs"),
        ("deciding: body\n", "", "schemes/a.yaml:1: deciding: Another body certifies"),
        ("apo_ps", "chuyen_gia_cai_tien", "schemes/a.yaml:3: deciding: The club itself certifies"),
        ("minimum: 40", "minimum: 12,5", "schemes/a.yaml:12: levels[1].requirements[1].minimum"),
        ("name: {vi: Đào tạo, en: Training}", "name: Đào tạo", "schemes/a.yaml:11: levels[1]"),
        ("scheme: apo_ps", "scheme: [", "schemes/a.yaml:"),
    ],
)
def test_what_is_wrong_is_found(folder, old, new, fault):
    assert faults(folder, FILE.replace(old, new))[0].startswith(fault)


def test_two_files_of_one_version_are_refused(folder):
    synced(folder, FILE)
    with pytest.raises(ContentError, match="another file has this version"):
        synced(folder, FILE, "b.yaml")


def test_what_the_club_ships(folder):
    assert sync_versions(CONTENT, now=NOW).added == 5
    known = {v.scheme.key: v for v in db.session.scalars(select(SchemeVersion))}
    assert {key: v.state for key, v in known.items()} == dict.fromkeys(
        ["apo_ps", "apo_gps", "apo_psps", "tcvn_13751", "chuyen_gia_cai_tien"],
        VersionState.PUBLISHED,
    )
    assert sync_versions(CONTENT, now=NOW).unchanged == 5
    gps = known["apo_gps"]
    assert [level.key for level in gps.levels] == ["specialist", "master"]
    assert [r.key for r in gps.levels[0].requirements] == [
        "education", "training", "knowledge", "solutions", "work", "projects", "skills", "renewal",
    ]  # fmt: skip
    projects = next(r for r in gps.levels[1].requirements if r.key == "projects")
    assert terms_of(projects).framework is Framework.PLAN_DO_SUSTAIN


def test_numbers_that_no_source_gives_are_to_be_set_and_ours_are_marked(folder):
    sync_versions(CONTENT, now=NOW)
    for requirement in db.session.scalars(select(Requirement)):
        own = requirement.level.version.scheme.awarded_by_club
        assert (requirement.minimum is not None, requirement.proposed_by_club) == (own, own)
        assert own or requirement.source
    for version in db.session.scalars(select(SchemeVersion)):
        own = version.scheme.awarded_by_club
        assert (version.validity_months is not None, version.proposed_by_club) == (own, own)


def test_the_clubs_own_scheme_leaves_no_doubt(folder):
    sync_versions(CONTENT, now=NOW)
    (version,) = versions("chuyen_gia_cai_tien")
    levels = [facts_of_level(level) for level in version.levels]
    around = Surroundings(awarded_by_club=True, courses=(), topics=())
    assert doubts_about(facts_of_version(version), levels, around) == []
    assert [*problems_of_version(facts_of_version(version))] == []
    asked = [one for level in levels for one in level.requirements.values()]
    assert [problem for one in asked for problem in problems_of_requirement(one)] == []


def test_a_scheme_changed_in_the_browser_stays(folder):
    with transaction() as session:
        scheme = session.scalars(select(CertificationScheme).filter_by(key="apo_ps")).one()
        scheme.name, scheme.edited_at = "Tên khác", NOW
    with_schemes()
    assert versions() == []
    query = select(CertificationScheme.name).filter_by(key="apo_ps")
    assert db.session.scalar(query) == "Tên khác"
