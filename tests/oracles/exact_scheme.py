"""Long-run values of a scheme with 400 digits, from rules written out once more and Gaussian elimination.

The digits are enough for the subtractions of the elimination, which would cost a float all it has.
"""

from collections.abc import Callable
from decimal import Decimal, localcontext
from fractions import Fraction

State = tuple[object, ...]
Moves = dict[State, Decimal]
Chances = tuple[Fraction, Fraction, Fraction]
Points = tuple[tuple[int, Fraction], ...]

DIGITS = 400
Next = Callable[[State], Moves]


def iso_moves(
    accept: Chances,
    points: Points,
    *,
    reduced: bool = True,
) -> Next:
    """The moves under ISO 2859-1: chances of acceptance by severity, and of the points of an accepted lot on normal."""
    normal, tightened, low = map(digits, accept)
    gains = [(gained, digits(chance)) for gained, chance in points]

    def moves(state: State) -> Moves:
        found: Moves = {}

        def add(to: State, chance: Decimal) -> None:
            found[to] = found.get(to, Decimal(0)) + chance

        kind = state[0]
        if kind == "N":
            # The last four decisions of this run of normal inspection, and the score.
            last, score = state[1], state[2]
            assert isinstance(last, str)
            assert isinstance(score, int)
            add(("T", 0) if "R" in last else ("N", (last + "R")[-4:], 0), 1 - normal)
            for gained, chance in gains:
                after = score + gained if gained and reduced else 0
                add(("R",) if after >= 30 else ("N", (last + "A")[-4:].lstrip("A"), after), chance)
        elif kind == "T":
            row = state[1]
            assert isinstance(row, int)
            add(("N", "", 0) if row == 4 else ("T", row + 1), tightened)
            add(("T", 0), 1 - tightened)
        else:
            add(("R",), low)
            add(("N", "", 0), 1 - low)
        return found

    return moves


def stationary(start: State, moves: Next) -> dict[State, Decimal]:
    """The stationary distribution of the chain that starts in `start`."""
    states, table = [start], {}
    for state in states:
        table[state] = moves(state)
        states += [to for to in table[state] if to not in states]
    size = len(states)
    rows = [[Decimal(0)] * (size + 1) for _ in range(size)]
    for place, state in enumerate(states):
        rows[place][place] -= 1
        for to, chance in table[state].items():
            rows[states.index(to)][place] += chance
    rows[-1] = [Decimal(1)] * (size + 1)
    for column in range(size):
        pivot = next(row for row in range(column, size) if rows[row][column])
        rows[column], rows[pivot] = rows[pivot], rows[column]
        head = rows[column][column]
        rows[column] = [value / head for value in rows[column]]
        for row in range(size):
            if row != column and rows[row][column]:
                factor = rows[row][column]
                rows[row] = [one - factor * other for one, other in zip(rows[row], rows[column], strict=True)]
    return dict(zip(states, (row[-1] for row in rows), strict=True))


def long_run(
    accept: Chances, points: Points, *, reduced: bool = True
) -> tuple[Fraction, Fraction, dict[str, Fraction]]:
    """Share of lots accepted and not accepted in the long run, and share of lots on each severity."""
    with localcontext() as context:
        context.prec = DIGITS
        found = stationary(("N", "", 0), iso_moves(accept, points, reduced=reduced))
        shares = {
            kind: sum((p for state, p in found.items() if state[0] == kind), Decimal(0)) for kind in "NTR"
        }
        yes = sum((shares[kind] * digits(one) for kind, one in zip("NTR", accept, strict=True)), Decimal(0))
        return Fraction(yes), Fraction(1 - yes), {kind: Fraction(share) for kind, share in shares.items()}


def digits(value: Fraction) -> Decimal:
    """A fraction with all digits."""
    return Decimal(value.numerator) / value.denominator


def stephens_and_larson(normal: Fraction, tightened: Fraction) -> Fraction:
    """Probability of acceptance with normal and tightened inspection alone, in closed form (1967)."""
    a = (2 - normal**4) / ((1 - normal) * (1 - normal**4))
    b = (1 - tightened**5) / ((1 - tightened) * tightened**5)
    return (a * normal + b * tightened) / (a + b)
