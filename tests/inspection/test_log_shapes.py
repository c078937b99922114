"""Logs as people lay them out: titles above the header, other names, one column per term, several lots."""

import json
from pathlib import Path
from typing import Any

import jsonschema
import openpyxl
import pandas as pd
import pytest

import aql
from aql.inspection.log import LogRow
from tests.scoring.builders import Values, header, problems, write

TITLES = "Final inspection report,,\nOrder P,,\n\nItem,Term,Note\n1,dent,cover\n"


def load(folder: Path, name: str, **how: Any) -> aql.Inspection:
    visit = how.pop("inspection", {})
    document = header(findings={"file": name, **how})
    document["inspection"] = visit
    (folder / "inspection.json").write_text(json.dumps(document), "utf-8")
    return aql.Inspection.load(folder / "inspection.json")


def rows_of(folder: Path, text: str, **how: Any) -> tuple[LogRow, ...]:
    write(folder, "log.csv", text)
    return load(folder, "log.csv", **how).rows


def faults(folder: Path, text: str, **how: Any) -> list[str]:
    with pytest.raises(aql.DocumentError) as raised:
        rows_of(folder, text, **how)
    return problems(raised.value)


def with_titles(folder: Path) -> None:
    book = openpyxl.Workbook()
    page = book.active
    assert page is not None
    for row in (["FINAL RANDOM INSPECTION REPORT"], ["Order", "P"], [], ["Item", "Term", None, "Note"]):
        page.append(row)
    page.append([1, "dent", None, "cover"])
    page.delete_cols(3)
    page.merge_cells("A1:C1")
    book.save(folder / "log.xlsx")


# Titles above the names of the columns.


def test_the_row_that_seems_to_name_the_columns_is_told(tmp_path: Path) -> None:
    assert faults(tmp_path, TITLES) == [
        (
            "log.csv, row 1: contains 'Final inspection report'; row 4 seems to name the columns. "
            "Write header_row = 4 under [findings]"
        )
    ]
    with_titles(tmp_path)
    with pytest.raises(aql.LogError) as raised:
        load(tmp_path, "log.xlsx")
    assert problems(raised.value) == [
        (
            "log.xlsx, row 1: contains 'FINAL RANDOM INSPECTION REPORT'; row 4 seems to name the columns. "
            "Write header_row = 4 under [findings]"
        )
    ]


def test_a_row_without_a_needed_column_names_no_columns(tmp_path: Path) -> None:
    """A title such as "Item, Note" has two names of columns, but neither term nor class."""
    (fault,) = faults(tmp_path, "Item,Note,\n,,\nItem,Term,Note\n1,dent,cover\n")
    assert "row 3 seems to name the columns" in fault
    (fault,) = faults(
        tmp_path, "Term,Class,\n,,\nItem,Width,\n1,245,\n", wide=True, columns={"Width": "width"}
    )
    assert "row 3 seems to name the columns" in fault
    (fault,) = faults(tmp_path, "Term,Foo,\n,,\nItem,Term,Note\n1,dent,cover\n")
    assert "row 3 seems to name the columns" in fault
    (fault,) = faults(tmp_path, "Nr,Note,\n,,\nNr,Fault,\n1,dent,\n", columns={"Nr": "item", "Fault": "term"})
    assert "row 3 seems to name the columns" in fault


def test_the_declared_row_names_the_columns(tmp_path: Path) -> None:
    expected = (LogRow(item=1, term="dent", note="cover"),)
    assert rows_of(tmp_path, TITLES, header_row=4) == expected
    with_titles(tmp_path)
    found = load(tmp_path, "log.xlsx", header_row=4).rows
    assert (found, found[0].place) == (expected, "log.xlsx, row 5")


def test_40_rows_are_searched_for_the_names_of_columns(tmp_path: Path) -> None:
    """Blank lines are not counted."""
    for titles, says in ((39, "row 79 seems to name the columns"), (40, "must be lot, stage")):
        text = "Title,\n,\n" * titles + "item,term\n1,dent\n"
        assert says in faults(tmp_path, text)[0]


@pytest.mark.parametrize("row", [3, 99])
def test_a_declared_row_without_names_is_an_error(tmp_path: Path, row: int) -> None:
    assert faults(tmp_path, TITLES, header_row=row) == [
        f"log.csv, row {row}: header_row is {row}, but that row is empty or below the end of the file"
    ]


