"""Rule 13: a lookup carries its table's provenance; a verdict carries its evidence."""

import re
from importlib.metadata import version

import aql
from aql.tables import tables_checksum
from tests.scoring.builders import cls, contract, counted, line, log, seen, term, verdict

CLASSES = [cls("critical", aql=0), cls("major", aql=2.5), cls("minor", aql=4.0)]
AGREED = contract(CLASSES, [term("dent"), term("scratch", "minor")])


def test_every_line_from_a_table_carries_the_provenance_of_its_table() -> None:
    """Rule 13."""
    for one in verdict(AGREED, size=1000).lines:
        assert one.lookup is not None
        provenance = one.lookup.provenance
        assert provenance.table == "2-A"
        assert provenance.evidence


def test_the_lookup_of_a_line_keeps_its_trace() -> None:
    lookup = line(verdict(AGREED, size=30), "minor").lookup
    assert lookup is not None
    assert [(cell.letter, cell.mark) for cell in lookup.trace] == [("D", "down"), ("E", "plan")]


def test_the_verdict_carries_the_checksums_of_what_it_rests_on() -> None:
    """Rule 13: SHA-256 of contract and findings, the tables' checksum and the library's version."""
    inspection = log(seen("dent", 3), inspected=80)
    evidence = aql.score(AGREED, inspection).evidence
    assert evidence.contract_sha256 == AGREED.checksum
    assert evidence.findings_sha256 == inspection.checksum
    assert evidence.header_sha256 == inspection.header_checksum
    assert evidence.tables_sha256 == tables_checksum()
    assert evidence.library_version == version("aql-sampling")
    sums = (
        evidence.contract_sha256,
        evidence.findings_sha256,
        evidence.header_sha256,
        evidence.tables_sha256,
    )
    assert len(set(sums)) == 4
    assert all(re.fullmatch(r"[0-9a-f]{64}", one) for one in sums)


def test_other_findings_have_another_checksum_and_the_same_ones_have_the_same() -> None:
    one = log(seen("dent", 3), inspected=80)
    assert log(seen("dent", 3), inspected=80).checksum == one.checksum
    others = [
        log(seen("dent", 4), inspected=80),
        log(seen("scratch", 3), inspected=80),
        log(seen("dent", 3, 3), inspected=80),
        log(seen("dent", 3, count=2), inspected=80),
        log(seen("dent", 3, note="deep"), inspected=80),
        log(counted(0, term="dent"), inspected=80),
        log(counted(1, term="dent"), inspected=80),
        log(counted(2, term="dent"), inspected=80),
        log([], inspected=80),
    ]
    assert len({other.checksum for other in (one, *others)}) == 10
    assert len({other.header_checksum for other in (one, *others)}) == 1


def test_another_header_or_contract_has_another_checksum() -> None:
    one, other = log(inspected=80), log(inspected=81)
    assert one.checksum == other.checksum
    assert one.header_checksum != other.header_checksum
    assert contract(CLASSES[1:]).checksum != contract(CLASSES).checksum


def test_text_cannot_move_between_columns_without_another_checksum() -> None:
    """A checksum of joined text would not see where one cell ends."""
    one = log([{"item": 1, "class": "major", "note": "ab", "unit": ""}])
    other = log([{"item": 1, "class": "major", "note": "b", "unit": "a"}])
    assert one.checksum != other.checksum


def test_the_verdict_names_the_rejected_inspection_that_it_follows() -> None:
    assert verdict(AGREED, reinspection_of="I-7").reinspection_of == "I-7"
    assert verdict(AGREED).reinspection_of == ""
