"""The certificates that somebody takes along in the copy of everything."""

from collections.abc import Iterable, Iterator
from functools import partial

from flask import current_app
from flask_babel import force_locale, gettext

from club import clock
from club.config import Settings
from club.documents.pdf import PdfError
from club.records.certificates.kinds import kind_of, standing_of
from club.records.certificates.models import Certificate
from club.records.certificates.queries import certificates_of
from club.records.certificates.rules import refusal_to_give_out
from club.records.certificates.signing import signed_content
from club.refusal import RefusedError
from club.web.personal_data import PersonalFile, Whose


def pdfs_of(whose: Whose) -> Iterator[PersonalFile]:
    """A person's certificates of completion."""
    return pdfs_of_certificates(certificates_of(whose.person_id))


def pdfs_of_certificates(held: Iterable[Certificate]) -> Iterator[PersonalFile]:
    """Those that are handed out, as they are: signed. A note takes the place of one whose
    file cannot be made now, so that the rest of the copy does not wait for it.
    """
    for found in held:
        if refusal_to_give_out(standing_of(found, day=clock.today()).state) is None:
            try:
                file, content = signed_content(found, now=clock.now())
            except (RefusedError, PdfError):
                yield _note_instead_of(found)
            else:
                yield PersonalFile(file.name, file.size, partial(iter, [content]))


def _note_instead_of(certificate: Certificate) -> PersonalFile:
    settings: Settings = current_app.extensions["club.settings"]
    address = f"{settings.public_url}{kind_of(certificate).address(certificate)}"
    lines = []
    for language in ("vi", "en"):
        with force_locale(language):
            lines.append(
                gettext(
                    "The PDF file of certificate %(number)s could not be made when this copy was"
                    " packed. The certificate holds; open its file later: %(address)s",
                    number=certificate.number,
                    address=address,
                )
            )
    content = "".join(f"{line}\n" for line in lines).encode()
    return PersonalFile(f"{certificate.number}.txt", len(content), lambda: [content])