def test_a_title_alone_is_an_unknown_column(tmp_path: Path) -> None:
    assert faults(tmp_path, "Title\nsomething\n")[0].startswith("log.csv, column 1: must be lot, ")


# Other names of columns.

FRENCH = "N°,Défaut,Gravité,Contrôleur\n3,rayure,mineur,X\n"
MAPPED = {"N°": "item", "Défaut": "term", "gravité ": "class", "Contrôleur": "ignore"}


def test_columns_are_mapped(tmp_path: Path) -> None:
    names = {name.strip(): column for name, column in MAPPED.items()}
    expected = (LogRow(item=3, term="rayure", class_="mineur"),)
    assert rows_of(tmp_path, FRENCH, columns=names) == expected
    decomposed = FRENCH.replace("é", "e\u0301")
    assert rows_of(tmp_path, decomposed, columns=names) == expected
    frame = pd.DataFrame([["3", "rayure", "mineur", "X"]], columns=["N°", "Défaut", "Gravité", "Contrôleur"])
    assert aql.Inspection.load(header(findings={"columns": names}), findings=frame).rows == expected
    assert aql.Inspection.load(header(findings={"columns": names}), findings=[]).rows == ()


def test_titles_are_found_above_mapped_columns(tmp_path: Path) -> None:
    assert faults(tmp_path, "Rapport\nN°,Défaut\n3,rayure\n", columns={"N°": "item", "Défaut": "term"}) == [
        (
            "log.csv, row 1: contains 'Rapport'; row 2 seems to name the columns. "
            "Write header_row = 2 under [findings]"
        )
    ]


def test_a_saved_inspection_does_not_map_its_columns_again(tmp_path: Path) -> None:
    rows_of(tmp_path, FRENCH, columns={name.strip(): column for name, column in MAPPED.items()})
    found = aql.Inspection.load(tmp_path / "inspection.json")
    assert aql.Inspection.from_json(found.to_json()) == found
    assert aql.Inspection.load(found.save(tmp_path / "one.toml")) == found


def test_a_mapping_has_to_fit_the_log(tmp_path: Path) -> None:
    assert faults(tmp_path, "item,term\n1,x\n", columns={"Défaut": "term", "N°": "item"}) == [
        "log.csv: columns under [findings] names 'Défaut' and 'N°', which are not in the log"
    ]
    assert faults(tmp_path, "item,Défaut,term\n1,x,y\n", columns={"Défaut": "term"}) == [
        "log.csv, column 3: 'term' appears twice. Keep one of the two"
    ]
    assert faults(tmp_path, "a,b\n", columns={"a": "trem"}) == [
        (
            "findings: columns must map 'a' to lot, stage, item, term, class, value, unit, count, carton, sku, "
            "photo and note or 'ignore', got 'trem'. Write wide = true if each column is a term"
        )
    ]


def test_ignored_columns_may_be_many(tmp_path: Path) -> None:
    names = {"a": "ignore", "b": "ignore"}
    assert rows_of(tmp_path, "a,item,b,term\n1,2,3,dent\n", columns=names) == (LogRow(item=2, term="dent"),)


# One row per item, one column per term.

WIDE = "Item,SKU,Width (mm),dent,Remark\n1,S,246.1,OK,\n2,M,,NG,cover\n"


def test_a_wide_log_has_a_row_per_item_and_a_column_per_term(tmp_path: Path) -> None:
    how: Values = {"wide": True, "columns": {"Width (mm)": "width", "Remark": "note"}}
    rows = rows_of(tmp_path, WIDE, **how)
    assert rows == (
        LogRow(item=1, term="width", value="246.1", sku="S"),
        LogRow(item=1, term="dent", value="OK", sku="S"),
        LogRow(item=2, term="dent", value="NG", sku="M", note="cover"),
    )
    assert str(rows[0].problem("must be a number", column="value")) == (
        "log.csv, row 2, column width: must be a number"
    )


