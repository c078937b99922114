"""What the check advises is right: the finding is gone once its rewrite is followed, for every rewrite that names a value."""

import re
import tomllib
from collections.abc import Iterator
from copy import deepcopy
from typing import Any

import pytest

import aql
from tests.contract.test_findings_messages import SENTENCES

SNIPPET = re.compile(r'(\w+) = (\{[^{}]*\}|\[[^\[\]]*\]|"[^"]*"|[\w.:-]*\w)')
IN_MEASURE = {"unit", "min", "max", "nominal", "plus", "minus", "illuminant", "observer"}
IN_INSPECTION = {"standard", "sampling", "counting", "packed_share"}
INSTEAD = [{"aql", "plan", "inspect", "sample"}, {"kind", "measure"}]
"""Keys of which one replaces the others."""

ABRIDGED = {
    'class = "..."': 'class = "major"',
    'sha256 = "..."': f'sha256 = "{64 * "0"}"',
    '} or { seal = "..." }': '} or reference = { seal = "S-1" }',
    '} or { equals = "..." }': '} or measure = { equals = "S" }',
    '["...", "..."]': '["S", "M"]',
    '"..."': '"1"',
}
"""What a reader completes, with what it may be."""

Values = dict[str, Any]


def alternatives(rewrite: str) -> Iterator[Values]:
    """The keys and values to write together, for each of the ways that a rewrite names."""
    text = rewrite
    for abridged, whole in ABRIDGED.items():
        text = text.replace(abridged, whole)
    split = r" or |; |, (?=plan = )" if text.startswith("Write one of") else r" or |; "
    common: Values = {}
    for part in re.split(split, text):
        found = [tomllib.loads(f"{key} = {value}") for key, value in SNIPPET.findall(part)]
        # "Write aql = 2.5 and minimum = ..., or minimum = ...": the first half is for both.
        here = {key: value for one in found for key, value in one.items()}
        common = {**common, **here} if " and " in part else common
        if here:
            yield {**common, **here}


def table_of(contract: Values, path: str, key: str) -> Any:
    """The table of the contract in which a key belongs, near the path of a finding."""
    if key in IN_INSPECTION:
        return contract.setdefault("inspection", {})
    steps = [step or int(number) for step, number in re.findall(r"(\w+)|\[(\d+)\]", path.replace("]", "] "))]
    steps = [int(step) if str(step).isdigit() else step for step in steps]
    table: Any = contract
    for step in steps[:1] if len(steps) == 1 or isinstance(steps[1], str) else steps[:2]:
        table = table[step]
    in_measure = key in IN_MEASURE or (
        key == "reference" and path.endswith("reference") and "measure" in path
    )
    return table["measure"] if in_measure else table


def without(table: Values, *keys: str) -> None:
    for key in keys:
        table.pop(key, None)


def followed(data: Values, path: str, written: Values) -> Values:
    """The contract with the values written where they belong, instead of those that they replace."""
    contract: Values = deepcopy(data)
    if isinstance(contract.get(path), list):
        of_a_term = {"id": "dent", "class": "major", "text": "Dent over 1 mm"} if path == "terms" else {}
        contract[path].append(of_a_term | written)
        return contract
    for key, value in written.items():
        table = table_of(contract, path, key)
        for group in INSTEAD:
            if key in group:
                without(table, *(group - {key} - set(written)))
        if key == "sample":
            without(table, "level")
        table[key] = value
    return contract


def is_found(contract: Values, code: str, path: str) -> bool:
    return any((one.code, one.path) == (code, path) for one in aql.check(aql.Contract.load(contract)))


WRITES = [
    (data, *place.split()[1:], written)
    for data, place, _, rewrite in SENTENCES
    for written in alternatives(rewrite)
    if "own-line" not in place  # It moves a plan from a term to a limit; see below.
]


@pytest.mark.parametrize(
    ("data", "code", "path", "written"),
    WRITES,
    ids=[f"{at} {code} {written}" for at, (_, code, _, written) in enumerate(WRITES)],
)
def test_what_is_written_as_advised_settles_the_finding(
    data: Values, code: str, path: str, written: Values
) -> None:
    assert is_found(data, code, path)
    assert not is_found(followed(data, path, written), code, path)


OMITTED = [
    (data, *place.split()[1:])
    for data, place, _, rewrite in SENTENCES
    if re.search(
        r"^Leave .* out\b|, or leave .*ac out|Leave it out,|leave out the weights|you can leave it out",
        rewrite,
    )
    and "vague-words" not in place
]


@pytest.mark.parametrize(("data", "code", "path"), OMITTED, ids=[f"{one[1]} {one[2]}" for one in OMITTED])
def test_what_is_left_out_as_advised_settles_the_finding(data: Values, code: str, path: str) -> None:
    several = {"weights-with-stages": ("weights",), "bad-rounding": ("rounding", "guard")}
    contract: Values = deepcopy(data)
    key = path.rpartition(".")[2]
    without(table_of(contract, path, key), *several.get(code, (key,)))
    assert is_found(data, code, path)
    assert not is_found(contract, code, path)


MEANT = [
    (data, *place.split()[1:], meant)
    for data, place, _, rewrite in SENTENCES
    for meant in re.findall(r"Did you mean '([^']*)'", rewrite)
]


@pytest.mark.parametrize(
    ("data", "code", "path", "meant"), MEANT, ids=[f"{one[1]} {one[3]}" for one in MEANT]
)
def test_the_name_that_was_meant_settles_the_finding(data: Values, code: str, path: str, meant: str) -> None:
    key = path.rpartition(".")[2]
    assert is_found(data, code, path)
    assert not is_found(followed(data, path, {key: [meant] if key == "of" else meant}), code, path)


def test_a_plan_that_is_moved_to_a_limit_counts_in_both() -> None:
    data = next(data for data, place, _, _ in SENTENCES if "own-line" in place)
    contract = deepcopy(data)
    own = {
        key: contract["terms"][0].pop(key) for key in ("sample", "ac", "plan") if key in contract["terms"][0]
    }
    contract["limits"] = [
        {"name": "limit", "of": ["width"], "plan": own.get("plan", {"n": own.get("sample", 5), "ac": 0})}
    ]
    assert is_found(data, "own-line", "terms")
    assert not aql.check(aql.Contract.load(contract)).notes


def test_rewrites_of_every_kind_are_followed() -> None:
    assert len(WRITES) > 50
    assert len(OMITTED) > 6
    assert len(MEANT) > 1
