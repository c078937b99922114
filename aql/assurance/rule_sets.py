"""Rule sets: the strict loader of the documents in `rules/`, and the choice of the one that governs an order."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Annotated, Literal, Self, TypeAlias, TypeVar

from pydantic import Field

from aql.assurance.entry import Entry, Reliability, RuleSource
from aql.assurance.keys import CHOICES, KEYS, kind_of, value_problem
from aql.checks import day, instance, nearest
from aql.documents.document import Document
from aql.documents.fields import IsoDate, Name, Text
from aql.documents.input_limits import DEFAULT_LIMITS, InputLimits
from aql.documents.loading import Source, load_document, read_source
from aql.errors import DocumentError, DomainError, Problem
from aql.words import either, in_brief, listed, short_repr

__all__ = [
    "RULE_SETS",
    "Chosen",
    "Period",
    "RuleSet",
    "choose_rules",
    "load_rules",
    "not_in_rules",
    "sets_with",
]

_Rules = TypeVar("_Rules", bound="RuleSet")

FOLDER = Path(__file__).parent / "rules"

RULE_SETS: tuple[str, ...] = ("2015-launch", "2017", "2017-12", "2019-2021", "current", "us-2019")
"""Names of the rule sets that come with the library, by date."""

PARTS: tuple[str, ...] = ("sources", "help-pages", "paying", "more-methods", "outside")
"""Names of the parts that rule sets can take."""

Rules: TypeAlias = "str | Path | Mapping[str, object] | RuleSet"


class Period(Document):
    """The orders that a rule set governs, by the day on which they were created.

    Attributes
    ----------
    since, until : date or None
        First and last day.
    since_inferred, until_inferred : bool
        Whether the day is concluded from the wording rather than stated.
    buyer_country, supplier_country : str or None
        Countries, as two-letter ISO 3166 codes, if the set is for them only.
    """

    since: IsoDate | None = None
    until: IsoDate | None = None
    since_inferred: bool = False
    until_inferred: bool = False
    buyer_country: Name | None = None
    supplier_country: Name | None = None

    def holds(self, day: date) -> bool:
        """Whether a day is in the period."""
        return (self.since is None or self.since <= day) and (self.until is None or day <= self.until)


class RuleSet(Document):
    """A rule set, or a part that several sets share.

    Attributes
    ----------
    name, title : str
        Short name, and what it is.
    kind : "set" or "part"
        Parts cannot be chosen for an order.
    orders : Period
        The orders that it governs.
    takes : tuple of str
        Parts whose entries it takes; its own entries replace those with the same key.
    sources : tuple of RuleSource
        The sources; ``[[source]]`` in a document.
    entries : tuple of Entry
        The rules; ``[[entry]]`` in a document.

    Examples
    --------
    >>> rules = load_rules("2017")
    >>> rules.find("clock.claim-days").value is None, rules.find("clock.escalate-day").value
    (True, 4)
    """

    schema_: Literal["aql.rules/1"] = Field(default="aql.rules/1", alias="schema")
    name: Name
    title: Text
    kind: Literal["set", "part"] = "set"
    orders: Period = Period()
    takes: tuple[Name, ...] = ()
    note: Text | None = None
    sources: Annotated[tuple[RuleSource, ...], Field(alias="source")] = ()
    entries: Annotated[tuple[Entry, ...], Field(alias="entry")] = ()

    def find(self, key: str, *, on: date | None = None) -> Entry | None:
        """Return the entry of a key, at a date of payment if it has periods; None if the set does not have it."""
        found = [one for one in self.entries if one.key == key]
        if on is not None:
            found = [one for one in found if Period(since=one.since, until=one.until).holds(on)]
        return found[-1] if found else None

    def value(self, key: str, *, on: date | None = None) -> Entry | None:
        """Return the entry of a key if its value is known; None if it is unknown or missing."""
        entry = self.find(key, on=on)
        return None if entry is None or entry.value is None else entry

    def reliability(self, entry: Entry) -> Reliability:
        """Return the best reliability of the sources of an entry."""
        return min(one.reliability for one in self.sources if one.id in entry.source)

    def cited(self, entry: Entry) -> tuple[RuleSource, ...]:
        """Return the sources of an entry."""
        return tuple(one for one in self.sources if one.id in entry.source)

    @classmethod
    def load(cls, source: Source, *, limits: InputLimits = DEFAULT_LIMITS) -> Self:
        """Read a rule set from a ``.toml`` or ``.json`` file or a dict; the parts that it takes are merged into it.

        Raises
        ------
        DocumentError
            If a key is unknown, a value has the wrong kind, or an entry has no source or names one that is not listed;
            it lists every problem.
        """
        data, name, _ = read_source(source, limits=limits)
        title = "the rule set" if name == "the document" else name
        rules = load_document(cls, data, source=title, limits=limits)
        problems = list(_problems(rules))
        if problems:
            raise DocumentError(title, problems)
        return _merged(rules) if rules.takes else rules

    @classmethod
    def json_schema(cls) -> dict[str, object]:
        """Return the JSON schema of the document."""
        return {"$schema": "https://json-schema.org/draft/2020-12/schema"} | cls.model_json_schema(
            by_alias=True
        )

    def __str__(self) -> str:
        return repr(self)

    def __repr__(self) -> str:
        return in_brief("RuleSet", f"{self.name}: {self.title}")


@dataclass(frozen=True, slots=True)
class Chosen:
    """A rule set with how it was chosen: by name, or by the day and the countries of the order."""

    rules: RuleSet
    by: Literal["name", "date"]
    by_date: tuple[str, ...] = ()
    inferred: bool = False
    countries_unknown: bool = False


def _problems(rules: RuleSet) -> Iterator[Problem]:
    """What is wrong with a rule file that its types do not show."""
    known = {one.id for one in rules.sources}
    for part in rules.takes:
        if part not in PARTS:
            message = f"must be a list of {either(PARTS)}, got {short_repr(part)}"
            yield Problem("takes", message, "unknown-name", path="takes")
        else:
            known |= {one.id for one in _bundled(part).sources}
    seen: set[tuple[str, object, object]] = set()
    for place, entry in enumerate(rules.entries):
        path = f"entry[{place}]"
        kind = kind_of(entry.key)
        if kind is None:
            close = nearest(entry.key, KEYS)
            hint = f'. Did you mean "{close}"?' if close else ""
            yield Problem(
                f"{path}.key",
                f"unknown key {entry.key!r}{hint}",
                "unknown-key",
                path=f"{path}.key",
                nearest=close,
            )
        if (entry.value is None) != bool(entry.unknown):
            message = "an entry must have either a value or unknown = true"
            yield Problem(f"{path}.value", message, "missing-key", path=f"{path}.value")
        elif (
            kind is not None and entry.value is not None and (wrong := value_problem(entry.key, entry.value))
        ):
            yield Problem(f"{path}.value", wrong, "bad-value", path=f"{path}.value")
        for number, other in enumerate(entry.conflict):
            checked = entry.key in CHOICES or (kind == "whole" and isinstance(other.value, int))
            if checked and (wrong := value_problem(entry.key, other.value)):
                yield Problem(f"{path}.conflict[{number}].value", wrong, "bad-value", path=f"{path}.conflict")
        for name in (*entry.source, *(id_ for other in entry.conflict for id_ in other.source)):
            if name not in known:
                message = f"source {name!r} is not listed. Add it as [[source]]"
                yield Problem(f"{path}.source", message, "missing-source", path=f"{path}.source")
        once = (entry.key, entry.since, entry.until)
        if once in seen:
            yield Problem(f"{path}.key", f"{entry.key!r} is stated twice", "bad-value", path=f"{path}.key")
        seen.add(once)


def _merged(rules: _Rules) -> _Rules:
    """A set with the entries of its parts, less those that it replaces."""
    own = {one.key for one in rules.entries}
    sources = {one.id: one for one in rules.sources}
    entries: list[Entry] = []
    for name in rules.takes:
        part = _bundled(name)
        sources = {one.id: one for one in part.sources} | sources
        taken = {one.key for one in part.entries} - own
        entries = [one for one in entries if one.key not in taken]
        entries += [
            one.model_copy(update={"part": one.part or name}) for one in part.entries if one.key in taken
        ]
    entries += rules.entries
    cited = {
        name
        for one in entries
        for name in (*one.source, *(id_ for two in one.conflict for id_ in two.source))
    }
    used = tuple(one for one in sources.values() if one.id in cited or not entries)
    return rules.model_copy(update={"sources": used, "entries": tuple(entries), "takes": ()})


@cache
def _bundled(name: str) -> RuleSet:
    return RuleSet.load(FOLDER / f"{name}.toml")


def load_rules(rules: Rules) -> RuleSet:
    """Return a rule set by its name, or read one from a file.

    Parameters
    ----------
    rules : str, Path, mapping or RuleSet
        A name of `RULE_SETS`, a ``.toml`` or ``.json`` file, its values, or a set that is already loaded.

    Raises
    ------
    DomainError
        If there is no such set.
    DocumentError
        If the file is not a valid rule set.
    """
    if isinstance(rules, RuleSet):
        return rules
    if isinstance(rules, (Path, Mapping)):
        return RuleSet.load(rules)
    instance(rules, str, "rules", f"{either(RULE_SETS)}, or a .toml or .json file")
    if rules in RULE_SETS:
        return _bundled(rules)
    if rules.lower().endswith((".toml", ".json")):
        return RuleSet.load(rules)
    close = nearest(rules, RULE_SETS)
    raise DomainError(
        f"rules must be {either(RULE_SETS)}, or a .toml or .json file, got {short_repr(rules)}",
        todo="" if close is None else f'Did you mean "{close}"?',
        code="unknown-name",
        value=rules,
        nearest=close,
        suggestion=close,
    )


def choose_rules(
    named: Rules | None,
    *,
    created: date | None,
    buyer_country: str | None = None,
    supplier_country: str | None = None,
) -> Chosen:
    """Return the rule set that governs an order.

    Parameters
    ----------
    named : str, Path, mapping, RuleSet or None
        The set named by the caller or the contract; it takes precedence over the date.
    created : date or None
        Day on which the order was created.
    buyer_country, supplier_country : str, optional
        Two-letter ISO 3166 codes.

    Raises
    ------
    DomainError
        If no set is named and the day is missing, or fits no set or several.

    Examples
    --------
    >>> choose_rules(None, created=date(2017, 6, 1)).rules.name
    '2017'
    >>> choose_rules(None, created=date(2016, 9, 1))
    Traceback (most recent call last):
    ...
    aql.errors.DomainError: an order created on 2016-09-01 fits the rule sets 2015-launch and 2017. Name one of them in [cover] rules.
    """
    if created is not None:
        day(created, "created")
    for name, country in (("buyer_country", buyer_country), ("supplier_country", supplier_country)):
        if country is not None:
            instance(country, str, name, "a two-letter country code")
    fits = _fitting(created, buyer_country, supplier_country)
    names = tuple(one.name for one in fits)
    if named is not None:
        rules = load_rules(named)
        if rules.kind == "part":
            raise DomainError(f"{rules.name!r} is a part of rule sets, not a rule set", code="unknown-name")
        return Chosen(rules, "name", names)
    if created is None:
        raise DomainError(
            "the rule set must be named, or the day on which the order was created must be known",
            todo="Add created to [order], or rules to [cover]",
            code="no-rules",
        )
    if len(fits) != 1:
        many = f"the rule sets {listed(names)}" if fits else "no rule set"
        raise DomainError(
            f"an order created on {created} fits {many}",
            todo="Name one of them in [cover] rules" if fits else "Name a rule set in [cover] rules",
            code="two-rule-sets" if fits else "no-rules",
            value=created,
            nearest=names,
        )
    rules = fits[0]
    inferred = rules.orders.since_inferred or rules.orders.until_inferred
    us = _bundled("us-2019").orders
    unknown = us.holds(created) and (buyer_country is None or supplier_country is None)
    return Chosen(rules, "date", names, inferred, unknown)


def _fitting(created: date | None, buyer: str | None, supplier: str | None) -> list[RuleSet]:
    """The sets that govern an order of that day between these countries; a set for the countries comes alone."""
    if created is None:
        return []
    fits = [one for one in map(_bundled, RULE_SETS) if one.orders.holds(created)]
    special = [one for one in fits if one.orders.buyer_country is not None]
    here = [
        one for one in special if (one.orders.buyer_country, one.orders.supplier_country) == (buyer, supplier)
    ]
    return here or [one for one in fits if one not in special]


def sets_with(key: str, *, word: str | None = None) -> tuple[str, ...]:
    """Return the names of the rule sets that have a key, known or unknown, or that list a word under it."""
    found = ((name, _bundled(name).find(key)) for name in RULE_SETS)
    return tuple(
        name
        for name, entry in found
        if entry is not None and (word is None or (entry.value is not None and word in entry.words))
    )


def not_in_rules(rules: RuleSet, what: str, key: str, *, word: str | None = None) -> DomainError:
    """Return the error for something that a rule set does not have, naming the rule sets that do."""
    having = sets_with(key, word=word)
    return DomainError(
        f"{what} is not part of the rule set {rules.name!r}",
        todo=f"It is part of {listed(having)}" if having else "",
        code="not-in-rules",
        value=what,
        nearest=having,
    )