def test_a_wide_log_needs_items_and_no_columns_of_a_long_one(tmp_path: Path) -> None:
    assert faults(tmp_path, "Piece,width\n1,246\n", wide=True) == [
        "log.csv: there is no column item. A wide log has one row per item and one column per term"
    ]
    assert faults(tmp_path, "item,term,value\n1,width,246\n", wide=True) == [
        (
            "log.csv: a wide log has one column per term, got term. "
            "Remove wide = true, or map the columns to terms"
        )
    ]
    assert faults(tmp_path, "item,,width\n1,2,3\n", wide=True) == [
        (
            "log.csv, column 2: the column has no name. "
            "Add one, or remove the column (pandas: to_csv(path, index=False))"
        )
    ]


def test_a_wide_log_may_count_by_term_and_by_class(tmp_path: Path) -> None:
    how: Values = {"wide": True, "counts": ["dent"], "classes": ["minor"], "columns": {"other": "minor"}}
    text = "item,dent,other,value\n1,2,0,\n2,NG,3,\n3,,,OK\n"
    assert rows_of(tmp_path, text, **how) == (
        LogRow(item=1, term="dent", count=2),
        LogRow(item=2, term="dent", value="NG"),
        LogRow(item=2, class_="minor", count=3),
        LogRow(item=3, value="OK"),
    )
    assert faults(tmp_path, "item,dint,other\n1,,\n", **how) == [
        "log.csv: counts under [findings] names 'dent', which is not in the log"
    ]
    assert faults(tmp_path, text, counts=["dent"]) == [
        "findings: counts names columns of a wide log, got 'dent'. Write wide = true if each column is a term"
    ]


def test_a_note_without_any_term_in_a_wide_log_is_not_lost(tmp_path: Path) -> None:
    assert faults(tmp_path, "item,width,note\n1,,not measured\n2,,\n", wide=True) == [
        "log.csv, row 2: the row has neither a term nor a class. Fill in one of them"
    ]


# Several lots.

LOTS = "lot,item,term\nL1,1,dent\nL2,2,dent\n"


def test_the_rows_of_other_lots_are_left_out_where_the_header_lists_them(tmp_path: Path) -> None:
    assert rows_of(tmp_path, LOTS, lots=["L1", "L2"]) == (LogRow(item=1, term="dent"),)
    assert faults(tmp_path, LOTS + ",3,dent\nl1,3,dent\n", lots=["L1", "L2"]) == [
        "log.csv, row 4, column lot: must name the lot, because the header declares several lots in the log",
        "log.csv, row 5, column lot: must be one of the lots L1 and L2, got 'l1'",
    ]
    assert faults(tmp_path, LOTS, lots=["L2", "L3"]) == [
        "lots under [findings] must contain 'L1', the lot of the header"
    ]


def test_rows_of_other_lots_are_checked_with_their_own_header(tmp_path: Path) -> None:
    """Their items are named in another list."""
    visit: Values = {"items": ["SN-1"], "inspected": 1}
    text = "lot,item,term\nL1,SN-1,dent\nL2,SN-9,dent\n"
    assert len(rows_of(tmp_path, text, lots=["L1", "L2"], inspection=visit)) == 1


# Items by name; the further columns.


def test_items_may_be_named_in_the_order_drawn(tmp_path: Path) -> None:
    visit: Values = {
        "items": ["SN-3", "SN-1", "4006381333931"],
        "inspected": 3,
        "photos": [{"file": "a.jpg", "item": "SN-1"}],
    }
    text = "item,term\nSN-1,dent\n4006381333931,dent\n"
    assert [row.item for row in rows_of(tmp_path, text, inspection=visit)] == [2, 3]
    found = aql.Inspection.load(tmp_path / "inspection.json")
    assert found.header.inspection.item_name(2) == "SN-1"
    assert found.header.inspection.photos[0].item == 2
    assert [row["item"] for row in found.to_dict()["log"]] == ["SN-1", "4006381333931"]  # type: ignore[attr-defined]
    assert aql.Inspection.from_json(found.to_json()) == found
    jsonschema.validate(found.to_dict(), aql.Inspection.json_schema())
    assert faults(tmp_path, "item,term\n2,dent\nSN-2,dent\nsn3,dent\n", inspection=visit) == [
        "log.csv, row 2, column item: must be one of the 3 items of the header, got '2'",
        "log.csv, row 3, column item: must be one of the 3 items of the header, got 'SN-2'",
        (
            "log.csv, row 4, column item: must be one of the 3 items of the header, got 'sn3'. "
            "Did you mean 'SN-3'?"
        ),
    ]


