"""Write everything that the library writes into a folder, and print the checksum of each file.

    python tests/attack/everything_written.py [plain|threads|fork|spawn]

With `threads`, `fork` and `spawn` the work is done four times at once; what they write must be equal.
"""

import multiprocessing
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory

import aql
from aql.examples import tablet_claim, tablet_order


def checksums(_: int = 0) -> dict[str, str]:
    """Write everything into an empty folder."""
    agreed, inspection = tablet_order()
    verdict = aql.score(agreed, inspection)
    claim = aql.assess_claim(agreed, verdict, facts=tablet_claim(), as_of=date(2026, 12, 20))
    scheme = aql.Scheme.lookup(1200, aql=2.5)
    texts = {
        "verdict": verdict.to_json(),
        "verdict in words": verdict.explain() + verdict._repr_html_(),
        "claim": claim.to_json() + claim.explain(),
        "check": repr(aql.check(agreed)) + agreed.to_toml(),
        "lookup": aql.lookup(1200, aql=2.5).explain()
        + aql.lookup_many([9, 1200], aql=2.5).to_frame().to_csv(),
        "plan": repr(aql.design_double(prq=(0.01, 0.05), crq=(0.06, 0.1)).pa([0.01, 0.05]).tolist()),
        "scheme": repr(scheme.run([0, 7, 6, 1, 0, 8])) + repr(scheme.pa(0.02)),
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
        found = {
            path.relative_to(folder).as_posix(): sha256(path.read_bytes()).hexdigest()
            for path in sorted(folder.rglob("*"))
            if path.is_file()
        }
    return found | {key: sha256(text.encode()).hexdigest() for key, text in texts.items()}


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
