"""aql draw: seeds, commitments, replacements, and headers that have findings already."""

import json
import re
from pathlib import Path
from typing import Any

import pytest

import aql
from aql.inspection.commitments import commitment
from tests.cli.command_runs import Run, run

HEADER = {"schema": "aql.inspection/1", "contract": "PO", "lot": {"id": "L1", "size": 480}}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    order = {"order": {"id": "PO"}, "classes": [{"name": "major", "aql": 2.5}]}
    aql.Contract.load(order).save(tmp_path / "contract.toml")
    return tmp_path


def draw(folder: Path, *args: str, header: dict[str, Any] = HEADER) -> Run:
    (folder / "header.json").write_text(json.dumps(header), "utf-8")
    return run("draw", str(folder / "contract.toml"), str(folder / "header.json"), *args)


@pytest.mark.parametrize("seed", [0, 10**38, 2**128 - 1])
def test_a_seed_goes_up_to_128_bits(folder: Path, seed: int) -> None:
    done = draw(folder, "--seed", str(seed), "--json")
    assert done.code == 0
    assert aql.Drawing.from_json(done.out).seed == seed


@pytest.mark.parametrize(
    "seed", ["\N{ARABIC-INDIC DIGIT ONE}", "-1", " ", "1_0", str(2**128), "0" * 40], ids=ascii
)
def test_other_seeds_are_refused(folder: Path, seed: str) -> None:
    done = draw(folder, f"--seed={seed}")
    assert (done.code, done.out) == (2, "")
    assert "seed must be a whole number" in done.err


def test_a_seed_may_have_blanks_around_it(folder: Path) -> None:
    assert draw(folder, "--seed", " 7 ") == draw(folder, "--seed", "7")


def test_a_nonce_is_made_unless_it_is_given(folder: Path) -> None:
    words = draw(folder, "--seed", "7", "--commit").out.splitlines()
    digest, nonce = words[1], words[3]
    assert re.fullmatch("[0-9a-f]{32}", nonce)
    assert digest == commitment(7, nonce)
    given = "0" * 31 + "f"
    assert draw(folder, "--seed", "7", "--commit", "--nonce", given).out.splitlines()[1::2] == [
        commitment(7, given),
        given,
    ]


def test_findings_in_the_header_change_nothing(folder: Path) -> None:
    log = [{"item": 1, "class": "major", "nobody": "knows"}]
    assert draw(folder, "--seed", "7", header=HEADER | {"log": log}) == draw(folder, "--seed", "7")


@pytest.mark.parametrize("replaced", ["9", "9=", "=wet", "x=wet", "9= ", "9.5=wet", "-9=wet"])
@pytest.mark.parametrize("option", ["--replace", "--replace-carton"])
def test_a_replacement_has_a_number_and_a_reason(folder: Path, option: str, replaced: str) -> None:
    done = draw(folder, "--seed", "7", option, replaced)
    assert (done.code, done.out) == (2, "")
    assert f"must be NUMBER=REASON, such as 31=crushed, got {replaced!r}." in done.err


def test_a_reason_may_have_an_equals_sign(folder: Path) -> None:
    done = draw(folder, "--seed", "7", "--replace", " 9 =a=b")
    assert done.code == 0
    assert 'replaced = [{ item = 9, reason = "a=b" }]' in done.out
