"""Templates carry no code and no style of their own, and every form its token."""

import re
from contextlib import suppress
from pathlib import Path

from jinja2 import nodes

ROOT = Path(__file__).parents[2]
TEMPLATES = sorted(
    p for p in (ROOT / "templates").rglob("*") if p.suffix in {".html", ".xml", ".svg"}
)
#: Letters are read in mail programs, which know no style sheets of ours.
LETTERS = re.compile(r"/letters/|_layouts/letter\.html$")
#: Where text that was made safe on the way in is shown as it is: file, expression.
SHOWN_AS_IT_IS = {
    # Rendered from Markdown and cleaned when the file was brought in.
    ("templates/knowledge/_vietnamese.html", "article.body_html | safe"),
    ("templates/knowledge/_vietnamese.html", "article.body_en_html | safe"),
}

INLINE = {
    "a style element": re.compile(r"<style\b", re.IGNORECASE),
    "a style attribute": re.compile(r"\sstyle\s*=", re.IGNORECASE),
    "an event handler": re.compile(r"<[^>{}]*\son[a-z]+\s*=", re.IGNORECASE),
    "an inline script": re.compile(
        r"<script\b(?![^>]*\bsrc=)(?![^>]*type=\"application/(?:ld\+)?json\")", re.IGNORECASE
    ),
    "a javascript: address": re.compile(r"javascript:", re.IGNORECASE),
    "a foreign file": re.compile(
        r"<(?:script|img|link|iframe|source|video|use)\b[^>]*\b(?:src|href)=\"(?:https?:)?//",
        re.IGNORECASE,
    ),
}
FORM = re.compile(
    r"<form\b(?P<tag>[^>]*(?:%\}[^>]*)*)>(?P<inside>.*?)</form>", re.DOTALL | re.IGNORECASE
)


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def test_templates_carry_no_inline_style_or_script():
    found = [
        f"{name_of(path)}: {what}"
        for path in TEMPLATES
        if not LETTERS.search(name_of(path))
        for what, pattern in INLINE.items()
        if pattern.search(without_comments(path))
    ]
    assert found == []


def test_nothing_is_shown_unescaped_that_is_not_on_the_list():
    unescaped = {
        (name_of(path), expression.strip())
        for path in TEMPLATES
        for expression in re.findall(
            r"\{\{([^}]*\|\s*safe\b)|(?:\{%\s*autoescape\s+false)", without_comments(path)
        )
    }
    assert unescaped == SHOWN_AS_IT_IS


def test_every_form_that_changes_something_carries_its_token():
    bare = [
        f"{name_of(path)}: <form{form['tag']}>"
        for path in TEMPLATES
        for form in FORM.finditer(without_comments(path))
        if re.search(r"method\s*=\s*[\"']?post", form["tag"], re.IGNORECASE)
        and not re.search(r"csrf_token|hidden_tag", form["inside"])
    ]
    assert bare == []


def test_forms_do_not_change_things_by_asking():
    """Jinja macros aside, every form says its method, so that none sends by GET unmeant."""
    silent = [
        f"{name_of(path)}: <form{form['tag']}>"
        for path in TEMPLATES
        for form in FORM.finditer(without_comments(path))
        if "method" not in form["tag"]
    ]
    assert silent == []


def test_no_filter_is_given_a_constant(app):
    """Jinja would work it out once, as it compiles: in the language of whoever comes first, and
    for as long as the compiled template is kept.
    """
    worked_out = []
    for path in TEMPLATES:
        name = path.relative_to(ROOT / "templates").as_posix()
        tree = app.jinja_env.parse(path.read_text(encoding="utf-8"), name)
        for node in tree.find_all((nodes.Filter, nodes.Test)):
            with suppress(nodes.Impossible):
                node.as_const(nodes.EvalContext(app.jinja_env, name))
                worked_out.append(f"{name}:{node.lineno}: {node.name}")
    assert worked_out == []


def without_comments(path: Path) -> str:
    return re.sub(r"\{#.*?#\}", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)


def test_no_paragraph_holds_a_form():
    """A browser ends a paragraph where a form begins: what lies behind loses its row."""
    paragraph = re.compile(r"<p(?:\s[^>]*)?>(?P<inside>(?:(?!</p>|<p[\s>]).)*)</p>", re.DOTALL)
    holding = [
        name_of(path)
        for path in TEMPLATES
        for each in paragraph.finditer(without_comments(path))
        if re.search(r"\bpost_(?:button|form)\(|<form\b", each["inside"])
    ]
    assert holding == []
