#!/usr/bin/env -S uv run --script

# /// script
# dependencies = ["nox>=2025.10.14"]
# ///

import nox

nox.needs_version = ">=2025.10.14"
nox.options.default_venv_backend = "uv|virtualenv"


@nox.session
def lint(session: nox.Session) -> None:
    """Run every hook of pre-commit on every file."""
    session.install("pre-commit")
    session.run("pre-commit", "run", "--all-files", "--show-diff-on-failure", *session.posargs)


@nox.session
def types(session: nox.Session) -> None:
    """Check the types."""
    session.install("-e", ".[dev]")
    session.run("mypy", *session.posargs)


@nox.session(python=["3.11", "3.12", "3.13", "3.14"])
def tests(session: nox.Session) -> None:
    """Run the tests and every example, with coverage."""
    session.install("-e", ".[test]")
    session.run("pytest", "--cov", "-n", "auto", "--dist", "loadfile", *session.posargs)


@nox.session(name="docs-examples")
def docs_examples(session: nox.Session) -> None:
    """Run the examples of the README, the documentation and the docstrings only."""
    session.install("-e", ".[test]")
    session.run("pytest", "README.md", "docs", "aql", *session.posargs)


@nox.session
def docs(session: nox.Session) -> None:
    """Build the site into docs/_build/html, with warnings as errors, and look at it in Chromium."""
    session.install("-e", ".[site]")
    session.run("sphinx-build", "-W", "--keep-going", "-b", "html", "docs", "docs/_build/html")
    session.run("pytest", "tests_site", *session.posargs)


@nox.session(name="repo-review")
def repo_review(session: nox.Session) -> None:
    """Check the project's configuration."""
    session.install("-e", ".[dev]")
    session.run("sp-repo-review", *(session.posargs or ["."]))


@nox.session(default=False)
def build(session: nox.Session) -> None:
    """Build the source distribution and the wheel into dist/."""
    session.install("build")
    session.run("python", "-m", "build", *session.posargs)


if __name__ == "__main__":
    nox.main()
