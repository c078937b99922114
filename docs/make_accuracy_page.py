"""Write docs/reference/accuracy.md from the golden catalogue and from docs/accuracy.csv.

Run from the project's folder: ``python docs/make_accuracy_page.py``. The page is committed; a test writes it again and
compares. ``python docs/measure_accuracy.py`` computes docs/accuracy.csv.
"""

from __future__ import annotations

import csv
import sys
import textwrap
from collections.abc import Iterator, Sequence
from pathlib import Path

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parent))

from tests.plans import test_golden as golden

PAGE = HERE / "reference" / "accuracy.md"
MEASURED = HERE / "accuracy.csv"
STANDARDS = ("ISO 2859-1:1999", "MIL-STD-105E")
RAISED = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")
NAMES = {
    "pa": "Pa",
    "pr": "Pr",
    "asn full": "ASN",
    "asn semi": "ASN, semi-curtailed",
    "asn curtailed": "ASN, curtailed",
    "aoq": "AOQ",
    "aoq removed": "AOQ, items removed",
    "aoql": "AOQL",
    "aoql at": "quality at the AOQL",
    "ati": "ATI",
    "quality": "quality accepted with a given probability",
}


def measured() -> list[dict[str, str]]:
    """The rows of docs/accuracy.csv."""
    with MEASURED.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def linked(source: str) -> str:
    """A source with its address behind its name."""
    words, sign, address = source.partition(", http")
    return f"[{words}](http{address})" if sign and " " not in address else source.replace("|", "\\|")


def amount(value: float) -> str:
    """A small number in two digits, which no browser breaks in two.

    Examples
    --------
    >>> amount(0.0), amount(2.21e-15)
    ('0', '2.2×10⁻¹⁵')
    """
    digits, _, power = f"{value:.1e}".partition("e")
    return "0" if value == 0 else f"{digits}×10{str(int(power)).translate(RAISED)}"


def grouped(number: int) -> str:
    """A whole number, its thousands apart and kept together."""
    return f"{number:,}".replace(",", "\N{NO-BREAK SPACE}")


