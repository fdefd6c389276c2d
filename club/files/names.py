"""What a file is called when somebody downloads it: readable Vietnamese, harmless everywhere."""

import re
from urllib.parse import quote

from club.vietnamese import folded, tidy_line

#: File systems allow 255 bytes; some of them go to what a browser adds, such as " (1)".
_MOST_BYTES = 200
_UNFIT = re.compile(r'[<>:"|?*\x00-\x1f]')
#: Names of devices, which Windows gives to no file, whatever its ending.
_DEVICES = {
    "con",
    "prn",
    "aux",
    "nul",
    *(f"{port}{n}" for port in ("com", "lpt") for n in range(10)),
}
_UNNAMED = "tài liệu"


def download_name(given: str, *, endings: tuple[str, ...]) -> str:
    """``given`` without folders and signs that some system cannot take, with one of ``endings``.

    A name that has none of them gets the first, after whatever it had: what a file is called
    never says more than its content does.
    """
    last = re.split(r"[/\\]", tidy_line(given))[-1]
    name = tidy_line(_UNFIT.sub(" ", last)).strip(". -")
    stem, dot, ending = name.rpartition(".")
    if not (dot and stem and ending.lower() in endings):
        stem, ending = name, endings[0]
    stem = _shortened(stem.strip(". "), _MOST_BYTES - len(ending) - 1)
    if stem.partition(".")[0].strip().lower() in _DEVICES:
        stem = f"_{stem}"
    return f"{stem or _UNNAMED}.{ending.lower()}"


def content_disposition(name: str) -> str:
    """The header that saves an answer under ``name`` (RFC 6266, RFC 8187).

    Old programs read the first form: the same letters without their marks.
    """
    plain = re.sub(r"[^a-z0-9._()-]+", " ", folded(name)).strip()
    return f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}"


def _shortened(text: str, most: int) -> str:
    """At most so many bytes of UTF-8, cut between letters."""
    return text.encode()[:most].decode(errors="ignore").strip(". ")
