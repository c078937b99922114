"""aql bulk: the verdicts on many lots, from Parquet files to a Parquet file."""

import json
from importlib.metadata import version
from pathlib import Path
from typing import Any, ClassVar, Self

import pandas as pd
import pytest
from typer.testing import CliRunner

from aql import Contract, score_lots
from aql.cli import bulk_command
from aql.cli.commands import app

CONTRACT = '[order]\nid = "PO-1"\n\n[[classes]]\nname = "major"\naql = 2.5\n'
LOTS = pd.DataFrame({"lot": ["A", "B", "C"], "size": [1200, 500, 30], "inspected": [80, 50, 5]})
FINDINGS = pd.DataFrame({"lot": ["A"] * 6 + ["C"], "item": [3, 8, 9, 15, 40, 77, 5], "class": "major"})


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "contract.toml").write_text(CONTRACT, "utf-8")
    LOTS.to_parquet(tmp_path / "lots.parquet")
    FINDINGS.to_parquet(tmp_path / "findings.parquet")
    return tmp_path


def run(folder: Path, *args: str, out: str = "verdicts.parquet") -> Any:
    files = [str(folder / name) for name in ("contract.toml", "findings.parquet", "lots.parquet")]
    return CliRunner().invoke(app, ["bulk", *files, "-o", str(folder / out), *args])


@pytest.mark.parametrize("engine", ["duckdb", "polars"])
def test_it_writes_the_verdicts_and_says_with_which_engine(folder: Path, engine: str) -> None:
    done = run(folder, "--engine", engine, "--lines", str(folder / "lines.parquet"))
    assert done.exit_code == 0, done.output
    assert f"accept 1, reject 2 (with {engine} {version(engine)})" in done.output
    assert "Wrote" in done.output
    assert not done.stderr  # no progress bar, because it is not a terminal
    scores = score_lots(FINDINGS, LOTS, Contract.load(folder / "contract.toml"))
    for name, frame, keys in (("verdicts", scores.lots, ["lot"]), ("lines", scores.lines, ["lot", "line"])):
        got = pd.read_parquet(folder / f"{name}.parquet").sort_values(keys)
        assert got.astype(str).to_numpy().tolist() == frame.sort_values(keys).astype(str).to_numpy().tolist()
    assert not list(folder.glob(".*"))


def test_it_prints_json(folder: Path) -> None:
    out = json.loads(run(folder, "--json", "--memory", "1GiB", "--no-validate").output)
    assert out["engine"] == "duckdb"
    assert out["decisions"] == {"accept": 1, "reject": 2}
    assert out["written"] == [str(folder / "verdicts.parquet")]


def test_a_person_sees_how_far_it_is(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FORCE_COLOR", "1")
    assert "verdicts.parquet" in run(folder).stderr


class Bar:
    """A progress bar that keeps what it is told."""

    made: ClassVar[list["Bar"]] = []

    def __init__(self, *_: object, transient: bool, **__: object) -> None:
        self.transient, self.steps = transient, list[tuple[str, int]]()
        self.made.append(self)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        """Say nothing."""

    def add_task(self, _: str, *, total: int) -> int:
        self.total = total
        return 0

    def update(self, _: int, *, description: str, completed: int, refresh: bool) -> None:
        assert refresh
        self.steps.append((description, completed))


@pytest.mark.parametrize(
    ("args", "counting"), [((), "validating and counting"), (("--no-validate",), "counting")]
)
def test_the_bar_names_each_step_when_it_begins_and_is_gone_at_the_end(
    folder: Path, monkeypatch: pytest.MonkeyPatch, args: tuple[str, ...], counting: str
) -> None:
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.setattr("rich.progress.Progress", Bar)
    lines = ("--lines", str(folder / "lines.parquet"))
    assert run(folder, *lines, *args).exit_code == 0
    bar = Bar.made.pop()
    writing = "writing verdicts.parquet and lines.parquet"
    assert bar.steps == [("reading", 0), (counting, 1), (writing, 2), ("summing up", 3)]
    assert (bar.total, bar.transient) == (4, True)


BAD = [
    (("--engine", "duckdb", "--memory", "much"), "--memory must be a size such as 1GiB, got 'much'"),
    (
        ("--engine", "polars", "--memory", "1GiB"),
        "memory can only be limited with --engine duckdb, got polars",
    ),
    (("--engine", "duckbd"), 'engine must be "duckdb" or "polars", got \'duckbd\'. Did you mean "duckdb"?'),
    (("--lines", "lines.csv"), "the files must be .parquet files, got 'lines.csv'"),
    (("--lines", "nowhere/lines.parquet"), "the folder of 'nowhere/lines.parquet' does not exist"),
]


@pytest.mark.parametrize(("args", "message"), BAD, ids=[message for _, message in BAD])
def test_bad_arguments_are_named(folder: Path, args: tuple[str, ...], message: str) -> None:
    done = run(folder, *args)
    assert done.exit_code == 2
    assert message in " ".join(done.stderr.split())
    assert not (folder / "verdicts.parquet").exists()


def test_the_input_is_never_overwritten(folder: Path) -> None:
    done = run(folder, out="lots.parquet")
    assert "--out and --lines must be other files, got 'lots.parquet' again" in done.stderr
    pd.testing.assert_frame_equal(pd.read_parquet(folder / "lots.parquet"), LOTS, check_dtype=False)


@pytest.mark.parametrize("engine", ["duckdb", "polars"])
def test_bad_rows_and_bad_files_are_named(folder: Path, engine: str) -> None:
    FINDINGS.assign(item=99).to_parquet(folder / "findings.parquet")
    assert "lot A, column item: must be at most 80" in run(folder, "--engine", engine).stderr
    (folder / "findings.parquet").write_bytes(b"no Parquet")
    assert "cannot be read" in run(folder, "--engine", engine).stderr
    (folder / "findings.parquet").unlink()
    assert "findings.parquet' does not exist" in run(folder, "--engine", engine).stderr
    assert not (folder / "verdicts.parquet").exists()


def test_an_engine_that_is_missing_is_named(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bulk_command, "find_spec", lambda _: None)
    assert "aql-sampling[duckdb]" in run(folder).stderr
