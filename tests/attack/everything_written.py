"""Write everything that the library writes into a folder, and print the checksum of each file.

    python tests/attack/everything_written.py [plain|threads|fork|spawn]

With `threads`, `fork` and `spawn` the work is done four times at once; what they write must be equal.
"""

import multiprocessing
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory

import aql
from aql.assurance import claim_draft
from aql.examples import tablet_claim, tablet_order
from tests.attack import frames, recordings, streams


def checksums(_: int = 0) -> dict[str, str]:
    """Write everything into an empty folder."""
    agreed, inspection = tablet_order()
    verdict = aql.score(agreed, inspection)
    claim = aql.assess_claim(agreed, verdict, facts=tablet_claim(), as_of=date(2026, 12, 20))
    scheme = aql.Scheme.lookup(1200, aql=2.5)
    drawing = aql.draw(agreed, inspection.header, seed=1)
    texts = {
        "verdict": verdict.to_json(),
        "verdict in words": verdict.explain() + verdict._repr_html_(),
        "claim": claim.to_json() + claim.explain(),
        "check": repr(aql.check(agreed)) + agreed.to_toml(),
        "lookup": aql.lookup(1200, aql=2.5).explain()
        + aql.lookup_many([9, 1200], aql=2.5).to_frame().to_csv(),
        "plan": repr(aql.design_double(prq=(0.01, 0.05), crq=(0.06, 0.1)).pa([0.01, 0.05]).tolist()),
        "scheme": repr(scheme.run([0, 7, 6, 1, 0, 8])) + repr(scheme.pa(0.02)),
        "drawing": drawing.replace(3, reason="wet").to_json() + drawing.explain(),
        "settlement": claim.settlement("upheld", inspection_fee="300").to_json(),
        "draft": str(claim_draft(claim)),
        "many lots": many_lots(),
        "streams": many_streams(scheme),
        "draw": repr(sorted(verdict.to_dict())) + repr(aql.lot_quality_bound(3, 80, 1200)),
    }
    with TemporaryDirectory() as name:
        folder = Path(name)
        agreed.save(folder / "contract.toml")
        inspection.save(folder / "inspection.json")
        aql.write_report(verdict, folder / "report.html")
        aql.write_workbook(verdict, folder / "verdict.xlsx")
        aql.write_sheet(agreed, folder / "sheet")
        aql.write_sheet(agreed, folder / "book", workbook=True)
        aql.write_sheet(agreed, folder / "wide", workbook=True, form="wide", language="zh")
        aql.write_pick_list(drawing, folder / "picks.html")
        aql.write_pick_list(drawing, folder / "picks.xlsx")
        for page in ("report-zh.html", "report-zh.pdf"):
            aql.write_report(verdict, folder / page, claim=claim, drawing=drawing, language="zh")
        texts["recording"] = recorded(agreed, folder / "L1.jsonl")
        found = {
            path.relative_to(folder).as_posix(): sha256(path.read_bytes()).hexdigest()
            for path in sorted(folder.rglob("*"))
            if path.is_file()
        }
    return found | {key: sha256(text.encode()).hexdigest() for key, text in texts.items()}


def many_lots() -> str:
    """The verdicts on many lots, whose order is not promised."""
    import pandas as pd
    import polars as pl

    rows, lots = pd.DataFrame(frames.FINDINGS), pd.DataFrame(frames.LOTS)
    rows["value"] = rows["value"].astype("string")
    of_pandas = aql.score_lots(rows, lots, frames.agreed())
    of_polars = aql.score_lots(pl.from_pandas(rows), pl.from_pandas(lots), frames.agreed())
    return "".join(
        [
            of_pandas.lots.to_csv(),
            of_pandas.lines.to_csv(),
            of_polars.lots.sort("lot").write_csv(),
            of_polars.lines.sort("lot", "line").write_csv(),
        ]
    )


def many_streams(scheme: aql.Scheme) -> str:
    """Streams under the switching rules, and their states."""
    import pandas as pd

    done = aql.run_streams(pd.DataFrame(streams.LOTS), scheme, **streams.COLUMNS)
    return str(done.to_csv()) + str(aql.stream_states(done, stream="line").to_csv())


def recorded(agreed: aql.Contract, path: Path) -> str:
    """What a recording is when it is opened again."""
    with aql.Desk.open(
        agreed, recordings.header(), path, clock=lambda: datetime(2026, 6, 1, tzinfo=UTC)
    ) as desk:
        for event in recordings.EVENTS:
            desk.record(**event)
        desk.undo()
    with aql.Desk.open(agreed, None, path) as desk:
        return desk.state.to_json() + desk.state.explain() + desk.inspection().to_json()


def main(how: str = "plain") -> None:
    """Print the checksums."""
    if how == "plain":
        (found,) = [checksums()]
    else:
        if how == "threads":
            with ThreadPoolExecutor(4) as threads:
                several = list(threads.map(checksums, range(4)))
        else:
            with multiprocessing.get_context(how).Pool(2) as processes:
                several = processes.map(checksums, range(4))
        found = several[0]
        assert all(one == found for one in several)
    sys.stdout.write("".join(f"{value} {name}\n" for name, value in found.items()))


if __name__ == "__main__":
    main(*sys.argv[1:])
