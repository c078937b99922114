"""The switching rules are read strictly, and every number has its source."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from aql import TableError, tables
from aql.scheme import rules as scheme_rules
from aql.tables import loader, switching

FILE = "iso_2859_1_1999/switching.toml"


@pytest.fixture
def copy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    shutil.copytree(loader.tables_dir(), tmp_path / "tables")
    monkeypatch.setattr(loader, "tables_dir", lambda: tmp_path / "tables")
    caches = (switching.switching_documents, switching.switching_rules, scheme_rules.switching_rules)
    for one in caches:
        one.cache_clear()
    yield tmp_path / "tables"
    for one in caches:
        one.cache_clear()


def test_every_number_has_a_source_and_says_how_it_was_checked() -> None:
    documents = tables.switching_documents()
    assert list(documents) == ["ISO 2859-1:1999", "ANSI/ASQ Z1.4", "MIL-STD-105E"]
    for standard, file in documents.items():
        rules = scheme_rules.switching_rules(standard)
        for entry in tables.switching_rules(file):
            assert getattr(rules, entry.name) == entry.value
            assert (entry.name in rules.unverified) == entry.evidence.startswith("unverified")
        assert rules.tightened_rejected == 2
        assert rules.tightened_window == rules.normal_accepted == 5


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        (
            'schema = "aql.switching/1"',
            'schema = "aql.switching/2"',
            "must have schema, standard, title and rule, with",
        ),
        ("value = 2\n", "value = [2]\n", "value of rule 1 must be a whole number, text or true or false"),
        ("value = 2\n", "", "rule 1 must have name, value, text, source and evidence in this order"),
        ('source = "clause 9"\n', 'source = " "\n', "rule 1 must have text in all entries but value"),
        ('name = "tightened_window"', 'name = "tightened_rejected"', "rule tightened_rejected appears twice"),
        (
            'name = "tightened_window"',
            'name = "tightened_windows"',
            "unexpected keyword argument 'tightened_windows'",
        ),
        ("value = 30", "value = 0", "reduced_score must be a whole number, 1 to 10000, got 0"),
        ("\n[[rule]]", "\n[[rule]", "cannot be read"),
    ],
)
def test_a_fault_is_named_with_its_file(copy: Path, old: str, new: str, message: str) -> None:
    path = copy / FILE
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")
    with pytest.raises(TableError) as caught:
        scheme_rules.switching_rules("ISO 2859-1:1999")
    assert str(caught.value).startswith(f"tables/{FILE}: ")
    assert message in str(caught.value)


def test_a_document_without_rules_is_refused(copy: Path) -> None:
    path = copy / FILE
    head, _, _ = path.read_text("utf-8").partition("\n[[rule]]")
    path.write_text(f"{head}\nrule = []\n", "utf-8")
    with pytest.raises(TableError, match="rule must be a list of tables"):
        scheme_rules.switching_rules("ISO 2859-1:1999")
