"""Runs a command: every way to fail has its message and its exit code."""

from __future__ import annotations

import os
import sys
import traceback
from collections.abc import Sequence
from contextlib import suppress
from io import StringIO
from shutil import get_terminal_size
from typing import Any, NoReturn, cast

import typer
from typer.core import TyperGroup

from aql.checks import choice
from aql.cli import exit_codes
from aql.cli.option_words import in_options
from aql.cli.output import Output
from aql.errors import AqlError

__all__ = ["Program"]

_WRONG_NAMES = (FileNotFoundError, FileExistsError, IsADirectoryError, NotADirectoryError)
_USUAL_HELP_WIDTH = 52
"""Terminals narrower than this need a narrower help than the usual one. [characters]"""

# Newer releases of typer have their own copy of click's errors.
_UsageError = cast("type[Exception]", typer.BadParameter.__bases__[0])


class Program(TyperGroup):
    """The command ``aql``. Unlike its base class, it never exits with 1 unless that is the answer."""

    def main(
        self, args: Sequence[str] | None = None, prog_name: str | None = None, *_: Any, **__: Any
    ) -> NoReturn:
        """Run the command and exit.

        Parameters
        ----------
        args : sequence of str, optional
            Subcommand, options and arguments; defaults to those of the process. Without any, the help is printed.
        prog_name : str, optional
            Name of the command in its help.
        """
        for name in ("stdout", "stderr"):
            if getattr(sys, name) is None:  # closed before the start
                setattr(sys, name, StringIO())
        try:
            code = self._run(list(sys.argv[1:] if args is None else args), prog_name or "aql")
            sys.stdout.flush()
            sys.stderr.flush()
        except BrokenPipeError:
            code = _silenced(exit_codes.CLOSED_PIPE)
        except OSError as error:
            code = _silenced(exit_codes.INPUT_OUTPUT)
            _say(f"{error.strerror or error}{f': {error.filename}' if error.filename else ''}")
        except KeyboardInterrupt:
            code = _silenced(exit_codes.INTERRUPTED)
        sys.exit(code)

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """Find the command that is named first, or raise an error that lists the commands."""
        if not args[0].startswith("-"):
            choice(args[0], "the command", self.list_commands(ctx))
        return super().resolve_command(ctx, args)

    def _run(self, args: list[str], name: str) -> int:
        """Run the command and return its exit code; report errors of the user and of this library."""
        try:
            columns = get_terminal_size().columns
            width = columns if columns < _USUAL_HELP_WIDTH else None
            with self.make_context(name, args or ["--help"], terminal_width=width) as context:
                self.invoke(context)
        except typer.Exit as done:
            return int(done.exit_code)
        except _UsageError as error:
            _say(*_usage(error))
            return exit_codes.WRONG_INPUT
        except AqlError as error:
            _say(in_options(error))
            return exit_codes.INPUT_OUTPUT if _of_the_system(error) else exit_codes.WRONG_INPUT
        except (OSError, KeyboardInterrupt):
            raise
        except Exception:  # noqa: BLE001 - the last resort; the traceback is printed
            traceback.print_exc()
            _say("this is an error in aql, not in your input. Please report it with the lines above.")
            return exit_codes.FAULT
        return exit_codes.DONE


def _of_the_system(error: AqlError) -> bool:
    """Whether reading or writing failed, and not because the name of a file or folder is wrong."""
    cause = error.__context__
    return isinstance(cause, OSError) and not isinstance(cause, _WRONG_NAMES)


def _usage(error: Any) -> tuple[str, str]:
    """The message of a parser's error, beginning with the option, and where to read more."""
    message, option = str(error.format_message()), getattr(error, "param", None)
    if isinstance(error, typer.BadParameter) and option is not None and error.message.startswith("must be"):
        name = option.opts[0] if option.opts[0].startswith("-") else f"the {option.name.replace('_', ' ')}"
        message = f"{name} {error.message}"
    message = message[:1].lower() + message[1:].rstrip(".") + ("" if message.endswith("?") else ".")
    path = error.ctx.command_path if error.ctx is not None else "aql"
    return message, f"See {path} --help."


def _say(*lines: str) -> None:
    """Write a message to standard error; its further lines are indented, and in a file or pipe none is wrapped."""
    out = Output(error=True)
    with suppress(BrokenPipeError):
        first, *rest = "\n".join(lines).splitlines()
        out.line(f"aql: {first}", wrapped=out.is_terminal)
        for line in rest:
            blanks = len(line) - len(line.lstrip())
            if out.is_terminal:
                out.line(line.lstrip(), indent=blanks)
            else:
                out.line(line, wrapped=False)


def _silenced(code: int) -> int:
    """Detach standard output, so that closing it cannot fail once more; return the code."""
    with suppress(OSError, ValueError):
        output = sys.stdout.fileno()
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, output)
        os.close(nowhere)
    return code
