"""What became one entry is one person's data: taken along together, and erased together."""

from datetime import timedelta

from sqlalchemy import select

from club.accounts.consents import give_consent
from club.accounts.models import Account, ConsentPurpose
from club.db import db
from club.people.merging.models import PersonMerge
from club.people.merging.rules import MergeRefusal
from club.privacy import queries
from club.web.personal_data import ERASED_NAME
from tests.people.merging_kit import entry, joined, two_entries
from tests.people.test_merging import refused, undone
from tests.privacy.test_copies import packed, told
from tests.privacy.test_erasing import asked, erase
from tests.support.factories import NOW, an_account, reload

LATER = NOW + timedelta(hours=1)


def an_account_with_another_entry():
    """Of somebody whose other entry kept a consent and an account of its own."""
    kept, gone = two_entries()
    account, closed = an_account(person=kept), an_account(person=gone)
    for person in (kept, gone):
        give_consent(person.id, ConsentPurpose.NEWS, language="vi", now=NOW)
    return account, closed, joined(kept, gone)


def test_the_copy_holds_what_stayed_with_the_other_entry():
    account, closed, _merged = an_account_with_another_entry()
    archive = packed(account)
    assert [one["full_name"] for one in told(archive, "people")["person"]] == [
        "Nguyễn Thị Hoa",
        "Nguyen Thi Hoa",
    ]
    accounts = told(archive, "accounts")
    assert [one["email"] for one in accounts["account"]] == [account.email, closed.email]
    assert len(accounts["consent"]) == 2


def test_erasing_empties_both_entries():
    account, closed, merged = an_account_with_another_entry()
    erase(asked(account.person))
    names = [entry(one).full_name for one in (merged.kept, merged.gone)]
    assert names == [ERASED_NAME, ERASED_NAME]
    assert reload(closed).email.endswith("@forgotten.invalid")
    assert db.session.scalars(select(PersonMerge)).one().reason == ERASED_NAME
    assert refused(undone, merged) == MergeRefusal.NAMELESS.name


def test_looks_at_the_entry_that_went_are_told_to_the_person():
    account, _closed, merged = an_account_with_another_entry()
    found = queries.entries_of(queries.whose(account.person_id))
    assert [one.person_id for one in found] == [merged.kept_id, merged.gone_id]
    assert found[1].account_id == db.session.scalar(
        select(Account.id).where(Account.person_id == merged.gone_id)
    )
