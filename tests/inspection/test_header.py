"""The header of an inspection: what it may say, and every fault at once with its path."""

import copy
import hashlib
import json
import os
import pickle
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

import aql
from aql.inspection.header import InspectionHeader
from tests.scoring.builders import Values, cls, contract, header, line, problems, single, verdict, write

FULL: Values = {
    "schema": "aql.inspection/1",
    "contract": "PO-1",
    "lot": {
        "id": "L1",
        "size": 3000,
        "produced": 3000,
        "packed": 2600,
        "cartons": 150,
        "shipped_on": "2026-12-14",
        "skus": [{"sku": "BLK-64", "quantity": 2000}, {"sku": "BLK-128", "quantity": 1000}],
    },
    "inspection": {
        "date": "2026-12-10",
        "inspector": "A. Example",
        "company": "Example Inspection Ltd",
        "place": "深圳",
        "inspected": {"critical": 125, "major": 125, "battery": 5},
        "reinspection_of": "I-1",
        "remarks": ["Ten cartons were open."],
        "photos": [{"file": "p1.jpg", "sha256": "0" * 64, "caption": "Burr", "item": 57}],
    },
    "findings": {"file": ["a.csv", "b.csv"], "delimiter": ";", "decimal": ",", "encoding": "cp1252"},
}


def changed(**parts: Values) -> Values:
    """The full header with keys of its parts replaced; None takes a key out."""
    document = copy.deepcopy(FULL)
    for part, keys in parts.items():
        document[part] = {
            key: value for key, value in {**document[part], **keys}.items() if value is not None
        }
    return document


def faults(document: Any) -> list[str]:
    with pytest.raises(aql.DocumentError) as raised:
        aql.Inspection.load(document, findings=[])
    assert not isinstance(raised.value, aql.LogError)
    count = len(raised.value.problems)
    first = "1 problem" if count == 1 else f"{count} problems"
    assert str(raised.value).startswith(f"the header of the inspection has {first}:\n")
    return problems(raised.value)


# What it may say.


def test_a_header_needs_its_contract_its_lot_and_nothing_else() -> None:
    found = aql.Inspection.load({"contract": "PO-1", "lot": {"id": "L1", "size": 1}}, findings=[])
    assert (found.header.contract, found.header.lot.id, found.header.lot.size) == ("PO-1", "L1", 1)
    assert (found.header.inspection.inspected, found.header.lot.shipped_on, found.rows) == (None, None, ())


def test_everything_that_a_header_may_say_is_kept() -> None:
    found = InspectionHeader.from_dict(FULL)
    assert found.to_dict() == FULL
    assert found.lot.shipped_on == date(2026, 12, 14)
    assert found.inspection.date == date(2026, 12, 10)
    assert [(sku.sku, sku.quantity) for sku in found.lot.skus] == [("BLK-64", 2000), ("BLK-128", 1000)]
    assert found.inspection.inspected_for("battery") == 5
    assert found.inspection.inspected_for("minor") is None
    assert found.findings.file == ("a.csv", "b.csv")


def test_toml_json_and_dict_give_equal_headers(tmp_path: Path) -> None:
    one = InspectionHeader.from_dict(FULL)
    write(tmp_path, "h.toml", one.to_toml())
    write(tmp_path, "h.json", one.to_json())
    loaded = [
        aql.Inspection.load(source, findings=[])
        for source in (tmp_path / "h.toml", str(tmp_path / "h.json"), FULL)
    ]
    for other in loaded:
        assert other == loaded[0]
        assert hash(other) == hash(loaded[0])
        assert other.header == one
        assert other.header_checksum == loaded[0].header_checksum


def test_toml_as_people_write_it_is_read(tmp_path: Path) -> None:
    text = (
        'schema = "aql.inspection/1"\ncontract = "PO-1"\n'
        '[lot]\nid = "L1"\nsize = 3000\nshipped_on = 2026-12-14\n'
        "[inspection]\ndate = 2026-12-10\ninspected = { major = 125, minor = 200 }\n"
        '[findings]\nfile = "log.csv"\n'
    )
    write(tmp_path, "h.toml", "\ufeff" + text.replace("\n", "\r\n"))
    found = aql.Inspection.load(tmp_path / "h.toml", findings=[]).header
    assert found.lot.shipped_on == date(2026, 12, 14)
    assert found.inspection.inspected_for("minor") == 200
    assert found.findings.file == ("log.csv",)


def test_dates_may_be_dates_in_a_dict() -> None:
    days = changed(lot={"shipped_on": date(2026, 12, 14)}, inspection={"date": date(2026, 12, 10)})
    assert InspectionHeader.from_dict(days) == InspectionHeader.from_dict(FULL)


