"""The path says the rule of the scheme: what is enough alone, and what counts only together."""

import re
from decimal import Decimal
from io import BytesIO
from zipfile import ZipFile

import pytest

from club.certification.candidacy.models import UseState
from club.certification.candidacy.operations import evidence as papers
from club.certification.candidacy.operations.evidence import Judgement
from club.certification.candidacy.queries import level_called
from club.certification.schemes.importing import sync_versions
from club.certification.schemes.models import Judge, RequirementKind, Unit
from club.content import CONTENT
from tests.certification.candidacy.kit import (
    a_level,
    admitted,
    applied,
    coordinator,
    handed_in,
    learned,
)
from tests.certification.kit import with_schemes
from tests.support.factories import NOW, an_account
from tests.support.pages import words

CITY_EXPERT = "/me/certification/apply/chuyen_gia_cai_tien/1/city_expert"
BOARD = "/office/certification/candidates"
#: In this order.
TOLD = (
    "Chỉ cần một trong các lựa chọn",
    "Cao đẳng trở lên",
    " cùng với",
    "(có bằng)",
    " hoặc",
    "(không xét bằng)",
)
#: Three requirements beside training and work, each of which will stand in another way.
MORE = [
    (
        key,
        {
            "kind": kind,
            "position": position,
            "name": name,
            "name_en": name,
            "minimum": minimum,
            "unit": unit,
            "judged_by": Judge.COORDINATOR,
        },
    )
    for position, (key, kind, name, minimum, unit) in enumerate(
        (
            ("fee", RequirementKind.FEE, "Lệ phí", Decimal(500000), Unit.DONG),
            ("references", RequirementKind.REFERENCES, "Giới thiệu", Decimal(2), Unit.REFERENCES),
            ("other", RequirementKind.OTHER, "Giờ khác", None, Unit.HOURS),
        ),
        start=3,
    )
]


@pytest.fixture
def account(context):
    return an_account()


@pytest.fixture
def city_expert(account):
    with_schemes()
    sync_versions(CONTENT, now=NOW)
    return level_called("chuyen_gia_cai_tien", 1, "city_expert")


def test_the_path_says_that_a_degree_counts_only_with_work(sign_in, account, city_expert):
    own = sign_in(account)
    for address in (CITY_EXPERT, f"/candidacies/{applied(city_expert, account).public_id}"):
        shown = words(own.get(address))
        told = [shown.index(one) for one in TOLD]
        assert told == sorted(told), shown
        assert "một trong các cách" not in shown


def test_the_index_says_so_too(sign_in, account, city_expert):
    answer = sign_in(account).get(f"/candidacies/{applied(city_expert, account).public_id}.zip")
    with ZipFile(BytesIO(answer.data)) as archive:
        index = archive.read("Mục lục.txt").decode()
    told = [index.index(one) for one in TOLD]
    assert told == sorted(told), index


def names_of_bars(page):
    return [
        " ".join(one.split())
        for one in re.findall(r'<span class="visually-hidden">([^<]*: [^<]*)</span>\s*</li>', page)
    ]


def test_the_bars_name_the_parts_that_the_path_numbers(sign_in, account, city_expert):
    page = sign_in(account).get(CITY_EXPERT)
    bars = names_of_bars(page.text)
    assert len(bars) == page.text.count('<span class="path-node"')
    assert bars[0] == (
        "Cao đẳng trở lên cùng với Kinh nghiệm làm việc về cải tiến (có bằng), hoặc"
        " Kinh nghiệm làm việc về cải tiến (không xét bằng): Còn thiếu"
    )
    assert f"Đạt 0 trên {len(bars)} điều kiện" in words(page)


def test_each_way_to_stand_reads_and_looks_different(sign_in, account):
    learned(account.person, hours=72)
    level = a_level(more=MORE)
    candidate = admitted(level, account)
    handed_in(candidate, by=account.id)
    handed_in(candidate, "other", by=account.id, amount=Decimal(96))
    fee = handed_in(candidate, "fee", by=account.id, amount=Decimal(500000))
    papers.judge_use(fee.id, Judgement(UseState.ACCEPTED), by=coordinator().id, now=NOW)
    own = sign_in(account).get(f"/candidacies/{candidate.public_id}").text
    board = sign_in(coordinator()).get(BOARD).text
    for page in (own, board):
        assert names_of_bars(page) == [
            "Đào tạo về năng suất: Đạt một phần",
            "Kinh nghiệm làm việc: Chờ xem xét",
            "Lệ phí: Đã đạt yêu cầu",
            "Giới thiệu: Còn thiếu",
            "Giờ khác: Chưa đặt",
        ]
        looks = re.findall(r'<li class="is-(\w+)">', page)
        assert looks == ["now", "wait", "done", "next", "unset"]
