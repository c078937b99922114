"""The pictures of the explanation are those that the script draws, and every one is shown on a page."""

import importlib.util
import re
from pathlib import Path
from types import ModuleType

from matplotlib.figure import Figure

DOCS = Path(__file__).parents[2] / "docs"
PICTURES = DOCS / "explanation" / "pictures"


def script() -> ModuleType:
    spec = importlib.util.spec_from_file_location("make_pictures", DOCS / "make_pictures.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_every_picture_is_drawn_by_the_script_and_shown_on_a_page() -> None:
    pages = "".join(path.read_text("utf-8") for path in PICTURES.parent.glob("*.md"))
    shown = set(re.findall(r"\(pictures/(\w+)\.svg\)", pages))
    assert shown == {path.stem for path in PICTURES.iterdir()} == set(script().pictures())


def test_a_picture_says_what_its_page_says() -> None:
    words = {}
    for name, draw in script().pictures().items():
        figure = Figure()
        draw(figure.subplots())
        words[name] = {text.get_text() for text in figure.axes[0].texts}
    assert "consumer's risk 10 %\nat CRQ 11.3 %" in words["operating_characteristic"]
    assert "34 to 162 items: 95.2 %" in words["what_passing_says"]


def test_the_pictures_carry_no_date() -> None:
    assert all("<dc:date>" not in path.read_text("utf-8") for path in PICTURES.iterdir())
