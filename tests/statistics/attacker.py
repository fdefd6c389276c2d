"""What somebody can work out who collects every published number and has all the time in the world.

Records are sorted into atoms, such as (month, topic, course), of which nobody is told anything
but sums.
"""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from itertools import permutations

Atom = tuple[object, ...]
_PRIME = 2**61 - 1


@dataclass(frozen=True)
class Told:
    """A published number: how many turns some atoms have together."""

    atoms: frozenset[Atom]
    turns: int


def differences(told: Iterable[Told]) -> Iterator[frozenset[Atom]]:
    """What lies between two published numbers, one of which is of a part of the other."""
    numbers = {one.atoms for one in told}
    yield from numbers
    for more, less in permutations(numbers, 2):
        if less < more:
            yield more - less


class Algebra:
    """Everything that adding and subtracting published numbers gives, any number of them."""

    def __init__(self, told: Iterable[Told]) -> None:
        self._rows: dict[Atom, dict[Atom, int]] = {}
        for one in told:
            rest = self._reduced(one.atoms)
            if rest:
                pivot = min(rest, key=str)
                inverse = pow(rest[pivot], -1, _PRIME)
                self._rows[pivot] = {a: f * inverse % _PRIME for a, f in rest.items()}

    def tells(self, atoms: Collection[Atom]) -> bool:
        return not self._reduced(atoms)

    def _reduced(self, atoms: Collection[Atom]) -> dict[Atom, int]:
        rest = dict.fromkeys(atoms, 1)
        while known := rest.keys() & self._rows.keys():
            pivot = min(known, key=str)
            factor = rest[pivot]
            for atom, coefficient in self._rows[pivot].items():
                left = (rest.get(atom, 0) - factor * coefficient) % _PRIME
                if left:
                    rest[atom] = left
                else:
                    rest.pop(atom, None)
        return rest


def bounds(told: Collection[Told], most: int) -> dict[Atom, tuple[int, int]]:
    """Between what each atom must lie, since none is negative."""
    low = dict.fromkeys((atom for one in told for atom in one.atoms), 0)
    high = dict.fromkeys(low, most)
    changed = True
    while changed:
        changed = False
        for one in told:
            least, largest = sum(low[a] for a in one.atoms), sum(high[a] for a in one.atoms)
            for atom in one.atoms:
                between = (
                    max(low[atom], one.turns - (largest - high[atom])),
                    min(high[atom], one.turns - (least - low[atom])),
                )
                if between != (low[atom], high[atom]):
                    low[atom], high[atom], changed = *between, True
                    least, largest = (sum(x[a] for a in one.atoms) for x in (low, high))
    return {atom: (low[atom], high[atom]) for atom in low}
