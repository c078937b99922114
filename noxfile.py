#!/usr/bin/env -S uv run --script

# /// script
# dependencies = ["nox>=2025.10.14"]
# ///

import re
from pathlib import Path

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
    session.run("pytest", "--cov", *session.posargs)


@nox.session(python="3.11", default=False)
def oldest(session: nox.Session) -> None:
    """Run the tests with the oldest release of every dependency that pyproject.toml allows."""
    constraints = Path(session.create_tmp()) / "oldest.txt"
    constraints.write_text("\n".join(oldest_releases()), encoding="utf-8")
    session.install("--constraint", str(constraints), "-e", ".[test]")
    session.run("python", "-m", "pip", "list")
    session.run("pytest", "-n", "auto", *(session.posargs or ["tests"]))


def oldest_releases() -> list[str]:
    """Turn every lower bound into an exact release, and cap pyparsing, whose new releases warn about old matplotlib."""
    project = nox.project.load_toml("pyproject.toml")["project"]
    extras = project["optional-dependencies"].values()
    requirements = [*project["dependencies"], *(each for extra in extras for each in extra)]
    bounds = [each.replace(">=", "==") for each in requirements if ">=" in each]
    # matplotlib calls names that pyparsing 3.3 deprecates, and here a warning is an error.
    return [*sorted({re.sub(r"\[.*\]", "", each) for each in bounds}), "pyparsing<3.3"]


@nox.session(default=False)
def prereleases(session: nox.Session) -> None:
    """Run the tests with the newest pre-release of every dependency."""
    session.install("--pre", "--upgrade", "-e", ".[test]")
    session.run("python", "-m", "pip", "list")
    session.run("pytest", "-n", "auto", *(session.posargs or ["tests"]))


@nox.session(default=False)
def nightly(session: nox.Session) -> None:
    """Run the tests with thousands of new random examples per property."""
    session.install("-e", ".[test]")
    session.run("pytest", "-n", "auto", "--hypothesis-profile=nightly", *(session.posargs or ["tests"]))


@nox.session(default=False)
def attack(session: nox.Session) -> None:
    """Attack every reader and function with mutated inputs, a million by default; write docs/attack.json."""
    session.install("-e", ".[test]")
    how = session.posargs or ["--inputs", "1000000", "--keep", "docs/attack.json"]
    session.run("python", "-m", "tests.attack.attack", *how)


@nox.session(default=False)
def kills(session: nox.Session) -> None:
    """Kill every writer at least a hundred times, and check what is left of its files."""
    session.install("-e", ".[test]")
    how = ["-n", "auto", "-m", "exhaustive", "--hypothesis-profile=nightly"]
    session.run("pytest", *how, *(session.posargs or ["tests/attack/test_killed_writers.py"]))


@nox.session(python="3.11", default=False)
def fuzz(session: nox.Session) -> None:
    """Fuzz a reader with atheris, guided by coverage: ``nox -s fuzz -- contract -max_total_time=600``."""
    session.install("-e", ".[test]", "atheris>=3.0")
    session.run(
        "python", "-m", "tests.attack.fuzz", *(session.posargs or ["contract", "-max_total_time=600"])
    )


@nox.session(default=False)
def mutation(session: nox.Session) -> None:
    """Change the code in one place at a time and count what the tests notice: ``nox -s mutation -- plans --sample 200``."""
    session.install("-e", ".[test]")
    session.run("python", "-m", "tests.attack.mutation_testing", *session.posargs)


@nox.session(default=False)
def exhaustive(session: nox.Session) -> None:
    """Run the long proofs, and the laws with four times as many random examples, in parallel and without coverage."""
    session.install("-e", ".[test]")
    how = ["-m", "exhaustive or hypothesis", "--hypothesis-profile=ci", "-n", "auto", "--dist", "worksteal"]
    session.run("pytest", *how, *(session.posargs or ["tests"]))


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


@nox.session(default=False)
def desk(session: nox.Session) -> None:
    """Tap through an inspection in JupyterLab, in Chromium, and kill its kernel in the middle."""
    session.install("-e", ".[lab]")
    session.run("pytest", "tests_desk", *session.posargs)


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


@nox.session(default=False)
def benchmarks(session: nox.Session) -> None:
    """Compare the speed of two commits, HEAD^ and HEAD by default; fail if a call became 1.5 times as slow."""
    session.install("asv>=0.6.4", "virtualenv")
    asv = ["--config", "benchmarks/asv.conf.json", "--machine", "this-machine"]
    session.run("asv", "machine", "--yes", *asv)
    commits = session.posargs or ["HEAD^", "HEAD"]
    # With one thread, other programs on the machine do not delay a matrix product.
    alone = {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}
    session.run("asv", "continuous", *asv, "--factor", "1.5", "--show-stderr", *commits, env=alone)


if __name__ == "__main__":
    nox.main()
