"""Rooms above give parts to pages of rooms below, by one list."""

import pytest
from flask import current_app

from club.accounts.models import RoleName
from club.web.page_parts import PageOf, PagePart
from tests.support.factories import a_run, an_account


@pytest.mark.parametrize(
    ("page", "address"),
    [
        (PageOf.RUN, "/runs/X-1"),
        (PageOf.RUN_DESK, "/office/runs/X-1"),
        (PageOf.COURSE, "/courses/{slug}"),
    ],
)
def test_a_page_shows_what_rooms_above_give_it(sign_in, tmp_path, monkeypatch, page, address):
    (tmp_path / "_given.html").write_text("Dành cho {{ part.reader }}: {{ part.about }}")
    monkeypatch.setattr(
        current_app.jinja_loader, "searchpath", [*current_app.jinja_loader.searchpath, tmp_path]
    )
    account, run = an_account(RoleName.COORDINATOR), a_run(code="X-1")

    def source(subject, reader, _now):
        return PagePart("_given.html", {"reader": reader.id, "about": subject.code})

    monkeypatch.setitem(
        current_app.extensions, "club.page_parts", {page: [source, lambda *_facts: None]}
    )
    text = sign_in(account).get(address.format(slug=run.course.slug)).text
    about = run.course.code if page is PageOf.COURSE else "X-1"
    assert f"Dành cho {account.id}: {about}" in text
