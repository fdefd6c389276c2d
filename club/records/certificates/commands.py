"""The key that certificates are signed with: made, and replaced by a new one."""

import click
from flask.cli import AppGroup
from flask_babel import gettext

from club import clock
from club.records.certificates import signing
from club.refusal import RefusedError

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
    key = signing.rotate_key(with_authority=new_authority, by=None, now=clock.now())
    click.echo(
        gettext(
            "Certificates are signed with the key %(key)s now. Earlier signatures stay good.",
            key=key.fingerprint[:16],
        )
    )
