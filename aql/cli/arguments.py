"""Reads the arguments of the commands, and explains which values are valid if one is not."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any, TypeVar

import typer
from typer.core import TyperCommand

from aql.checks import choice
from aql.cli.option_words import in_options
from aql.errors import AqlError, DomainError
from aql.languages import LANGUAGES
from aql.standards.arguments import lot_size_number
from aql.types import LEVELS, SAMPLINGS, SEVERITIES, Level, Sampling, Severity

__all__ = ["PlanCommand", "language", "level", "lot_size", "sampling", "severity", "stage"]

Word = TypeVar("Word", bound=str)

_GROUPED = re.compile(r"\d{1,3}([ ,'_]\d{3})+|\d+\.0+")


class PlanCommand(TyperCommand):
    """A command whose first argument is a number, so that a negative one is read as a number, not as an option."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Reject a negative lot size, then read the arguments."""
        if args and re.fullmatch(r"-\d+", args[0]):
            try:
                lot_size_number(int(args[0]), least=1)
            except AqlError as error:
                ctx.fail(in_options(error))
        return super().parse_args(ctx, args)


def lot_size(text: str) -> int:
    """Read a lot size from an argument of a command."""
    return _whole(text, "1 or more", 2400)


def stage(text: str) -> int:
    """Read the number of a stage, counted from 1, from an argument of a command."""
    number = _whole(text, "1 or more", 1)
    if number < 1:
        raise typer.BadParameter(f"must be a whole number, 1 or more, got {text!r}.")
    return number


def level(text: str) -> Level:
    """Read an inspection level from an argument of a command."""
    return _chosen(text, "level", LEVELS)


def language(text: str) -> str:
    """Read the language of a file from an argument of a command."""
    return _chosen(text, "language", LANGUAGES)


def severity(text: str) -> Severity:
    """Read a severity from an argument of a command."""
    return _chosen(text, "severity", SEVERITIES)


def sampling(text: str) -> Sampling:
    """Read a type of sampling from an argument of a command."""
    return _chosen(text, "sampling", SAMPLINGS)


def _whole(text: str, size: str, example: int) -> int:
    said = str(text).strip()
    if said.isascii() and said.removeprefix("-").isdigit():
        return int(said)
    meant = re.sub(r"\.0+$|[^\d.]", "", said) if _GROUPED.fullmatch(said) else ""
    todo = f"Write {meant}" if meant else f"Write digits only, such as {example}"
    raise typer.BadParameter(f"must be a whole number, {size}, got {text!r}. {todo}.")


def _chosen(text: str, what: str, choices: Sequence[Word]) -> Word:
    try:
        return choice(text, what, choices)
    except DomainError as error:
        raise typer.BadParameter(str(error).removeprefix(f"{what} ")) from None
