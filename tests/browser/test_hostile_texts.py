"""What an article's Markdown tries to run does not run, in a browser that would run it."""

import shutil
import subprocess
import sys

import pytest

from tests.support.site import ROOT

pytestmark = pytest.mark.browser

HOSTILE = (
    "<script>window.__x=1</script>",
    "[a](javascript:window.__x=1)",
    "[b](JaVaScRiPt&#58;window.__x=1)",
    "[c]( javascript:window.__x=1)",
    "<img src=x onerror=window.__x=1>",
    "<svg/onload=window.__x=1>",
    "<details open ontoggle=window.__x=1><summary>mở</summary>x</details>",
    '<a href="data:text/html,<script>window.__x=1</script>">d</a>',
    '<iframe srcdoc="<script>parent.__x=1</script>"></iframe>',
    "```html\n<script>window.__x=1</script>\n```",
    "<style>body { display: none }</style>",
    "<form action=//127.0.0.1/phish><input name=password></form>",
    "<base href=//127.0.0.1/>",
    "<meta http-equiv=refresh content=0;url=//127.0.0.1>",
    '<a href=# style="position:fixed;inset:0">overlay</a>',
    "|a|b|\n|-|-|\n|<b onmouseover=window.__x=1>x|y|",
    '<math href="javascript:window.__x=1">x</math>',
    "<!--><img src=x onerror=window.__x=1>-->",
    "{{ config }} {% raw %}",
)
ARTICLE = """---
kind: article
title: {{vi: Bài thử, en: A hostile text}}
summary: {{vi: Tóm tắt., en: Summary.}}
topics: [improvement_tools]
tools: []
courses: []
checked_on: 2026-11-22
sources: [{{title: Nguồn, url: "https://example.org/a", secondary: false}}]
---

{body}
"""
SYNC = """
import sys
from pathlib import Path
from club import clock
from club.app import create_app
from club.knowledge.importing import sync_knowledge
with create_app().app_context():
    print(sync_knowledge(Path(sys.argv[1]), now=clock.now()))
"""


@pytest.fixture
def hostile_article(demo_site, tmp_path):
    """The address of an article full of tricks, brought in beside the others."""
    content = tmp_path / "content"
    shutil.copytree(ROOT / "content", content)
    body = "\n\n".join(HOSTILE) + "\n\nMới hết bài.\n"
    (content / "articles" / "bai-thu.md").write_text(ARTICLE.format(body=body), encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-c", SYNC, str(content)],
        cwd=ROOT, env=demo_site.environment, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return "/knowledge/bai-thu"


def test_nothing_in_an_article_runs_or_leaves_the_page(visitor, hostile_article):
    who = visitor()
    who.opens(hostile_article)
    page = who.sees("Bài thử")
    assert "Mới hết bài." in page.locator("main").inner_text()
    for cell in page.locator("main table td").all():
        cell.hover()
    hrefs = page.eval_on_selector_all("main a[href]", "links => links.map(link => link.protocol)")
    assert set(hrefs) <= {"http:", "https:", "mailto:"}
    page.wait_for_timeout(500)
    assert page.evaluate("window.__x") is None
    assert page.url == f"{who.address}{hostile_article}"
    assert page.locator("main article :is(script, iframe, form, style, base, meta)").count() == 0
    assert who.complaints == []
