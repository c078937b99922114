"""The command ``aql``, with its subcommands plan, sheet, check, score and demo."""

from aql.errors import MissingExtraError

try:
    import rich  # noqa: F401
    import typer  # noqa: F401
except ImportError:
    raise MissingExtraError("the command line needs typer and rich", "cli", several=True) from None
