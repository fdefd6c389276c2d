"""All pages and words of the room and its packages, and what they add to the search."""

from flask import Blueprint

from club.knowledge.agreements.labels import LABELS as AGREEMENTS_LABELS
from club.knowledge.agreements.views import bp as agreements_bp
from club.knowledge.citing.views import bp as citing_bp
from club.knowledge.editing.also_due import ALSO_DUE
from club.knowledge.editing.parts import change_part
from club.knowledge.editing.views import bp as knowledge_editing_bp
from club.knowledge.evidence.labels import LABELS as EVIDENCE_LABELS
from club.knowledge.evidence.views.blueprints import BLUEPRINTS as EVIDENCE_PAGES
from club.knowledge.finding.operations import count_unanswered
from club.knowledge.finding.queries import promoted_refs
from club.knowledge.finding.views import bp as searches_bp
from club.knowledge.labels import LABELS as KNOWLEDGE_LABELS
from club.knowledge.library.desk import bp as library_desk_bp
from club.knowledge.library.labels import LABELS as LIBRARY_LABELS
from club.knowledge.library.queries import documents_due
from club.knowledge.library.views import bp as library_bp
from club.knowledge.pictures.views import bp as pictures_bp
from club.knowledge.proposals.views import bp as proposals_bp
from club.knowledge.questions.labels import LABELS as QUESTIONS_LABELS
from club.knowledge.questions.parts import questions_part
from club.knowledge.questions.views import bp as questions_bp
from club.knowledge.reading.parts import reader_part
from club.knowledge.reading.views import bp as reading_bp
from club.knowledge.sharing.views import bp as sharing_bp
from club.knowledge.views import bp as knowledge_bp
from club.search.above import PROMOTED, UNANSWERED
from club.web.layout import Labels
from club.web.page_parts import PartSource

BLUEPRINTS: list[Blueprint] = [
    agreements_bp,
    *EVIDENCE_PAGES,
    citing_bp,
    knowledge_editing_bp,
    library_bp,
    library_desk_bp,
    pictures_bp,
    proposals_bp,
    questions_bp,
    reading_bp,
    sharing_bp,
    knowledge_bp,
    searches_bp,
]
LABELS: list[Labels] = [
    KNOWLEDGE_LABELS,
    EVIDENCE_LABELS,
    LIBRARY_LABELS,
    AGREEMENTS_LABELS,
    *QUESTIONS_LABELS,
]
#: What packages add to the page of a text, see ``club.web.page_parts``.
BESIDE_TEXTS: list[PartSource] = [questions_part]
BELOW_TEXTS: list[PartSource] = [reader_part, change_part]
PROMOTED.append(promoted_refs)
ALSO_DUE.append(documents_due)
UNANSWERED.append(count_unanswered)