def page() -> str:
    """The text of the page."""
    stored = measured()
    rows = golden.PRINTED
    sources = list(dict.fromkeys(row["source"] for row in rows))
    against = [row for row in stored if row["part"] == "defined"]
    compared, worst = sum(int(row["points"]) for row in against), max(float(row["worst"]) for row in against)
    lines = [
        "# Accuracy",
        "",
        *wrapped(
            "Written by `python docs/make_accuracy_page.py`; do not edit.",
            "",
            f"{len(rows)} values that others print, from {len(sources)} sources, are recomputed by every run of the "
            "tests, and agree to half a unit of their last place (to 1e-14 of themselves where all digits of a float are "
            "printed). Where there is no print, the definition is worked out "
            "in exact fractions or with 400 digits, and the library is held against that: in "
            f"{grouped(compared)} comparisons the largest relative error is {amount(worst)}. The tests fail at 1e-12.",
        ),
        "",
        "## Against print",
        "",
        *wrapped(
            "The values are in `tests/golden/operating_characteristics.csv`, each with its source and what was asked "
            "there. A print is rounded, so a difference from it says little; two columns tell what it does say. *Last "
            "place*: the largest difference in units of the last printed place; 0.5 is what rounding makes, and more stands "
            "where all digits of a float are printed. *Error*: the "
            "largest relative error of the library against the definition, at the very plans and qualities of the "
            "source.",
        ),
        "",
        "| source | property | values | largest relative difference from print | last place | error |",
        "|---|---|--:|--:|--:|--:|",
        *printed_rows(stored),
        "",
        *wrapped(
            "No error is given for qualities: the test searches for them with floats, and near a maximum a curve is flat, "
            "so that it knows fewer digits than the library.",
        ),
        "",
        "## Printed values that are not confirmed",
        "",
        *wrapped(
            f"{len(golden.WRONG)} values that were found in the same sources do not agree with their definition. "
            "[Printed numbers that are wrong](../explanation/printed_errors.md) tells why; the library gives what is "
            "under *right*.",
        ),
        "",
        "| source | property | printed | right | kind |",
        "|---|---|--:|--:|---|",
        *(
            f"| {linked(row['source'])} | {NAMES[row['measure'].partition(' at ')[0]]} | "
            f"{row['printed'] or '–'} | {row['right']} | {row['kind']} |"
            for row in golden.WRONG
        ),
        "",
        "## Against the definition",
        "",
        *wrapped(
            "A plan is gone through stage by stage as its definition says, in fractions or with 400 digits, for the very "
            "float that is asked for. The points are fixed.",
            "",
            f"*Single*: samples of 1 to {grouped(100_000)} and acceptance numbers to 5000; in lots, samples to "
            f"{grouped(10_000)} and acceptance numbers to 500 in lots of 1.01 to 5000 times the sample, and "
            f"({grouped(100_000)}, 5000) in one of {grouped(10**7)}. *Near 1e-290*: where a probability is 1e-280 and "
            "2e-290; what is smaller than 1e-290 is left out everywhere. *The standards*: every double and multiple plan of "
            f"{' and '.join(STANDARDS)}. *Seven stages*: samples of 1 to {grouped(14_000)} each, narrow and wide, with and "
            "without acceptance at the first stages. *Worst known*: points that were hard, among them plans with two large "
            "samples after a tiny one and acceptance numbers that cannot be reached. The other qualities put the mean number "
            "found from 30 standard deviations below the last rejection number to 34 above. The point of each largest error "
            "is in `docs/accuracy.csv`.",
        ),
        "",
        "| kind of plan | model | property | plans | points | smallest value | largest relative error |",
        "|---|---|---|--:|--:|--:|--:|",
        *(defined_row(row) for row in stored if row["part"] == "defined" and row["what"] in {"pa", "pr"}),
        "",
        "Average sample numbers, of the double and multiple plans of the standards that inspect 200 items at most:",
        "",
        "| property | model | plans | points | largest relative error |",
        "|---|---|--:|--:|--:|",
        *(
            f"| {NAMES[row['what']]} | {row['model']} | {row['plans']} | {row['points']} | {amount(float(row['worst']))} |"
            for row in stored
            if row["part"] == "defined" and row["what"].startswith("asn")
        ),
        "",
        "## On small lots, through the score",
        "",
        *wrapped(
            "The probabilities belong to what is done with a lot. For lots of N items all 2^N patterns of conforming and "
            "nonconforming items, in the order drawn, go through `aql.score` as an inspector would send them: every single "
            "and double plan that fits for N up to 7, and a sample of single, double and multiple plans for N up to 10. "
            "For every number nonconforming the share accepted, a fraction, equals the definition, and `pa` in the "
            "hypergeometric model to 1e-13; so does the mean number of items inspected, and `asn` "
            "(`tests/scoring/test_chain_on_small_lots.py`, `test_chain_of_plans_with_a_gap.py`).",
            "",
            "Whole inspections with critical, major and minor defects, by the three conventions for samples, are simulated "
            "through `aql.score` and held against their computed probability, with exact binomial bounds that a right "
            "library misses for one seed in a million (`tests/scoring/test_simulated_inspections.py`).",
        ),
    ]
    return "\n".join(lines) + "\n"


def wrapped(*paragraphs: str) -> list[str]:
    """Paragraphs in lines of some 120 characters."""
    return [
        line
        for text in paragraphs
        for line in textwrap.wrap(text, 118, break_long_words=False, break_on_hyphens=False) or [""]
    ]


def printed_rows(stored: Sequence[dict[str, str]]) -> Iterator[str]:
    """The catalogue by source and property."""
    before = ""
    for row in stored:
        if row["part"] == "printed":
            source = linked(row["of"]) if row["of"] != before else ""
            error = amount(float(row["worst"])) if row["worst"] else "–"
            relative = amount(float(row["relative"]))
            yield f"| {source} | {NAMES[row['what']]} | {row['points']} | {relative} | {row['places']} | {error} |"
            before = row["of"]


def defined_row(row: dict[str, str]) -> str:
    """One group of points."""
    return (
        f"| {row['of']} | {row['model']} | {NAMES[row['what']]} | {row['plans']} | {row['points']} | "
        f"{amount(float(row['least']))} | "
        f"{amount(float(row['worst']))} |"
    )


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8", newline="\n")
