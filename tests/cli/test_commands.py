"""The command line: what it prints, and the exit codes that scripts rely on."""

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

import aql
from aql import examples
from aql.__main__ import main as entry_point
from aql.cli.commands import app
from aql.errors import MissingExtraError

CONTRACT = str(examples.example_file("tablet_order/contract.toml"))
INSPECTION = str(examples.example_file("tablet_order/inspection.toml"))


def run(*args: str, code: int = 0) -> Result:
    result = CliRunner().invoke(app, list(args))
    assert result.exit_code == code, result.output
    return result


def test_plan_prints_the_table_and_the_way() -> None:
    out = run("plan", "30", "--aql", "2.5", "--aql", "4.0").output
    assert "ISO 2859-1:1999, normal, single sampling; lot of 30, level II" in out
    assert " 4.0   D → E    13    1    2" in out
    assert "points down at letter D, AQL 4.0" in " ".join(out.split())
    assert max(map(len, out.splitlines())) <= 80


def test_plan_without_an_aql_prints_the_usual_three() -> None:
    out = run("plan", "3000", "--json").output
    assert [(one["aql"], one["stages"][0]["n"], one["stages"][0]["ac"]) for one in json.loads(out)] == [
        ("0", 125, 0),
        ("2.5", 125, 7),
        ("4.0", 125, 10),
    ]


def test_plan_prints_every_stage() -> None:
    out = run("plan", "--letter", "F", "--aql", "1.5", "--sampling", "multiple").output
    assert "letter F" in out
    assert " AQL   letter   sample   n   Ac   Re   inspect\n" in out
    assert " 1.5   F → G         1   8    #    2\n                     2   8    0    2\n" in out
    assert "every item" in run("plan", "5", "--aql", "1.0").output


@pytest.mark.parametrize(
    ("args", "says"),
    [
        (
            ["plan", "0"],
            "aql: the lot size must be a whole number, 1 or more, got 0.",
        ),
        (["plan", "30", "--aql", "2,5"], 'Write "2.5".'),
        (["plan"], "aql: pass a lot size or --letter, got neither."),
        (["check", "none.toml"], "aql: 'none.toml' does not exist."),
        (
            ["score", CONTRACT, CONTRACT],
            "must be \"aql.inspection/1\", got 'aql.contract/1'. Are two files swapped?",
        ),
        (["score", CONTRACT, INSPECTION, "--html", "report.txt"], "report.txt"),
    ],
    ids=["lot", "comma", "nothing", "file", "wrong document", "report"],
)
def test_wrong_input_is_a_sentence_and_exit_code_2(args: list[str], says: str) -> None:
    result = run(*args, code=2)
    assert says in " ".join(result.output.split())
    assert "Traceback" not in result.output


def test_usage_errors_exit_with_2() -> None:
    run("plan", "many", code=2)
    run("plan", "30", "--level", "IV", code=2)
    run("score", CONTRACT, code=2)


def test_check_says_what_could_not_be_claimed_on(tmp_path: Path) -> None:
    out = run("check", CONTRACT).output
    assert "note: cover.limit: The order total of 124500.00 is above the cover limit of" in out
    assert "0 errors, 0 warnings, 2 notes" in out
    assert "Every term can be measured and enforced." in out
    flawed = tmp_path / "contract.toml"
    text = Path(CONTRACT).read_text("utf-8").replace('measure = { unit = "mAh", min = "3000" }\n', "")
    flawed.write_text(text, "utf-8")
    out = run("check", str(flawed), code=1).output
    assert (
        "error: terms[2] (battery-capacity): Nothing in 'Battery of at least 3000 mAh' can be measured"
        in " ".join(out.split())
    )
    assert json.loads(run("check", str(flawed), "--json", code=1).output)[0]["code"] == "unmeasurable"
    clean = tmp_path / "clean.toml"
    clean.write_text(
        Path(CONTRACT).read_text("utf-8").replace('limit = "100000"', 'limit = "200000"'), "utf-8"
    )
    out = run("check", str(clean)).output
    assert out.startswith("note: terms: battery-capacity, carton-drop and barcode have their own plans")
    assert out.endswith("0 errors, 0 warnings, 1 note\nEvery term can be measured and enforced.\n")


def test_check_names_the_term_and_the_class_of_a_place(tmp_path: Path) -> None:
    contract = aql.Contract.load(
        {
            "order": {"id": "PO"},
            "classes": [{"name": "minor", "aql": 4.0}, {"name": "major"}],
            "terms": [{"id": "w", "class": "majr", "text": "W", "measure": {"unit": "g", "min": "1"}}],
        }
    ).save(tmp_path / "contract.toml")
    out = " ".join(run("check", str(contract), code=1).output.split())
    assert "error: classes[1] (major): Class 'major' has no AQL or plan" in out
    assert (
        "error: terms[0].class (w): 'majr' is not a class of the contract. "
        "Did you mean 'major'? If not, add it to the classes."
    ) in out
    found = json.loads(run("check", str(contract), "--json", code=1).output)
    assert [one["path"] for one in found if one["severity"] == "error"] == ["classes[1]", "terms[0].class"]


