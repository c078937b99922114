"""The public names are exactly those documented, and importing `aql` loads nothing heavy."""

import ast
import inspect
import re
import subprocess
import sys
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any, get_overloads

import pytest

import aql

PACKAGE = Path(aql.__file__).parent

SURFACE = {
    "AqlError",
    "ClaimAssessment",
    "Contract",
    "Desk",
    "DocumentError",
    "DomainError",
    "Drawing",
    "Finding",
    "Findings",
    "Inspection",
    "LogError",
    "Lookup",
    "MissingExtraError",
    "MultiplePlan",
    "STANDARDS",
    "Scheme",
    "Scores",
    "SinglePlan",
    "TableError",
    "Verdict",
    "__version__",
    "assess_claim",
    "check",
    "code_letter",
    "compare",
    "design",
    "design_double",
    "draw",
    "examples",
    "lookup",
    "lookup_many",
    "lot_quality_bound",
    "plot",
    "run_streams",
    "score",
    "score_counts",
    "score_lots",
    "skip_lot",
    "stream_states",
    "types",
    "validate_findings",
    "with_plans",
    "write_pick_list",
    "write_report",
    "write_sheet",
    "write_workbook",
    "zero_acceptance",
}

# From the ground up; a file imports its own layer and those before it, at its top and inside its functions.
LAYERS = [
    ["languages"],
    ["words", "lazy", "version", "codes"],
    ["errors"],
    ["types", "checks"],
    ["distributions", "markup", "documents"],
    ["tables"],
    ["plans"],
    ["standards"],
    ["scheme"],
    ["contract"],
    ["inspection"],
    ["scoring"],
    ["assurance", "desk"],
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
    assert set(vars(aql)["__all__"]) == SURFACE
    assert dir(aql) == sorted(SURFACE)


def test_every_public_name_is_there_and_documented() -> None:
    for name in SURFACE - {"STANDARDS", "__version__"}:
        assert getattr(aql, name).__doc__, name
    assert aql.__version__.count(".") == 2
    assert aql.STANDARDS == ("ISO 2859-1:1999", "ISO 2859-1:2026", "ANSI/ASQ Z1.4", "MIL-STD-105E")


def functions(face: ModuleType) -> Iterator[tuple[str, Any]]:
    """The functions of a face, and the classes with their public methods."""
    for name in dir(face):
        value = getattr(face, name)
        if isinstance(value, type):
            members = inspect.getmembers(value, inspect.isroutine)
            own = [(key, one) for key, one in members if not key.startswith("_") or key == "__init__"]
            yield from ((f"{name}.{key}", inspect.unwrap(getattr(one, "__func__", one))) for key, one in own)
        elif inspect.isfunction(value):
            yield name, inspect.unwrap(value)


def test_no_public_signature_takes_or_gives_anything() -> None:
    parts = (
        "",
        ".assurance",
        ".contract",
        ".documents",
        ".inspection",
        ".plans",
        ".plot",
        ".scheme",
        ".scoring",
        ".standards",
        ".tables",
    )
    faces = [import_module(f"aql{part}") for part in parts]
    found = set()
    for face in faces:
        for name, function in functions(face):
            if not (getattr(function, "__module__", "") or "").startswith("aql"):
                continue
            signatures = [function, *get_overloads(function)]
            annotations = [str(one) for each in signatures for one in each.__annotations__.values()]
            if any(re.search(r"\b(Any|ArrayLike)\b", one) for one in annotations):
                found.add(name.partition(".")[0])
    assert found == set()


def test_the_pictures_are_a_module() -> None:
    assert run("import aql, aql.plot; from aql.plot import oc; print(aql.plot.oc is oc)") == "True"
    assert run("import aql; import aql.plot as plots; print(aql.plot is plots)") == "True"


def test_an_unknown_name_says_what_there_is() -> None:
    with pytest.raises(
        AttributeError, match="module 'aql' has no attribute 'Plan'; it has AqlError, ClaimAssessment"
    ):
        _ = aql.Plan  # type: ignore[attr-defined]


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


def test_a_drawing_loads_no_numerical_library() -> None:
    code = (
        "import sys, aql; contract, _ = aql.examples.tablet_order(); "
        "lot = {'id': 'L1', 'size': 3000, 'carton': [{'numbers': '1-100', 'units': 20, 'sku': 'A'}, "
        "{'numbers': '101-150', 'units': 20, 'sku': 'B'}]}; aql.draw(contract, lot, seed=1).explain(); "
        "print([m for m in ('numpy', 'scipy', 'pandas', 'narwhals') if m in sys.modules])"
    )
    assert run(code) == "[]"


def module_of(path: Path) -> str:
    parts = path.relative_to(PACKAGE.parent).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


FILES = {module_of(path): path for path in sorted(PACKAGE.rglob("*.py"))}


def imported(path: Path) -> Iterator[str]:
    """Files of the package that a file imports: at its top, inside its functions, and for the type checker."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        names: list[str] = []
        if isinstance(node, ast.ImportFrom) and node.module is not None:
            names = [f"{node.module}.{alias.name}" for alias in node.names]
        elif isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        for name in names:
            if name.partition(".")[0] == "aql":
                yield name if name in FILES else name.rpartition(".")[0]


# The root imports every part, for the type checker; at run time its names are lazy.
IMPORTS = {
    module: {other for other in imported(path) if other not in {module, "aql"}}
    for module, path in FILES.items()
    if module != "aql"
}


def rank(module: str) -> int:
    part = module.split(".")[1]
    return next(place for place, layer in enumerate(LAYERS) if part in layer)


def test_imports_point_down() -> None:
    up = {(one, other) for one, others in IMPORTS.items() for other in others if rank(other) > rank(one)}
    assert up == set()


def test_no_file_imports_itself_by_way_of_others() -> None:
    def reached(start: str) -> set[str]:
        seen: set[str] = set()
        waiting = list(IMPORTS[start])
        while waiting:
            module = waiting.pop()
            if module not in seen:
                seen.add(module)
                waiting += IMPORTS[module]
        return seen

    assert {module for module in IMPORTS if module in reached(module)} == set()


def test_few_files_load_modules_by_name() -> None:
    """Lazy modules, values with a rich display, and the table of what displays a value."""
    loading = {module for module, path in FILES.items() if "import_module(" in path.read_text("utf-8")}
    assert loading == {"aql.lazy", "aql.markup.shown", "aql.display"}


def test_a_lazy_face_shows_the_type_checker_what_it_loads() -> None:
    for module, path in FILES.items():
        if "lazy_names(" not in path.read_text("utf-8") or module == "aql.lazy":
            continue
        face = import_module(module)
        shown = {
            alias.asname
            for node in ast.walk(ast.parse(path.read_text("utf-8")))
            if isinstance(node, ast.ImportFrom)
            for alias in node.names
            if alias.asname is not None
        }
        assert shown == set(face.__all__) == set(dir(face)), module
        for name in face.__all__:
            assert getattr(face, name) is not None
            # A file of that name would take its place once it is imported.
            assert f"{module}.{name}" not in FILES or isinstance(getattr(face, name), ModuleType), name


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
