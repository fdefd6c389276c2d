"""What is wrong with this installation, and what to do about it."""

import stat
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from flask import current_app
from flask_babel import gettext
from sqlalchemy.exc import SQLAlchemyError

from club.config import ROOT, Settings
from club.files.receiving import damaged_files, missing_files
from club.files.storage import StorageError, storage
from club.records.certificates.key_care import trouble_with_the_key
from club.records.certificates.queries import last_certificate_id, unprintable
from club.records.certificates.readiness import has_signer
from club.records.certificates.rules import KeyTrouble
from club.statistics.tallies.queries import differing_runs
from club.upkeep import queries
from club.upkeep.readiness import LATE, is_writable, pending_migrations

#: A production site without a backup for so long is in danger.
BACKUP_AGE = timedelta(days=2)
#: So many stored files are read at each look, others each time.
_SAMPLE = 50


@dataclass(frozen=True)
class Trouble:
    what: str
    what_to_do: str


def troubles(*, now: datetime) -> list[Trouble]:
    settings: Settings = current_app.extensions["club.settings"]
    found = list(_of_files(settings))
    try:
        if pending_migrations():
            return [*found, _behind()]
        for look in _IN_DATABASE:
            found.extend(look(settings, now))
    except SQLAlchemyError as error:
        reason = str(error.__cause__ or error)
        found.append(
            Trouble(
                gettext("The database does not answer: %(reason)s", reason=reason),
                gettext("Check DATABASE_URL and whether the server is running."),
            )
        )
    return found


def _behind() -> Trouble:
    return Trouble(
        gettext("The database is older than the code."),
        gettext("Run: flask --app club db upgrade"),
    )


def _of_files(settings: Settings) -> Iterator[Trouble]:
    for path, what in (
        (settings.var / "secret", gettext("Others on this machine can read the secret key.")),
        (settings.signing_key, gettext("Others on this machine can read the signing key.")),
        (settings.authority_key, gettext("Others on this machine can read the authority's key.")),
    ):
        if path and path.exists() and stat.S_IMODE(path.stat().st_mode) & 0o077:
            yield Trouble(what, gettext("Run: chmod 600 %(path)s", path=path))
    if settings.mail_url.startswith("file:"):
        folder = ROOT / settings.mail_url.removeprefix("file:")
        if not is_writable(folder):
            yield Trouble(
                gettext("The folder %(path)s cannot be written to.", path=folder),
                gettext("Give it to the user that the site runs as."),
            )
    if reason := storage().trouble():
        yield Trouble(
            gettext(
                "Files cannot be stored in %(place)s: %(reason)s",
                place=settings.storage_url,
                reason=reason,
            ),
            gettext("Check STORAGE_URL, the free space and the rights of the site's user."),
        )


def _of_production(settings: Settings, now: datetime) -> Iterator[Trouble]:
    if not settings.production:
        return
    if queries.demo_accounts():
        yield Trouble(
            gettext("A production site holds demo accounts, whose password everybody knows."),
            gettext("Start with an empty database and DEMO=0."),
        )
    if not settings.behind_https:
        yield Trouble(
            gettext("A production site is not served over HTTPS."),
            gettext("Set PUBLIC_URL to its https:// address."),
        )
    if settings.mail_url.startswith("file:"):
        yield Trouble(
            gettext("Letters are written to files and reach nobody."),
            gettext("Set MAIL_URL to a mail server."),
        )
    backup = queries.remembered("backup")
    if backup is None or now - backup.at > BACKUP_AGE:
        yield Trouble(
            gettext("There is no backup of the last two days."),
            gettext("Run every night: flask --app club backup FILE"),
        )


def _of_stored_files(_settings: Settings, _now: datetime) -> Iterator[Trouble]:
    try:
        missing = missing_files()
    except StorageError:
        return  # said above
    if missing:
        first = ", ".join(f"{file.name} ({file.key})" for file in missing[:3])
        yield Trouble(
            gettext(
                "%(number)s stored files are missing or cut off, for example: %(names)s",
                number=len(missing),
                names=first,
            ),
            gettext("Bring them back from the last backup, each to its name in the store."),
        )
    if damaged := damaged_files(at_most=_SAMPLE):
        first = ", ".join(f"{file.name} ({file.key})" for file in damaged[:3])
        yield Trouble(
            gettext(
                "%(number)s of %(sample)s stored files that were read are damaged, for example:"
                " %(names)s",
                number=len(damaged),
                sample=_SAMPLE,
                names=first,
            ),
            gettext(
                "Bring them back from the last backup, each to its name in the store. Those of"
                " certificates are made anew when somebody opens them."
            ),
        )


