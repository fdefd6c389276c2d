"""What a fresh clone needs: settings, locks and vendored files that fit each other."""

import hashlib
import re
import subprocess
import sys
import tomllib
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

ROOT = Path(__file__).parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
VENDOR = ROOT / "static" / "vendor"


def tracked_files() -> list[Path]:
    listed = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True
    ).stdout
    return [ROOT / name for name in listed.decode().split("\0") if name]


def test_settings_and_their_example_list_the_same_names():
    read = {
        name
        for module in ("config.py", "serving.py")
        for name in re.findall(
            r"env(?:iron)?\.get\(\s*\"([A-Z_]+)\"", (ROOT / "club" / module).read_text()
        )
    }
    example = (ROOT / ".env.example").read_text(encoding="utf-8")
    assert set(re.findall(r"^([A-Z_]+)=", example, re.MULTILINE)) == read


def test_the_example_shows_the_true_defaults(monkeypatch, tmp_path):
    from club.config import settings_from

    example = (ROOT / ".env.example").read_text(encoding="utf-8")
    shown = dict(re.findall(r"^([A-Z_]+)=(.*)$", example, re.MULTILINE))
    only_needed = {"VAR": str(tmp_path), "SECRET_KEY": "only-for-tests"}
    assert settings_from({**shown, **only_needed}) == settings_from(only_needed)


def test_what_is_written_lies_where_var_says(tmp_path):
    from club.config import settings_from

    settings = settings_from({"VAR": str(tmp_path), "SECRET_KEY": "only-for-tests"})
    assert settings.database_url == f"sqlite:///{tmp_path}/club.db"
    assert settings.storage_url == f"{tmp_path}/files"
    assert settings.mail_url == f"file:{tmp_path}/mail"


def test_no_other_module_reads_the_environment():
    allowed = {"club/config.py", "club/serving.py", "start.py"}
    readers = {
        path.relative_to(ROOT).as_posix()
        for path in [*(ROOT / "club").rglob("*.py"), ROOT / "start.py"]
        if re.search(r"os\.(environ|getenv)", path.read_text(encoding="utf-8"))
    }
    assert readers - allowed == set()


def locked(name: str) -> dict[str, Version]:
    text = (ROOT / name).read_text(encoding="ascii")
    pins = re.findall(r"^([A-Za-z0-9._-]+)(?:\[[^]]*\])?==([^ ;\\]+)", text, re.MULTILINE)
    assert pins
    return {canonicalize_name(package): Version(version) for package, version in pins}


def needed(requirements: list[str], pins: dict[str, Version]) -> dict[str, str]:
    """Requirements that the lock does not meet."""
    wanted = map(Requirement, requirements)
    return {
        str(r): str(pins.get(canonicalize_name(r.name)))
        for r in wanted
        if (v := pins.get(canonicalize_name(r.name))) is None or not r.specifier.contains(v)
    }


def test_the_locks_meet_what_pyproject_asks_for():
    site, development = locked("requirements.lock"), locked("requirements-dev.lock")
    run, dev = PROJECT["project"]["dependencies"], PROJECT["dependency-groups"]["dev"]
    assert needed(run, site) == {}
    assert needed([*run, *dev], development) == {}
    assert {name: v for name, v in site.items() if development.get(name) != v} == {}


#: Lines only: taking every file apart for this took seconds.
IMPORT = re.compile(
    r"^[ \t]*(?:from ([A-Za-z_]\w*)[\w.]* import |import ([A-Za-z_]\w*)[\w.]*(?: as \w+)?$)",
    re.MULTILINE,
)


def imported_by(*places: str) -> dict[str, set[str]]:
    """The packages of others that these folders and files import, each with its importers."""
    ours = {"benchmarks", "club", "migrations", "tests", "_typeshed"}  # the last one: mypy's own
    found: dict[str, set[str]] = {}
    for place in places:
        path = ROOT / place
        for file in sorted(path.rglob("*.py")) if path.is_dir() else [path]:
            for names in IMPORT.findall(file.read_text(encoding="utf-8")):
                package = "".join(names)
                if package not in ours and package not in sys.stdlib_module_names:
                    found.setdefault(package, set()).add(file.relative_to(ROOT).as_posix())
    return found


@pytest.mark.parametrize(
    ("places", "lock"),
    [
        (("club", "migrations", "start.py"), "requirements.lock"),
        (("tests", "benchmarks"), "requirements-dev.lock"),
    ],
)
def test_what_is_imported_is_locked(places, lock):
    """A package installed by hand is on one machine; a fresh clone has what the lock names."""
    pins, sources = locked(lock), packages_distributions()
    missing = {
        package: importers
        for package, importers in imported_by(*places).items()
        if not {canonicalize_name(name) for name in sources.get(package, [])} & pins.keys()
    }
    assert missing == {}


def test_the_lock_holds_nothing_that_nobody_asked_for():
    text = (ROOT / "requirements.lock").read_text(encoding="ascii")
    pins = re.findall(r"^([a-z0-9._-]+)==(?:.*\n(?=[ ]))+.*club \(pyproject", text, re.MULTILINE)
    asked = {canonicalize_name(Requirement(r).name) for r in PROJECT["project"]["dependencies"]}
    assert {canonicalize_name(name) for name in pins} - asked == set()


def test_every_pin_carries_hashes():
    for name in ("requirements.lock", "requirements-dev.lock"):
        text = (ROOT / name).read_text(encoding="ascii")
        blocks = re.split(r"^(?=[A-Za-z0-9])", text, flags=re.MULTILINE)
        assert [b.split()[0] for b in blocks if "==" in b and "--hash=sha256:" not in b] == []


def test_dependencies_are_named_in_one_place():
    elsewhere = {"requirements.txt", "setup.py", "setup.cfg", "Pipfile", "poetry.lock", "uv.lock"}
    assert [p.name for p in tracked_files() if p.name in elsewhere] == []


def test_vendored_files_are_those_of_the_list():
    listed = {}
    for line in (VENDOR / "CHECKSUMS").read_text(encoding="ascii").splitlines():
        digest, name = line.split(maxsplit=1)
        listed[name.lstrip("*./")] = digest
    there = {
        path.relative_to(VENDOR).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in VENDOR.rglob("*")
        if path.is_file() and path.name != "CHECKSUMS"
    }
    assert there == listed


def test_every_vendored_folder_says_its_licence():
    folders = [p for p in VENDOR.iterdir() if p.is_dir()]
    assert [p.name for p in folders if not list(p.glob("LICENSE*"))] == []


#: Written apart, so that this file does not find itself.
FOREIGN = re.compile(
    "|".join(["/" + "work/(main|shared)", "/" + "root/", "/" + "home/[a-z]+/", "files." + "pythonhosted", "pypi" + r"\.org/simple",
              "registry" + r"\.npmjs", "deb" + r"\.debian"])
)  # fmt: skip


def test_no_file_names_a_machine_or_a_registry():
    found = {}
    for path in tracked_files():
        if not path.is_file() or path.suffix in {".woff2", ".png", ".ico", ".pdf", ".zip"}:
            continue
        text = path.read_text(encoding="utf-8", errors="replace")
        if match := FOREIGN.search(text):
            found[path.relative_to(ROOT).as_posix()] = match.group()
    assert found == {}
