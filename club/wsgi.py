"""What a WSGI server loads: ``granian --interface wsgi club.wsgi:app``."""

from club import memory

memory.keep_together()

from club.app import create_app
from club.config import ROOT, Settings
from club.web.language import LANGUAGES
from club.web.static_files import with_static_files
from club.web.turns import taking_turns

_site = create_app()
_settings: Settings = _site.extensions["club.settings"]
# Nobody's first page has to wait for it.
_site.extensions["club.catalogues"].of(LANGUAGES[0])
app = with_static_files(taking_turns(_site), static=ROOT / "static", var=_settings.var)
memory.set_aside()
