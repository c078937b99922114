#!/usr/bin/env python3
"""Looks for phrases that plain English does without, in the documentation, the notebooks and the code's own words.

``python .ci/check_prose.py [FILE ...]`` prints every place with what to write instead, and exits with 1 if there is
one. Without files it looks through all that Git tracks. A line that has to keep a phrase, because it quotes it, ends
with ``prose: quoted``.
"""

import io
import json
import re
import subprocess
import sys
import tokenize
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[1]
LEFT_OUT = ("docs/derived/", "docs/_build/", "tests/", "tables/", ".ci/check_prose.py", "CITATION.cff")
QUOTED = "prose: quoted"

PHRASES = {
    r"(?<!there )(?<!what )\b(is|are|was|were) no (?!longer|more|less|fewer|better|worse|larger|smaller|higher|lower|later|need|doubt|different)[a-z]+": '"is not a ..." or "must be a ..., got ..."',
    r"\bunless (said|another is said|told)\b": '"defaults to ..."',
    r"\bmend(s|ed|ing)?\b": '"fix"',
    r"\b(stands?|stood|standing) (in|at|on|beside|behind|here|there|twice|once|together|alone|under|before|after|for itself|by itself)\b": '"is in", "is on", or the verb itself',
    r"\bone (row|line|file|page|sheet|entry|task|column|array|number|plan|value|curve|report|test|word|class) an? [a-z]": '"one ... per ..."',
    r"\b(row|line|column|entry|array) an? (row|line|item|lot|term|class|finding|cell|file|stage|plan|reading|defect|decision)\b": '"... per ..."',
    r"\baccurate by itself\b": '"computed directly rather than as 1 - ..., so it stays accurate when it is tiny"',
    r"\bas far as the (counts?|numbers?) asks? for\b": '"as needed"',
    r"\bin capitals or not\b": '"in any letter case"',
    r"\bonly those needed\b": '"include only the columns you need"',
    r"\bfrom elsewhere\b": '"self-contained", "from another source"',
    r"\bcan be asked\b": 'the thing itself: "properties", "methods"',
    r"\b[Ww]hoever\b": '"anyone who", "if you"',
    r"(?<=[.;:] )Who [a-z]+s\b": '"Anyone who ...", "If you ..."',
    r"\bto read on\b|\bread on\b": '"next steps"',
    r"\bagreed: none of\b": '"agreed: no ..."',
    r"\bas (long|far) as it goes\b": "say how far",
    r"\bthe ones that\b": '"those that"',
    r"\btold (apart|beside|under|in the)\b": '"distinguished", "shown", "listed"',
    r"\bis at home\b": '"comes from"',
    r"\bTrade says\b": '"in the trade:"',
    r"\bare? dear\b": '"expensive"',
    r"\bso many\b": 'the number, or "that many"',
    r"\bcannot be (claimed on|claimed)\b": '"is not grounds for a claim"',
    r"\bthe numbers stay\b": '"Ac and Re are unchanged"',
    r"\bGive (one|it|them|such|such a \w+|a number)\.": "leave it out, or name what to give",
    r"\bUse (one of them|it|one|one of these)\.": "leave it out: the sentence before has named them",
    r"\bNobody has to\b": '"you need not"',
    r"\bNothing less than\b": '"only"',
    r"\bthe (way|road) to it\b": '"how it was found"',
    r"\bwhat there is\b": "name it",
    r"\b(looked|look) at by (itself|themselves)\b": '"examined separately"',
    r"\ban? (error|message) that (names|says) it so\b": "say what it says",
    r"\bin the (meantime|mean time)\b": "leave it out",
}
PATTERNS = [(re.compile(pattern), advice) for pattern, advice in PHRASES.items()]


def texts(path: Path) -> Iterator[tuple[int, str]]:
    """The words of a file that people read, each line with its number."""
    text = path.read_text("utf-8")
    if path.suffix == ".py":
        for token in tokenize.generate_tokens(io.StringIO(text).readline):
            if token.type in {tokenize.STRING, tokenize.COMMENT}:
                yield from enumerate(token.string.splitlines(), token.start[0])
    elif path.suffix == ".ipynb":
        for number, cell in enumerate(json.loads(text)["cells"], 1):
            for line in "".join(cell["source"]).splitlines():
                yield number, line
    else:
        yield from enumerate(text.splitlines(), 1)


def tracked() -> list[Path]:
    listed = subprocess.run(
        ["git", "ls-files", "*.py", "*.md", "*.ipynb", "*.html", "*.toml", "*.yml"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    return [ROOT / name for name in listed.stdout.splitlines() if not name.startswith(LEFT_OUT)]


def main() -> int:
    found = 0
    for path in [Path(name).resolve() for name in sys.argv[1:]] or tracked():
        for number, line in texts(path):
            for pattern, advice in PATTERNS:
                for match in pattern.finditer(line) if QUOTED not in line else ():
                    found += 1
                    print(f"{path.relative_to(ROOT)}:{number}: {match[0]!r}: write {advice}")
    print(f"{found} phrases to rewrite" if found else "no phrase to rewrite")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
