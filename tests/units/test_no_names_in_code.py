"""Wards and departments are data: nothing in code or templates knows one of their names."""

import re

from club.config import ROOT
from club.files.plain_yaml import read_yaml
from club.vietnamese import folded

WHERE = [*ROOT.glob("club/**/*.py"), *ROOT.glob("templates/**/*"), *ROOT.glob("static/js/*.js")]
#: Shows every component with sample texts; no page includes it.
SAMPLES = ROOT / "templates" / "_components" / "gallery.html"


def names():
    given = read_yaml(ROOT / "content" / "units.yaml")
    for unit in given["units"]:
        yield from (unit["key"], unit.get("code"))
        if unit["kind"] in ("ward", "commune"):
            bare = re.sub(r"\(.*\)", "", unit["name"]).strip()
            yield bare
            yield bare.split(" ", 1)[1]
        elif unit["kind"] == "department":
            yield unit["name"]


def test_no_ward_or_department_is_named_in_code():
    looked_for = {folded(name) for name in names() if name}
    pattern = re.compile(r"(?<!\w)(" + "|".join(map(re.escape, sorted(looked_for))) + r")(?!\w)")
    found = [
        f"{path.relative_to(ROOT)}: {match[1]}"
        for path in WHERE
        if path.suffix in (".py", ".html", ".txt", ".js") and path != SAMPLES
        for match in pattern.finditer(folded(path.read_text(encoding="utf-8")))
    ]
    assert found == []
