"""Every case for which there are sources is in the library, or it is said why not."""

from pathlib import Path

from club.content import CONTENT
from club.files.plain_yaml import read_yaml

HERE = Path(__file__).parent
KNOWN = (HERE / "sourced_case_ids.txt").read_text(encoding="utf-8").split()
BECAME = read_yaml(HERE / "sourced_cases.yaml")
FILES = {path.stem for path in (CONTENT / "cases").glob("*.md")}


def test_each_sourced_case_is_entered_or_left_out_for_a_reason():
    entered, left_out = set(BECAME["entered"]), set(BECAME["left_out"])
    assert entered & left_out == set()
    assert entered | left_out == set(KNOWN)
    assert len(KNOWN) == len(set(KNOWN)) == 121
    assert all(BECAME["left_out"].values())


def test_each_is_a_file_of_its_own_and_each_file_comes_from_one():
    files = list(BECAME["entered"].values())
    assert len(files) == len(set(files))
    assert set(files) == FILES
