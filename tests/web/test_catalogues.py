"""All rooms' catalogues are read once for all processes, and again when one of them differs."""

import shutil

import pytest

from club.web import catalogues
from club.web.catalogues import merged_catalogue

PO = """
msgid ""
msgstr ""
"Content-Type: text/plain; charset=utf-8\\n"
"Plural-Forms: nplurals=1; plural=0;\\n"

msgid "%(num)s class"
msgid_plural "%(num)s classes"
msgstr[0] "%(num)s lớp"

msgctxt "a room"
msgid "Class"
msgstr "Phòng học"

msgid "Class"
msgstr "{word}"
"""


@pytest.fixture
def said(tmp_path, monkeypatch):
    """What a fresh process says for "Class", and whether it read the catalogues for that."""
    monkeypatch.setattr(catalogues, "CATALOGUES", tmp_path)
    (tmp_path / "vi").mkdir()
    (tmp_path / "vi" / "courses.po").write_text(PO.replace("{word}", "Lớp"), encoding="utf-8")

    def say():
        read = []
        read_po = catalogues.read_po

        def counted(*given, **more):
            read.append(given)
            return read_po(*given, **more)

        with monkeypatch.context() as watched:
            watched.setattr(catalogues, "read_po", counted)
            merged = merged_catalogue("vi", kept_in=tmp_path / "kept")
        assert merged.ungettext("%(num)s class", "%(num)s classes", 3) == "%(num)s lớp"
        assert merged.upgettext("a room", "Class") == "Phòng học"
        return merged.ugettext("Class"), bool(read)

    return say


def test_the_next_process_finds_what_one_read(said, tmp_path):
    assert said() == ("Lớp", True)
    assert said() == ("Lớp", False)
    assert [path.name for path in (tmp_path / "kept").iterdir()] == ["vi.json"]
    assert (tmp_path / "kept").stat().st_mode & 0o777 == 0o700


def test_a_mended_word_is_read(said, tmp_path):
    said()
    (tmp_path / "vi" / "courses.po").write_text(PO.replace("{word}", "Khóa"), encoding="utf-8")
    assert said() == ("Khóa", True)


def test_another_catalogue_is_read(said, tmp_path):
    said()
    shutil.copy(tmp_path / "vi" / "courses.po", tmp_path / "vi" / "records.po")
    assert said() == ("Lớp", True)


def test_what_a_power_cut_left_is_read_anew(said, tmp_path):
    said()
    kept = tmp_path / "kept" / "vi.json"
    kept.write_bytes(kept.read_bytes()[:40])
    assert said() == ("Lớp", True)
    assert said() == ("Lớp", False)


def test_all_is_said_where_nothing_can_be_kept(said, tmp_path):
    (tmp_path / "kept").write_text("no folder")
    assert said() == ("Lớp", True)
    assert said() == ("Lớp", True)


def test_what_is_kept_of_the_site_says_all_that_was_read(tmp_path):
    read = merged_catalogue("vi")
    first, second = (merged_catalogue("vi", kept_in=tmp_path) for _ in range(2))
    assert read.words == first.words == second.words
    assert len(read.words) > 1000
