"""What somebody is in a question."""

from club.accounts.models import Account, RoleName
from club.knowledge.questions.models import MemberQuestion
from club.knowledge.questions.rules import Party


def parties_in(account: Account, question: MemberQuestion) -> frozenset[Party]:
    found = {
        Party.ASKER: account.person_id == question.person_id,
        Party.DRAFTER: is_drafter(account, question),
        Party.CLUB: account.holds(RoleName.COORDINATOR, RoleName.ADMINISTRATOR),
    }
    return frozenset(party for party, holds in found.items() if holds)


def is_drafter(account: Account, question: MemberQuestion) -> bool:
    return account.id == question.drafter_id and account.holds(RoleName.TRAINER)
