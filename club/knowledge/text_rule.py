from enum import StrEnum


class TextRule(StrEnum):
    """What a text may break beside the shape of its fields, in words for who edits files."""

    ADDRESS = "the file's name is its address: small letters a-z, digits and hyphens"
    OTHER_KIND = "is {kind} in this folder"
    OLD_ADDRESS = "{given} is no address: small letters a-z, digits and hyphens"
    NO_BODY = "has no text below the front matter"
    CROWDED = "has more than {marks} marks such as * or [, or {lines} lines"
    UNKNOWN = "{given} is not one of {known}"
    TWICE = "names something twice"
    NO_LINK = "begins with http:// or https://"
    NO_COUNTRY = "is a code of two letters, such as VN"
    WORDS = "is read in both languages: signs such as ≈ or <, and no words"
    WORDS_BESIDE = "is read in both languages: a figure, if need be with ≈ or <, and no words"
    MEASURED_C = "C was not measured, but result_kind is {kind}"
    RECKONED_NOT_C = "is C where result_kind is {kind}: nobody measured it"
    NO_MEASURE = "has at least one figure"
    NO_SUCH_SOURCE = "is the number of one of the text's sources, from 1 to {most}"
    SAYS_NOTHING = "or a change is needed"
    REVIEW_TOO_EARLY = "is a day after checked_on"
    PICTURE_ELSEWHERE = "shows a picture from {given}, which is not one of the site's"
    NO_PICTURE = "shows a picture that is not there: {given}"
    NO_ALT = "does not say in the brackets what is to be seen: {given}"
    NO_SOURCE = "names where everybody can read it, as consent is published_source"
    NOT_IN_FILES = "is written on the site, where the firm's agreement is kept"
