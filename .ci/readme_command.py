#!/usr/bin/env python3
"""Print a command of README.md: the code block below the line `<!-- command: NAME -->`."""

import re
import sys
from pathlib import Path

README = Path(__file__).parent.parent / "README.md"


def readme_command(readme: str, name: str) -> str:
    block = re.compile(
        rf"^<!-- command: {re.escape(name)} -->\n\s*^```\w*\n(?P<command>.+?)^```$", re.MULTILINE | re.DOTALL
    )
    found = [match["command"] for match in block.finditer(readme)]
    if len(found) != 1:
        raise SystemExit(
            f"README.md has {len(found)} code blocks below a line `<!-- command: {name} -->`; it needs exactly one."
        )
    return found[0]


if __name__ == "__main__":
    if len(sys.argv) != 2:
        raise SystemExit("usage: readme_command.py NAME")
    print(readme_command(README.read_text(encoding="utf-8"), sys.argv[1]), end="")
