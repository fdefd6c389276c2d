"""A small ``content/`` of its own for a test to write into."""

from datetime import date

import yaml

from tests.support.factories import a_topic

TOOLS = {"5s": ("5S", "5S"), "lean": ("Lean", "Lean"), "tpm": ("TPM", "TPM")}


class ContentFolder:
    def __init__(self, path):
        self.path = path
        for folder in ("cases", "tools", "articles"):
            (path / folder).mkdir()
        tools = [{"key": k, "vi": vi, "en": en} for k, (vi, en) in TOOLS.items()]
        (path / "tool_names.yaml").write_text(yaml.safe_dump({"tools": tools}, allow_unicode=True))
        a_topic(key="improvement_tools", name="Công cụ cải tiến", name_en="Improvement tools")
        a_topic(key="digital", name="Chuyển đổi số", name_en="Digital")

    def write(self, path, body="Nội dung.", **given):
        """A valid file; ``given`` replaces keys of its front matter, ``...`` leaves one out."""
        kind = {"cases": "case", "tools": "tool", "articles": "article"}[path.split("/")[0]]
        matter = a_case() if kind == "case" else an_article(kind)
        matter |= given
        matter = {key: value for key, value in matter.items() if value is not ...}
        text = yaml.safe_dump(matter, allow_unicode=True, sort_keys=False)
        return self.write_raw(path, f"---\n{text}---\n\n{body}\n")

    def write_raw(self, path, text):
        file = self.path / path
        file.write_text(text, encoding="utf-8")
        return file


def an_article(kind):
    return {
        "kind": kind,
        "title": {"vi": "Một bài", "en": "A text"},
        "summary": {"vi": "Tóm tắt.", "en": "Summary."},
        "topics": ["improvement_tools"],
        "tools": ["5s"],
        "courses": ["5S"],
        "checked_on": date(2026, 11, 22),
        "sources": [{"title": "Nguồn", "url": "https://example.org/a", "secondary": False}],
    }


def a_case():
    return an_article("case") | {
        "organisation": {"name": "Công ty May Demo", "name_unconfirmed": False},
        "country": "VN",
        "place": "Bình Dương",
        "sector": "garment",
        "size": {"vi": "30 người", "en": "30 people"},
        "year": "2019",
        "programme": None,
        "problem": {"vi": "Chờ lâu", "en": "Long waits"},
        "result_kind": "measured_before_after",
        "strength": "A",
        "measures": [a_measure()],
        "how_measured": None,
        "unknown": {"vi": ["Chi phí"], "en": ["Cost"]},
    }


def a_measure(**given):
    return {
        "metric": {"vi": "Hiệu suất", "en": "Efficiency"},
        "about": "productivity",
        "unit": {"vi": "%", "en": "%"},
        "before": 60,
        "after": 84.5,
        "change": None,
        "direction": "higher",
        "period": None,
        "note": None,
    } | given