def test_score_exits_with_the_decision() -> None:
    out = run("score", CONTRACT, INSPECTION, code=1).output
    assert "Lot L1 of order PO-2026-0117, 3000 items: ✗ rejected" in out
    assert "battery-capacity   ✗ reject" in out
    assert "found: 2870 mAh (-130); item 3" in " ".join(out.split())
    assert max(map(len, out.splitlines())) <= 80
    verdict = aql.Verdict.from_json(run("score", CONTRACT, INSPECTION, "--json", code=1).output)
    assert verdict == aql.score(*examples.tablet_order())


def small_order(folder: Path, *, inspected: int, defects: int) -> tuple[str, str]:
    contract = aql.Contract.load(
        {
            "order": {"id": "PO"},
            "inspection": {"sampling": "double"},
            "classes": [{"name": "major", "aql": 6.5}],
        }
    )
    rows = "".join(f"{item},major\n" for item in range(1, defects + 1))
    (folder / "findings.csv").write_text("item,class\n" + rows, "utf-8")
    header = (
        f'contract = "PO"\n[lot]\nid = "L"\nsize = 100\n[inspection]\ninspected = {inspected}\n'
        '[findings]\nfile = "findings.csv"\n'
    )
    (folder / "inspection.toml").write_text(header, "utf-8")
    return str(contract.save(folder / "contract.toml")), str(folder / "inspection.toml")


@pytest.mark.parametrize(
    ("inspected", "defects", "code", "says"),
    [
        (13, 1, 0, "✓ accepted"),
        (13, 2, 3, "→ not decided yet: a further sample is due"),
        (12, 0, 3, "‖ on hold"),
        (13, 3, 1, "✗ rejected"),
    ],
)
def test_each_decision_has_its_exit_code(
    tmp_path: Path, inspected: int, defects: int, code: int, says: str
) -> None:
    out = run("score", *small_order(tmp_path, inspected=inspected, defects=defects), code=code).output
    assert says in out
    if code == 3:
        assert "To do" in out


def test_score_writes_what_it_is_asked_for(tmp_path: Path) -> None:
    html, xlsx = tmp_path / "report.html", tmp_path / "verdict.xlsx"
    out = run("score", CONTRACT, INSPECTION, "--html", str(html), "--xlsx", str(xlsx), code=1).output
    assert html.is_file()
    assert xlsx.is_file()
    assert f"Wrote {html}" in out
    assert f"Wrote {xlsx}" in out


def test_photographs_that_a_report_cannot_contain_are_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    contract, header = small_order(tmp_path, inspected=13, defects=1)
    (tmp_path / "empty.jpg").touch()
    (tmp_path / "broken.jpg").write_bytes(b"\xff\xd8\xff\xe0 and no more")
    (tmp_path / "notes.txt").write_text("no picture", "utf-8")
    photos = ", ".join(
        f'{{ file = "{name}.{end}" }}'
        for name, end in [("none", "jpg"), ("empty", "jpg"), ("broken", "jpg"), ("notes", "txt")]
    )
    text = Path(header).read_text("utf-8").replace("inspected = 13", f"inspected = 13\nphotos = [{photos}]")
    Path(header).write_text(text, "utf-8")
    told = (
        "aql: photograph none.jpg was not found in the folder of the inspection header.\n"
        "aql: photograph empty.jpg is empty.\n"
        "aql: photograph broken.jpg is broken: the picture cannot be read to its end.\n"
        "aql: photograph notes.txt is not a PNG, JPEG, WebP or GIF.\n"
    )
    assert run("score", contract, header, "--json").stderr == told
    html = tmp_path / "report.html"
    assert run("score", contract, header, "--html", str(html)).stderr == told
    page = html.read_text("utf-8")
    for line in told.splitlines():
        _, name, why = line.removeprefix("aql: ").split(" ", 2)
        assert f"{name} {why}" in re.sub(r"<[^>]+>", "", page)
    monkeypatch.setitem(sys.modules, "PIL", None)
    assert run("score", contract, header).stderr.startswith(
        "aql: the photographs were not checked: reading photographs needs Pillow"
    )


@pytest.mark.parametrize(
    ("option", "name", "says"),
    [
        (
            "--html",
            "x.pdf",
            "aql: the report file must end in .html or .htm, got 'x.pdf'.",
        ),
        (
            "--xlsx",
            "x.csv",
            "aql: the workbook file must end in .xlsx, got 'x.csv'.",
        ),
    ],
    ids=["page", "workbook"],
)
def test_a_target_that_cannot_be_written_is_told_before_the_verdict(
    option: str, name: str, says: str
) -> None:
    out = run("score", CONTRACT, INSPECTION, option, name, code=2).output
    assert " ".join(out.split()) == says


