"""Which of several titles answers a question best."""

from club.search.words import Question, marked_term, pair_term


def how_well(title_terms: str, asked: Question) -> float:
    """Larger is better. The title or another name as it was typed counts most; then words typed
    side by side and with just these marks, a title that begins with them, and a short one.
    """
    terms = title_terms.split(" ")
    there = set(terms)
    length = next(n for n, term in enumerate(terms) if term.startswith("#"))
    score = 2 * len(asked.folded) / max(length, len(asked.folded))
    score += 4 * (asked.whole in there)
    score += 0.5 * terms[0].startswith(asked.folded[0])
    score += sum(pair_term(*two) in there for two in asked.neighbours)
    return score + sum(marked_term(word) in there for word in asked.exact) / len(asked.exact)
