"""Write table_rows.json: row count and SHA-256 of the data rows of every table.

    python tests/golden/make_table_rows.py FOLDER

FOLDER is the cross-checked transcription, with one folder per standard and one CSV per printed table. The checksum is
taken over the header and the rows without comment lines, each ended by a line feed, so that neither provenance
lines nor the platform's line ends change it; the count leaves the header out.
"""

import json
import sys
from hashlib import sha256
from pathlib import Path


def summary(path: Path) -> dict[str, int | str]:
    """Number of data rows and checksum of one CSV."""
    lines = [line for line in path.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    text = "".join(f"{line}\n" for line in lines)
    return {"rows": len(lines) - 1, "sha256": sha256(text.encode()).hexdigest()}


if __name__ == "__main__":
    folder = Path(sys.argv[1])
    found = {path.relative_to(folder).as_posix(): summary(path) for path in sorted(folder.glob("*/*.csv"))}
    target = Path(__file__).with_name("table_rows.json")
    target.write_text(json.dumps(found, indent=2) + "\n", encoding="utf-8", newline="\n")
