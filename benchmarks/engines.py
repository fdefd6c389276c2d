"""What benchmarks of single rooms share: an empty site on either engine, and a file of figures."""

import argparse
import json
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import text

from benchmarks import preparing
from club.app import create_app
from club.config import settings_from
from club.db import Model, db
from club.upkeep.tables import all_tables


def arguments(description: str) -> argparse.ArgumentParser:
    """Those of a benchmark, of which ``--url`` chooses the engine."""
    parser = argparse.ArgumentParser(description=description.splitlines()[0])
    parser.add_argument("--url", help="an empty PostgreSQL database")
    return parser


@contextmanager
def empty_site(name: str, url: str | None) -> Iterator[str]:
    """Tables without rows, in a SQLite file or at ``url``; gives the engine's name."""
    folder = Path(tempfile.mkdtemp(prefix=f"club-{name}-"))
    environment = preparing.environment(folder) | ({"DATABASE_URL": url} if url else {})
    try:
        with create_app(settings_from(environment)).app_context():
            all_tables()
            Model.metadata.create_all(db.engine)
            yield db.engine.dialect.name
            db.session.remove()
    finally:
        shutil.rmtree(folder)


def database_process() -> int | None:
    """The id of the process that works for this one in PostgreSQL, and that alone from now on, so
    that all its work is seen; ``None`` on SQLite, which works here.
    """
    if db.engine.dialect.name != "postgresql":
        return None
    db.session.execute(text("SET max_parallel_workers_per_gather = 0"))
    worker: int = db.session.scalar(text("SELECT pg_backend_pid()"))
    db.session.commit()
    return worker


def keep(figures: Path, engine: str, found: dict[str, Any]) -> None:
    """Beside what the file says of the other engine."""
    known = json.loads(figures.read_text(encoding="utf-8")) if figures.exists() else {}
    known[engine] = found
    figures.write_text(json.dumps(known, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
