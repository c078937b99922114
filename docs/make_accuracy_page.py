"""Write docs/reference/accuracy.md from the published values in tests/golden and from docs/accuracy.csv.

Run from the project's folder: ``python docs/make_accuracy_page.py``. The page is committed, and a test checks that it is
up to date. ``python docs/measure_accuracy.py`` computes docs/accuracy.csv.
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
    """The name of a source, linked to its address if it has one."""
    words, sign, address = source.partition(", http")
    return f"[{words}](http{address})" if sign and " " not in address else source.replace("|", "\\|")


def amount(value: float) -> str:
    """A small number with two digits and no spaces, so that browsers do not break it across lines.

    Examples
    --------
    >>> amount(0.0), amount(2.21e-15)
    ('0', '2.2×10⁻¹⁵')
    """
    digits, _, power = f"{value:.1e}".partition("e")
    return "0" if value == 0 else f"{digits}×10{str(int(power)).translate(RAISED)}"


def grouped(number: int) -> str:
    """A whole number with no-break spaces between the thousands."""
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
            f"Every test run recomputes {len(rows)} published values from {len(sources)} sources. They agree to half a "
            "unit of the last printed place (to a relative 1e-14 where all digits of a float are printed). Where nothing "
            "is published, the library is compared with the definition, computed in exact fractions or with 400 digits: in "
            f"{grouped(compared)} comparisons the largest relative error is {amount(worst)}. The tests fail at 1e-12.",
        ),
        "",
        "## Compared with published values",
        "",
        *wrapped(
            "The values are in `tests/golden/operating_characteristics.csv`, each with its source and its plan, model and "
            "quality. Published values are rounded, so a relative difference from them says little. Two columns say more. "
            "*Last place* is the largest difference in units of the last printed place; rounding alone gives up to 0.5, "
            "and larger values occur only where all digits of a float are printed. *Error* is the largest relative error "
            "of the library compared with the definition, at the same plans and qualities as the source.",
        ),
        "",
        "| source | property | values | largest relative difference | last place | error |",
        "|---|---|--:|--:|--:|--:|",
        *printed_rows(stored),
        "",
        *wrapped(
            "No error is given for qualities: the test searches for them with floats, and because a curve is flat near its "
            "maximum, the search finds fewer digits than the library.",
        ),
        "",
        "## Published values that are not confirmed",
        "",
        *wrapped(
            f"{len(golden.WRONG)} values from the same sources do not agree with their definition. "
            "[Printed numbers that are wrong](../explanation/printed_errors.md) explains why. The library gives the values "
            "in the column *correct*.",
        ),
        "",
        "| source | property | printed | correct | kind |",
        "|---|---|--:|--:|---|",
        *(
            f"| {linked(row['source'])} | {NAMES[row['measure'].partition(' at ')[0]]} | "
            f"{row['printed'] or '–'} | {row['right']} | {row['kind']} |"
            for row in golden.WRONG
        ),
        "",
        "## Compared with the definition",
        "",
        *wrapped(
            "The reference value follows the plan's definition stage by stage, in fractions or with 400 digits, for exactly "
            "the float passed to the library. The points are fixed.",
            "",
            f"*Single*: samples of 1 to {grouped(100_000)} and acceptance numbers up to 5000; in finite lots, samples up to "
            f"{grouped(10_000)} and acceptance numbers up to 500 in lots of 1.01 to 5000 times the sample, and "
            f"({grouped(100_000)}, 5000) in a lot of {grouped(10**7)}. *Near 1e-290*: qualities where a probability is 1e-280 "
            "or 2e-290; probabilities below 1e-290 are left out everywhere. *The standards*: every double and multiple plan "
            f"of {' and '.join(STANDARDS)}. *Seven stages*: samples of 1 to {grouped(14_000)} each, with narrow and wide "
            "limits, with and without acceptance at the first stages. *Worst known*: points that proved hard, among them "
            "plans with two large samples after a tiny one and acceptance numbers that cannot be reached. The other qualities "
            "put the mean number found between 30 standard deviations below the last rejection number and 34 above it. "
            "`docs/accuracy.csv` has the point of each largest error.",
        ),
        "",
        "| kind of plan | model | property | plans | points | smallest value | largest relative error |",
        "|---|---|---|--:|--:|--:|--:|",
        *(defined_row(row) for row in stored if row["part"] == "defined" and row["what"] in {"pa", "pr"}),
        "",
        "Average sample numbers of the standards' double and multiple plans that inspect at most 200 items:",
        "",
        "| property | model | plans | points | largest relative error |",
        "|---|---|--:|--:|--:|",
        *(
            f"| {NAMES[row['what']]} | {row['model']} | {row['plans']} | {row['points']} | {amount(float(row['worst']))} |"
            for row in stored
            if row["part"] == "defined" and row["what"].startswith("asn")
        ),
        "",
        "## Small lots, scored end to end",
        "",
        *wrapped(
            "The probabilities must describe what scoring does with a lot. For lots of N items, all 2^N patterns of "
            "conforming and nonconforming items, in the order drawn, are scored with `aql.score` as an inspector would "
            "submit them: with every single and double plan that fits for N up to 7, and with a sample of single, double and "
            "multiple plans for N up to 10. For every number of nonconforming items, the share accepted, an exact fraction, "
            "equals the definition, and equals `pa` in the hypergeometric model to 1e-13. The same is true of the mean number "
            "of items inspected and `asn` (`tests/scoring/test_chain_on_small_lots.py`, "
            "`test_chain_of_plans_with_a_gap.py`).",
            "",
            "Whole inspections with critical, major and minor defects, under the three sample conventions, are simulated, "
            "scored with `aql.score` and compared with their computed probability, within exact binomial bounds that a "
            "correct library misses for one seed in a million (`tests/scoring/test_simulated_inspections.py`).",
        ),
    ]
    return "\n".join(lines) + "\n"


def wrapped(*paragraphs: str) -> list[str]:
    """Paragraphs wrapped at 118 characters."""
    return [
        line
        for text in paragraphs
        for line in textwrap.wrap(text, 118, break_long_words=False, break_on_hyphens=False) or [""]
    ]


def printed_rows(stored: Sequence[dict[str, str]]) -> Iterator[str]:
    """Rows of the table of published values, by source and property."""
    before = ""
    for row in stored:
        if row["part"] == "printed":
            source = linked(row["of"]) if row["of"] != before else ""
            error = amount(float(row["worst"])) if row["worst"] else "–"
            relative = amount(float(row["relative"]))
            yield f"| {source} | {NAMES[row['what']]} | {row['points']} | {relative} | {row['places']} | {error} |"
            before = row["of"]


def defined_row(row: dict[str, str]) -> str:
    """The table row of a group of points."""
    return (
        f"| {row['of']} | {row['model']} | {NAMES[row['what']]} | {row['plans']} | {row['points']} | "
        f"{amount(float(row['least']))} | "
        f"{amount(float(row['worst']))} |"
    )


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8", newline="\n")
