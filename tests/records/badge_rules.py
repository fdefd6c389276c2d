"""The rules of Open Badges 3.0 (1EdTech), the Verifiable Credentials Data Model 2.0 and the
Bitstring Status List 1.0 (W3C) that a credential of the club falls under, written down from
their texts and sharing nothing with the code that makes one.
"""

import re
from urllib.parse import urlsplit

#: As ``DateTimeZ`` and ``dateTimeStamp`` want it: to the second, and with a time zone.
MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)")
IDENTITY_TYPES = (
    "name sourcedId systemId productId userName accountId emailAddress nationalIdentityNumber isbn"
    " issn lisSourcedId oneRosterSourcedId sisSourcedId ltiContextId ltiDeploymentId ltiToolId"
    " ltiPlatformId ltiUserId identifier"
)
ACHIEVEMENT_TYPES = (
    "Achievement ApprenticeshipCertificate Assessment Assignment AssociateDegree Award Badge"
    " BachelorDegree Certificate CertificateOfCompletion Certification CommunityService Competency"
    " Course CoCurricular Degree Diploma DoctoralDegree Fieldwork GeneralEducationDevelopment"
    " JourneymanCertificate LearningProgram License Membership ProfessionalDoctorate"
    " QualityAssuranceCredential MasterCertificate MasterDegree MicroCredential ResearchDoctorate"
    " SecondarySchoolDiploma"
)
RESULT_TYPES = (
    "GradePointAverage LetterGrade Percent PerformanceLevel PredictedScore RawScore Result"
    " RubricCriterion RubricCriterionLevel RubricScore ScaledScore Status"
)
RESULT_STATES = "Completed Enrolled Failed InProgress OnHold Provisional Withdrew"


def breaches(said):
    """The rules that a credential breaks, each as "where: what"."""
    return [
        f"{where}: {what}"
        for where, kept, what in (
            *_of_the_credential(said),
            *_of_the_issuer(said.get("issuer", {})),
            *_of_the_subject(said.get("credentialSubject", {})),
            *_of_the_status(said.get("credentialStatus", [])),
        )
        if not kept
    ]


def _is_text(value):
    return isinstance(value, str) and bool(value)


def _is_address(value):
    return _is_text(value) and bool(urlsplit(value).scheme)


def _is_moment(value):
    return _is_text(value) and bool(MOMENT.fullmatch(value))


def _of_the_credential(said):
    contexts = said.get("@context", [])
    yield (
        "@context",
        contexts[:1] == ["https://www.w3.org/ns/credentials/v2"],
        "the first is that of Verifiable Credentials 2.0",
    )
    badges = r"https://purl\.imsglobal\.org/spec/ob/v3p0/context-3\.0\.\d\.json"
    second = contexts[1] if len(contexts) > 1 else ""
    yield "@context", re.fullmatch(badges, second), "the second is that of Open Badges 3.0"
    yield "id", _is_address(said.get("id")), "an address"
    types = said.get("type", [])
    yield "type", "VerifiableCredential" in types, "is a verifiable credential"
    yield "type", {"OpenBadgeCredential", "AchievementCredential"} & {*types}, "is a badge"
    yield "name", _is_text(said.get("name")), "a text"
    yield "validFrom", _is_moment(said.get("validFrom")), "a moment"
    yield "validUntil", _is_moment(said.get("validUntil", said.get("validFrom"))), "a moment"
    # VC-JWT, section "JSON Web Token Proof Format" of Open Badges 3.0; embedded proofs are absent.
    yield "proof", "proof" not in said, "is the signature around it"


def _of_the_issuer(profile):
    yield "issuer", _is_address(profile.get("id")), "has an address"
    yield "issuer", "Profile" in profile.get("type", []), "is a profile"
    yield "issuer", _is_text(profile.get("name", "–")), "its name is a text"
    yield "issuer", _is_address(profile.get("url", "https:")), "its page is an address"


