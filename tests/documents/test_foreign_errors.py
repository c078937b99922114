"""Whatever another library raises while it reads a file becomes an error of this library, with the cause chained."""

import pytest

from aql.documents.files import foreign_errors
from aql.errors import AqlError


class PanicException(BaseException):
    """Stands for the panic of a library written in Rust, such as polars on a damaged Parquet file."""


def told(reason: str) -> AqlError:
    return AqlError(f"a.parquet cannot be read: {reason}", code="bad-file")


@pytest.mark.parametrize(
    ("error", "reason"),
    [
        (PanicException("called `unwrap()`\nstack"), "called `unwrap()`"),
        (KeyError("no sheet"), "no sheet"),
        (ValueError(), "ValueError"),
        (MemoryError(), "MemoryError"),
        (RuntimeError("x" * 199), "x" * 196 + ".."),
        (RuntimeError("x" * 198), "x" * 198),
        (RuntimeError(" two words. "), "two words"),
    ],
)
def test_every_error_is_told(error: BaseException, reason: str) -> None:
    with pytest.raises(AqlError) as raised, foreign_errors(told):
        raise error
    assert str(raised.value) == f"a.parquet cannot be read: {reason}."
    assert raised.value.code == "bad-file"
    assert raised.value.__cause__ is error


@pytest.mark.parametrize(
    "error", [KeyboardInterrupt(), SystemExit(1), AqlError("as it is", code="bad-value")]
)
def test_others_pass(error: BaseException) -> None:
    with pytest.raises(type(error)) as raised, foreign_errors(told):
        raise error
    assert raised.value is error
