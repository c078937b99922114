"""The command ``aql``, and ``python -m aql``."""

from __future__ import annotations

import sys

from aql.errors import MissingExtraError

__all__ = ["main"]


def main() -> None:
    """Run the command line; say which extra to install where it is not there."""
    try:
        from aql.cli.commands import app
    except MissingExtraError as error:
        sys.stderr.write(f"aql: {error}\n")
        sys.exit(2)
    app()


if __name__ == "__main__":
    main()
