"""What nothing uses is not there: functions, classes, templates, CSS classes."""

import ast
import re
from pathlib import Path

from tests.support.sources import nodes_of, tree_of

ROOT = Path(__file__).parent.parent.parent
TEMPLATES = sorted((ROOT / "templates").rglob("*.*"))
OUTSIDE = [
    ROOT / "start.py",
    *(ROOT / "benchmarks").glob("*.py"),
    *(ROOT / "migrations").glob("*.py"),
]
#: These leave a function to be called by its name alone; all others hand it to somebody.
QUIET = {
    "property", "cached_property", "staticmethod", "classmethod", "contextmanager", "lru_cache",
    "cache", "dataclass", "overload", "override",
}  # fmt: skip
#: Called by nobody: what stands in it is for the catalogue.
MARKS = {"weekday_names"}
#: The parts of the design side by side, and the way to its only script library.
DRAWN_BY_HAND = {"_components/gallery.html", "_components/live.html"}
#: Made by the Markdown library.
OTHERS_CLASSES = {"footnotes"}
WORD = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")


HOUSE = sorted((ROOT / "club").rglob("*.py"))


def names_used():
    """Every name that is read, every attribute, every word of a string or a template. What only
    tests use is let alone: they may ask for what pages do not show.
    """
    used = set()
    for path in [*HOUSE, *OUTSIDE, *(ROOT / "tests").rglob("*.py")]:
        for node in nodes_of(path):
            if isinstance(node, ast.Name):
                used.add(node.id)
            elif isinstance(node, ast.Attribute):
                used.add(node.attr)
            elif isinstance(node, ast.alias) and node.asname:
                used.add(node.name)
            elif isinstance(node, ast.Constant) and isinstance(node.value, str):
                used |= set(WORD.findall(node.value)) if len(node.value) < 200 else set()
    for template in TEMPLATES:
        used |= set(WORD.findall(template.read_text(encoding="utf-8")))
    return used


def handed_over(definition):
    """Whether a decorator, such as a route's, gives it to somebody who calls it."""
    names = {
        node.id if isinstance(node, ast.Name) else node.attr
        for decorator in definition.decorator_list
        for node in [decorator.func if isinstance(decorator, ast.Call) else decorator]
        if isinstance(node, ast.Name | ast.Attribute)
    }
    return bool(names - QUIET)


def definitions(tree):
    """Functions and classes of a module, and methods of classes that stand on their own."""
    for node in tree.body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            yield node
        if isinstance(node, ast.ClassDef) and not node.bases:
            yield from (part for part in node.body if isinstance(part, ast.FunctionDef))


def test_every_function_and_class_is_used():
    used = names_used() | MARKS
    idle = {
        f"{path.relative_to(ROOT)}:{node.lineno} {node.name}"
        for path in HOUSE
        for node in definitions(tree_of(path))
        if node.name not in used and not node.name.startswith("__") and not handed_over(node)
    }
    assert idle == set()


def test_every_template_is_drawn():
    said = {
        node.value
        for path in HOUSE
        for node in nodes_of(path)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    texts = "\n".join([*said, *(template.read_text(encoding="utf-8") for template in TEMPLATES)])
    beginnings = {text for text in said if "/" in text and text.endswith("_")}
    idle = {
        name
        for name in (str(template.relative_to(ROOT / "templates")) for template in TEMPLATES)
        if not (
            name in texts
            or name.startswith(tuple(beginnings))
            # Letters are found by their kind: registration.confirmed.
            or re.sub(r"/letters/(\w+)\.\w+", r".\1", name) in said
            # Frames, and the pages of the library of accounts, are asked for by their own name.
            or (
                name.startswith(("accounts/", "_layouts/"))
                and {Path(name).stem, Path(name).name} & said
            )
        )
    }
    assert idle - DRAWN_BY_HAND == set()


def test_every_css_class_is_worn():
    words = set(OTHERS_CLASSES)
    for path in [*TEMPLATES, *HOUSE, *(ROOT / "static" / "js").rglob("*.js")]:
        words |= set(re.findall(r"[\w-]+", path.read_text(encoding="utf-8")))
    idle = {
        f"{sheet.name} .{name}"
        for sheet in sorted((ROOT / "static" / "css").rglob("*.css"))
        for name in re.findall(r"\.([a-z][\w-]*)", styled(sheet))
        if not ({name} | beginnings(name)) & words
    }
    assert idle == set()


def beginnings(name):
    """``notice-`` of ``notice-warn``: templates complete such names from values."""
    return {name[: dash.end()] for dash in re.finditer("-", name)}


def styled(sheet):
    """The selectors: without comments, values and files."""
    text = re.sub(
        r"/\*.*?\*/|\"[^\"]*\"|url\([^)]*\)", "", sheet.read_text(encoding="utf-8"), flags=re.DOTALL
    )
    return re.sub(r"\{[^{}]*\}", "{}", text)
