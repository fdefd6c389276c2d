"""Decimals as each language writes them: 6,2% in Vietnamese, 6.2% in English."""

import re

from club.proofreading.pieces import Language

#: Three digits after the sign are thousands in the other language's way, and cannot be told.
_DECIMALS = {
    Language.ENGLISH: re.compile(r"(?<![\d.,])\d+,\d{1,2}(?![\d,]|\.\d)"),
    Language.VIETNAMESE: re.compile(r"(?<![\d.,/])(?<!phiên bản )\d+\.\d{1,2}(?![\d.]|,\d)"),
}


def foreign_decimals(text: str, language: Language) -> list[str]:
    pattern = _DECIMALS.get(language)
    return pattern.findall(text) if pattern else []
