"""What one process works out for all, played by threads and by several doors to one folder."""

import threading
from datetime import timedelta

import pytest

from club import clock
from club.web import shared_answers
from club.web.shared_answers import SharedAnswers
from tests.support.factories import NOW

SECONDS = 10


@pytest.fixture(autouse=True)
def present(monkeypatch):
    moment = [NOW]
    monkeypatch.setattr(clock, "now", lambda: moment[0])
    return moment


@pytest.fixture
def process(tmp_path):
    """A process of the site, each time it is called."""
    return lambda: SharedAnswers(tmp_path / "kept", seconds=SECONDS)


def never():
    raise AssertionError("worked out again")


def test_those_who_ask_at_once_wait_for_the_one_who_works(process):
    worked, answers, begun, may_end = [], [], threading.Event(), threading.Event()

    def work():
        worked.append(1)
        begun.set()
        may_end.wait(10)
        return {"turns": 3}

    def ask(make):
        answers.append(process().get("dashboard", make)[0])

    first = threading.Thread(target=ask, args=(work,))
    first.start()
    begun.wait(10)
    others = [threading.Thread(target=ask, args=(never,)) for _ in range(3)]
    for other in others:
        other.start()
    assert answers == []
    may_end.set()
    for thread in (first, *others):
        thread.join(10)
    assert (worked, answers) == ([1], [{"turns": 3}] * 4)


def test_an_answer_is_used_for_its_seconds_and_no_longer(process, present):
    assert process().get("a", lambda: 1) == (1, SECONDS)
    present[0] += timedelta(seconds=4)
    assert process().get("a", never) == (1, SECONDS - 4)
    present[0] = NOW + timedelta(seconds=SECONDS)
    assert process().get("a", lambda: 2) == (2, SECONDS)


def test_an_answer_from_a_clock_that_went_back_is_not_used(process, present):
    process().get("a", lambda: 1)
    present[0] -= timedelta(seconds=1)
    assert process().get("a", lambda: 2) == (2, SECONDS)


def test_questions_that_share_a_file_get_no_others_answer(process, monkeypatch):
    monkeypatch.setattr(shared_answers, "_FILES", 1)
    for key in ("a", "b", "a"):
        assert process().get(key, lambda key=key: f"of {key}")[0] == f"of {key}"


def test_whoever_fails_leaves_the_work_to_the_next(process):
    with pytest.raises(ZeroDivisionError):
        process().get("a", lambda: 1 / 0)
    assert process().get("a", lambda: 1) == (1, SECONDS)


def test_a_file_that_was_cut_off_is_worked_out_anew(process, tmp_path):
    process().get("a", lambda: "long enough to be cut")
    (path,) = (tmp_path / "kept").iterdir()
    path.write_bytes(path.read_bytes()[:20])
    assert process().get("a", lambda: 2) == (2, SECONDS)


def test_where_nothing_can_be_written_each_works_alone(tmp_path):
    (tmp_path / "kept").write_text("no folder")
    shared = SharedAnswers(tmp_path / "kept", seconds=SECONDS)
    assert [shared.get("a", lambda n=n: n)[0] for n in (1, 2)] == [1, 2]


def test_only_the_sites_user_reads_what_is_kept(process, tmp_path):
    process().get("a", lambda: 1)
    (path,) = (tmp_path / "kept").iterdir()
    assert (path.stat().st_mode & 0o777, path.parent.stat().st_mode & 0o777) == (0o600, 0o700)
