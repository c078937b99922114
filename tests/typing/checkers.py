"""What mypy and pyright report about the other files in this folder, with and without stubs of pandas.

CI runs this file among the linters: ``python -m pytest -n 0 tests/typing/checkers.py``. In those files a mistake has an
ignore comment, and a comment that is not needed is an error itself, so that every mistake is known to be caught.
"""

import json
import re
import subprocess
import sys
import sysconfig
from pathlib import Path

import pytest

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
FILES = ["lookups.py", "plans.py"]
STUBS = "series.py"  # types that only stubs know
CONTROL = 'import aql\n\naql.SinglePlan(80, 5).pa(0.1)  # type: ignore[arg-type]\naql.SinglePlan("80", 5)\n'

MISTAKES = [
    'plan.pa(0.1, model="binomal")',
    'plan.pa("ten percent")',
    'plan.pa(0.1, unit="100 item")',
    'plan.asn(0.1, inspection="ful")',
    'plan.aoq(0.1, found="replace")',
    'aql.lookup(1200, aql=2.5, severity="tigthened")',
    'aql.lookup("thirty", aql=2.5)',
    'aql.lookup(1200, aql=2.5, level="IV")',
    "aql.lookup(1200, aql=object())",
    'aql.design(prq=(0.01, 0.05), crq=(0.05, 0.10), model="binomal")',
    'aql.lot_quality_bound(5, 80, 1200, side="both")',
    'aql.compare([plan], model="binomal")',
    'aql.code_letter(1200, level="G2")',
]


@pytest.mark.parametrize("mistake", MISTAKES)
def test_the_mistake_is_among_those_that_must_be_caught(mistake: str) -> None:
    text = "".join((HERE / name).read_text("utf-8") for name in FILES)
    assert re.search(rf"^    {re.escape(mistake)}  # type: ignore\[[\w-]+\]$", text, re.MULTILINE)


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A folder with the files, the package, and a control with one comment too many and one mistake."""
    for name in [*FILES, STUBS]:
        (tmp_path / name).write_text((HERE / name).read_text("utf-8"), "utf-8")
    (tmp_path / "control.py").write_text(CONTROL, "utf-8")
    (tmp_path / "aql").symlink_to(ROOT / "aql")
    return tmp_path


def test_mypy_without_stubs_catches_every_mistake_and_nothing_else(project: Path) -> None:
    """With stubs, ``mypy`` by itself looks at these files."""
    config = (
        "[mypy]\nstrict = True\n[mypy-pandas.*]\nfollow_imports = skip\nfollow_imports_for_stubs = True\n"
    )
    (project / "mypy.ini").write_text(config, "utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "mypy", "--no-error-summary", "--hide-error-context", *FILES, "control.py"],
        cwd=project,
        capture_output=True,
        text=True,
        check=False,
    )
    said = [line for line in done.stdout.splitlines() if ": error: " in line and not line.startswith("aql/")]
    assert [line.partition(":")[0] for line in said] == ["control.py"] * 2, done.stdout + done.stderr


@pytest.mark.parametrize("stubs", [True, False], ids=["with stubs", "without stubs"])
def test_pyright_catches_every_mistake_and_nothing_else(project: Path, stubs: bool) -> None:
    packages = project / "environment" / "lib" / f"python3.{sys.version_info.minor}" / "site-packages"
    packages.mkdir(parents=True)
    for one in Path(sysconfig.get_path("purelib")).iterdir():
        if stubs or one.name != "pandas-stubs":
            (packages / one.name).symlink_to(one)
    config = {
        "include": [*FILES, "control.py", *([STUBS] if stubs else [])],
        "reportUnnecessaryTypeIgnoreComment": "error",
        "venvPath": str(project),
        "venv": "environment",
    }
    (project / "pyrightconfig.json").write_text(json.dumps(config), "utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "pyright", "--outputjson"],
        cwd=project,
        capture_output=True,
        text=True,
        check=False,
    )
    said = json.loads(done.stdout)["generalDiagnostics"]
    assert [Path(one["file"]).name for one in said] == ["control.py"] * 2, done.stdout
