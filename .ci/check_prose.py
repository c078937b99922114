#!/usr/bin/env python3
"""Find phrases to avoid in the documentation, the notebooks and the code, and say what to write instead.

``python .ci/check_prose.py [FILE or FOLDER ...]`` prints every phrase found and exits with 1 if there is one. Without
arguments it checks every file tracked by Git except the tests. It skips code blocks in Markdown and code cells in
notebooks, and in Python reads only strings and comments. A phrase may continue on the next line. A line that must quote a
phrase ends with ``prose: quoted``.
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
SUFFIXES = (".py", ".md", ".ipynb", ".html", ".toml", ".yml")
LEFT_OUT = ("docs/derived/", "docs/_build/", "tests/", ".ci/check_prose.py", "CITATION.cff")
QUOTED = "prose: quoted"

NEGATED = (
    "longer|more|less|fewer|better|worse|larger|smaller|higher|lower|later|need|doubt|different|problems?|errors?|"
    "arrows?|gaps?|readings?|global|such"
)
ONE = "row|line|file|page|sheet|entry|task|column|array|number|plan|value|curve|report|test|word|class|call|pair"
EACH = "row|line|item|lot|term|class|finding|cell|file|stage|plan|reading|defect|decision"

# Patterns of phrases, in which a space also matches a line break, and what to write instead.
PHRASES = {
    rf'(?<![Tt]here )(?<!what )(?<!")\b(is|are|was|were) no (?!({NEGATED})\b)[a-z]+': '"is not a ..." or "must be a ..., got ..."',
    r"\bunless (said|another is said|told)\b": '"defaults to ..."',
    r"\bunless [\w=`. ]{1,30} says otherwise\b": '"defaults to ..."',
    r"\bmend(s|ed|ing)?\b": '"fix"',
    r"\b(stands?|stood|standing) (in|at|on|beside|behind|here|there|twice|once|together|alone|under|before|after|for itself|by itself)\b": '"is in", "is on", or the verb itself',
    rf"\bone ({ONE}) an? [a-z]": '"one ... per ..."',
    rf"\b(row|line|column|entry|array) an? ({EACH})\b": '"... per ..."',
    r"\baccurate by itself\b": '"computed directly rather than as 1 - ..., so it stays accurate when it is tiny"',
    r"\b(judged|decided|computed|counted|examined|looked at|look at|inspected|used) by (itself|themselves)\b": '"separately", "on its own"',
    r"\bas far as the (counts?|numbers?) asks? for\b": '"as needed"',
    r"\bin capitals or not\b": '"in any letter case"',
    r"\bonly those needed\b": '"include only the columns you need"',
    r"\bfrom elsewhere\b": '"self-contained", "from another source"',
    r"\bcan be asked\b": 'the thing itself: "properties", "methods"',
    r"\bask(s|ed|ing)? (the|a) (table|plan|library|lookup)\b": 'the verb itself: "look up", "compute"',
    r"\b[Ww]hoever\b": '"anyone who", "if you"',
    r"(?<=[.;:] )[Ww]ho [a-z]+s\b": '"Anyone who ...", "If you ..."',
    r"\bto read on\b": '"next steps"',
    r"\bagreed: none of\b": '"agreed: no ..."',
    r"\bas (long|far) as it goes\b": "say how far",
    r"\bthe ones that\b": '"those that"',
    r"\btold (apart|beside|under|in)\b": '"distinguished", "shown", "listed"',
    r"\bis at home\b": '"comes from"',
    r"\bTrade says\b": '"in the trade:"',
    r"\bare? dear\b|\bis dear\b": '"expensive"',
    r"\bso many\b": 'the number, or "that many"',
    r"\bby so much\b|\bat least so \w+": 'the number, or "at least that ..."',
    r"\bclaim(ed)? on\b": '"enforce", "is not grounds for a claim"',
    r"\bthe numbers stay\b|\bAc and Re stay\b": '"Ac and Re are unchanged"',
    r"\bGive (one|it|them|such|such a \w+|a number)\.": "leave it out, or name what to give",
    r"\bUse (one of them|it|one|one of these)\.": "leave it out: the sentence before has named them",
    r"\bNobody has to\b": '"you need not"',
    r"\bNothing less than\b": '"only"',
    r"\bthe (way|road) to it\b": '"how it was found", "the trace"',
    r"\bwhat there is\b": "name it",
    r"\ban? (error|message) that (names|says) (it )?so\b": "say what it says",
    r"\bin the (meantime|mean time)\b": "leave it out",
    r"\ban? [a-z]+ of (its|their|his|her|your|our) own\b": '"its own ..."',
    r"\bbeside\b(?! the point)": '"next to", "compared with", "in addition to"',
    r"\bin place of\b": '"instead of"',
    r"\bheld against\b": '"compared with"',
    r"\bready to fill\b(?! in)": '"ready to fill in"',
    r"\bshows? (itself|themselves)\b": '"has a rich display", "is displayed"',
    r"\bin few (signs|words)\b": '"in short"',
    r"\bWere (there|it|they|the)\b": '"If there were", "With"',
    r"\b(go|goes|going) on (to|numbering|calculating|like|with)\b": '"continue"',
    r"\bof which an? [a-z]+ [a-z]+ is known\b": '"that has ..."',
    r"\bone (case|lot|sample|item|time) (of|out of) (ten|twenty|a (hundred|thousand))\b": '"one ... in ten"',
    r"\b(this|that|the) very (lot|float|plan|item|cell)\b": '"this lot", "exactly the float"',
    r"\b(that|this) is (told|said) in\b": '"see ..."',
    r"\bpractice of the trade\b|\bcustom of the trade\b": '"trade practice"',
    r"\blarge beside\b": '"much larger than"',
    r"\bis (worked|reckoned) out\b": '"is computed"',
}
PATTERNS = [(re.compile(pattern.replace(" ", r"\s")), advice) for pattern, advice in PHRASES.items()]
CODE_BLOCK = re.compile(r"^( *)(```|~~~).*?^\1\2", re.MULTILINE | re.DOTALL)


def texts(path: Path) -> Iterator[tuple[int, str]]:
    """The passages of a file that people read, each with the number of its first line (in a notebook, of its cell)."""
    text = path.read_text("utf-8")
    if path.suffix == ".py":
        for token in tokenize.generate_tokens(io.StringIO(text).readline):
            if token.type in {tokenize.STRING, tokenize.COMMENT}:
                yield token.start[0], token.string
    elif path.suffix == ".ipynb":
        for number, cell in enumerate(json.loads(text)["cells"], 1):
            if cell["cell_type"] == "markdown":
                yield number, "".join(cell["source"])
    elif path.suffix == ".md":
        yield 1, CODE_BLOCK.sub(lambda block: "\n" * block[0].count("\n"), text)
    else:
        yield 1, text


def found_in(text: str) -> Iterator[tuple[int, str, str]]:
    """Every phrase in a text: the lines before it, the phrase, and what to write instead."""
    lines = [line.strip(" \t") for line in text.split("\n")]
    text = "\n".join(lines)
    for pattern, advice in PATTERNS:
        for match in pattern.finditer(text):
            before = text.count("\n", 0, match.start())
            if not lines[before].endswith(QUOTED):
                yield before, " ".join(match[0].split()), advice


def tracked() -> list[Path]:
    """The files tracked by Git, without those that are never checked."""
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True)
    names = [name for name in listed.stdout.splitlines() if name.endswith(SUFFIXES)]
    return [ROOT / name for name in names if not name.startswith(LEFT_OUT)]


def chosen(names: list[str]) -> list[Path]:
    """The tracked files; if names are given, only these files and those in these folders."""
    wanted = [Path(name).resolve() for name in names]
    return [
        path for path in tracked() if not wanted or any(path == one or one in path.parents for one in wanted)
    ]


def main(names: list[str]) -> int:
    """Print every phrase with what to write instead; return 1 if there is one."""
    count = 0
    for path in chosen(names):
        for first, text in texts(path):
            for before, phrase, advice in found_in(text):
                count += 1
                number = first if path.suffix == ".ipynb" else first + before
                print(f"{path.relative_to(ROOT)}:{number}: {phrase!r}: write {advice}")
    print(f"{count} phrases to rewrite" if count else "no phrase to rewrite")
    return 1 if count else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
