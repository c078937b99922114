"""Take the pictures of the desk in JupyterLab: ``python docs/make_desk_pictures.py``; needs the extra ``lab`` and Chromium.

Run it again after a change to the widget.
"""

from __future__ import annotations

import sys
from pathlib import Path
from tempfile import TemporaryDirectory

ROOT = Path(__file__).parents[1]
FOLDER = ROOT / "docs" / "how_to" / "pictures"
CELL = """
import aql
contract = aql.Contract.load(
    {
        "order": {"id": "PO-2026-0117", "product": "10.1 inch tablet"},
        "classes": [
            {"name": "critical", "aql": 0},
            {"name": "major", "aql": 2.5},
            {"name": "minor", "aql": 4},
        ],
        "terms": [
            {"id": "battery", "class": "major", "text": "Battery capacity", "measure": {"unit": "mAh", "min": "3000"}},
            {"id": "starts", "class": "critical", "text": "Does it start?", "measure": {"answer": "yes"}},
            {"id": "edge", "class": "critical", "text": "Edge or burr that cuts", "kind": "visual"},
            {"id": "pixel", "class": "major", "text": "Dead pixel", "kind": "visual"},
            {"id": "scratch", "class": "minor", "text": "Scratch longer than 5 mm", "kind": "visual"},
        ],
    }
)
header = {"contract": "PO-2026-0117", "lot": {"id": "L1", "size": 280}}
desk = aql.Desk.open(contract, header, "L1-THEME.jsonl")
for item in range(1, 13):
    desk.record(item, term="battery", value=str(3040 + 7 * item), unit="mAh")
    desk.record(item, term="starts", value="yes")
    if item in {4, 9}:
        desk.record(item, term="scratch", note="back, 7 mm")
    if item == 7:
        desk.record(item, term="pixel")
    desk.record(item)
desk.record(13, term="battery", value="2985", unit="mAh")
"""
SIZES = {"desk_wide": (1280, 2000, "light"), "desk_narrow": (390, 844, "dark")}


def main() -> None:
    """Write a picture of the widget for a laptop, and one for a phone."""
    sys.path.insert(0, str(ROOT))
    from tests_desk.jupyter_lab import running_lab
    from tests_site.chromium import chromium

    FOLDER.mkdir(exist_ok=True)
    with TemporaryDirectory() as folder, running_lab(Path(folder)) as lab, chromium() as browser:
        for name, (width, height, theme) in SIZES.items():
            lab.write_notebook(f"{name}.ipynb", [CELL.replace("THEME", theme), "desk"])
            page = browser.new_page(viewport={"width": width, "height": height})
            lab.open(page, f"{name}.ipynb", theme)
            widget = page.locator(".aql-desk")
            widget.locator("[data-name=finish][aria-disabled=false]").wait_for()
            widget.evaluate("one => one.scrollIntoView()")
            (page if width < 700 else widget).screenshot(path=FOLDER / f"{name}.png")
            page.close()


if __name__ == "__main__":
    main()
