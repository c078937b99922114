"""Draw the picture of the layers for the design page: ``python docs/make_design_picture.py``.

The page includes the SVG inline, where it follows the light or dark theme of the site. Opened as a file, it follows the
browser's theme.
"""

from __future__ import annotations

from pathlib import Path

PICTURE = Path(__file__).parent / "design.svg"

# From top to bottom: the packages of a layer, what it is for, and the value that it passes to the layers above.
LAYERS: list[tuple[tuple[str, ...], str, str]] = [
    (("cli",), "the command aql", ""),
    (("strategies",), "draws every value for tests", ""),
    (("report", "plot", "examples"), "files and pictures to keep", ""),
    (("display",), "every value in words and as HTML", ""),
    (("assurance", "desk"), "what can be claimed; recording", "ClaimAssessment"),
    (("scoring",), "what it means", "Verdict"),
    (("inspection",), "what was found", "Inspection"),
    (("contract",), "what was agreed", "Contract"),
    (("scheme",), "what many lots do", "Scheme"),
    (("standards",), "what the standard says", "Lookup"),
    (("plans",), "what a plan does", "SinglePlan"),
    (("tables",), "the printed numbers, read strictly", ""),
    (("markup", "distributions", "documents"), "HTML, arithmetic, files", ""),
    (("errors", "codes", "types", "checks", "words"), "for all", ""),
    (("languages", "lazy", "version"), "translations, loading on demand", ""),
]
VALUES = [value for _, _, value in LAYERS if value]

WIDTH, ROW, BOX = 760, 46, 34
LEFT, RIGHT = 100, 696
VALUE = 548
CHARACTER = 8.4

STYLE = """
.house { --ink: var(--pst-color-text-base, #1b1f24); --pale: var(--pst-color-text-muted, #59636e);
  --line: var(--pst-color-border, #d1d9e0); --ground: var(--pst-color-surface, #f6f8fa);
  --blue: var(--pst-color-primary, #0b5cad); --soft: var(--pst-color-secondary-bg, #e3eefa);
  --warm: var(--pst-color-accent, #a33b00); }
.house text { font: 14px var(--pst-font-family-base, system-ui, sans-serif); fill: var(--pale); }
.house .name { font-family: var(--pst-font-family-monospace, monospace); font-weight: 600; fill: var(--ink); }
.house .value { font-family: var(--pst-font-family-monospace, monospace); fill: var(--blue); }
.house rect { fill: var(--ground); stroke: var(--line); }
.house .made { fill: var(--soft); stroke: var(--blue); }
.house path { fill: none; stroke: var(--pale); stroke-width: 1.5; }
.house .up { stroke: var(--blue); stroke-width: 2; }
.house .by-name { stroke: var(--warm); stroke-dasharray: 5 4; }
.house .warm-line { stroke: var(--warm); }
.house .warm { fill: var(--warm); }
""".strip()
# The dark theme, for the SVG opened as a file.
DARK = """
@media (prefers-color-scheme: dark) { .house:root { --ink: #e8edf2; --pale: #a2adb8; --line: #39424c; --ground: #181e25;
  --blue: #7cb8ff; --soft: #16324f; --warm: #ffab70; background: #0f1318; } }
""".strip()


def top(place: int) -> int:
    """The upper edge of a layer's row."""
    return 14 + place * ROW


def middle(place: int) -> int:
    """The middle of a layer's row."""
    return top(place) + BOX // 2


def layer(place: int, names: tuple[str, ...], what: str, value: str) -> list[str]:
    """Draw the row of a layer: its packages, what it is for, and its value."""
    parts, x, base = [], LEFT, middle(place) + 5
    for name in names:
        width = round(len(name) * CHARACTER) + 24
        parts.append(f'<rect x="{x}" y="{top(place)}" width="{width}" height="{BOX}" rx="4"/>')
        parts.append(f'<text class="name" x="{x + 12}" y="{base}">{name}</text>')
        x += width + 8
    parts.append(f'<text x="{x + 4}" y="{base}">{what}</text>')
    if value:
        width = RIGHT - VALUE - 24
        parts.append(
            f'<rect class="made" x="{VALUE}" y="{top(place)}" width="{width}" height="{BOX}" rx="17"/>'
        )
        parts.append(
            f'<text class="value" x="{VALUE + width / 2:g}" y="{base}" text-anchor="middle">{value}</text>'
        )
    return parts


def place_of(name: str) -> int:
    """The row of a package or a value."""
    return next(k for k, (names, _, value) in enumerate(LAYERS) if name in names or name == value)


def arrows() -> list[str]:
    """Draw where imports point, how data flows, and the one call upwards."""
    end, start = top(len(LAYERS) - 1) + BOX, top(0)
    down = f'<path d="M32 {start}V{end}M26 {end - 9}L32 {end}L38 {end - 9}"/>'
    said = f'<text transform="translate(22 {(start + end) // 2}) rotate(-90)" text-anchor="middle">imports point down</text>'
    first, goal = middle(place_of(VALUES[-1])), middle(place_of("report"))
    x = RIGHT + 12
    up = f'<path class="up" d="M{x} {first}V{goal}M{x - 6} {goal + 9}L{x} {goal}L{x + 6} {goal + 9}"/>'
    stubs = "".join(f'<path class="up" d="M{RIGHT - 24} {middle(place_of(value))}H{x}"/>' for value in VALUES)
    flows = f'<text transform="translate({x + 24} {(first + goal) // 2}) rotate(-90)" text-anchor="middle">data flows up</text>'
    low, high = middle(place_of("markup")), middle(place_of("display"))
    name = (
        f'<path class="by-name" d="M{LEFT} {low}H82V{high}H{LEFT - 2}"/>'
        f'<path class="warm-line" d="M{LEFT - 10} {high - 5}L{LEFT - 2} {high}L{LEFT - 10} {high + 5}"/>'
        f'<text class="warm" transform="translate(70 {(low + high) // 2}) rotate(-90)" text-anchor="middle">'
        "to show a value, markup loads display</text>"
    )
    return [down, said, stubs, up, flows, name]


def picture() -> str:
    """Return the whole picture."""
    height = top(len(LAYERS)) + 2
    label = "The layers of aql from the command at the top to shared helpers at the bottom. Imports point down; data flows up."
    body = [part for place, row in enumerate(LAYERS) for part in layer(place, *row)]
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" class="house" viewBox="0 0 {WIDTH} {height}" role="img" aria-label="{label}">',
        f"<style>\n{STYLE}\n{DARK}\n</style>",
        *body,
        *arrows(),
        "</svg>",
    ]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    PICTURE.write_text(picture(), encoding="utf-8", newline="\n")
