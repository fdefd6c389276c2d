"""The payloads are those that have broken renderers elsewhere."""

from html.parser import HTMLParser

import pytest
from markupsafe import escape

from club.knowledge.rendering import MOST_LINES, MOST_MARKS, is_crowded, render
from tests.support.work import work_within

TABLE = ("div", "table", "thead", "tbody", "tr", "th", "td")
REGION = ("role", "tabindex", "aria-label")
HOSTILE = [
    "<script>window.__x=1</script>",
    "[a](javascript:window.__x=1)",
    "[a](JaVaScRiPt&#58;window.__x=1)",
    "[a]( javascript:window.__x=1)",
    '![x](x"onerror="window.__x=1)',
    "<img src=x onerror=window.__x=1>",
    "<svg/onload=window.__x=1>",
    "<details open ontoggle=window.__x=1>",
    "[x]: javascript:window.__x=1\n[x]",
    '<a href="data:text/html,<script>window.__x=1</script>">d</a>',
    '<iframe srcdoc="<script>parent.__x=1</script>">',
    "`<script>`",
    "```html\n<script>window.__x=1</script>\n```",
    '<style>@import"//127.0.0.1/x"</style>',
    "<form action=//127.0.0.1/phish><input name=password></form>",
    "<base href=//127.0.0.1/>",
    "<meta http-equiv=refresh content=0;url=//127.0.0.1>",
    '<a href=# style="position:fixed;inset:0">overlay</a>',
    "|a|b|\n|-|-|\n|<b onmouseover=window.__x=1>x|y|",
    "[a](vbscript:x)",
    '<math href="javascript:window.__x=1">x',
    "<!--><img src=x onerror=window.__x=1>-->",
    "{{ config }} {% raw %}",
    "[a](data:text/html;base64,PHNjcmlwdD4=)",
    "<javascript:window.__x=1>",
    "## [x](javascript:window.__x=1)\n",
    "[^1]\n\n[^1]: <script>window.__x=1</script>",
]
ENDLESS = [
    "*" * 20000,
    "[" * 20000,
    "> " * 5000 + "x",
    "a](b)[" * 20000,
    "<" * 20000,
    "#" * 20000,
    "- " * 5000,
    "![" * 20000,
    "[a](" * 20000,
    "`a" * 20000,
    "_a*" * 20000,
    "[^a]" * 20000 + "\n\n[^a]: x",
    "1. " * 5000,
    "[a]: x\n" * 10000,
]
#: As much as is still read as Markdown.
CROWDED = [
    "[" * MOST_MARKS,
    "![" * (MOST_MARKS // 2),
    "[a](" * MOST_MARKS,
    "_a*" * (MOST_MARKS // 2),
    "`a" * MOST_MARKS,
    "a](b)[" * MOST_MARKS,
    "- a\n" * MOST_LINES,
    "1. a\n" * MOST_LINES,
    "[a]: x\n" * MOST_LINES,
    "> a\n> " * MOST_LINES,
    "|a|\n|-|\n" + "|a|\n" * (MOST_LINES - 10),
]


class Seen(HTMLParser):
    """What a browser would make of it: the elements and their attributes."""

    def __init__(self, html):
        super().__init__()
        self.tags, self.attributes = set(), []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.tags.add(tag)
        self.attributes += attrs


@pytest.mark.parametrize("payload", HOSTILE)
def test_nothing_hostile_becomes_markup(payload):
    seen = Seen(render(payload, title="t").html)
    assert seen.tags <= {"p", "a", "code", "pre", "h2", "sup", "section", "ol", "li", "hr", *TABLE}
    assert {name for name, _value in seen.attributes} <= {"href", "rel", "class", "id", *REGION}
    addresses = [value for name, value in seen.attributes if name == "href"]
    assert all(a.startswith(("http:", "https:", "/", "#", "x%22")) for a in addresses)


@pytest.mark.parametrize("payload", CROWDED, ids=lambda payload: payload[:6])
def test_what_is_tried_at_its_limit_is_still_read(payload):
    assert not is_crowded(payload)


@pytest.mark.parametrize(
    "payload",
    [p + more for p in CROWDED for more in ("\n" * (MOST_LINES + 1), "*" * (MOST_MARKS + 1))],
)
def test_a_text_with_more_marks_or_lines_is_shown_as_it_stands(payload):
    assert render(payload, title="t").html == f"<pre>{escape(payload[:50_000])}</pre>"


@pytest.mark.slow
@pytest.mark.parametrize("payload", ENDLESS + CROWDED, ids=lambda payload: payload[:6])
def test_nothing_endless_takes_a_second(payload):
    with work_within(1):
        render(payload, title="t")


def test_deep_nesting_ends_at_twenty_levels():
    assert render("> " * 100 + "x", title="t").html.count("<blockquote>") <= 20


def test_headings_begin_below_the_title_and_have_names():
    html = render("# Vấn đề\n\n### Nhỏ\n\n# Vấn đề", title="t").html
    assert html == (
        '<h2 id="h-van-de">Vấn đề</h2>\n<h4 id="h-nho">Nhỏ</h4>\n<h2 id="h-van-de-2">Vấn đề</h2>'
    )


def test_headings_at_the_second_level_stay_there():
    assert render("## Vấn đề", title="t").html == '<h2 id="h-van-de">Vấn đề</h2>'


def test_a_table_is_named_scrolls_and_aligns_by_class():
    html = render("## Đo gì\n\n|a|b|c|\n|:-|-:|:-:|\n|1|2|3|", title="t").html
    assert (
        '<div class="table-scroll" role="region" tabindex="0" aria-label="Đo gì">'
        '<table class="data-table">' in html
    )
    assert '<td>1</td>\n<td class="cell-num">2</td>\n<td class="cell-center">3</td>' in html
    assert "style" not in html


def test_a_table_before_any_heading_has_the_title_as_its_name():
    html = render("|a|\n|-|\n|1|", title='Bảng "một" <b>').html
    assert 'aria-label="Bảng &quot;một&quot; &lt;b&gt;"' in html or (
        'aria-label="Bảng &quot;một&quot; <b>"' in html
    )


@pytest.mark.parametrize(
    ("href", "rel"),
    [
        ("https://example.org/", ' rel="noopener nofollow"'),
        ("//evil.test", ' rel="noopener nofollow"'),
        ("mailto:a@example.vn", ' rel="noopener nofollow"'),
        ("/knowledge/lean", ""),
        ("#h-do-gi", ""),
    ],
)
def test_only_links_that_leave_the_site_pass_nothing_on(href, rel):
    assert render(f"[x]({href})", title="t").html == f'<p><a href="{href}"{rel}>x</a></p>'


def test_footnotes_lead_there_and_back():
    html = render("Năng suất[^1].\n\n[^1]: Theo Tổng cục Thống kê.", title="t").html
    assert '<a href="#fn1" id="fnref1">[1]</a>' in html
    assert '<li id="fn1"' in html
    assert 'href="#fnref1"' in html


def test_the_words_are_kept_for_the_index():
    text = "## Đo gì\n\n- **Thời gian** `OEE`\n- [Lean](/x)\n\n|a|b|\n|-|-|\n|1|2|\n\n```\nmã\n```"
    assert render(text, title="t").text == "Đo gì: Thời gian OEE Lean a b 1 2 mã"


def test_typed_text_is_stored_composed():
    assert render("na\u0306ng", title="t").html == "<p>năng</p>"


@pytest.mark.parametrize(
    ("markdown", "html"),
    [
        (
            "> [!Lưu ý]\n> Đo *trước*.",
            '<div class="callout callout-note">\n<p><strong>Lưu ý</strong>\nĐo <em>trước</em>.</p>\n</div>',
        ),
        (
            "> [!Cẩn thận] Nóng.",
            '<div class="callout callout-warning">\n<p><strong>Cẩn thận</strong> Nóng.</p>\n</div>',
        ),
        ("> [!*a*] b", "<blockquote>\n<p>[!<em>a</em>] b</p>\n</blockquote>"),
        ("> Lời người khác.", "<blockquote>\n<p>Lời người khác.</p>\n</blockquote>"),
        ("> - [!a]", "<blockquote>\n<ul>\n<li>[!a]</li>\n</ul>\n</blockquote>"),
    ],
)
def test_a_quotation_with_a_name_is_a_callout(markdown, html):
    assert render(markdown, title="x").html == html


def test_what_a_callout_says_is_found():
    assert render("> [!Lưu ý]\n> Đo trước.", title="x").text == "Lưu ý Đo trước."


CAPTIONED = "## Đo gì\n\nBảng: Giờ dừng <máy>\n\n|a|b|\n|-|-|\n|1|2|"


def test_a_line_that_says_what_a_table_shows_is_its_caption():
    html = render(CAPTIONED, title="t").html
    assert 'aria-label="Giờ dừng &lt;máy&gt;"' in html or 'aria-label="Giờ dừng <máy>"' in html
    assert '<table class="data-table">\n<caption>Giờ dừng &lt;máy&gt;</caption>' in html
    assert "Bảng:" not in html
    assert render(CAPTIONED, title="t").text == "Đo gì: Giờ dừng <máy>: a b 1 2"


@pytest.mark.parametrize(
    "text",
    ["Bảng: một\n\nĐoạn khác\n\n|a|\n|-|", "Bảng:\n\n|a|\n|-|", "Bảng **lớn**: x\n\n|a|\n|-|"],
)
def test_other_lines_above_a_table_stay_lines(text):
    html = render(text, title="t").html
    assert "<caption>" not in html
    assert "<p>Bảng" in html


def test_notes_of_two_texts_on_a_page_are_told_apart():
    text = "Năng suất[^1].\n\n[^1]: Nguồn."
    here, beside = render(text, title="t").html, render(text, title="t", beside="en").html
    ids = [
        value for html in (here, beside) for name, value in Seen(html).attributes if name == "id"
    ]
    assert len(ids) == len(set(ids)) == 4


@pytest.mark.slow
@pytest.mark.parametrize(
    "text",
    [
        "một hai ba " * 95_000,
        "## Đầu\n\nĐoạn.\n\n" * 55_000,
        "|a|b|\n|-|-|\n" + "|1|2|\n" * 170_000,
        "> [!Lưu ý]\n> x\n\n" * 60_000,
        "![a](/knowledge/pictures/x)" * 40_000,
    ],
    ids=["words", "headings", "table", "callouts", "pictures"],
)
def test_a_megabyte_is_drawn_at_once(text):
    assert len(text.encode()) > 1_000_000
    with work_within(1):
        assert len(render(text, title="t").html) < 300_000
