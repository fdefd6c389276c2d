from datetime import date
from decimal import Decimal

import pytest

from club.certification.schemes.models import RequirementKind
from club.certification.schemes.setting_values import SettingRefusal
from club.certification.schemes.settings import (
    TERMS,
    CreditCategory,
    EducationLevel,
    EducationTerms,
    ExaminationTerms,
    Framework,
    ProjectTerms,
    SettingsError,
    TrainingTerms,
    as_json,
    read_terms,
)

FULL = {
    RequirementKind.EDUCATION: EducationTerms(EducationLevel.COLLEGE),
    RequirementKind.TRAINING: TrainingTerms(
        courses=("LSS-YB", "5S"),
        topics=("lean",),
        since=date(2024, 2, 29),
        teaching_factor=Decimal("1.5"),
        outside_counts=False,
        caps={CreditCategory.TAUGHT: Decimal(40)},
    ),
    RequirementKind.PROJECT: ProjectTerms(True, Framework.PLAN_DO_SUSTAIN, False),
    RequirementKind.EXAMINATION: ExaminationTerms(Decimal(50), 3, 30),
}


def test_every_kind_has_terms():
    assert TERMS.keys() == set(RequirementKind)


@pytest.mark.parametrize("kind", FULL, ids=str)
def test_what_is_kept_is_read_back(kind):
    assert read_terms(kind, as_json(FULL[kind])) == FULL[kind]


@pytest.mark.parametrize("kind", RequirementKind, ids=str)
def test_nothing_said_is_kept_as_nothing(kind):
    assert as_json(read_terms(kind, {})) == {}


def test_kept_as_plain_json():
    assert as_json(FULL[RequirementKind.TRAINING]) == {
        "courses": ["LSS-YB", "5S"],
        "topics": ["lean"],
        "since": "2024-02-29",
        "teaching_factor": "1.5",
        "outside_counts": False,
        "caps": {"taught": "40"},
    }


def test_all_that_is_wrong_is_said_at_once():
    wrong = {
        "courses": "5S",
        "topics": ["lean", " "],
        "since": "2025-02-29",
        "teaching_factor": "much",
        "outside_counts": "yes",
        "caps": {"slept": 5},
        "bonus": 1,
    }
    with pytest.raises(SettingsError) as error:
        read_terms(RequirementKind.TRAINING, wrong)
    assert error.value.problems == {
        "courses": SettingRefusal.NO_LIST,
        "topics": SettingRefusal.NO_TEXT,
        "since": SettingRefusal.NO_DAY,
        "teaching_factor": SettingRefusal.NO_NUMBER,
        "outside_counts": SettingRefusal.NO_YES_OR_NO,
        "caps": SettingRefusal.NO_CHOICE,
        "bonus": SettingRefusal.UNKNOWN,
    }


@pytest.mark.parametrize(
    ("given", "problem"),
    [
        ({"attempts": 0}, SettingRefusal.TOO_SMALL),
        ({"attempts": "2.5"}, SettingRefusal.NO_WHOLE_NUMBER),
        ({"attempts": True}, SettingRefusal.NO_NUMBER),
        ({"waiting_days": 4000}, SettingRefusal.TOO_BIG),
        ({"out_of": "NaN"}, SettingRefusal.NO_NUMBER),
    ],
)
def test_numbers_have_limits(given, problem):
    with pytest.raises(SettingsError) as error:
        read_terms(RequirementKind.EXAMINATION, given)
    assert [*error.value.problems.values()] == [problem]


def test_caps_are_no_less_than_nothing():
    with pytest.raises(SettingsError):
        read_terms(RequirementKind.TRAINING, {"caps": {"taught": "-1"}})
