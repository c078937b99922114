"""A suggestion never means something else, and following it works: every place that suggests is followed."""

import re
from collections.abc import Callable, Iterator
from copy import deepcopy
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import aql
from aql import examples, types
from aql.checks import choice, decimal_comma, nearest
from aql.inspection import read_defect_register, read_measurement_sheet, read_safety_culture

WORDS = {name: getattr(types, name) for name in types.__all__ if name.isupper()}


def misspelled(word: str) -> Iterator[str]:
    """Ways to write a word wrong that cannot make it another word: signs and letter case, and slips in long parts."""
    yield from (word.upper(), word.lower(), f" {word} ", word.replace("-", ""), word.replace("-", "_"))
    for part in re.findall("[a-z]{5,}", word):
        for place in range(1, len(part) - 1):
            for slip in (
                part[:place] + part[place + 1 :],
                part[:place] + "q" + part[place:],
                part[:place] + "q" + part[place + 1 :],
                part[:place] + part[place + 1] + part[place] + part[place + 2 :],
            ):
                yield word.replace(part, slip)


@pytest.mark.parametrize("name", sorted(WORDS))
def test_a_suggested_word_is_the_one_that_was_misspelled(name: str) -> None:
    """The law, for every word that an argument takes; following the suggestion is the choice itself."""
    suggested = 0
    for word in WORDS[name]:
        for wrong in set(misspelled(word)) - set(WORDS[name]):
            with pytest.raises(aql.DomainError) as caught:
                choice(wrong, "word", WORDS[name])
            close = caught.value.suggestion
            assert close in {word, None}
            suggested += close is not None
            if close is not None:
                assert choice(close, "word", WORDS[name]) == word
    assert suggested


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        *((text, "I") for text in ("G-1", "GI", "G I", "1", "general I", "level 1", "i")),
        *((text, "II") for text in ("G-2", "GII", "G-II", "2", 2, "II ", "General Inspection Level II", "ii")),
        *((text, "III") for text in ("G-3", "GIII", "3", "general level 3")),
        *((text, "S-2") for text in ("S2", "s 2", "S-II", "SII", "special level 2")),
        *((text, "S-4") for text in ("S4", "S-IV", "special iv")),
        *((text, None) for text in ("IV", "4", 4, "G-4", "S-5", "S", "0", "general", "V", "", None, 2.5)),
    ],
    ids=repr,
)  # fmt: skip
def test_a_level_by_another_name(written: Any, meant: Any) -> None:
    """General level 2 is II, never S-2; there is no general level IV."""
    with pytest.raises(aql.DomainError) as caught:
        aql.lookup(3000, aql=2.5, level=written)
    assert caught.value.suggestion == meant
    if meant is not None:
        assert aql.lookup(3000, aql=2.5, level=meant).level == meant


@pytest.mark.parametrize(
    ("written", "words"),
    [
        ("SN-2", ["SN-3"]),
        ("11-1", ["1-11"]),
        ("ISO 28591", ["ISO 2859-1"]),
        ("scratch-a", ["scratch-b"]),
        ("scratch", ["scratch-deep"]),
        ("test", ["text"]),
        ("sample", ["name"]),
        ("unsealed", ["sealed"]),
        ("nonconforming", ["conforming"]),
        ("major", ["minor"]),
        ("minimum", ["maximum"]),
        ("pa", ["packed", "pa1"]),
        ("mould", ["moult", "would", "moulds", "mouldy"]),
    ],
)
def test_what_may_be_another_name_is_not_suggested(written: str, words: list[str]) -> None:
    assert nearest(written, words) is None


@given(text=st.text(max_size=8), words=st.lists(st.text(max_size=8), max_size=4))
def test_any_text_is_answered_by_a_word_or_none(text: str, words: list[str]) -> None:
    found = nearest(text, words)
    assert found is None or found in words
    assert nearest(text, reversed(words)) == found


