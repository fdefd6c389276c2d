"""Assembles the application: wiring only. Nothing imports this module but its callers."""

from datetime import timedelta

from flask import Flask
from flask_wtf import CSRFProtect
from werkzeug.middleware.proxy_fix import ProxyFix

from club import rooms
from club.accounts.security import init_accounts
from club.audit.names import init_audit
from club.config import ROOT, Settings, settings_from
from club.db import db, prepare_sqlite
from club.desks import desk_links
from club.logbook import LOG_NAMES
from club.masthead import club_facts
from club.web.addresses import init_addresses
from club.web.assets import init_assets
from club.web.cache import init_cache
from club.web.errors import init_errors
from club.web.even_answers import BEAT_SECONDS
from club.web.headers import init_headers
from club.web.journal import init_journal
from club.web.kept_pages import init_kept_pages
from club.web.language import init_language
from club.web.layout import init_layout
from club.web.limits import init_limits
from club.web.sessions import Site
from club.web.templates import init_templates
from club.web.uploads import init_uploads


def create_app(settings: Settings | None = None, **overrides: object) -> Flask:
    settings = settings or settings_from()
    app = Site(
        "club",
        root_path=str(ROOT / "club"),
        template_folder=str(ROOT / "templates"),
        static_folder=str(ROOT / "static"),
    )
    app.extensions["club.settings"] = settings
    app.config.from_mapping(_flask_settings(settings) | overrides)
    init_templates(app, kept_in=settings.var / "templates")
    init_journal(app, level=settings.log_level, as_json=settings.production)
    db.init_app(app)
    with app.app_context():
        if db.engine.dialect.name == "sqlite":
            prepare_sqlite(db.engine)
    init_addresses(app)
    init_uploads(app)
    CSRFProtect(app)
    init_language(app, kept_in=settings.var / "catalogues")
    init_assets(app)
    init_cache(app)
    init_headers(app)
    init_limits(app, storage=settings.redis_url)
    init_accounts(app, settings)
    init_errors(app)
    init_layout(app, club_facts=club_facts, desk_links=desk_links, labels=rooms.LABELS)
    init_audit(app, names=LOG_NAMES)
    app.extensions |= rooms.SHOWN_ELSEWHERE
    init_kept_pages(app)
    for blueprint in rooms.BLUEPRINTS:
        app.register_blueprint(blueprint)
    if settings.proxies:
        proxies = settings.proxies
        app.wsgi_app = ProxyFix(app.wsgi_app, proxies, proxies, proxies)  # type: ignore[method-assign]
    return app


def _flask_settings(settings: Settings) -> dict[str, object]:
    return {
        "SECRET_KEY": settings.secret_key,
        "SQLALCHEMY_DATABASE_URI": settings.database_url,
        # An error would put them into the log: the letter with a reset link, a password's hash.
        "SQLALCHEMY_ENGINE_OPTIONS": {"hide_parameters": True},
        "TRUSTED_HOSTS": list(settings.trusted_hosts),
        "PERMANENT_SESSION_LIFETIME": timedelta(hours=12),
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "SESSION_COOKIE_SECURE": settings.behind_https,
        "PREFERRED_URL_SCHEME": "https" if settings.behind_https else "http",
        "WTF_CSRF_TIME_LIMIT": 12 * 3600,
        "EVEN_ANSWER_SECONDS": BEAT_SECONDS,
    }
