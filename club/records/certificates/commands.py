"""The keys that certificates are signed with: made, listed, replaced, and no longer believed."""

from datetime import datetime

import click
from flask.cli import AppGroup
from flask_babel import gettext

from club import clock
from club.records.certificates import finding, queries, signing
from club.records.certificates.distrusting import distrust_key
from club.refusal import RefusedError
from club.web.language import moment

certificate_commands = AppGroup("certificates", help="Signing of certificates of completion.")


@certificate_commands.command("init-key")
def init_key() -> None:
    """Make the key that signs certificates, and the club's own authority."""
    try:
        key = signing.make_first_key(now=clock.now())
    except RefusedError as refused:
        raise click.ClickException(gettext(refused.refusal.value)) from refused
    click.echo(gettext("Certificates are signed with the key %(key)s.", key=key.fingerprint[:16]))


@certificate_commands.command("rotate-key")
@click.option(
    "--new-authority",
    is_flag=True,
    help="Make the club's own authority anew as well, where its key may be in wrong hands.",
)
def rotate_key(*, new_authority: bool) -> None:
    """Sign with a new key from now on; signatures of older ones stay good."""
    try:
        key = signing.rotate_key(with_authority=new_authority, by=None, now=clock.now())
    except RefusedError as refused:
        raise click.ClickException(gettext(refused.refusal.value)) from refused
    click.echo(
        gettext(
            "Certificates are signed with the key %(key)s now. Earlier signatures stay good.",
            key=key.fingerprint[:16],
        )
    )


@certificate_commands.command("keys")
def list_keys() -> None:
    """Every key that certificates were ever signed with, the latest first."""
    keys = queries.signing_keys()
    if not keys:
        click.echo(gettext("No certificate has been signed yet, so there is no key."))
    for key in keys:
        told = [gettext("known since %(moment)s", moment=moment(key.known_since))]
        if key.distrusted_from:
            told.append(
                gettext("not believed from %(moment)s on", moment=moment(key.distrusted_from))
            )
        elif key.retired_at:
            told.append(gettext("signed until %(moment)s", moment=moment(key.retired_at)))
        click.echo(f"{key.fingerprint[:16]}  {', '.join(told)}")


@certificate_commands.command("distrust-key")
@click.argument("fingerprint")
@click.option(
    "--from",
    "since",
    required=True,
    type=click.DateTime(["%Y-%m-%d", "%Y-%m-%d %H:%M"]),
    help="The earliest moment at which others may have had it, where the club is.",
)
@click.option("--reason", required=True, help="Public: whoever checks a certificate reads it.")
def distrust(*, fingerprint: str, since: datetime, reason: str) -> None:
    """Believe nothing that a key signs from a moment on, because others may have it."""
    from_then = clock.from_local(since)
    try:
        key = distrust_key(fingerprint, since=from_then, reason=reason, by=None, now=clock.now())
    except RefusedError as refused:
        raise click.ClickException(gettext(refused.refusal.value)) from refused
    click.echo(
        gettext(
            "Signatures of %(key)s from %(since)s on prove nothing any more. Of the %(files)s files"
            " that the club signed with it since, only the very same bytes count. Now make a new"
            " key: flask --app club certificates rotate-key --new-authority",
            key=key.fingerprint[:16],
            since=moment(from_then),
            files=finding.files_signed_since(key, from_then),
        )
    )
