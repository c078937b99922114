"""The public face is exactly what it is said to be, and importing it costs nothing."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

import aql

PACKAGE = Path(aql.__file__).parent

SURFACE = {
    "AqlError",
    "Contract",
    "DocumentError",
    "DomainError",
    "Finding",
    "Findings",
    "Inspection",
    "LogError",
    "Lookup",
    "MissingExtraError",
    "MultiplePlan",
    "STANDARDS",
    "SinglePlan",
    "TableError",
    "Verdict",
    "__version__",
    "check",
    "code_letter",
    "compare",
    "design",
    "design_double",
    "examples",
    "lookup",
    "lookup_many",
    "lot_quality_bound",
    "plot",
    "score",
    "write_report",
    "write_sheet",
    "write_workbook",
    "zero_acceptance",
}

# From the ground up; a file imports its own layer and those before it, at its top and inside its functions.
LAYERS = [
    ["errors"],
    ["types", "checks", "words"],
    ["distributions", "markup", "documents"],
    ["tables"],
    ["plans"],
    ["standards"],
    ["contract"],
    ["inspection"],
    ["scoring"],
    ["display"],
    ["report", "plot", "examples"],
    ["strategies"],
    ["cli"],
    ["__main__"],
]


def run(code: str) -> str:
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return done.stdout.strip()


def test_the_surface_is_exact() -> None:
    assert set(aql.__all__) == SURFACE
    assert dir(aql) == sorted(SURFACE)


def test_every_public_name_is_there_and_documented() -> None:
    for name in SURFACE - {"STANDARDS", "__version__"}:
        assert getattr(aql, name).__doc__, name
    assert aql.__version__.count(".") == 2
    assert aql.STANDARDS == ("ISO 2859-1:1999", "ISO 2859-1:2026", "ANSI/ASQ Z1.4", "MIL-STD-105E")


def test_the_pictures_are_a_module() -> None:
    assert run("import aql, aql.plot; from aql.plot import oc; print(aql.plot.oc is oc)") == "True"
    assert run("import aql; import aql.plot as plots; print(aql.plot is plots)") == "True"


def test_an_unknown_name_says_what_there_is() -> None:
    with pytest.raises(
        AttributeError, match="module 'aql' has no attribute 'Plan'; it has AqlError, Contract"
    ):
        _ = aql.Plan


def test_importing_loads_no_heavy_library_and_reads_no_table() -> None:
    heavy = "numpy scipy pandas pydantic narwhals jinja2 typer rich tomllib csv".split()
    code = f"import sys; before = set(sys.modules); import aql; print([m for m in {heavy} if m in set(sys.modules) - before])"
    assert run(code) == "[]"


def test_a_lookup_loads_no_heavy_library() -> None:
    heavy = "numpy scipy pandas pydantic narwhals".split()
    code = f"import sys, aql; aql.lookup(1200, aql=2.5).explain(); print([m for m in {heavy} if m in sys.modules])"
    assert run(code) == "[]"


def test_a_score_loads_no_frame_library() -> None:
    code = (
        "import sys, aql; aql.score(*aql.examples.tablet_order()).explain(); "
        "print([m for m in ('numpy', 'pandas', 'narwhals', 'openpyxl') if m in sys.modules])"
    )
    assert run(code) == "[]"


def rank(module: str) -> int:
    part = module.split(".")[1] if "." in module else "__init__"
    return next(place for place, layer in enumerate(LAYERS) if part in layer)


def top_level_imports(path: Path) -> list[str]:
    tree = ast.parse(path.read_text("utf-8"))
    found: list[str] = []
    for node in tree.body:
        if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("aql"):
            names = [
                f"{node.module}.{alias.name}" if node.module == "aql" else node.module for alias in node.names
            ]
            found += names
        elif isinstance(node, ast.Import):
            found += [alias.name for alias in node.names if alias.name.startswith("aql")]
    return found


def test_imports_point_down() -> None:
    wrong = []
    for path in sorted(PACKAGE.rglob("*.py")):
        parts = path.relative_to(PACKAGE).with_suffix("").parts
        if parts == ("__init__",):
            continue
        own = rank(".".join(("aql", *parts)))
        wrong += [(path.name, name) for name in top_level_imports(path) if rank(name) > own]
    assert wrong == []


def test_no_file_is_long() -> None:
    assert [
        path.name for path in PACKAGE.rglob("*.py") if len(path.read_text("utf-8").splitlines()) >= 400
    ] == []


def test_no_number_of_a_standard_stands_in_the_code() -> None:
    """Sample sizes and AQL columns that only a table can know are absent from the code of the lookups."""
    known = {"1250", "3150", "0.065", "35000", "150000", "500000"}
    for path in (PACKAGE / "standards").rglob("*.py"):
        tree = ast.parse(path.read_text("utf-8"))
        docs = {
            ast.get_docstring(node, clean=False)
            for node in ast.walk(tree)
            if isinstance(node, (ast.Module, ast.FunctionDef, ast.ClassDef))
        }
        for node in ast.walk(tree):
            if isinstance(node, ast.Constant) and node.value not in docs:
                assert str(node.value) not in known, path.name
