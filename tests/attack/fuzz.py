"""Coverage-guided attack on the readers of text and bytes, with atheris (Linux, Python up to 3.11).

    nox -s fuzz
    python -m tests.attack.fuzz contract -max_total_time=600

The first argument is the reader; all others are those of libFuzzer. An input that is neither accepted nor refused with
an `AqlError` is written to the file `crash-...` in the current folder.
"""

import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from tempfile import mkdtemp

import atheris

with atheris.instrument_imports(include=["aql"]):
    import aql
    from aql.examples import example_file
    from tests.attack import documents, logs

FOLDER = Path(mkdtemp())


def contract(data: bytes) -> None:
    documents.used(aql.Contract.from_toml(data.decode("utf-8", "surrogateescape")))


def contract_json(data: bytes) -> None:
    documents.used(aql.Contract.from_json(data.decode("utf-8", "surrogateescape")))


def verdict(data: bytes) -> None:
    aql.Verdict.from_json(data.decode("utf-8", "surrogateescape")).explain()


def csv(data: bytes) -> None:
    (FOLDER / "log.csv").write_bytes(data)
    logs.scored(FOLDER / "log.csv")


def workbook(data: bytes) -> None:
    (FOLDER / "log.xlsx").write_bytes(data)
    logs.scored(FOLDER / "log.xlsx")


# Each reader with a valid input to start from.
READERS: dict[str, tuple[Callable[[bytes], None], Callable[[], bytes]]] = {
    "contract": (contract, lambda: example_file("tablet_order/contract.toml").read_bytes()),
    "contract-json": (
        contract_json,
        lambda: aql.Contract.from_dict(documents.contracts()[1]).to_json().encode(),
    ),
    "verdict": (verdict, lambda: documents.verdict().to_json().encode()),
    "csv": (csv, lambda: logs.csv_text().encode()),
    "workbook": (workbook, logs.book_bytes),
}


def main() -> None:
    """Fuzz one reader."""
    read, first = READERS[sys.argv[1]]
    corpus = FOLDER / "corpus"
    corpus.mkdir()
    (corpus / "first").write_bytes(first())

    def one(data: bytes) -> None:
        with suppress(aql.AqlError):
            read(data)

    atheris.Setup([sys.argv[0], *sys.argv[2:], str(corpus)], one)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
