"""Every case for which there are sources is in the library, or it is said why not."""

import re
from pathlib import Path

from club.content import CONTENT
from club.files.plain_yaml import read_yaml

HERE = Path(__file__).parent
KNOWN = (HERE / "sourced_case_ids.txt").read_text(encoding="utf-8").split()
BECAME = read_yaml(HERE / "sourced_cases.yaml")
TOTALS = CONTENT / "articles" / "chuong-trinh-nang-suat-bao-cao-gi.md"
FILES = {path.stem for path in (CONTENT / "cases").glob("*.md")}


def test_each_sourced_case_is_entered_or_left_out_for_a_reason():
    became = [one for part in ("entered", "told_together", "left_out") for one in BECAME[part]]
    assert len(became) == len(set(became))
    assert set(became) == set(KNOWN)
    assert len(KNOWN) == len(set(KNOWN)) == 121
    assert all(BECAME["left_out"].values())


def test_each_is_a_file_of_its_own_and_each_file_comes_from_one():
    files = list(BECAME["entered"].values())
    assert len(files) == len(set(files))
    assert set(files) == FILES


def test_totals_of_programmes_are_told_together_with_their_sources():
    told = TOTALS.read_text(encoding="utf-8")
    addresses = set(re.findall(r"^  url: (\S+)$", told, re.MULTILINE))
    assert set(BECAME["told_together"].values()) - addresses == set()
    rows = [line for line in told.splitlines() if re.match(r"\| .* \| (B|chỉ đếm) \|", line)]
    assert len(rows) == len(BECAME["told_together"])
