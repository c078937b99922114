"""The command bulk: the verdicts on many lots, from Parquet files to a Parquet file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from typing import Annotated, Any

import typer

from aql.checks import choice
from aql.cli.documents import read_contract
from aql.cli.output import Output, print_json
from aql.documents.files import foreign_errors, in_quotes
from aql.documents.writing import write_files
from aql.errors import AqlError, DomainError, MissingExtraError

__all__ = ["bulk_command"]

_ENGINES = ("duckdb", "polars")


def bulk_command(
    contract: Annotated[
        Path,
        typer.Argument(
            help="The contract: a .toml or .json file, or - for standard input.",
            show_default=False,
            metavar="CONTRACT",
        ),
    ],
    findings: Annotated[
        Path,
        typer.Argument(
            help="The logs of all lots: a .parquet file with the columns of a log, and lot.",
            show_default=False,
            metavar="FINDINGS",
        ),
    ],
    lots: Annotated[
        Path,
        typer.Argument(
            help="The lots: a .parquet file with one row per lot: lot, size, inspected and others as needed.",
            show_default=False,
            metavar="LOTS",
        ),
    ],
    out: Annotated[
        Path,
        typer.Option(
            "--out",
            "-o",
            help="Write one row per lot to this .parquet file.",
            metavar="FILE",
            show_default=False,
        ),
    ],
    lines: Annotated[
        Path | None,
        typer.Option(help="Write one row per lot and decision line to this .parquet file.", metavar="FILE"),
    ] = None,
    engine: Annotated[
        str | None,
        typer.Option(
            help="duckdb or polars; defaults to the first that is installed.",
            metavar="ENGINE",
        ),
    ] = None,
    memory: Annotated[
        str | None,
        typer.Option(
            help="Most memory of DuckDB, such as 1GiB; beyond it, rows go to the disk.", metavar="MEMORY"
        ),
    ] = None,
    validate: Annotated[
        bool,
        typer.Option(help="Whether to check the files before scoring; off only after they were checked."),
    ] = True,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON for programs.")] = False,
) -> None:
    """Score many lots, from Parquet files to a Parquet file, in the order of the lots.

    The exit code is 0 whatever the verdicts are, or 2 for invalid input.
    """
    from aql.scoring.bulk.score_lots import score_lots

    name = _engine(engine, memory)
    targets = [path for path in (out, lines) if path is not None]
    _check_files((findings, lots), targets)
    agreed = read_contract(contract)
    with _progress() as done:
        done("reading")
        read = _Duckdb(memory) if name == "duckdb" else _Polars()
        with foreign_errors(lambda reason: AqlError(f"the files cannot be read: {reason}", code="bad-file")):
            rows = read.frame(findings), read.frame(lots)
        done("validating and counting" if validate else "counting")
        with foreign_errors(lambda reason: AqlError(f"{name} cannot score the lots: {reason}", code="error")):
            scores = score_lots(*rows, agreed, validate=validate)
            done(f"writing {' and '.join(path.name for path in targets)}")
            frames = [scores.lots, scores.lines][: len(targets)]
            write_files(targets, lambda parts: read.write(frames, parts))
            done("summing up")
            decisions = read.decisions(out)
    summary = {
        "engine": name,
        "version": version(name),
        "decisions": decisions,
        "written": [*map(str, targets)],
    }
    if as_json:
        print_json(summary)
        return
    printed = Output()
    counted = ", ".join(f"{decision} {number}" for decision, number in decisions.items()) or "no lots"
    printed.line(f"{counted} (with {name} {summary['version']})")
    for path in targets:
        printed.line(f"Wrote {path}", wrapped=False)


def _engine(name: str | None, memory: str | None) -> str:
    """The name of the engine, which must be installed."""
    chosen = choice(name, "engine", _ENGINES) if name else next(filter(find_spec, _ENGINES), _ENGINES[0])
    if not find_spec(chosen):
        raise MissingExtraError(f"aql bulk needs {chosen}", chosen)
    if memory and chosen != "duckdb":
        raise DomainError(f"memory can only be limited with --engine duckdb, got {chosen}")
    return chosen


def _check_files(sources: tuple[Path, ...], targets: list[Path]) -> None:
    """Check the names of the files before anything is read."""
    for path in (*sources, *targets):
        if path.suffix.lower() != ".parquet":
            raise DomainError(f"the files must be .parquet files, got {path.name!r}", value=str(path))
    for path in sources:
        if not path.is_file():
            raise AqlError(f"file {in_quotes(path)} does not exist", code="no-file", file=str(path))
    real = [path.resolve() for path in (*sources, *targets)]
    for place, path in enumerate(targets, start=len(sources)):
        if real[place] in real[:place]:
            raise DomainError(
                f"--out and --lines must be other files, got {path.name!r} again", value=str(path)
            )
        if not path.absolute().parent.is_dir():
            raise AqlError(
                f"the folder of {in_quotes(path)} does not exist", code="bad-folder", file=str(path)
            )


def _keys(columns: Iterable[str]) -> list[str]:
    """The columns that identify a row, by which it is sorted, so that the same input gives the same file."""
    return [name for name in ("lot", "line") if name in columns]


class _Duckdb:
    """Parquet files through DuckDB."""

    def __init__(self, memory: str | None) -> None:
        import duckdb

        self.connection = duckdb.connect()
        self.connection.execute("SET enable_progress_bar = false")
        if memory:
            with foreign_errors(
                lambda _: DomainError(f"--memory must be a size such as 1GiB, got {memory!r}")
            ):
                self.connection.execute("SET memory_limit = $1", [memory])

    def frame(self, path: Path) -> Any:
        """Return the rows of a file."""
        return self.connection.read_parquet(str(path))

    def write(self, frames: list[Any], paths: list[Path]) -> None:
        """Write sorted frames, into these files and no others of DuckDB's own."""
        for frame, path in zip(frames, paths, strict=True):
            target = str(path).replace("'", "''")
            rows = f"SELECT * FROM verdicts ORDER BY {', '.join(_keys(frame.columns))}"
            frame.query("verdicts", f"COPY ({rows}) TO '{target}' (FORMAT parquet, USE_TMP_FILE false)")

    def decisions(self, path: Path) -> dict[str, int]:
        """Return the number of lots by decision."""
        rows = self.frame(path).aggregate("decision, count(*)", "decision").order("decision").fetchall()
        return {str(decision): int(number) for decision, number in rows}


