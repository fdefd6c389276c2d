"""The letters that the running site has sent, read from its folder."""

import re
import time
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

LINK = re.compile(r"https?://\S+")


def letters_to(folder: Path, address: str) -> list[EmailMessage]:
    """In the order of their files; whole ones only."""
    read = (
        message_from_bytes(path.read_bytes(), policy=policy.default)
        for path in sorted(folder.rglob("*.eml"))
    )
    return [letter for letter in read if address in str(letter["To"])]


def awaited_letter(folder: Path, address: str, *, about: str, patience: float = 45) -> EmailMessage:
    """The letter to ``address`` whose subject contains ``about``, once the worker has sent it."""
    deadline = time.monotonic() + patience
    while True:
        found = letters_to(folder, address)
        for letter in found:
            if about in str(letter["Subject"]):
                return letter
        if time.monotonic() > deadline:
            subjects = [str(letter["Subject"]) for letter in found]
            raise AssertionError(f"no letter about {about!r} came, only {subjects}")
        time.sleep(0.2)


def link_in(letter: EmailMessage) -> str:
    body = letter.get_body(("plain",))
    assert body
    (link, *_more) = LINK.findall(body.get_content())
    return link
