import click
from flask.cli import AppGroup
from flask_babel import gettext

from club import clock
from club.accounts import operations
from club.accounts.models import RoleName
from club.refusal import RefusedError

account_commands = AppGroup("account", help="Accounts of people who sign in.")


@account_commands.command("create")
@click.option(
    "--role", "roles", multiple=True, type=click.Choice([name.value for name in RoleName])
)
@click.option("--email", required=True)
@click.option("--name", required=True, help="Full name.")
@click.option("--password", prompt=True, hide_input=True, confirmation_prompt=True)
def create(roles: tuple[str, ...], email: str, name: str, password: str) -> None:
    """Open an account that may sign in at once."""
    try:
        new = operations.new_account(email=email, full_name=name, password=password)
        operations.create_account(new, roles=[RoleName(r) for r in roles], now=clock.now())
    except RefusedError as refused:
        raise click.ClickException(gettext(refused.refusal.value)) from refused
    click.echo(gettext("%(email)s may sign in now.", email=new.email))