def test_a_report_in_chinese_and_as_pdf(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("aql.report.page.pdf", lambda page: page.encode())
    monkeypatch.setattr("aql.report.page.load_weasyprint", lambda: None)
    pages = ["--html", str(tmp_path / "r.html"), "--pdf", str(tmp_path / "r.pdf"), "--lang", "zh"]
    run("score", CONTRACT, INSPECTION, *pages, code=1)
    for name in ("r.html", "r.pdf"):
        assert '<html lang="zh-Hans">' in (tmp_path / name).read_text("utf-8")
    assert "'en' or 'zh'" in run("score", CONTRACT, INSPECTION, "--lang", "fr", code=2).output.replace(
        '"', "'"
    )


def test_a_missing_extra_is_told_before_the_verdict(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    def missing() -> None:
        raise MissingExtraError("writing a report needs Jinja2", "report")

    monkeypatch.setattr("aql.report.page._templates", missing)
    for command in (["score", CONTRACT, INSPECTION], ["demo"]):
        out = run(*command, "--html", str(tmp_path / "report.html"), code=2).output
        assert " ".join(out.split()).endswith(
            "aql: writing a report needs Jinja2, which is not installed. "
            "Install it with: python -m pip install 'aql-sampling[report]'."
        )
        assert "rejected" not in out


def test_demo_exits_with_0_and_names_the_code_of_score(tmp_path: Path) -> None:
    out = run("demo").output
    assert "3000 of 10.1 inch tablet, order PO-2026-0117, from Example Electronics Co." in out
    assert "aql score would exit with 1" in out
    assert json.loads(run("demo", "--json").output)["decision"] == "reject"
    run("demo", "--html", str(tmp_path / "demo.html"))
    assert (tmp_path / "demo.html").is_file()


def test_sheet_writes_and_says_where(tmp_path: Path) -> None:
    out = run("sheet", CONTRACT, "--out", str(tmp_path)).output
    assert out == f"Wrote {tmp_path / 'inspection.toml'}\nWrote {tmp_path / 'findings.csv'}\n"
    assert "Choose another folder with --out, or pass --force." in " ".join(
        run("sheet", CONTRACT, "--out", str(tmp_path), code=2).output.split()
    )
    run("sheet", CONTRACT, "--out", str(tmp_path), "--force", "--xlsx", "--lot", "L2", "--lot-size", "500")
    assert run("score", CONTRACT, str(tmp_path / "inspection.toml"), code=3).output.startswith(
        "Lot L2 of order"
    )


def test_sheet_of_a_later_sample_says_what_to_do_with_it(tmp_path: Path) -> None:
    contract = aql.Contract.load(
        {
            "order": {"id": "PO", "quantity": 100},
            "inspection": {"sampling": "double"},
            "classes": [{"name": "major", "aql": 6.5}],
            "terms": [{"id": "w", "class": "major", "text": "W", "measure": {"unit": "g", "min": "1"}}],
        }
    ).save(tmp_path / "contract.toml")
    out = run("sheet", str(contract), "--out", str(tmp_path), "--stage", "2").output
    assert "findings-2.csv" in out
    assert (
        "add the file under [findings], as file = [..., 'findings-2.csv'], and update inspected."
        in " ".join(out.split())
    )


def test_the_version_is_printed() -> None:
    assert run("--version").output == f"aql-sampling {aql.__version__}\n"


def test_it_runs_as_a_module_and_through_a_pipe_without_unicode() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "aql", "demo"],
        capture_output=True,
        env={"PYTHONIOENCODING": "ascii", "PATH": ""},
        check=True,
    )
    assert b"|critical         | X reject  |" in done.stdout
    assert b"|major            | OK accept |" in done.stdout
    for absent in (b"?", b"\x1b", b" \n"):
        assert absent not in done.stdout


def test_the_entry_point_runs_the_command_line(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "argv", ["aql", "--version"])
    with pytest.raises(SystemExit) as caught:
        entry_point()
    assert caught.value.code == 0
    assert capsys.readouterr().out == f"aql-sampling {aql.__version__}\n"


def test_the_entry_point_without_the_extra_says_which_one(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in [name for name in sys.modules if name.startswith("aql.cli")]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "typer", None)
    with pytest.raises(SystemExit) as caught:
        entry_point()
    assert caught.value.code == 2
    assert "aql-sampling[cli]" in capsys.readouterr().err


def test_without_the_extra_it_says_which_one() -> None:
    code = "import sys; sys.modules['typer'] = None; sys.argv = ['aql', 'demo']; import aql.__main__ as m; m.main()"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert done.stderr == (
        "aql: the command line needs typer and rich, which are not installed. "
        "Install them with: python -m pip install 'aql-sampling[cli]'.\n"
    )
