"""Write docs/reference/provenance.md from the header comments of the files in tables/.

Run from the project's folder: ``python docs/make_provenance_page.py``. The page is committed, and a test checks that it
is up to date.
"""

from __future__ import annotations

import csv
import tomllib
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

HERE = Path(__file__).parent
TABLES = HERE.parent / "tables"
PAGE = HERE / "reference" / "provenance.md"

INTRODUCTION = """\
---
html_theme.sidebar_secondary.remove: true
---

# Sources of the numbers

Written by `python docs/make_provenance_page.py` from the heads of the files in `tables/`; do not edit.

The numbers of the standards are in `tables/`, with one CSV per printed table and one row per printed cell. They are
facts, transcribed from public sources and compared by machine. The text of the standards is not included; to claim
conformity with a standard you need a licensed copy of it. The code contains no number of a standard. Every lookup
carries the head of the table it used and the SHA-256 of the file (`aql.Lookup`). Every verdict carries one checksum of
all tables (`aql.Verdict`)."""

DISPUTED = """\
## Disputed cells

Another source gives a second reading for these cells. `aql` uses the value in the column *here*; a lookup that passes
through such a cell says so (`aql.Lookup.disputed`). A plan is written as Ac/Re, one pair per stage, with `#` where
acceptance is not permitted yet."""


SWITCHING = """\
A rule that no public text confirms is unverified. A scheme lists these settings (`aql.scheme.Rules`), and you can replace
them with what the parties agree on."""


class File(NamedTuple):
    """One file of the tables: its header and its rows."""

    name: str
    head: dict[str, str]
    rows: list[dict[str, str]]

    @property
    def cells(self) -> str:
        """How many printed cells, and how many of them are plans."""
        marks = Counter(row["cell"] for row in self.rows if "cell" in row)
        if not marks:
            return str(len(self.rows))
        kinds = ("plan", "number")
        return f"{len(self.rows)}, {sum(marks[kind] for kind in kinds)} with numbers"


def read(path: Path) -> File:
    """Read a file: the header in comment lines, then the columns and rows."""
    lines = path.read_text("utf-8").splitlines()
    head = dict(line.removeprefix("# ").split(": ", 1) for line in lines if line.startswith("# "))
    rows = list(csv.DictReader(line for line in lines if not line.startswith("#")))
    return File(path.name, head, rows)


def page() -> str:
    """Return the whole page."""
    return (
        "\n".join([INTRODUCTION, "", *editions(), "", *folders(), "", *switching(), *layout()]).rstrip()
        + "\n"
    )


def editions() -> Iterator[str]:
    """Yield the editions you can look up, and what is known about each."""
    yield from ("## Editions", "", "| edition | numbers from | what is known |", "|---|---|---|")
    for one in tomllib.loads((TABLES / "editions.toml").read_text("utf-8"))["edition"]:
        yield f"| {one['name']} | `{one['folder']}/` | {one['status']}{limits(one.get('verified'))} |"


def limits(verified: dict[str, Any] | None) -> str:
    """Say which lookups are available in an edition that has been checked only in part."""
    if verified is None:
        return ""
    samplings, letters = (" and ".join(map(str, verified[key])) for key in ("sampling", "without_letters"))
    return (
        f" Available: lookups by {verified['entry']}, {samplings} sampling, AQL {verified['aql_first']} to "
        f"{verified['aql_last']}, excluding arrows to letter {letters}; anything else is an error."
    )


def folders() -> Iterator[str]:
    """Yield a section for each folder, and the disputed cells at the end."""
    disputed: list[tuple[str, File]] = []
    for folder in sorted(path.parent for path in TABLES.glob("*/code_letters.csv")):
        files = [read(path) for path in sorted(folder.glob("*.csv"))]
        tables = [one for one in files if one.name != "disputed_cells.csv"]
        disputed += [(title(one), one) for one in files if one not in tables]
        yield from (f"## {title(tables[0])}", "", f"In `tables/{folder.name}/`. {adoptions(tables)}", "")
        yield from ("| table | title | cells | how it was checked | file |", "|---|---|---|---|---|")
        for one in sorted(tables, key=lambda one: order(one.head["table"])):
            head = one.head
            yield f"| {head['table']} | {head['title']} | {one.cells} | {head['evidence']} | `{one.name}` |"
        yield ""
    yield from (DISPUTED, "")
    for name, one in disputed:
        yield from (
            f"### {name}",
            "",
            "| table | letter | AQL | here | other reading | source of the other reading |",
        )
        yield "|---|---|---|---|---|---|"
        for row in sorted(one.rows, key=lambda row: row["table"]):
            cells = (row["letter"], row["aql"], row["value_here"], row["other_reading"], row["other_source"])
            yield f"| `{row['table']}` | {' | '.join(cells)} |"


def switching() -> Iterator[str]:
    """Yield the switching rules of every edition, one row per number."""
    yield from ("## Switching rules", "", SWITCHING, "")
    for path in sorted(TABLES.glob("*/switching*.toml")):
        document = tomllib.loads(path.read_text("utf-8"))
        yield from (
            f"### {document['standard']}",
            "",
            f"In `{path.relative_to(TABLES.parent).as_posix()}`.",
            "",
        )
        yield from (
            "| setting | value | what it decides | source | how it was checked |",
            "|---|---|---|---|---|",
        )
        for rule in document["rule"]:
            cells = (rule["value"], rule["text"], rule["source"], rule["evidence"])
            yield f"| `{rule['name']}` | {' | '.join(map(str, cells))} |"
        yield ""


def title(file: File) -> str:
    """The name of the edition in headings."""
    standard, edition = file.head["standard"], file.head["edition"]
    return standard if standard.endswith(edition) else f"{standard}:{edition}"


def adoptions(tables: list[File]) -> str:
    """Say which other standards print the same tables, if the headers name any."""
    found = dict.fromkeys(one.head["adoptions"] for one in tables if one.head["adoptions"] != "none recorded")
    return " ".join(f"{text}." for text in found)


def order(table: str) -> tuple[int, str]:
    """The sort key of a printed table: Roman and Arabic numerals by value."""
    numeral, _, part = table.partition("-")
    roman = {"I": 1, "II": 2, "III": 3, "IV": 4, "VIII": 8}
    return (roman[numeral] if numeral in roman else int(numeral), part)


def layout() -> Iterator[str]:
    """Yield the last two sections of tables/README.md."""
    text = (TABLES / "README.md").read_text("utf-8")
    for heading in ("File layout", "Changing a number"):
        section = text.split(f"## {heading}\n", 1)[1].split("\n## ", 1)[0]
        yield from (f"## {heading}", "", section.strip(), "")


def main() -> None:
    """Write the page."""
    PAGE.write_text(page(), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