@pytest.mark.parametrize("text", ["2,5", "0,65", "4,0", " 6,5 ", "0,065"])
def test_an_aql_with_a_decimal_comma_is_followed(text: str) -> None:
    with pytest.raises(aql.DomainError) as caught:
        aql.lookup(1200, aql=text)
    assert aql.lookup(1200, aql=caught.value.suggestion).aql == text.strip().replace(",", ".")  # type: ignore[arg-type]


@pytest.mark.parametrize("text", ["1,000", "1,2", "-2,5", "2,5 %", "1,0,0", "25,40"])
def test_an_aql_that_may_mean_another_number_is_not_suggested(text: str) -> None:
    with pytest.raises(aql.DomainError) as caught:
        aql.lookup(1200, aql=text)
    assert caught.value.suggestion is None


@given(st.decimals(min_value=0, max_value=10**6, places=2))
def test_a_decimal_comma_is_never_a_group_of_thousands(number: Any) -> None:
    assert decimal_comma(str(number).replace(".", ",")) == str(number)
    assert decimal_comma(f"{int(number) + 1000:,}"[-9:]) is None or number >= 10**6


AGREED, SEEN = examples.tablet_order()
CONTRACT, HEADER = AGREED.to_dict(), SEEN.to_dict()


def places(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[tuple[Any, ...], Any]]:
    """Every key of a document, with its value."""
    for key, part in value.items() if isinstance(value, dict) else enumerate(value):
        if isinstance(value, dict):
            yield (*path, key), part
        if isinstance(part, (dict, list)):
            yield from places(part, (*path, key))


def changed(document: Any, path: tuple[Any, ...], *, key: str = "", value: Any = None) -> Any:
    """A copy of a document with another key, or another value, in one place."""
    copy = deepcopy(document)
    parent = copy
    for step in path[:-1]:
        parent = parent[step]
    parent[key or path[-1]] = parent.pop(path[-1]) if key else value
    return copy


def followed(load: Callable[[Any], Any], document: Any, path: tuple[Any, ...], **wrong: Any) -> bool:
    """Whether a wrong document has a suggestion; if so, following it gives the right document."""
    try:
        load(changed(document, path, **wrong))
    except aql.DocumentError as error:
        meant = [one.suggestion for one in error.problems if one.suggestion is not None]
    else:
        return False
    for suggestion in meant:
        right = changed(document, path, **({"key": suggestion} if "key" in wrong else {"value": suggestion}))
        assert load(right) == load(document), (path, wrong, suggestion)
    return bool(meant)


@pytest.mark.parametrize(
    ("load", "document"),
    [(aql.Contract.load, CONTRACT), (aql.Inspection.from_dict, HEADER)],
    ids=["contract", "inspection"],
)
def test_every_suggestion_about_a_document_is_followed(load: Callable[[Any], Any], document: Any) -> None:
    """Each kind of key, misspelled in several ways, and each word and number of the contract."""
    document = document | ({"log": document["log"][:3]} if "log" in document else {})
    count = 0
    seen: set[tuple[str, ...]] = set()
    for path, value in places(document):
        kind = tuple(step for step in path if isinstance(step, str))
        if kind in seen or kind[0] == "log":
            continue
        seen.add(kind)
        key = str(path[-1])
        for wrong in {key.upper(), f"{key}s", key[:-1], key[0] + key[2:], key.replace("_", "-")} - {key}:
            count += followed(load, document, path, key=wrong)
        texts: list[str] = []
        if isinstance(value, str):
            texts = [value.upper(), f"{value} ", value[:-1], value.replace(".", ",")]
        for text in set(texts) - {str(value)}:
            count += followed(load, document, path, value=text)
        if isinstance(value, str) and re.fullmatch(r"\d+\.\d+", value):
            count += followed(load, document, path, value=float(value))
    assert count > 40


