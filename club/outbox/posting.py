"""Handing a message over: to a folder, or to a mail server that may misbehave."""

import os
import smtplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from email.message import EmailMessage
from pathlib import Path
from typing import Protocol
from urllib.parse import SplitResult, unquote, urlsplit

from club.config import ROOT

#: Seconds a mail server may take for any one answer.
PATIENCE = 10
_LOOPBACK = {"localhost", "127.0.0.1", "::1"}


class PostError(Exception):
    """The message was not handed over, or nobody knows whether it was."""


class NotNowError(PostError):
    """Another attempt may succeed."""


class ServerAwayError(NotNowError):
    """The same would happen to the next message: no use in trying it now."""


class NeverError(PostError):
    """The server, or the message itself, says that no attempt will succeed."""


class Post(Protocol):
    def hand_over(self, message: EmailMessage) -> None:
        """Raises a ``PostError``."""


class Folder:
    """Letters as ``.eml`` files. The same letter is the same file, however often it is sent."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def hand_over(self, message: EmailMessage) -> None:
        date = message["Date"].datetime
        name = f"{date:%Y%m%d-%H%M%S}-{message['Message-ID'].strip('<>').split('@')[0]}.eml"
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            unfinished = self._folder / f".{name}.{os.getpid()}"
            unfinished.write_bytes(message.as_bytes())
            unfinished.replace(self._folder / name)
        except OSError as error:
            raise ServerAwayError(str(error)) from error


class MailServer:
    """One connection for many messages, opened when the first is handed over."""

    def __init__(self, url: SplitResult) -> None:
        self._url = url
        self._smtp: smtplib.SMTP | None = None

    def hand_over(self, message: EmailMessage) -> None:
        try:
            smtp = self._smtp or self._connected()
            smtp.send_message(message)
        except smtplib.SMTPSenderRefused as error:
            # About our own address, so about every letter: staff mend the settings.
            raise ServerAwayError(_described(error)) from error
        except (smtplib.SMTPRecipientsRefused, smtplib.SMTPResponseException) as error:
            self._after_refusal(error)
        except smtplib.SMTPNotSupportedError as error:
            raise NeverError(str(error)) from error
        except (smtplib.SMTPException, OSError) as error:
            # Cut off or too slow: the server may have taken the message all the same. It is
            # sent again under the same Message-ID.
            self.close()
            raise ServerAwayError(_described(error)) from error

    def close(self) -> None:
        if self._smtp is not None:
            with suppress(smtplib.SMTPException, OSError):
                self._smtp.close()
            self._smtp = None

    def _connected(self) -> smtplib.SMTP:
        host, port = self._url.hostname or "localhost", self._url.port
        context = ssl.create_default_context()
        try:
            if self._url.scheme == "smtps":
                smtp: smtplib.SMTP = smtplib.SMTP_SSL(
                    host, port or 465, timeout=PATIENCE, context=context
                )
            else:
                smtp = smtplib.SMTP(host, port or 25, timeout=PATIENCE)
            self._smtp = smtp
            smtp.ehlo_or_helo_if_needed()
            if self._url.scheme == "smtp" and smtp.has_extn("starttls"):
                smtp.starttls(context=context)
            self._sign_in(smtp)
        except smtplib.SMTPResponseException as error:
            # The door is closed: that says nothing about this message.
            self.close()
            raise ServerAwayError(_described(error)) from error
        return smtp

    def _sign_in(self, smtp: smtplib.SMTP) -> None:
        if not self._url.username:
            return
        if not isinstance(smtp.sock, ssl.SSLSocket) and self._url.hostname not in _LOOPBACK:
            msg = "the mail server offers no encryption, so the password was not sent"
            self.close()
            raise ServerAwayError(msg)
        smtp.login(unquote(self._url.username), unquote(self._url.password or ""))

    def _after_refusal(
        self, error: smtplib.SMTPRecipientsRefused | smtplib.SMTPResponseException
    ) -> None:
        if isinstance(error, smtplib.SMTPRecipientsRefused):
            [(code, answer)] = error.recipients.values()
            words = f"{code} {_text(answer)}"
        else:
            code, words = error.smtp_code, _described(error)
        if code == 421:
            self.close()
            raise ServerAwayError(words) from error
        if 500 <= code < 600:
            raise NeverError(words) from error
        raise NotNowError(words) from error


@contextmanager
def post_office(url: str) -> Iterator[Post]:
    """What ``MAIL_URL`` names: ``file:FOLDER``, ``smtp://…`` or ``smtps://…``."""
    parts = urlsplit(url)
    if parts.scheme == "file":
        yield Folder(ROOT / url.removeprefix("file:").removeprefix("//"))
        return
    if parts.scheme not in {"smtp", "smtps"}:
        msg = f"MAIL_URL begins with file:, smtp:// or smtps://, not with {parts.scheme}:"
        raise ValueError(msg)
    server = MailServer(parts)
    try:
        yield server
    finally:
        server.close()


def _described(error: Exception) -> str:
    if isinstance(error, smtplib.SMTPResponseException):
        return f"{error.smtp_code} {_text(error.smtp_error)}"
    return str(error) or type(error).__name__


def _text(answer: bytes | str) -> str:
    return answer.decode("utf-8", "replace") if isinstance(answer, bytes) else answer
