"""What a member tells stands in the text of the case, under the headings that cases have. Pure."""

import re

_HEADINGS = {"told_problem": "Vấn đề", "told_done": "Đã làm gì"}
#: Headings of cases that end the part before them; any other belongs to it.
_KNOWN = (*_HEADINGS.values(), "Kết quả", "Điều chưa biết", "Xưởng của anh chị thử gì trước")
_HEADING = re.compile(rf"^## ({'|'.join(map(re.escape, _KNOWN))})[ \t]*$", re.MULTILINE)


def told_in(body: str, name: str) -> str:
    """What stands below the heading of that name; nothing where there is none."""
    return _sections(body).get(_HEADINGS[name], "")


def with_told(body: str, name: str, text: str) -> str:
    """The body that says ``text`` there, and everything else as before."""
    sections = dict.fromkeys(_HEADINGS.values(), "") | _sections(body)
    sections[_HEADINGS[name]] = text
    lead = sections.pop("", "")
    parts = [lead, *(f"## {heading}\n\n{text}" for heading, text in sections.items() if text)]
    return "\n\n".join(part for part in parts if part)


def _sections(body: str) -> dict[str, str]:
    """By heading, in the order of the text; what stands before all of them under an empty one."""
    lead, *rest = _HEADING.split(body)
    found = {"": lead.strip()} if lead.strip() else {}
    for heading, text in zip(rest[::2], rest[1::2], strict=True):
        found[heading] = "\n\n".join(filter(None, (found.get(heading), text.strip())))
    return found
