from flask_babel import lazy_gettext

from club.plan.items.counting import Counted
from club.plan.items.models import BodyRole, HowOften, ItemKind, SaidState
from club.plan.items.rules import ItemState
from club.web.layout import Labels

KIND_LABELS: Labels = {
    ItemKind.REFERENCE: lazy_gettext("Basis or copy"),
    ItemKind.OBJECTIVE: lazy_gettext("Objective"),
    ItemKind.TARGET: lazy_gettext("Target"),
    ItemKind.POLICY: lazy_gettext("Policy"),
    ItemKind.TASK: lazy_gettext("Task"),
    ItemKind.FUNDING: lazy_gettext("Funding"),
    ItemKind.RESPONSIBILITY: lazy_gettext("Duty"),
    ItemKind.REPORTING: lazy_gettext("Duty to report"),
}
WHO_AND_WHEN_LABELS: Labels = {
    HowOften.YEARLY: lazy_gettext("every year"),
    HowOften.FIVE_YEARLY: lazy_gettext("every five years"),
    HowOften.REGULARLY: lazy_gettext("regularly"),
    HowOften.ON_DEMAND: lazy_gettext("when asked"),
    HowOften.WHEN_ARISING: lazy_gettext("when something comes up"),
    BodyRole.LEADS: lazy_gettext("Leads"),
    BodyRole.LEADS_INFERRED: lazy_gettext("Leads (inferred)"),
    BodyRole.SUPPORTS: lazy_gettext("Works along"),
    BodyRole.RECEIVES: lazy_gettext("Gets a copy"),
}
STATE_LABELS: Labels = {
    ItemState.NOTHING_TO_DO: lazy_gettext("Nothing to be done"),
    ItemState.TARGET: lazy_gettext("By its target"),
    ItemState.UNSAID: lazy_gettext("Nobody has said yet"),
    ItemState.NOT_BEGUN: lazy_gettext("Not begun"),
    ItemState.UNDER_WAY: lazy_gettext("Being done"),
    ItemState.DONE: lazy_gettext("Done"),
    ItemState.RECURRING: lazy_gettext("Done again and again"),
    ItemState.NOT_MEASURABLE: lazy_gettext("Cannot be measured by the city"),
    ItemState.IN_PARTS: lazy_gettext("Differs from part to part"),
}
COUNTED_LABELS: Labels = {
    Counted.CLASSES: lazy_gettext("classes held and closed"),
    Counted.COURSES: lazy_gettext("courses in the catalogue"),
    Counted.TRAINEES: lazy_gettext("turns of training"),
    Counted.AGENCY_TRAINEES: lazy_gettext("turns of training by people of state agencies"),
    Counted.CASES: lazy_gettext("cases told"),
    Counted.TOOLS: lazy_gettext("tools explained"),
    Counted.TEXTS: lazy_gettext("articles"),
    Counted.DOCUMENTS: lazy_gettext("documents in the library"),
    Counted.PROBLEMS: lazy_gettext("problems of firms with the tools that help"),
    Counted.INDICATORS: lazy_gettext("indicators with their definitions"),
    Counted.VALUES: lazy_gettext("published values with their sources"),
    Counted.CALCULATORS: lazy_gettext("calculators"),
    Counted.PILOTS: lazy_gettext("small and medium-sized firms with a pilot project"),
    Counted.EXPERTS: lazy_gettext("certified experts"),
    Counted.MEMBERS: lazy_gettext("people who are members"),
    Counted.MEMBER_FIRMS: lazy_gettext("organisations that are members"),
    Counted.QUESTIONS: lazy_gettext("questions of members answered in public"),
    Counted.HELP_REQUESTS: lazy_gettext("requests for help to experts"),
}
SAID_LABELS: Labels = {one: STATE_LABELS[ItemState(one.value)] for one in SaidState}
#: Apart, since members of two enums may have the same value.
LABELS = [KIND_LABELS, WHO_AND_WHEN_LABELS, STATE_LABELS, SAID_LABELS, COUNTED_LABELS]
#: Where everybody sees what is counted.
PUBLIC_PAGES = {
    Counted.CLASSES: "/statistics/trainees",
    Counted.COURSES: "/courses/",
    Counted.TRAINEES: "/statistics/trainees",
    Counted.AGENCY_TRAINEES: "/statistics/trainees?by=audience",
    Counted.CASES: "/knowledge/cases/",
    Counted.TOOLS: "/knowledge/tools/",
    Counted.TEXTS: "/knowledge/",
    Counted.DOCUMENTS: "/knowledge/documents/",
    Counted.PROBLEMS: "/knowledge/fits",
    Counted.INDICATORS: "/knowledge/data/",
    Counted.VALUES: "/knowledge/data/",
    Counted.CALCULATORS: "/knowledge/calculators/",
    Counted.PILOTS: "/plan/#T30-4",
    Counted.EXPERTS: "/experts/",
    Counted.MEMBERS: "/membership/",
    Counted.MEMBER_FIRMS: "/membership/",
    Counted.QUESTIONS: "/knowledge/questions/",
    Counted.HELP_REQUESTS: "/experts/",
}