def _of_letters(_settings: Settings, now: datetime) -> Iterator[Trouble]:
    outbox = queries.outbox_state(now=now)
    if outbox.due_since and now - outbox.due_since > LATE:
        yield Trouble(
            gettext("Letters have been waiting since %(when)s.", when=f"{outbox.due_since:%F %R}"),
            gettext("Check that the jobs are running: flask --app club jobs run"),
        )
    if outbox.failed:
        yield Trouble(
            gettext("%(number)s letters could not be delivered.", number=outbox.failed),
            gettext("Look at the reasons in the outbox and mend the addresses."),
        )


def _of_places(_settings: Settings, _now: datetime) -> Iterator[Trouble]:
    if wrong := queries.runs_with_wrong_places():
        yield Trouble(
            gettext("Kept places differ from the registrations: %(runs)s", runs=", ".join(wrong)),
            gettext("Report this with the log of the last days: it must not happen."),
        )
    if oversold := queries.oversold_runs():
        yield Trouble(
            gettext(
                "More people are confirmed than there are seats: %(runs)s", runs=", ".join(oversold)
            ),
            gettext("Raise the seats of these runs or speak to those who came last."),
        )


def _of_figures(_settings: Settings, _now: datetime) -> Iterator[Trouble]:
    if wrong := differing_runs():
        yield Trouble(
            gettext(
                "Figures of %(number)s classes differ from their records, for example: %(runs)s",
                number=len(wrong),
                runs=", ".join(wrong[:3]),
            ),
            gettext(
                "Run: flask --app club figures tally. Report this with the log of the last days: it"
                " must not happen."
            ),
        )


def _of_the_signing_key(settings: Settings, now: datetime) -> Iterator[Trouble]:
    match trouble_with_the_key(now=now):
        case KeyTrouble.MISSING:
            yield Trouble(
                gettext(
                    "The club's signing key is not in its place (%(path)s), so no new certificate"
                    " can be signed.",
                    path=settings.signing_key,
                ),
                gettext(
                    "Bring the file back from where it is kept, or run:"
                    " flask --app club certificates rotate-key"
                ),
            )
        case KeyTrouble.DISTRUSTED:
            yield Trouble(
                gettext("The key in place may be in wrong hands, so no new certificate is signed."),
                gettext("Run: flask --app club certificates rotate-key --new-authority"),
            )
        case KeyTrouble.OVER:
            yield Trouble(
                gettext("The key that signs certificates has signed for three years and is over."),
                gettext("Run: flask --app club certificates rotate-key"),
            )
        case KeyTrouble.ENDS_SOON:
            yield Trouble(
                gettext(
                    "The key that signs certificates ends soon, and the authority's key for the"
                    " next one is not there."
                ),
                gettext(
                    "Bring the authority's key to its place, run: flask --app club certificates"
                    " rotate-key"
                ),
            )


def _of_certificates(_settings: Settings, _now: datetime) -> Iterator[Trouble]:
    if last_certificate_id() and not has_signer():
        yield Trouble(
            gettext("Certificates are issued, and nobody's name stands at their foot."),
            gettext("Name who signs at /office/certificates/design."),
        )
    if failing := unprintable():
        named = ", ".join(f"{it.number} ({it.run.code})" for it in failing[:5])
        yield Trouble(
            gettext(
                "The PDF file of %(number)s certificates could not be made: %(certificates)s",
                number=len(failing),
                certificates=named,
            ),
            gettext(
                "The log says why. Correct a name that has signs which cannot be printed; all else"
                " is tried again by itself."
            ),
        )


def _of_the_database(_settings: Settings, _now: datetime) -> Iterator[Trouble]:
    for line in queries.database_troubles()[:5]:
        yield Trouble(
            gettext("The database file is damaged: %(line)s", line=line),
            gettext("Stop the site and restore the last backup."),
        )


_IN_DATABASE: list[Callable[[Settings, datetime], Iterator[Trouble]]] = [
    _of_the_database,
    _of_stored_files,
    _of_the_signing_key,
    _of_certificates,
    _of_letters,
    _of_places,
    _of_figures,
    _of_production,
]
