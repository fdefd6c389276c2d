"""What is wrong with a text, for who writes it in a form: the rules are those of files."""

from flask_babel import lazy_gettext
from flask_babel.speaklater import LazyString

from club.files.content_error import Wrong
from club.files.fields import FieldRule
from club.knowledge.text_rule import TextRule
from club.web.language import number

#: Of every rule that a form can break; ``%(…)s`` are the values of the fault.
WORDS: dict[FieldRule | TextRule, LazyString] = {
    FieldRule.MISSING: lazy_gettext("Fill this in."),
    FieldRule.TOO_LONG: lazy_gettext("Shorten this to %(most)s characters."),
    FieldRule.UNEVEN: lazy_gettext("Write as many lines in English as in Vietnamese."),
    FieldRule.NO_CHOICE: lazy_gettext("Choose one of the list."),
    FieldRule.NO_DAY: lazy_gettext("Enter a day, such as 03/12/2026."),
    FieldRule.NO_NUMBER: lazy_gettext("Write a number, or words with one, such as 2–3."),
    TextRule.ADDRESS: lazy_gettext(
        "Small letters a–z, digits and hyphens, for example 5s-cho-xuong-may, and not the address "
        "of another page."
    ),
    TextRule.NO_BODY: lazy_gettext("Write the text."),
    TextRule.CROWDED: lazy_gettext(
        "Split this text: it has more than %(lines)s lines, or more than %(marks)s marks such as "
        "* or [."
    ),
    TextRule.UNKNOWN: lazy_gettext("“%(given)s” is not in the list."),
    TextRule.TWICE: lazy_gettext("Something is chosen twice."),
    TextRule.NO_LINK: lazy_gettext("Write the whole address, beginning with https://."),
    TextRule.NO_COUNTRY: lazy_gettext("Write the two letters of the country, for example VN."),
    TextRule.WORDS: lazy_gettext(
        "This is read in both languages: digits and signs such as ≈ or <, and no words."
    ),
    TextRule.WORDS_BESIDE: lazy_gettext(
        "Write the figure alone, if need be with ≈ or <. Its unit has a field of its own."
    ),
    TextRule.MEASURED_C: lazy_gettext("A result that was measured is not level C."),
    TextRule.RECKONED_NOT_C: lazy_gettext("Nobody measured such a result: it is level C."),
    TextRule.NO_MEASURE: lazy_gettext("A case has at least one figure."),
    TextRule.NO_SUCH_SOURCE: lazy_gettext("Write the number of a source, from 1 to %(most)s."),
    TextRule.SAYS_NOTHING: lazy_gettext("Give the figure afterwards, or the change."),
    TextRule.NO_SOURCE: lazy_gettext("Say where everybody can read it, or ask the firm to agree."),
    TextRule.REVIEW_TOO_EARLY: lazy_gettext("Choose a day after the one of the last check."),
    TextRule.PICTURE_ELSEWHERE: lazy_gettext(
        "The text shows a picture from elsewhere (%(given)s). Add it to the pictures of this draft "
        "and insert it from there."
    ),
    TextRule.NO_PICTURE: lazy_gettext(
        "The text shows a picture that the site does not have: %(given)s. Insert it anew from the "
        "pictures of this draft."
    ),
    TextRule.NO_ALT: lazy_gettext(
        "Say between the brackets ![ ] what is to be seen in the picture: %(given)s."
    ),
}


def in_words(wrong: Wrong) -> str:
    """In the reader's language; a fault that no form can cause stays in the words for files."""
    words = _BY_RULE.get(wrong.rule)
    if words is None:
        return str(wrong)
    return str(words) % {name: _written(value) for name, value in wrong.values.items()}


def _written(value: object) -> object:
    return number(value) if isinstance(value, int) else value


_BY_RULE: dict[str, LazyString] = {rule.value: words for rule, words in WORDS.items()}