def _of_the_subject(subject):
    where = "credentialSubject"
    yield where, "AchievementSubject" in subject.get("type", []), "has its type"
    hours = subject.get("creditsEarned", 0)
    yield where, isinstance(hours, int | float) and hours >= 0, "its credits are a number"
    yield where, _is_text(subject.get("term", "–")), "its term is a text"
    identified = subject.get("id") or subject.get("identifier")
    yield where, identified, "has an id or at least one identifier"
    for name in ("activityStartDate", "activityEndDate"):
        yield where, name not in subject or _is_moment(subject[name]), f"{name} is a moment"
    for one in subject.get("identifier", []):
        known = {"type", "hashed", "identityHash", "identityType", "salt"}
        yield f"{where}.identifier", {*one} <= known, "has no other parts"
        yield f"{where}.identifier", one.get("type") == "IdentityObject", "has its type"
        yield f"{where}.identifier", isinstance(one.get("hashed"), bool), "says if it is hashed"
        yield f"{where}.identifier", _is_text(one.get("identityHash")), "has a value"
        kind = one.get("identityType", "")
        yield (
            f"{where}.identifier",
            kind in IDENTITY_TYPES.split() or kind[:4] == "ext:",
            "of a known kind",
        )
    achievement = subject.get("achievement", {})
    yield from _of_the_achievement(achievement)
    described = {one.get("id"): one for one in achievement.get("resultDescription", [])}
    for one in subject.get("result", []):
        yield f"{where}.result", "Result" in one.get("type", []), "has its type"
        yield f"{where}.result", one.get("resultDescription") in described, "is described"
        yield (
            f"{where}.result",
            one.get("status", "Completed") in RESULT_STATES.split(),
            "a known state",
        )
        yield f"{where}.result", _is_text(one.get("value", "–")), "its value is a text"


def _of_the_achievement(achievement):
    where = "credentialSubject.achievement"
    yield where, _is_address(achievement.get("id")), "has an address"
    yield where, "Achievement" in achievement.get("type", []), "has its type"
    for name in ("name", "description"):
        yield where, _is_text(achievement.get(name)), f"{name} is a text"
    criteria = achievement.get("criteria", {})
    yield where, criteria.get("id") or criteria.get("narrative"), "has criteria"
    kind = achievement.get("achievementType", "Achievement")
    yield where, kind in ACHIEVEMENT_TYPES.split() or kind.startswith("ext:"), "of a known kind"
    language = achievement.get("inLanguage", "vi")
    spelt = r"[a-z]{2,4}(-[A-Z][a-z]{3})?(-([A-Z]{2}|[0-9]{3}))?"
    yield where, re.fullmatch(spelt, language), "its language is a code"
    for one in achievement.get("resultDescription", []):
        yield f"{where}.resultDescription", _is_address(one.get("id")), "has an address"
        yield f"{where}.resultDescription", "ResultDescription" in one.get("type", []), "has a type"
        yield f"{where}.resultDescription", _is_text(one.get("name")), "has a name"
        yield (
            f"{where}.resultDescription",
            one.get("resultType") in RESULT_TYPES.split(),
            "a known kind",
        )
        for name in ("valueMin", "valueMax"):
            yield f"{where}.resultDescription", _is_text(one.get(name, "–")), f"{name} is a text"


def _of_the_status(entries):
    purposes = [entry.get("statusPurpose") for entry in entries]
    yield "credentialStatus", len({*purposes}) == len(purposes), "each purpose once"
    for entry in entries:
        yield "credentialStatus", entry.get("type") == "BitstringStatusListEntry", "has its type"
        known = ("revocation", "suspension", "refresh", "message")
        yield "credentialStatus", entry.get("statusPurpose") in known, "of a known purpose"
        yield "credentialStatus", str(entry.get("statusListIndex", "–")).isdecimal(), "has a place"
        index = entry.get("statusListIndex")
        yield "credentialStatus", isinstance(index, str), "its place is written as text"
        address = entry.get("statusListCredential")
        yield "credentialStatus", _is_address(address), "leads to its list"
        yield "credentialStatus", entry.get("id") != address, "is not the list itself"
