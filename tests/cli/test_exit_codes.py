"""Exit codes of the process: an answer of the library never has the code of a failure, and the reverse."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from aql import examples
from aql.cli import exit_codes
from aql.cli.commands import app

CONTRACT = str(examples.example_file("tablet_order/contract.toml"))
DEVICE_FULL = Path("/dev/full")

posix = pytest.mark.skipif(os.name != "posix", reason="signals and devices of POSIX")


def run(*args: str, code: str = "", **how: object) -> subprocess.CompletedProcess[str]:
    """Run the command as a process of its own, after some Python that prepares it."""
    start = f"{code}\nfrom aql.__main__ import main\nmain()"
    command = [sys.executable, "-c", start, *args]
    given = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, **how}
    return subprocess.run(command, text=True, check=False, **given)  # type: ignore[call-overload, no-any-return]


def test_every_code_means_one_thing() -> None:
    accept, reject = exit_codes.DECISIONS["accept"], exit_codes.DECISIONS["reject"]
    assert (accept, reject, exit_codes.WRONG_INPUT) == (0, 1, 2)
    assert exit_codes.DECISIONS["continue"] == exit_codes.DECISIONS["hold"] == 3
    failures = {exit_codes.FAULT, exit_codes.INPUT_OUTPUT, exit_codes.INTERRUPTED, exit_codes.CLOSED_PIPE}
    assert failures == {70, 74, 130, 141}


@pytest.mark.parametrize(
    ("fault", "code", "told"),
    [
        (BrokenPipeError(), 141, ""),
        (KeyboardInterrupt(), 130, ""),
        (OSError(28, "No space left on device", "plan.txt"), 74, "aql: No space left on device: plan.txt\n"),
        (RuntimeError("lost"), 70, "RuntimeError: lost\naql: this is an error in aql"),
    ],
    ids=["pipe", "Ctrl-C", "disk", "fault"],
)
def test_each_failure_has_its_code(
    monkeypatch: pytest.MonkeyPatch, fault: BaseException, code: int, told: str
) -> None:
    def fail(_: object) -> None:
        raise fault

    monkeypatch.setattr("aql.cli.commands.print_plans", fail)
    done = CliRunner().invoke(app, ["plan", "30"])
    assert done.exit_code == code
    assert told in done.stderr


def test_streams_that_were_closed_before_the_start_do_not_matter(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdout", None)
    monkeypatch.setattr("sys.stderr", None)
    for args, code in ((["plan", "30"], 0), (["plan"], 2)):
        with pytest.raises(SystemExit) as caught:
            app(args)
        assert caught.value.code == code


@posix
@pytest.mark.parametrize("args", [["plan", "30"], ["--help"]], ids=" ".join)
def test_a_reader_that_stops_reading_is_no_answer(args: list[str]) -> None:
    reads, writes = os.pipe()
    os.close(reads)
    try:
        done = run(*args, stdout=writes)
    finally:
        os.close(writes)
    assert (done.returncode, done.stderr) == (141, "")


def next_descriptor() -> int:
    """The number that the next file gets."""
    reads = os.open(os.devnull, os.O_RDONLY)
    os.close(reads)
    return reads


@posix
def test_after_a_closed_pipe_standard_output_goes_nowhere(monkeypatch: pytest.MonkeyPatch) -> None:
    reads, writes = os.pipe()
    os.close(reads)
    with os.fdopen(writes, "w", encoding="utf-8") as closed:
        monkeypatch.setattr("sys.stdout", closed)
        free = next_descriptor()
        with pytest.raises(SystemExit) as caught:
            app(["plan", "30"])
        assert caught.value.code == exit_codes.CLOSED_PIPE
        closed.write("what is left to write")
        closed.flush()
        assert os.path.samestat(os.fstat(writes), Path(os.devnull).stat())
        assert next_descriptor() == free, "a file was left open"


@posix
@pytest.mark.skipif(not DEVICE_FULL.exists(), reason="no device that is always full")
def test_output_that_cannot_be_written_is_told() -> None:
    with DEVICE_FULL.open("w") as full:
        done = run("plan", "30", stdout=full)
    assert (done.returncode, done.stderr) == (74, "aql: No space left on device\n")


@posix
def test_control_c_stops_it() -> None:
    stop = "import os, signal; os.kill(os.getpid(), signal.SIGINT)"
    meanwhile = f"import aql.cli.commands as c\ndef plans(_):\n    {stop}\nc.print_plans = plans"
    done = run("plan", "30", code=meanwhile)
    assert (done.returncode, done.stderr) == (128 + signal.SIGINT, "")


@pytest.mark.parametrize(
    ("args", "told"),
    [
        (["plan", "30", "--foo"], "aql: no such option: --foo.\nSee aql plan --help.\n"),
        (["score", CONTRACT], "aql: missing argument 'INSPECTION'.\nSee aql score --help.\n"),
        (["plan", "0"], "aql: the lot size must be a whole number, 1 or more, got 0.\n"),
    ],
    ids=["option", "argument", "value"],
)
def test_wrong_input_has_one_form(args: list[str], told: str) -> None:
    done = CliRunner().invoke(app, args)
    assert (done.exit_code, done.stdout, done.stderr) == (2, "", told)


def test_the_command_alone_prints_its_help() -> None:
    done = CliRunner().invoke(app, [])
    assert (done.exit_code, done.stderr) == (0, "")
    assert done.stdout.startswith("Usage: aql [OPTIONS] COMMAND")


@posix
def test_a_file_that_cannot_be_read_is_a_failure_of_input(tmp_path: Path) -> None:
    path = tmp_path / "contract.toml"
    path.symlink_to(path.name)
    done = CliRunner().invoke(app, ["check", str(path)])
    assert done.exit_code == 74
    assert "cannot be read" in done.stderr


def test_an_empty_document_is_told(tmp_path: Path) -> None:
    path = tmp_path / "contract.toml"
    path.write_text("\n", "utf-8")
    done = CliRunner().invoke(app, ["check", str(path)])
    assert done.exit_code == 2
    assert " ".join(done.stderr.split()) == f"aql: {str(path)!r} is empty."
