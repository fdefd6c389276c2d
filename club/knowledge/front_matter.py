"""Front matter between two lines of ``---``, and the text below it."""

import re

from club.files.content_error import Fault
from club.files.strict_yaml import StrictYaml

_FENCED = re.compile(r"\A---\n(.*?)^---\s*$\n?(.*)\Z", re.DOTALL | re.MULTILINE)


class FrontMatter(StrictYaml):
    """The keys of a file's front matter, and its ``body``."""

    def __init__(self, path: str, text: str) -> None:
        fenced = _FENCED.match(text)
        super().__init__(path, fenced[1] if fenced else "{}", before=1)
        self.body = fenced[2].strip() if fenced else ""
        if fenced is None:
            self.faults.append(Fault(path, 1, "", "begins with front matter between ---"))