def test_an_inspection_is_a_value() -> None:
    rows = [{"item": 1, "term": "dent"}]
    one, same = (aql.Inspection.load(FULL, findings=rows) for _ in range(2))
    assert one == same
    assert hash(one) == hash(same)
    assert {one: "found"}[same] == "found"
    assert pickle.loads(pickle.dumps(one)) == one
    assert copy.deepcopy(one) == one
    assert one != aql.Inspection.load(FULL, findings=[])
    assert one != aql.Inspection.load(changed(lot={"cartons": 151}), findings=rows)
    with pytest.raises(AttributeError):
        one.rows = ()  # type: ignore[misc]


def test_where_a_log_stood_makes_no_other_inspection(tmp_path: Path) -> None:
    """The file's name and row are for messages; the content is compared."""
    write(tmp_path, "log.csv", "item,term\n1,dent\n")
    write(tmp_path, "h.json", json.dumps(header(findings={"file": "log.csv"})))
    from_file = aql.Inspection.load(tmp_path / "h.json")
    from_list = aql.Inspection.load(header(), findings=[{"item": 1, "term": "dent"}])
    assert from_file.rows == from_list.rows
    assert from_file.checksum == from_list.checksum
    assert from_file.header_checksum == from_list.header_checksum


def test_the_number_inspected_may_be_one_number_or_a_table() -> None:
    agreed = contract([cls("major", plan=single(10, 0)), cls("minor", plan=single(5, 0))])
    one = verdict(agreed, inspected=10)
    table = verdict(agreed, inspected={"major": 10, "minor": 10})
    assert one.lines == table.lines
    assert line(verdict(agreed, inspected={"major": 10, "minor": 5}), "minor").inspected == 5


# Dates.

DATE = "must be a date such as 2026-12-15, got"


@pytest.mark.parametrize(
    "day",
    [
        "2026-02-30",
        "2026-13-01",
        "15.12.2026",
        "12/15/2026",
        "2026-12-15T10:00:00",
        "",
        "tomorrow",
        20261215,
        True,
    ],
)
def test_a_date_that_cannot_be_is_an_error(day: Any) -> None:
    assert faults(changed(lot={"shipped_on": day}, inspection={"date": day})) == [
        f"lot.shipped_on: {DATE} {str(day)!r}",
        f"inspection.date: {DATE} {str(day)!r}",
    ]


def test_a_time_is_no_day() -> None:
    moment = datetime(2026, 12, 15, 10, 30)  # noqa: DTZ001
    assert faults(changed(lot={"shipped_on": moment})) == [f"lot.shipped_on: {DATE} '2026-12-15 10:30:00'"]


def test_a_day_that_toml_does_not_know_is_an_error_with_its_line(tmp_path: Path) -> None:
    write(tmp_path, "h.toml", 'contract = "PO-1"\n[lot]\nid = "L1"\nsize = 3\nshipped_on = 2026-02-30\n')
    with pytest.raises(aql.DocumentError) as raised:
        aql.Inspection.load(tmp_path / "h.toml", findings=[])
    (found,) = problems(raised.value)
    assert found.startswith("not valid TOML: ")
    assert "line 5" in found


# Numbers that contradict each other.


def test_skus_that_do_not_add_up_are_an_error() -> None:
    skus = [{"sku": "A", "quantity": 2000}, {"sku": "B", "quantity": 999}]
    assert faults(changed(lot={"skus": skus})) == [
        "lot: skus must add up to 3000, the size of the lot, got 2999"
    ]


def test_more_packed_than_produced_is_an_error() -> None:
    assert faults(changed(lot={"produced": 100, "packed": 101})) == [
        "lot: packed must be at most 100, the number produced, got 101"
    ]
    InspectionHeader.from_dict(changed(lot={"produced": 100, "packed": 100}))
    InspectionHeader.from_dict(changed(lot={"produced": None, "packed": 101}))


def test_more_inspected_than_the_lot_has_is_an_error() -> None:
    assert faults(changed(inspection={"inspected": 3001})) == [
        "inspected must be at most 3000, the size of the lot, got 3001"
    ]
    assert faults(changed(inspection={"inspected": {"major": 10, "minor": 3001}})) == [
        "inspected for minor must be at most 3000, the size of the lot, got 3001"
    ]
    InspectionHeader.from_dict(changed(inspection={"inspected": 3000}))


# Shapes.


@pytest.mark.parametrize(
    ("part", "key", "value"),
    [
        ("lot", "size", 0),
        ("lot", "size", "3000"),
        ("lot", "size", 3000.0),
        ("lot", "size", True),
        ("lot", "id", ""),
        ("lot", "id", " L1"),
        ("lot", "produced", -1),
        ("lot", "cartons", "150"),
        ("inspection", "inspector", ""),
        ("inspection", "remarks", "one text"),
    ],
)
def test_a_value_of_a_wrong_shape_is_an_error_with_its_path(part: str, key: str, value: Any) -> None:
    document = changed(**{part: {key: value}})
    document["lot"].pop("skus", None)
    found = faults(document)
    assert [fault.split(":")[0] for fault in found] == [f"{part}.{key}"]


