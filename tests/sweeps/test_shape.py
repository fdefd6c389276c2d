"""The shape of the code base: small files, honest names, one place to commit, one clock."""

import ast
import re
from pathlib import Path

from tests.support.sources import nodes_of

ROOT = Path(__file__).parents[2]
MODULES = sorted([*(ROOT / "club").rglob("*.py"), ROOT / "start.py"])
SAYS_NOTHING = {"utils", "util", "helpers", "common", "core", "misc", "base", "manager", "services"}
#: Folders of templates that are no room's own.
SHARED_TEMPLATES = {"_layouts", "_components"}
ASKS_THE_TIME = re.compile(
    r"\b(datetime|dt)\.(now|utcnow|today)\(|\bdate\.today\(|(?<!\w)time\.time\(|time_ns\("
    r"|func\.(now|current_timestamp|current_date)\(|CURRENT_TIMESTAMP"
)


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def test_modules_stay_short():
    long = {name_of(p): n for p in MODULES if (n := len(lines(p))) > 300}
    assert long == {}


def test_functions_stay_short():
    long = {
        f"{name_of(path)}:{node.name}": length
        for path in MODULES
        for node in nodes_of(path)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and (length := node.end_lineno - node.lineno + 1) > 40
    }
    assert long == {}


def test_no_module_is_a_junk_drawer():
    junk = [name_of(p) for p in MODULES if SAYS_NOTHING & {*p.with_suffix("").parts[-2:]}]
    assert junk == []


def test_only_one_line_commits():
    commits = [name_of(p) for p in MODULES for line in lines(p) if ".commit()" in line]
    assert commits == ["club/db.py"]


def test_only_the_clock_asks_for_the_time():
    asking = [
        f"{name_of(path)}:{number}"
        for path in MODULES
        for number, line in enumerate(lines(path), start=1)
        if ASKS_THE_TIME.search(line) and name_of(path) != "club/clock.py"
    ]
    assert asking == []


def test_no_view_sends_a_refusal_on_with_a_redirect():
    """Who was refused gets 409 and the page as it stands: see ``club/web/shown_again.py``."""
    redirecting = [
        f"{name_of(path)}:{handler.lineno}"
        for path in MODULES
        for handler in nodes_of(path)
        if isinstance(handler, ast.ExceptHandler)
        and "RefusedError" in ast.unparse(handler.type or ast.Constant(None))
        and "flash(" in ast.unparse(handler)
        and "409" not in ast.unparse(handler)
    ]
    assert redirecting == []


def test_the_map_in_the_readme_shows_every_room():
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    plan = readme[readme.index("| floor | rooms |") : readme.index("Inside a room:")]
    named = set(re.findall(r"`([a-z_]+)`", plan))
    rooms = {path.stem for path in (ROOT / "club").glob("*.py")} | {
        path.parent.name for path in (ROOT / "club").glob("*/__init__.py")
    }
    assert named == rooms - {"__init__"}


def test_every_folder_of_templates_styles_and_tests_is_a_room():
    rooms = {p.parent.name for p in (ROOT / "club").glob("*/__init__.py")}
    templates = {p.name for p in (ROOT / "templates").iterdir() if p.is_dir()}
    sheets = {p.stem for p in (ROOT / "static" / "css").glob("*.css")}
    tests = {p.parent.name for p in (ROOT / "tests").glob("*/test_*.py")}
    assert templates - SHARED_TEMPLATES - rooms == set()
    assert (
        sheets - {"tokens", "base", "before-bootstrap", "compared", "gallery", "letter"} - rooms
        == set()
    )
    assert tests - {"sweeps", "faults", "browser", "demo"} - rooms == set()


def test_rooms_begin_empty():
    """What a room offers stands in its modules, not in ``__init__``."""
    filled = [name_of(p) for p in (ROOT / "club").glob("*/__init__.py") if p.read_text().strip()]
    assert filled == []


def lines(path: Path) -> list[str]:
    return path.read_text(encoding="utf-8").splitlines()
