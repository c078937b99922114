"""A whole inspection tapped through in JupyterLab, with a kernel that dies in the middle; wide and narrow, light and dark."""

import base64
import json
import shutil
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Locator, Page, expect

import aql
from tests_desk.jupyter_lab import Lab, command, kill_kernel, run

CONTRACT = {
    "order": {"id": "PO-2026-0117", "product": "10.1 inch tablet"},
    "classes": [
        {"name": "critical", "aql": 0},
        {"name": "major", "aql": 2.5},
        {"name": "minor", "aql": 4.0},
    ],
    "terms": [
        {"id": "mass", "class": "major", "text": "Mass", "measure": {"unit": "g", "min": "480", "max": "500"}, "sample": 3, "ac": 0},
        {"id": "plug", "class": "major", "text": "Plug", "measure": {"allowed": ["EU", "UK"]}, "sample": 2, "ac": 0},
        {"id": "starts", "class": "critical", "text": "Does it start?", "measure": {"answer": "yes"}, "sample": 2, "ac": 0},
        {"id": "cuts", "class": "critical", "text": "Edge or burr that cuts", "kind": "visual"},
        {"id": "pixel", "class": "major", "text": "Dead pixel", "kind": "visual"},
        {"id": "scratch", "class": "minor", "text": "Scratch <b>longer</b> than 5 mm", "kind": "visual"},
    ],
}  # fmt: skip
HEADER = {"contract": "PO-2026-0117", "lot": {"id": "L1", "size": 280}}
ITEMS = 32
DIES_AT = 17

OPEN = """
import os
from pathlib import Path
import aql
folder = Path("{folder}")
folder.mkdir(exist_ok=True)
(folder / "pid").write_text(str(os.getpid()))
contract = aql.Contract.load({contract})
desk = aql.Desk.open(contract, {header}, folder / "L1.jsonl")
"""
PICTURE = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)


@pytest.fixture
def page(browser: Browser, width: int) -> Iterator[Page]:
    """A page of a width."""
    context = browser.new_context(viewport={"width": width, "height": 900})
    opened = context.new_page()
    opened.on("dialog", lambda dialog: dialog.accept())
    yield opened
    context.close()


def named(page: Page, name: str) -> Locator:
    """A button or field of the widget, by the name that it has in every language."""
    return page.locator(f".aql-desk [data-name='{name}']")


def confirmed(page: Page, text: str) -> None:
    """Wait until an entry is shown as recorded."""
    expect(page.locator(".aql-desk .said[data-tone=good]")).to_contain_text(text)


def at_item(page: Page, number: int) -> None:
    """Wait until the form of an item is shown."""
    expect(page.locator(".aql-desk .form h2")).to_contain_text(str(number))


def check_accessible(page: Page) -> None:
    """Fail if axe-core finds a fault, or if the widget is wider than its place."""
    found = Axe().run(page, context=".aql-desk").response["violations"]
    assert [(one["id"], [node["html"] for node in one["nodes"]]) for one in found] == []
    assert page.locator(".aql-desk").evaluate("one => one.scrollWidth <= one.clientWidth")


def inspect(page: Page, item: int) -> None:
    """Record what an item needs; items 5 and 20 have a scratch, and the one of item 5 is photographed."""
    at_item(page, item)
    if item <= 3:
        named(page, "mass value").fill(f"49{item}.5")
        named(page, "mass value").press("Enter")
        confirmed(page, f"49{item}.5")
    if item <= 2:
        named(page, "plug EU").click()
        confirmed(page, "EU")
        named(page, "starts yes").click()
        confirmed(page, "yes")
    if item in {5, 20}:
        named(page, "note").fill(f"on the lid <{item}>")
        named(page, "defect minor scratch").click()
        confirmed(page, f"on the lid <{item}>")
    if item == 5:
        named(page, "file").set_input_files({"name": "lid.png", "mimeType": "image/png", "buffer": PICTURE})
        confirmed(page, "lid.png")