def test_a_table_in_place_of_a_list_of_tables_says_what_to_write() -> None:
    assert faults(changed(lot={"skus": {"a": 1}}, findings={"file": {}})) == [
        "lot.skus: must be a list, got {'a': 1}. Write [[lot.skus]] in TOML, or a list in JSON",
        "findings.file: must be a list, got {}",
    ]


def test_a_number_that_is_too_small_names_the_least() -> None:
    assert faults(changed(lot={"size": 0, "packed": -1})) == [
        "lot.size: must be 1 or more, got 0",
        "lot.packed: must be 0 or more, got -1",
    ]


@pytest.mark.parametrize("value", ["abc", 1.5, True, -1])
def test_a_number_inspected_that_is_none_is_one_error(value: Any) -> None:
    """A number or a table: what fits neither is named once, by its path in the document."""
    (found,) = faults(changed(inspection={"inspected": value}))
    assert found.startswith("inspection.inspected: must be ")
    assert f", got {value!r}" in found


@pytest.mark.parametrize("value", ["x", 1.5, -1])
def test_a_number_inspected_of_a_line_that_is_none_is_one_error(value: Any) -> None:
    (found,) = faults(changed(inspection={"inspected": {"major": value}}))
    assert found.startswith("inspection.inspected.major: must be ")
    assert f", got {value!r}" in found


def test_a_line_that_the_numbers_inspected_name_twice_is_an_error() -> None:
    """A table cannot; a list of pairs, where it is read at all, may not let the last one win."""
    assert len(faults(changed(inspection={"inspected": [["major", 5], ["major", 9]]}))) == 1


def test_unknown_keys_are_errors_with_the_nearest_known_one() -> None:
    document = changed(lot={"szie": 3000}, inspection={"dat": "2026-12-10"}, findings={"xyz": 1})
    document["contrat"] = "PO-1"
    assert faults(document) == [
        'lot.szie: unknown key. Did you mean "size"?',
        'inspection.dat: unknown key. Did you mean "date"?',
        "findings.xyz: unknown key; the known keys are answers, classes, columns, counts, decimal, delimiter, encoding, file, header_row, lots, sheet and wide",
        'contrat: unknown key. Did you mean "contract"?',
    ]


def test_missing_keys_are_errors() -> None:
    assert faults({"lot": {"id": "L1"}}) == [
        "contract: required key is missing",
        "lot.size: required key is missing",
    ]


def test_another_schema_is_an_error() -> None:
    assert faults(FULL | {"schema": "aql.contract/1"}) == [
        "schema: must be \"aql.inspection/1\", got 'aql.contract/1'. Are two files swapped?"
    ]


# How the findings are to be read.


@pytest.mark.parametrize("sign", ["", ";;", '"', "\n", "tabs", 5])
def test_a_delimiter_that_is_none_is_an_error(sign: Any) -> None:
    assert faults(changed(findings={"delimiter": sign})) == [
        f"findings.delimiter: must be one character, such as ',', ';' or 'tab', got {sign!r}"
    ]


@pytest.mark.parametrize("encoding", ["utf8mb4", "windows", "hex", "base64", "rot13"])
def test_an_encoding_that_is_none_is_an_error(encoding: str) -> None:
    """Some codecs of Python do not turn bytes into text, and so cannot be the encoding of a file."""
    assert faults(changed(findings={"encoding": encoding})) == [
        f"findings.encoding: must be an encoding such as utf-8, cp1252 or gb18030, got {encoding!r}"
    ]


def test_a_decimal_mark_is_a_point_or_a_comma() -> None:
    assert faults(changed(findings={"decimal": "'"})) == ['findings.decimal: must be "." or ",", got "\'"']


@pytest.mark.parametrize("name", ["../p1.jpg", "/p1.jpg", "a/../../p1.jpg", "C:\\p1.jpg", "..\\p1.jpg", ""])
def test_a_file_outside_the_folder_is_an_error(name: str) -> None:
    told = "must be a file in the folder of the document or a subfolder, got"
    assert faults(changed(inspection={"photos": [{"file": name}]}, findings={"file": ["a.csv", name]})) == [
        f"inspection.photos[0].file: {told} {name!r}",
        f"findings.file[1]: {told} {name!r}",
    ]


# Photographs.


def photographed(folder: Path, sha256: str) -> aql.Inspection:
    photos = [{"file": "photos/p1.jpg", "sha256": sha256, "item": 57}]
    write(folder, "h.json", json.dumps(header(photos=photos)))
    return aql.Inspection.load(folder / "h.json", findings=[])


