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
    rows = ["| door | inputs | accepted | refused with | slowest | memory |", "|---|---|---|---|---|---|"]
    for door, found in doors.items():
        codes = sorted(found["errors"].items(), key=lambda pair: (-pair[1], pair[0]))
        named = ", ".join(f"`{code}` {_number(count)}" for code, count in codes[:3])
        more = len(codes) - 3
        named += f" and {more} more" if more > 0 else ""
        rows.append(
            f"| {door} | {_number(found['inputs'])} | {_number(found['accepted'])} | {named} "
            f"| {found['slowest']:.2f} s | {found['memory']:.0f} MB |"
        )
    return "\n".join(rows)


def _number(number: int) -> str:
    """Return a number in groups of three digits."""
    return f"{number:,}".replace(",", " ")


def _seeds(seeds: list[int]) -> str:
    """Name the seeds."""
    return f"seed{'s' if len(seeds) > 1 else ''} {', '.join(map(str, seeds))}"


def _since(failed: int) -> str:
    return " and have been fixed since" if failed else ""


def _last(result: dict[str, Any]) -> str:
    """Say what the last of several runs found."""
    last = result.get("last")
    if last is None or len(result["seeds"]) == 1:
        return ""
    failed = last["failed"] or "none"
    return f" In the last run, of {_number(last['inputs'])} inputs (seed {last['seed']}), {failed} failed."


def page(result: dict[str, Any]) -> str:
    """Return the part of the page with the results."""
    doors = result["doors"]
    inputs = sum(found["inputs"] for found in doors.values())
    accepted = sum(found["accepted"] for found in doors.values())
    failed = sum(count for found in doors.values() for count, *_ in found["failures"].values())
    slowest = max(found["slowest"] for found in doors.values())
    memory = max(found["memory"] for found in doors.values())
    return f"""\
The runs tried {_number(inputs)} mutated inputs ({_seeds(result["seeds"])}). {_number(accepted)} were
accepted, {_number(inputs - accepted - failed)} were refused with an `AqlError`, and {failed or "none"} failed{_since(failed)}.{_last(result)}
The slowest input took {slowest:.2f} s of processor time, and the largest {memory:.0f} MB of memory beyond what the process
had before. The columns show for each door the most frequent [codes](../reference/codes.md), the slowest input, and the
largest.

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
