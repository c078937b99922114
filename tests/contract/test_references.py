"""References: the file is the one agreed on, or a sealed sample; without the file nothing is compared, and the lot is held."""

import hashlib
import json
import pickle
from pathlib import Path
from typing import Any

import pytest

import aql
from aql.contract.terms import Reference
from aql.display.breaches import lot_term_words
from aql.documents.named_files import file_within
from tests.scoring.builders import Values, cls, contract, header, lot_result, lot_term, problems, single, term

PICTURE = b"the approved sample"
SHA = hashlib.sha256(PICTURE).hexdigest()


NEITHER = (
    "a reference must be a file with its sha256, or a sealed sample with its seal. "
    'Write { file = "...", sha256 = "..." } or { seal = "..." }'
)


def loaded(folder: Path, *terms: Values) -> aql.Contract:
    """A contract from a file in a folder."""
    path = folder / "contract.json"
    path.write_text(contract(cls(plan=single(1, 0)), terms).to_json(), "utf-8")
    return aql.Contract.load(path)


def sample(sha256: str = SHA, **more: Any) -> Values:
    return lot_term("sample", "reference", reference={"file": "s.jpg", "sha256": sha256}, **more)


def decided(agreed: aql.Contract, answer: str = "yes") -> aql.Verdict:
    rows = [{"term": "sample", "value": answer}]
    return aql.score(agreed, aql.Inspection.load(header(inspected=1), findings=rows))


def codes(agreed: aql.Contract) -> list[tuple[str, str]]:
    return [(one.severity, one.code) for one in aql.check(agreed) if "reference" in one.path]


def test_the_file_that_was_agreed_is_compared(tmp_path: Path) -> None:
    (tmp_path / "s.jpg").write_bytes(PICTURE)
    agreed = loaded(tmp_path, sample(SHA.upper()))
    assert codes(agreed) == []
    assert decided(agreed).decision == "accept"
    assert decided(agreed, "no").decision == "reject"


def test_another_file_is_an_error_and_is_not_scored(tmp_path: Path) -> None:
    (tmp_path / "s.jpg").write_bytes(b"another")
    agreed = loaded(tmp_path, sample())
    assert codes(agreed) == [("error", "other-file")]
    assert aql.check(agreed).errors[0].problem == (
        f"s.jpg has another SHA-256, {hashlib.sha256(b'another').hexdigest()}."
    )
    with pytest.raises(aql.DocumentError):
        decided(agreed)


def test_a_file_that_is_not_there_is_not_compared_and_holds(tmp_path: Path) -> None:
    for agreed in (loaded(tmp_path, sample()), contract(cls(plan=single(1, 0)), [sample()])):
        assert codes(agreed) == [("note", "not-compared")]
        found = decided(agreed)
        assert found.decision == "hold"
        result = lot_result(found, "sample")
        assert (result.status, result.answer, result.compared) == ("unknown", "yes", False)
        assert lot_term_words(result, found).found == (
            "yes; s.jpg was not compared with its SHA-256, because it was not there"
        )
        assert decided(agreed, "no").decision == "reject"
        assert aql.Verdict.from_json(found.to_json()) == found


def test_a_missing_file_without_effect_does_not_hold(tmp_path: Path) -> None:
    assert decided(loaded(tmp_path, sample(effect="note"))).decision == "accept"


def test_the_reference_of_an_item_term_is_compared_by_the_check(tmp_path: Path) -> None:
    agreed = loaded(tmp_path, term("print", reference={"file": "s.jpg", "sha256": SHA}, kind="visual"))
    assert codes(agreed) == [("note", "not-compared")]
    (tmp_path / "s.jpg").write_bytes(b"another")
    assert codes(agreed) == [("error", "other-file")]


def test_a_file_outside_the_folder_is_never_read(tmp_path: Path) -> None:
    inner = tmp_path / "inner"
    inner.mkdir()
    (tmp_path / "s.jpg").write_bytes(PICTURE)
    (inner / "s.jpg").symlink_to(tmp_path / "s.jpg")
    assert codes(loaded(inner, sample())) == [("note", "not-compared")]


def test_a_file_that_cannot_be_read_is_not_compared(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def unreadable(path: Path, _flags: int) -> int:
        raise PermissionError(str(path))

    (tmp_path / "s.jpg").write_bytes(PICTURE)
    agreed = loaded(tmp_path, sample())
    monkeypatch.setattr("os.open", unreadable)
    assert codes(agreed) == [("note", "not-compared")]


@pytest.mark.parametrize("name", ["a\0b", "x" * 5000])
def test_an_impossible_name_is_not_compared(name: str, tmp_path: Path) -> None:
    assert file_within(tmp_path, name) is None


def test_a_sealed_sample_needs_no_file() -> None:
    agreed = contract(cls(plan=single(1, 0)), [lot_term("sample", "reference", reference={"seal": "A-0117"})])
    assert codes(agreed) == []
    assert decided(agreed).decision == "accept"
    reference = agreed.term("sample").reference
    assert reference is not None
    assert reference.named() == "sealed sample A-0117"


@pytest.mark.parametrize(
    ("reference", "problem"),
    [
        (
            {"file": "s.jpg"},
            "sha256 is required with file 's.jpg'. Use the checksum that 'aql hash FILE' prints",
        ),
        *(
            (
                wrong,
                NEITHER,
            )
            for wrong in (
                {},
                {"sha256": SHA},
                {"seal": "A", "sha256": SHA},
                {"seal": "A", "file": "a", "sha256": SHA},
            )
        ),
    ],
    ids=str,
)
def test_a_reference_is_a_file_or_a_sealed_sample(reference: Values, problem: str) -> None:
    with pytest.raises(aql.DocumentError) as raised:
        Reference.from_dict(reference)
    assert problems(raised.value) == [problem]


def test_where_a_contract_comes_from_is_not_part_of_it(tmp_path: Path) -> None:
    agreed = loaded(tmp_path, sample())
    again = aql.Contract.from_json(agreed.to_json())
    assert agreed == again
    assert hash(agreed) == hash(again)
    assert agreed != json.loads(agreed.to_json())
    copied = pickle.loads(pickle.dumps(agreed))
    (tmp_path / "s.jpg").write_bytes(PICTURE)
    assert copied == agreed
    assert codes(copied) == []
