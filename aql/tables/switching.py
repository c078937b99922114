"""The strict loader of the switching rules: one document per edition, one entry per number, each with its source."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache

from aql.errors import TableError
from aql.tables import loader
from aql.words import listed

__all__ = ["SwitchingRule", "switching_documents", "switching_rules"]

_SCHEMA = "aql.switching/1"
_HEAD = ["schema", "standard", "title", "rule"]
_ENTRY = ("name", "value", "text", "source", "evidence")


@dataclass(frozen=True, slots=True)
class SwitchingRule:
    """One number of the switching rules.

    Attributes
    ----------
    name : str
        Name of the number, a field of `aql.scheme.Rules`.
    value : int, str or bool
        The number, or another setting.
    text : str
        What it decides.
    source : str
        Where it is stated.
    evidence : str
        How it was checked; starts with "unverified" if no public text confirms it.
    """

    name: str
    value: int | str | bool
    text: str
    source: str
    evidence: str


@cache
def switching_documents() -> dict[str, str]:
    """Return the files of the tables with switching rules, by the name of the edition."""
    folder = loader.tables_dir()
    found = {}
    for path in sorted(folder.glob("*/switching*.toml")):
        file = path.relative_to(folder).as_posix()
        found[str(_document(file)["standard"])] = file
    return found


@cache
def switching_rules(file: str) -> tuple[SwitchingRule, ...]:
    """Load the entries of a file of the tables with switching rules.

    Raises
    ------
    TableError
        If an entry is incomplete, has an unknown key, a value of the wrong type, or a name that appears twice.

    Examples
    --------
    >>> switching_rules("iso_2859_1_1999/switching.toml")[0].value
    2
    """
    entries = _document(file)["rule"]
    rules: list[SwitchingRule] = []
    if not isinstance(entries, list) or not entries:
        raise _bad(file, f"rule must be a list of tables, got {entries!r}")
    for place, entry in enumerate(entries, start=1):
        if not isinstance(entry, dict) or tuple(entry) != _ENTRY:
            raise _bad(file, f"rule {place} must have {listed(_ENTRY)} in this order, got {entry!r}")
        words = [entry[key] for key in _ENTRY if key != "value"]
        if not all(isinstance(word, str) and word.strip() for word in words):
            raise _bad(file, f"rule {place} must have text in all entries but value, got {entry!r}")
        if not isinstance(entry["value"], (int, str)):
            raise _bad(file, f"value of rule {place} must be a whole number, text or true or false")
        rules.append(SwitchingRule(**entry))
    names = [rule.name for rule in rules]
    twice = [name for name in names if names.count(name) > 1]
    if twice:
        raise _bad(file, f"rule {twice[0]} appears twice")
    return tuple(rules)


def _document(file: str) -> dict[str, object]:
    try:
        document = tomllib.loads((loader.tables_dir() / file).read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise _bad(file, f"cannot be read: {error}") from None
    if list(document) != _HEAD or document["schema"] != _SCHEMA:
        raise _bad(file, f'must have {listed(_HEAD)}, with the schema "{_SCHEMA}"')
    return document


def _bad(file: str, problem: str) -> TableError:
    todo = "Restore the file from the project, or correct it with a source"
    return TableError(f"tables/{file}: {problem}", todo=todo, file=file)