def test_a_photo_is_the_one_that_was_stated(tmp_path: Path) -> None:
    (tmp_path / "photos").mkdir()
    (tmp_path / "photos" / "p1.jpg").write_bytes(b"picture")
    right = hashlib.sha256(b"picture").hexdigest()
    assert photographed(tmp_path, right).header.inspection.photos[0].item == 57
    assert photographed(tmp_path, right.upper()).header.inspection.photos[0].sha256 == right
    wrong = "f" * 64
    with pytest.raises(aql.DocumentError) as raised:
        photographed(tmp_path, wrong)
    assert problems(raised.value) == [
        (
            f"inspection.photos[0].sha256: does not match photos/p1.jpg, which has SHA-256 {right}. "
            "Use the original photograph"
        )
    ]


@pytest.mark.parametrize(
    ("inspected", "said"),
    [(56, "56, the number inspected"), ({"major": 9, "minor": 56}, "56, the number inspected"), (None, None)],
)
def test_a_photo_shows_an_item_that_was_inspected(inspected: Any, said: str | None) -> None:
    data = header(photos=[{"file": "p1.jpg", "item": 57}])
    data["inspection"] |= {"inspected": inspected}
    if inspected is None:
        del data["inspection"]["inspected"]
        data["lot"] = {"id": "L1", "size": 56}
        said = "56, the lot size"
    with pytest.raises(aql.DocumentError) as raised:
        aql.Inspection.load(data, findings=[])
    assert problems(raised.value) == [f"inspection.photos[0].item: must be at most {said}, got 57"]


def test_the_last_item_may_be_shown() -> None:
    for inspected in (57, {"major": 9, "minor": 57}, None):
        data = header(photos=[{"file": "p1.jpg", "item": 57}])
        data["lot"] = {"id": "L1", "size": 57 if inspected is None else 90}
        data["inspection"] |= {} if inspected is None else {"inspected": inspected}
        assert aql.Inspection.load(data, findings=[]).header.inspection.photos[0].item == 57


def test_an_approved_sample_is_next_to_a_photo_of_the_goods() -> None:
    goods = [{"file": "p1.jpg"}, {"file": "p2.jpg"}]
    sample = {"file": "s1.jpg", "approved_sample_for": "p2.jpg"}
    read = aql.Inspection.load(header(photos=[*goods, sample]), findings=[])
    assert read.header.inspection.photos[2].approved_sample_for == "p2.jpg"
    for wrong in ("s1.jpg", "s2.jpg", "p3.jpg"):
        other = {"file": "s2.jpg", "approved_sample_for": wrong}
        (said,) = faults(header(photos=[*goods, sample, other]))
        assert f"approved_sample_for must name another photo of the goods, got {wrong!r}" in said


def test_a_photo_that_cannot_be_read_has_no_checksum_to_compare(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    really_open = os.open

    def unreadable(path: Path, flags: int) -> int:
        if path.suffix == ".jpg":
            raise PermissionError(str(path))
        return really_open(path, flags)

    (tmp_path / "photos").mkdir()
    (tmp_path / "photos" / "p1.jpg").write_bytes(b"picture")
    monkeypatch.setattr("os.open", unreadable)
    assert photographed(tmp_path, "f" * 64).header.inspection.photos[0].sha256 == "f" * 64


def test_a_checksum_that_is_none_is_an_error() -> None:
    assert faults(changed(inspection={"photos": [{"file": "p.jpg", "sha256": "abc"}]})) == [
        (
            "inspection.photos[0].sha256: must be a SHA-256 of 64 hexadecimal digits, got 'abc'. "
            "Use what 'aql hash FILE' prints"
        )
    ]


# Files.


def test_a_header_that_does_not_exist_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(aql.AqlError) as raised:
        aql.Inspection.load(tmp_path / "h.toml")
    assert "does not exist" in str(raised.value)


def test_a_header_of_another_kind_is_an_error(tmp_path: Path) -> None:
    write(tmp_path, "h.yaml", "contract: PO-1")
    with pytest.raises(aql.AqlError) as raised:
        aql.Inspection.load(tmp_path / "h.yaml")
    assert "'h.yaml'" in str(raised.value)
    assert ".toml or .json" in str(raised.value)


def test_a_fault_of_a_file_names_the_file(tmp_path: Path) -> None:
    write(tmp_path, "visit.json", json.dumps({"contract": "PO-1"}))
    with pytest.raises(aql.DocumentError) as raised:
        aql.Inspection.load(tmp_path / "visit.json", findings=[])
    assert str(raised.value) == ("visit.json has 1 problem:\n  lot: required key is missing")