class _Polars:
    """Parquet files through polars."""

    def frame(self, path: Path) -> Any:
        """Return the rows of a file."""
        import polars as pl

        rows = pl.scan_parquet(path)
        rows.collect_schema()  # which raises for a file that is not one
        return rows

    def write(self, frames: list[Any], paths: list[Path]) -> None:
        """Write sorted frames, whose common work is done once."""
        import polars as pl

        ordered = [frame.sort(_keys(frame.collect_schema().names())) for frame in frames]
        pairs = zip(ordered, paths, strict=True)
        pl.collect_all([frame.sink_parquet(path, lazy=True) for frame, path in pairs])

    def decisions(self, path: Path) -> dict[str, int]:
        """Return the number of lots by decision."""
        import polars as pl

        counted = self.frame(path).group_by("decision").agg(pl.len()).sort("decision").collect()
        return dict(counted.iter_rows())


@contextmanager
def _progress() -> Iterator[Any]:
    """Show a person how far the work is, on standard error; in a file or pipe, nothing is shown."""
    from rich.console import Console
    from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    console = Console(stderr=True)
    if not console.is_terminal:
        yield lambda _: None
        return
    columns = (SpinnerColumn(), TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn())
    with Progress(*columns, console=console, transient=True) as bar:
        task = bar.add_task("", total=4)
        steps = iter(range(4))
        yield lambda words: bar.update(task, description=words, completed=next(steps), refresh=True)
