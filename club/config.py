"""Settings, read from the environment once when the application starts.

``.env.example`` lists every variable with its default and meaning; a test compares the two.
"""

import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import time
from pathlib import Path

ROOT = Path(__file__).parent.parent


@dataclass(frozen=True)
class Settings:
    database_url: str
    storage_url: str
    redis_url: str | None
    mail_url: str
    mail_from: str
    #: From when until when letters that may wait are not sent; ``None``: at no time.
    quiet_hours: tuple[time, time] | None
    #: Where a scheme does not say it: days to appeal, and to answer an appeal or a complaint.
    appeal_days: int
    answer_days: int
    #: Days until a complaint is confirmed by somebody who looks after it.
    acknowledge_days: int
    complaint_months: int
    secret_key: str
    #: The file of the key that signs certificates.
    signing_key: Path
    #: That of the key of the authority that vouches for it; ``None``: the same file.
    authority_key: Path | None
    public_url: str
    #: Under which credentials name the club, its keys and its lists: wallets compare it for years.
    issuer_url: str
    trusted_hosts: tuple[str, ...]
    demo: bool
    production: bool
    proxies: int
    log_level: str
    metrics_token: str | None
    var: Path

    @property
    def behind_https(self) -> bool:
        return self.public_url.startswith("https://")


def settings_from(environ: Mapping[str, str] | None = None) -> Settings:
    """Read the settings and make ``VAR``; relative paths are below the project's folder."""
    env = os.environ if environ is None else environ
    var = ROOT / env.get("VAR", "var")
    var.mkdir(parents=True, exist_ok=True)
    port = env.get("PORT", "8000")
    public_url = (env.get("PUBLIC_URL") or f"http://127.0.0.1:{port}").rstrip("/")
    hosts = env.get("TRUSTED_HOSTS", "")
    return Settings(
        database_url=_database_url(env.get("DATABASE_URL") or f"sqlite:///{var}/club.db"),
        storage_url=env.get("STORAGE_URL") or f"{var}/files",
        redis_url=env.get("REDIS_URL") or None,
        mail_url=env.get("MAIL_URL") or f"file:{var}/mail",
        mail_from=env.get("MAIL_FROM", "clb@club.example"),
        quiet_hours=_hours(env.get("QUIET_HOURS", "21:00-07:00")),
        appeal_days=int(env.get("APPEAL_DAYS", "30")),
        answer_days=int(env.get("ANSWER_DAYS", "30")),
        acknowledge_days=int(env.get("ACKNOWLEDGE_DAYS", "5")),
        complaint_months=int(env.get("COMPLAINT_MONTHS", "36")),
        secret_key=env.get("SECRET_KEY") or _kept_secret(var / "secret"),
        signing_key=ROOT / (env.get("SIGNING_KEY") or var / "signing-key.pem"),
        authority_key=ROOT / env["AUTHORITY_KEY"] if env.get("AUTHORITY_KEY") else None,
        public_url=public_url,
        issuer_url=(env.get("ISSUER_URL") or public_url).rstrip("/"),
        trusted_hosts=tuple(h.strip() for h in hosts.split(",") if h.strip())
        or _own_hosts(public_url),
        demo=env.get("DEMO", "1") != "0",
        production=env.get("PRODUCTION", "0") == "1",
        proxies=int(env.get("PROXIES", "0")),
        log_level=env.get("LOG_LEVEL", "INFO"),
        metrics_token=env.get("METRICS_TOKEN") or None,
        var=var,
    )


def _database_url(url: str) -> str:
    for scheme in ("postgres://", "postgresql://"):
        if url.startswith(scheme):
            return "postgresql+psycopg://" + url.removeprefix(scheme)
    return url


def _hours(written: str) -> tuple[time, time] | None:
    """``21:00-07:00``; nothing at all means never."""
    if not written.strip():
        return None
    begin, _, end = written.partition("-")
    return time.fromisoformat(begin.strip()), time.fromisoformat(end.strip())


def _own_hosts(public_url: str) -> tuple[str, ...]:
    host = public_url.split("//", 1)[-1].split("/", 1)[0].rsplit(":", 1)[0]
    return tuple({host, "127.0.0.1", "localhost"})


def _kept_secret(path: Path) -> str:
    """The secret made on the first start, readable by its owner only.

    Two processes may start at once: the exclusive creation lets one of them win.
    """
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text(encoding="ascii").strip()
    with os.fdopen(handle, "w", encoding="ascii") as file:
        secret = secrets.token_urlsafe(48)
        file.write(secret)
    return secret