def test_a_name_that_ends_like_a_float_is_a_name(tmp_path: Path) -> None:
    visit: Values = {"items": ["REV-2.0", "3.0", "12"], "inspected": 3}
    text = "item,term\nREV-2.0,dent\n3.0,dent\n12.0,dent\n"
    assert [row.item for row in rows_of(tmp_path, text, inspection=visit)] == [1, 2, 3]


def test_named_items_are_distinct_and_at_least_those_inspected(tmp_path: Path) -> None:
    assert faults(tmp_path, "", inspection={"items": ["a", "b", "a"]}) == [
        "inspection: items must name each item once, got 'a' twice"
    ]
    assert faults(tmp_path, "", inspection={"items": ["a"], "inspected": {"major": 2}}) == [
        "inspection: inspected must be at most 1, the number of items named, got 2"
    ]
    with pytest.raises(aql.DocumentError, match="items must name at most 2 items"):
        aql.Inspection.load(header(size=2) | {"inspection": {"items": ["a", "b", "c"]}}, findings=[])
    with pytest.raises(aql.DocumentError, match=r"photos\[0\]\.item"):
        aql.Inspection.load(
            header() | {"inspection": {"items": ["a"], "photos": [{"file": "a.jpg", "item": "b"}]}},
            findings=[],
        )


def test_a_number_is_the_name_of_an_item_where_no_items_are_named(tmp_path: Path) -> None:
    (row,) = rows_of(tmp_path, "item,term\n7,dent\n")
    assert aql.Inspection.load(tmp_path / "inspection.json").header.inspection.item_name(7) == "7"
    assert row.item == 7


def test_a_csv_file_that_pandas_wrote_gives_the_rows_of_the_frame(tmp_path: Path) -> None:
    """An item column with empty cells is written with floats."""
    frame = pd.DataFrame({"item": [7, None], "term": ["dent", "dent"], "count": [None, 3]})
    frame.to_csv(tmp_path / "log.csv", index=False)
    assert "7.0,dent," in (tmp_path / "log.csv").read_text("utf-8")
    rows = load(tmp_path, "log.csv").rows
    assert rows == aql.Inspection.load(header(), findings=frame).rows
    assert (rows[0].item, rows[1].count) == (7, 3)
    frame.to_csv(tmp_path / "log.csv")
    with pytest.raises(aql.LogError, match=r"index=False"):
        load(tmp_path, "log.csv")


def test_a_safety_culture_export_is_recognised(tmp_path: Path) -> None:
    text = aql.examples.example_file("logs/safety_culture.csv").read_text("utf-8")
    assert faults(tmp_path, text) == [
        "log.csv: is an export of SafetyCulture. Read it with aql.inspection.read_safety_culture"
    ]


def test_stage_carton_sku_and_photo_are_kept(tmp_path: Path) -> None:
    text = "stage,carton,sku,photo,class,count\n2,C-9,BLK,IMG_1.jpg,major,3\n"
    expected = LogRow(class_="major", count=3, stage=2, carton="C-9", sku="BLK", photo="IMG_1.jpg")
    assert rows_of(tmp_path, text) == (expected,)
    found = aql.Inspection.load(tmp_path / "inspection.json")
    assert aql.Inspection.from_dict(found.to_dict()) == found
    jsonschema.validate(found.to_dict(), aql.Inspection.json_schema())
    other = rows_of(tmp_path, text.replace("BLK", "WHT"))
    assert aql.Inspection(found.header, other).checksum != found.checksum
    assert faults(tmp_path, "stage,class,count\n0,major,3\n") == [
        "log.csv, row 2, column stage: must be a whole number, 1 or more, got '0'"
    ]


def test_an_inspection_shows_rows_of_whole_items_and_named_items() -> None:
    found = aql.Inspection.load(
        header() | {"inspection": {"items": ["SN-1", "SN-2"]}}, findings=[{"item": "SN-2", "value": "OK"}]
    )
    assert "the item as a whole" in str(found)
    assert "Items by name" in str(found)
