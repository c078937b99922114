"""Write the results in `attack.json` into the page "What it withstands" between its two comments.

nox -s attack && python docs/make_attack_page.py
"""

import json
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
BEGIN, END = "<!-- results -->", "<!-- end of results -->"


def table(doors: dict[str, Any]) -> str:
    """Return a table with one row per door."""
    rows = ["| door | inputs | accepted | refused with | slowest |", "|---|---|---|---|---|"]
    for door, found in doors.items():
        codes = sorted(found["errors"].items(), key=lambda pair: (-pair[1], pair[0]))
        named = ", ".join(f"`{code}` {count}" for code, count in codes[:3])
        more = len(codes) - 3
        named += f" and {more} more" if more > 0 else ""
        rows.append(
            f"| {door} | {found['inputs']} | {found['accepted']} | {named} | {found['slowest']:.2f} s |"
        )
    return "\n".join(rows)


def page(result: dict[str, Any]) -> str:
    """Return the part of the page with the results."""
    doors = result["doors"]
    failed = sum(count for found in doors.values() for count, *_ in found["failures"].values())
    slowest = max(found["slowest"] for found in doors.values())
    accepted = sum(found["accepted"] for found in doors.values())
    return f"""\
The last run tried {result["inputs"]} mutated inputs (seed {result["seed"]}). {accepted} were accepted, and
{result["inputs"] - accepted - failed} were refused with an `AqlError`. {failed} raised another error or took more than two
seconds. The slowest took {slowest:.2f} s, and the process {result["memory"]} MB at most.

{table(doors)}
"""


def main() -> None:
    """Replace the results on the page."""
    result = json.loads((HERE / "attack.json").read_text("utf-8"))
    file = HERE / "explanation/what_it_withstands.md"
    before, _, rest = file.read_text("utf-8").partition(BEGIN)
    after = rest.partition(END)[2]
    file.write_text(f"{before}{BEGIN}\n{page(result)}{END}{after}", encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
