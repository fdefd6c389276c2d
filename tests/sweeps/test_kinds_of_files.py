"""What the words beside a field for a file say is what the form takes."""

import re
from pathlib import Path

import pytest

from club.certification.candidacy.forms import UseForm
from club.certification.forms import PaperForm as CertificatePaperForm
from club.certification.objections.forms import AppealForm, PaperForm
from club.files.accepting import type_of_document, type_on_paper
from club.knowledge.agreements.forms import RecordForm
from club.plan.items.forms import ProofForm
from club.records.outside.forms import OutsideForm
from club.reporting.report_forms import WrittenForm

TEMPLATES = Path(__file__).parent.parent.parent / "templates"
ON_PAPER, DOCUMENT = "PDF or picture of at most", "PDF, picture or office document of at most"
#: By template, the kinds that it names.
SAID = {
    "certification/_fields.html": DOCUMENT,
    "certification/candidacy/evidence_form.html": DOCUMENT,
    "certification/objections/appeal.html": DOCUMENT,
    "certification/objections/appeal_form.html": DOCUMENT,
    "certification/objections/own_complaint.html": DOCUMENT,
    "knowledge/agreements/text.html": ON_PAPER,
    "plan/items/office_item.html": DOCUMENT,
    "records/outside_form.html": ON_PAPER,
    "records/paper_list.html": ON_PAPER,
    "reporting/own_report.html": DOCUMENT,
    "reporting/paper.html": ON_PAPER,
}
#: By form, the template that shows it.
SHOWN_IN = {
    AppealForm: "certification/objections/appeal_form.html",
    CertificatePaperForm: "certification/_fields.html",
    OutsideForm: "records/outside_form.html",
    PaperForm: "certification/objections/appeal.html",
    ProofForm: "plan/items/office_item.html",
    RecordForm: "knowledge/agreements/text.html",
    UseForm: "certification/candidacy/evidence_form.html",
    WrittenForm: "reporting/own_report.html",
}


def said_in(words):
    """Outside-training says "as PDF or picture": the kinds are what counts."""
    return next((kind for kind in (DOCUMENT, ON_PAPER) if kind in words), None)


def test_every_field_that_names_kinds_is_known():
    found = {}
    for path in TEMPLATES.rglob("*.html"):
        for words in re.findall(r'"([^"]* of at most \d+ MB[^"]*)"', path.read_text()):
            if kind := said_in(words):
                found[path.relative_to(TEMPLATES).as_posix()] = kind
    assert found == SAID


@pytest.mark.parametrize("form", SHOWN_IN, ids=lambda form: form.__name__)
def test_a_form_takes_what_its_field_names(form):
    takes = {ON_PAPER: type_on_paper, DOCUMENT: type_of_document}
    assert form.takes is takes[SAID[SHOWN_IN[form]]]
