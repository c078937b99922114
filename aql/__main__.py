"""Runs the command line, as ``aql`` or ``python -m aql``."""

from __future__ import annotations

import sys

from aql.errors import MissingExtraError

__all__ = ["main"]


def main() -> None:
    """Run the command line, or say which extra to install if its packages are missing."""
    try:
        from aql.cli.commands import app
    except MissingExtraError as error:
        sys.stderr.write(f"aql: {error}\n")
        sys.exit(2)
    except KeyboardInterrupt:
        sys.exit(130)
    app()


if __name__ == "__main__":
    main()
