"""Write docs/reference/rule_sets.md from the rule sets of `aql.assurance`.

Run from the project's folder: ``python docs/make_rules_page.py``. The page is committed, and a test checks that it is up
to date.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from aql.assurance.entry import Entry, RuleSource, Value
from aql.assurance.keys import KEYS
from aql.assurance.rule_sets import FOLDER, PARTS, RULE_SETS, Period, RuleSet, load_rules
from aql.words import listed

PAGE = Path(__file__).parent / "reference" / "rule_sets.md"

INTRODUCTION = """\
---
html_theme.sidebar_secondary.remove: true
---

# Rule sets and their sources

Written by `python docs/make_rules_page.py` from the files in `aql/assurance/rules/`; do not edit.

Every number and every yes or no that `aql.assess_claim` uses is an entry here, with its sources, their dates and their
reliability. **A** is a page of the platform itself, **B** a copy of one, **C** a law firm or sourcing company, **D** a
first-hand report, **E** a content site. All pages are stored copies. *Unknown* means that the sources named were read and
are silent. *Inferred* means that a value is concluded from the wording rather than stated. This is not legal advice.

A rule set takes the entries of the parts below unless it has its own."""


def page() -> str:
    """Return the whole page."""
    return "\n".join([INTRODUCTION, "", *sets(), *parts(), *keys(), *bibliography()]).rstrip() + "\n"


def sets() -> Iterator[str]:
    """Yield the rule sets: which orders they govern, and their own entries."""
    yield from ("## Rule sets", "", "| name | orders created | what it is | takes |", "|---|---|---|---|")
    for name in RULE_SETS:
        rules = load_rules(name)
        taken = sorted({one.part for one in rules.entries if one.part})
        yield f"| `{name}` | {orders(rules.orders)} | {rules.title} | {', '.join(taken)} |"
    yield ""
    for name in RULE_SETS:
        rules = load_rules(name)
        yield from (f"## {name}", "")
        if rules.note:
            yield from (rules.note, "")
        yield from table(rules, [one for one in rules.entries if not one.part])


def orders(period: Period) -> str:
    """Return the orders that a set governs, in words."""
    since = f"from {period.since}{' (inferred)' * period.since_inferred}" if period.since else ""
    until = f"to {period.until}{' (inferred)' * period.until_inferred}" if period.until else ""
    between = f"between {period.buyer_country} and {period.supplier_country}" if period.buyer_country else ""
    return " ".join(filter(None, (since, until, between)))


def parts() -> Iterator[str]:
    """Yield the parts that several sets take."""
    for name in PARTS:
        part = RuleSet.load(FOLDER / f"{name}.toml")
        if part.entries:
            yield from (f"## Part {name}", "", f"{part.title}.", "")
            yield from table(part, list(part.entries))


def table(rules: RuleSet, entries: list[Entry]) -> Iterator[str]:
    """Yield a table of entries."""
    yield from ("| rule | value | sources | date | | otherwise, notes |", "|---|---|---|---|---|---|")
    for one in entries:
        dates = ", ".join(dict.fromkeys([one.date] if one.date else [two.dated for two in rules.cited(one)]))
        cells = (f"`{one.key}`", value(one), listed(one.source), dates, rules.reliability(one), notes(one))
        yield f"| {' | '.join(cells)} |"
    yield ""


def value(entry: Entry) -> str:
    """Return the value of an entry with its period, and whether it is inferred."""
    since = f" from {entry.since}" if entry.since else ""
    until = f" to {entry.until}" if entry.until else ""
    inferred = ", *inferred*" if entry.inferred else ""
    return f"{'*unknown*' if entry.value is None else entry}{since}{until}{inferred}"


def notes(entry: Entry) -> str:
    """Return what other sources say, and the note."""
    others = [
        f"{text(one.value)} according to {listed(one.source)}{f': {one.note}' if one.note else ''}".rstrip(
            "."
        )
        + "."
        for one in entry.conflict
    ]
    return " ".join([*others, *([entry.note] if entry.note else [])])


def text(value: Value) -> str:
    """Return a value as text."""
    return ", ".join(value) if isinstance(value, tuple) else str(value)


def keys() -> Iterator[str]:
    """Yield every key with its meaning."""
    yield from ("## Keys", "", "| key | value | meaning |", "|---|---|---|")
    for key, (kind, meaning) in KEYS.items():
        yield f"| `{key}` | {kind} | {meaning} |"
    yield from (
        "| `fee.METHOD.percent`, `fee.METHOD.fixed`, `fee.METHOD.cap` | number | fee of a method of payment |",
        "| `fee.METHOD.tiers` | words | fee by amount, such as `50: 4.90` |",
        "",
    )


def bibliography() -> Iterator[str]:
    """Yield the sources."""
    sources: tuple[RuleSource, ...] = RuleSet.load(FOLDER / "sources.toml").sources
    yield from ("## Sources", "", "| id | what | date | reliability |", "|---|---|---|---|")
    for one in sources:
        what = f"[{one.what}]({one.url})" if one.url else one.what
        yield f"| {one.id} | {what} | {one.dated} | {one.reliability} |"


def main() -> None:
    """Write the page."""
    PAGE.write_text(page(), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
