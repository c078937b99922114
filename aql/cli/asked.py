"""What is typed after a command, read: a value that cannot be taken is named, with what to write."""

from __future__ import annotations

import re
from typing import Any

import typer
from typer.core import TyperCommand

from aql.errors import AqlError, DomainError
from aql.standards.arguments import LEVELS, SAMPLINGS, SEVERITIES, choice, lot_size_number

__all__ = ["PlanCommand", "level", "lot_size", "sampling", "severity", "stage"]

_GROUPED = re.compile(r"\d{1,3}([ ,'_]\d{3})+|\d+\.0+")


class PlanCommand(TyperCommand):
    """A command whose first argument is a number: a negative one is a number too, not an option."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Read the arguments."""
        if args and re.fullmatch(r"-\d+", args[0]):
            try:
                lot_size_number(int(args[0]))
            except AqlError as error:
                ctx.fail(str(error))
        return super().parse_args(ctx, args)


def lot_size(text: str) -> int:
    """The items of a lot."""
    return _whole(text, "a lot size is a whole number, 2 or more", 2400)


def stage(text: str) -> int:
    """The sample of a plan, counted from 1."""
    number = _whole(text, "a stage is a whole number, 1 or more", 1)
    if number < 1:
        raise typer.BadParameter(f"{text!r} is too small; a stage is a whole number, 1 or more. Write 1.")
    return number


def level(text: str) -> str:
    """An inspection level."""
    return _chosen(text, "level", LEVELS)


def severity(text: str) -> str:
    """A severity."""
    return _chosen(text, "severity", SEVERITIES)


def sampling(text: str) -> str:
    """A type of sampling."""
    return _chosen(text, "sampling", SAMPLINGS)


def _whole(text: Any, allowed: str, example: int) -> int:
    said = str(text).strip()
    if said.isascii() and said.removeprefix("-").isdigit():
        return int(said)
    meant = re.sub(r"\.0+$|[^\d.]", "", said) if _GROUPED.fullmatch(said) else ""
    todo = f"Write {meant}" if meant else f"Write it in digits alone, such as {example}"
    raise typer.BadParameter(f"{text!r} is no whole number; {allowed}. {todo}.")


def _chosen(text: Any, what: str, choices: tuple[str, ...]) -> str:
    try:
        return choice(text, what, choices)
    except DomainError as error:
        raise typer.BadParameter(str(error)) from None