@pytest.mark.parametrize(
    ("column", "wrong"),
    [("term", "Scratch"), ("term", "scrach"), ("term", "scratch "), ("class", "MAJOR"), ("class", "majr")],
)
def test_every_suggestion_about_a_log_is_followed(column: str, wrong: str) -> None:
    contract = aql.Contract.load(
        {
            "order": {"id": "PO-1"},
            "classes": [{"name": "major", "plan": {"n": 5, "ac": 0}}],
            "terms": [{"id": "scratch", "class": "major", "text": "Scratch over 1 mm", "kind": "visual"}],
        }
    )

    def score(rows: list[dict[str, Any]]) -> aql.Verdict:
        header = {"contract": "PO-1", "lot": {"id": "L1", "size": 50}, "inspection": {"inspected": 5}}
        return aql.score(contract, aql.Inspection.load(header, findings=rows))

    right = {"item": 1, "term": "scratch"} if column == "term" else {"item": 1, "class": "major"}
    try:
        found = score([right | {column: wrong}])
    except aql.LogError as error:
        (problem,) = error.problems
        found = score([right | {column: problem.suggestion}])
    assert found == score([right])


@pytest.mark.parametrize("column", ["Itme", "TREM", "valeu", "cuont", "noet", "cartn"])
def test_every_suggestion_about_a_column_is_followed(column: str) -> None:
    def load(name: str) -> aql.Inspection:
        header = {"contract": "PO-1", "lot": {"id": "L1", "size": 50}, "inspection": {"inspected": 5}}
        cells = {"item": 1, "class": "major"}
        return aql.Inspection.load(header, findings=[cells | {name: cells.get(name, "")}])

    with pytest.raises(aql.LogError) as caught:
        load(column)
    (problem,) = [one for one in caught.value.problems if one.code == "unknown-column"]
    assert problem.suggestion is not None
    assert len(load(problem.suggestion).rows) == 1


IMPORTERS: list[tuple[Callable[..., Any], str, dict[str, Any]]] = [
    (
        read_defect_register,
        "logs/defect_register.csv",
        {
            "contract": "PO-9",
            "lot": "Report",
            "size": "Lot size",
            "inspected": "total_inspected",
            "terms": {"Broken stitch": "broken-stitch", "Open seam": "open-seam"},
            "classes": {"Other minor": "minor"},
            "ignore": ["Inspector", "Date", "total_defects"],
        },
    ),
    (
        read_measurement_sheet,
        "logs/measurement_sheet.csv",
        {
            "point": "Check point",
            "items": ["S1", "S2", "S3"],
            "terms": {"Chest width": "chest", "Sleeve length": "sleeve"},
            "unit": "Unit",
            "ignore": ["Spec", "Tol"],
        },
    ),
    (
        read_safety_culture,
        "logs/safety_culture.csv",
        {
            "terms": {"Wall thickness": "wall", "Sharp edges": "sharp-edge", "Carton marks": "marks"},
            "item": "Unit number",
            "ignore": ["Site", "Conducted on"],
        },
    ),
]


def replaced(value: Any, name: str, other: str) -> Any:
    """An argument with another column name, wherever it names that column."""
    if isinstance(value, dict):
        return {other if key == name else key: one for key, one in value.items()}
    if isinstance(value, list):
        return [other if one == name else one for one in value]
    return other if value == name else value


@pytest.mark.parametrize(("read", "file", "how"), IMPORTERS, ids=[one.__name__ for one, *_ in IMPORTERS])
def test_every_suggestion_about_the_file_of_another_program_is_followed(
    read: Callable[..., Any], file: str, how: dict[str, Any]
) -> None:
    """Each column and question, misspelled in the call; the file itself is right."""
    source, count = examples.example_file(file), 0
    right = read(source, **how)
    names = {
        name
        for key, one in how.items()
        if key != "contract"
        for name in ([one] if isinstance(one, str) else one)
    }
    for name in sorted(names):
        for wrong in (f"{name[:-2]}{name[-1]}", name.replace(" ", ""), f"{name}s"):
            call = {key: replaced(one, name, wrong) for key, one in how.items()}
            try:
                assert read(source, **call) == right
            except aql.LogError as error:
                meant = [one.suggestion for one in error.problems if one.suggestion is not None]
                count += len(meant)
                for suggestion in meant:
                    followed = {key: replaced(one, wrong, suggestion) for key, one in call.items()}
                    assert suggestion == name
                    assert read(source, **followed) == right
    assert count > 0
