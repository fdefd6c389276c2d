"""Whatever any room writes into the log of decisions has words and, where it is a thing, a title."""

import ast
import re
from pathlib import Path

from club.audit.actions import ACTIONS
from club.audit.words import DETAILS, ROOMS, SUBJECTS
from club.logbook import LOG_NAMES
from club.registration.rules.terms import Terms, row_of

LOGS = {"record", "record_each", "_note", "_record", "_write_down", "_settle"}
CLUB = Path(__file__).parents[2] / "club"


def test_everything_that_is_logged_has_words():
    written = (path.read_text() for path in CLUB.glob("*/**/*.py") if "audit" not in path.parts)
    sources = [
        text for text in written if re.search(r"from club\.audit(\.operations)? import", text)
    ]
    rooms = "|".join(ROOMS)
    calls = re.findall(
        rf'(?:record|record_each|_note|_record|_?write_down)\(\s*"((?:{rooms})\.[a-z_]+)"',
        "\n".join(sources),
    )
    kinds = re.findall(r'subject_kind="([a-z_]+)"', "\n".join(sources))
    details = {key for source in sources for key in keys_of_details(source)}
    assert {action for action in calls if action not in ACTIONS} == set()
    assert {kind for kind in kinds if kind not in SUBJECTS or kind not in LOG_NAMES.titles} == set()
    assert details - {*DETAILS, "before", "after"} == set()
    assert {"moved_up", "size_class", "cutoff_hours", "visibility"} <= {*details, *row_of(Terms())}
    assert set(row_of(Terms())) - set(DETAILS) == set()


def keys_of_details(source):
    """Keys of the dictionaries that stand in calls which log, or that a helper for them returns."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and name_of(node.func) in LOGS:
            yield from (key for part in node.args for key in keys_in(part))
            yield from (key for word in node.keywords for key in keys_in(word.value))
        if isinstance(node, ast.FunctionDef) and node.name in {"_as_detail", "_in_the_log"}:
            yield from keys_in(node)


def name_of(function):
    return getattr(function, "id", getattr(function, "attr", None))


def keys_in(node):
    for part in ast.walk(node):
        if isinstance(part, ast.Dict):
            yield from (key.value for key in part.keys if isinstance(key, ast.Constant))