def finish(page: Page, item: int) -> None:
    """Tap the large button, or press its key."""
    if item % 2:
        named(page, "finish").click()
    else:
        expect(named(page, "finish")).to_have_attribute("aria-disabled", "false")
        page.keyboard.press("0")


def entries(folder: Path) -> list[dict[str, Any]]:
    """What the file of the recording has after its first line."""
    return [json.loads(line) for line in (folder / "L1.jsonl").read_text("utf-8").splitlines()[1:]]


@pytest.mark.parametrize(
    ("width", "theme", "language"),
    [(1280, "light", "en"), (1280, "dark", "zh"), (390, "light", "zh"), (390, "dark", "en")],
)
def test_a_whole_inspection_survives_its_kernel(
    lab: Lab, page: Page, width: int, theme: str, language: str
) -> None:
    name = f"{width}-{theme}"
    folder = lab.folder / name
    opening = OPEN.format(folder=name, contract=CONTRACT, header=HEADER)
    lab.write_notebook(f"{name}.ipynb", [opening, f"desk.widget(language={language!r})"])
    lab.open(page, f"{name}.ipynb", theme)
    expect(page.locator(".aql-desk")).to_have_attribute("data-theme", theme)
    check_accessible(page)

    for item in range(1, DIES_AT):
        inspect(page, item)
        if item == 5:
            check_accessible(page)
        finish(page, item)
    at_item(page, DIES_AT)

    kill_kernel(folder)
    before = entries(folder)
    expect(named(page, "finish")).to_have_attribute("aria-disabled", "false")
    # JupyterLab may already say, in front of the button, that the kernel died.
    named(page, "finish").dispatch_event("click")
    expect(page.locator(".aql-desk .trouble strong")).to_contain_text(str(DIES_AT))
    expect(named(page, "again")).to_be_visible()
    check_accessible(page)
    assert entries(folder) == before

    restart(page, reload=width == 390)
    expect(named(page, "again")).to_be_visible()
    named(page, "again").click()
    for item in range(DIES_AT + 1, ITEMS + 1):
        inspect(page, item)
        finish(page, item)
    expect(page.locator(".aql-desk .form")).to_have_count(1)
    expect(named(page, "finish")).to_have_count(0)
    expect(page.locator(".aql-desk .heading .badge")).to_have_attribute("data-tone", "good")
    check_accessible(page)

    check_recording(folder)


def restart(page: Page, *, reload: bool) -> None:
    """Do what a person does after the kernel died: restart it, or open the notebook again, and run it."""
    if reload:
        page.reload()
        page.locator(".jp-Notebook .jp-CodeCell").first.wait_for()
    else:
        page.locator(".jp-Dialog .jp-mod-accept").click()
    page.wait_for_function(
        "window.jupyterapp?.shell.currentWidget?.sessionContext?.session?.kernel?.status === 'idle'"
    )
    command(page, "notebook:clear-all-cell-outputs")
    expect(page.locator(".aql-desk")).to_have_count(0)
    run(page)


def check_recording(folder: Path) -> None:
    """Fail unless everything that was tapped is in the file, once."""
    recorded = [one["record"] for one in entries(folder) if "record" in one]
    finished = [one["item"] for one in recorded if one.keys() == {"item"}]
    assert finished == list(range(1, ITEMS + 1))
    assert [one["note"] for one in recorded if "note" in one] == ["on the lid <5>", "on the lid <20>"]
    (photo,) = [one["photo"] for one in entries(folder) if "photo" in one]
    assert (folder / photo["file"]).read_bytes() == PICTURE
    assert (photo["item"], photo["sha256"]) == (5, sha256(PICTURE).hexdigest())
    contract = aql.Contract.load(CONTRACT)
    copy = shutil.copy(folder / "L1.jsonl", folder / "copy.jsonl")  # the kernel has locked the file
    with aql.Desk.open(contract, None, copy) as desk:
        verdict = aql.score(contract, desk.inspection())
    assert (verdict.decision, {one.name: one.found for one in verdict.classes}["minor"]) == ("accept", 2)
