"""Figures about the running site in Prometheus' text form."""

from datetime import datetime

from club.upkeep import queries

_MEANS = {
    "people": "Persons known to the club.",
    "accounts": "Accounts that can sign in.",
    "runs": "Runs by state.",
    "registrations": "Registrations by state.",
    "letters": "Letters by state.",
    "outbox_delay_seconds": "How long the letter that is due longest has been due.",
}


def metrics_text(*, now: datetime) -> str:
    """Counted in the database, so that every process gives the same answer."""
    figures: dict[tuple[str, str], float] = dict(queries.figures())
    due_since = queries.outbox_state(now=now).due_since
    figures["outbox_delay_seconds", ""] = (now - due_since).total_seconds() if due_since else 0
    lines: list[str] = []
    for name, meaning in _MEANS.items():
        lines += [f"# HELP club_{name} {meaning}", f"# TYPE club_{name} gauge"]
        for (of, state), value in sorted(figures.items()):
            if of == name:
                label = f'{{state="{state}"}}' if state else ""
                lines.append(f"club_{name}{label} {value:g}")
    return "\n".join(lines) + "\n"
