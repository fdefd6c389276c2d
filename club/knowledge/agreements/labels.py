"""The words for what firms agree to."""

from flask_babel import lazy_gettext
from flask_babel.speaklater import LazyString

from club.knowledge.agreements.models import AgreementState, Extent
from club.web.layout import Labels

LABELS: Labels = {
    AgreementState.ASKED: lazy_gettext("Asked, not answered"),
    AgreementState.GIVEN: lazy_gettext("Agreed"),
    AgreementState.DECLINED: lazy_gettext("Agreement declined"),
    AgreementState.WITHDRAWN: lazy_gettext("Agreement taken back"),
    AgreementState.MISTAKEN: lazy_gettext("Recorded by mistake"),
}
EXTENT_WORDS: dict[Extent, LazyString] = {
    Extent(named=True, figures=True): lazy_gettext("With its name and its figures"),
    Extent(named=True, figures=False): lazy_gettext("With its name, without figures"),
    Extent(named=False, figures=True): lazy_gettext("Without its name, with figures"),
    Extent(named=False, figures=False): lazy_gettext("Without its name and without figures"),
}
EXTENT_KEYS: dict[Extent, str] = {
    extent: f"{'named' if extent.named else 'nameless'}-{'figures' if extent.figures else 'words'}"
    for extent in EXTENT_WORDS
}
EXTENTS_BY_KEY = {key: extent for extent, key in EXTENT_KEYS.items()}
