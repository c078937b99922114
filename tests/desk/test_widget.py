"""What the page of the widget sends: recorded once, or refused with the reason; and what it is shown."""

import errno
import hashlib
import os
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import aql
from aql import Contract, Desk, DomainError, MissingExtraError
from aql.desk import photographing
from aql.display.desk_widget import photo_parts
from aql.display.desk_widget.taps import Taps
from aql.display.desk_widget.view import desk_view
from aql.display.desk_widget.words import page_words
from aql.languages import LANGUAGES, spoken

CONTRACT = Contract.load(
    {
        "order": {"id": "PO-1"},
        "inspection": {"sampling": "double", "cartons": "all"},
        "classes": [{"name": "critical", "aql": 0}, {"name": "major", "aql": 4}, {"name": "minor", "aql": 10}],
        "terms": [
            {"id": "mass", "class": "major", "text": "Mass", "measure": {"unit": "g", "min": "200"}, "sample": 2, "ac": 0},
            {"id": "fine", "class": "major", "text": "Mass <b>at most</b>", "measure": {"unit": "g", "max": "300"}, "reading_of": "mass", "sample": 3, "ac": 0},
            {"id": "starts", "class": "major", "text": "Does it start?", "measure": {"answer": "yes"}, "not_applicable": True},
            {"id": "plug", "class": "major", "text": "Plug", "measure": {"allowed": ["EU", "UK"]}},
            {"id": "code", "class": "major", "text": "Barcode", "measure": {"equals": "4006381333931"}, "sample": 1, "ac": 0},
            {"id": "dent", "class": "minor", "text": "Dent", "kind": "visual"},
            {"id": "drop", "class": "major", "text": "Broken after the drop", "kind": "visual", "of": "cartons", "sample": 2, "ac": 0},
        ],
    }
)  # fmt: skip
HEADER = {"contract": "PO-1", "lot": {"id": "L1", "size": 90, "cartons": 9}}
PICTURE = b"\x89PNG\r\n\x1a\n and so on"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "L1.jsonl"


@pytest.fixture
def desk(path: Path) -> Iterator[Desk]:
    with Desk.open(CONTRACT, HEADER, path) as opened:
        yield opened


@pytest.fixture
def taps(desk: Desk) -> Taps:
    return Taps(desk)


def tap(taps: Taps, key: str = "k1", **message: object) -> dict[str, Any]:
    answer = taps.take({"key": key, "do": "record", "item": 1, **message})
    assert answer is not None
    assert answer["key"] == key
    return answer


def shown(taps: Taps) -> dict[str, Any]:
    return desk_view(taps.desk, taps.place)


def form(taps: Taps) -> dict[str, Any]:
    found: dict[str, Any] = shown(taps)["item"]
    return found


def test_a_tap_is_answered_after_it_was_written(taps: Taps, path: Path) -> None:
    assert tap(taps, term="dent", note="lid") == {"key": "k1", "ok": True, "text": ""}
    assert '"key":"k1","record":{"item":1,"term":"dent","note":"lid"}' in path.read_text("utf-8")
    assert (form(taps)["number"], form(taps)["recorded"], form(taps)["finish"]) == (
        1,
        ["Dent · lid"],
        "Done, next item",
    )
    tap(taps, "k2")
    assert (form(taps)["number"], form(taps)["finish"]) == (2, "No defect, next item")


@pytest.mark.parametrize("again", [False, True])
def test_a_tap_that_arrives_twice_is_recorded_once(taps: Taps, path: Path, again: bool) -> None:
    tap(taps, term="dent")
    tap(taps, "k2", class_="ignored", **{"class": "minor"})
    tap(taps, "u1", do="undo", event=2)
    before = path.read_bytes()
    if again:  # in another program, after this one was killed
        taps.desk.close()
        taps = Taps(Desk.open(CONTRACT, None, path))
    for key, message in (
        ("k1", {"term": "dent"}),
        ("k2", {"class": "minor"}),
        ("u1", {"do": "undo", "event": 2}),
    ):
        assert tap(taps, key, **message)["ok"]
    assert path.read_bytes() == before
    assert [row.term for row in taps.desk.rows] == ["dent"]
    taps.desk.close()


@pytest.mark.parametrize(
    ("message", "says"),
    [
        (5, "a message must have a key, got 5"),
        ({"do": "record", "item": 1}, "a message must have a key"),
        ({"key": 7, "do": "record"}, "a message must have a key"),
        ({"key": "k" * 200, "do": "record", "item": 1}, "key must be text of at most 128 characters"),
        ({"key": "k", "do": "erase"}, 'do must be "record", "undo", "photo" or "show", got \'erase\''),
        ({"key": "k", "do": "record"}, "item must be a whole number, got None"),
        ({"key": "k", "do": "record", "item": True}, "item must be a whole number, got True"),
        ({"key": "k", "do": "record", "item": 91}, "item must be a number from 1 to 90, got 91"),
        ({"key": "k", "do": "show", "item": 0}, "item must be a number from 1 to 90, got 0"),
        ({"key": "k", "do": "show", "item": 1, "of": "boxes"}, 'of must be "items" or "cartons"'),
        ({"key": "k", "do": "record", "item": 1, "term": "scratch"}, "must be a term of the contract"),
        ({"key": "k", "do": "record", "item": 1, "term": "mass", "value": "heavy"}, "must be a decimal number such as 3012.5, got 'heavy'"),
        ({"key": "k", "do": "record", "item": 1, "term": "mass", "value": 3}, "value must be text"),
        ({"key": "k", "do": "record", "item": 1, "note": "n" * 2001}, "note must be text of at most 2000"),
        ({"key": "k", "do": "record", "item": 1, "note": "lid"}, "term or class is required"),
        ({"key": "k", "do": "undo", "event": 1}, "another entry was recorded or taken back meanwhile"),
        ({"key": "k", "do": "photo", "item": 1}, "must be in one buffer, got 0"),
    ],
)  # fmt: skip
def test_a_bad_message_is_refused_and_records_nothing(
    taps: Taps, path: Path, message: object, says: str
) -> None:
    before = path.read_bytes()
    answer = taps.take(message)
    assert answer is not None
    assert (answer["ok"], path.read_bytes()) == (False, before)
    assert says in str(answer["text"])


@pytest.mark.parametrize(
    ("message", "told"),
    [
        ({"term": "mass", "value": "abc"}, "数值有误"),
        ({"do": "undo", "event": 9}, "请重新查看最后一条记录"),
        ({"do": "photo", "part": 0, "parts": 1, "size": 3}, "照片必须是完整的"),
        ({"do": "dance"}, "无法识别页面的消息"),
    ],
)
def test_a_refusal_is_told_in_the_language_of_the_page(
    taps: Taps, message: dict[str, Any], told: str
) -> None:
    with spoken("zh"):
        answer = taps.take({"key": "k", "do": "record", "item": 1, **message}, [b"abc"])
    assert answer is not None
    assert not answer["ok"]
    text = str(answer["text"])
    assert told in text
    assert set(re.findall("[A-Za-z]+", text)) <= {"PNG", "JPEG", "WebP", "GIF", "MB", "Python"}


def test_a_full_disk_says_so_and_keeps_what_was_there(
    taps: Taps, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tap(taps)
    before = path.read_bytes()

    def full(*_: object) -> int:
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(os, "write", full)
        answer = tap(taps, "k2", item=2)
    assert not answer["ok"]
    assert "No space left on device; the 2 lines before are kept" in answer["text"]
    assert path.read_bytes() == before
    assert tap(taps, "k2", item=2)["ok"]


def photo(taps: Taps, data: bytes, parts: int = 1, **message: Any) -> dict[str, Any] | None:
    """Send a photograph of item 1 in parts, and return the last answer."""
    size = -(-len(data) // parts)
    answer = None
    for part in range(parts):
        how = {"part": part, "parts": parts, "size": len(data), **message}
        answer = taps.take(
            {"key": "p1", "do": "photo", "item": 1, **how},
            [memoryview(data[part * size : (part + 1) * size])],
        )
    return answer


@pytest.mark.parametrize("parts", [1, 3])
def test_a_photograph_is_saved_with_its_checksum(taps: Taps, path: Path, parts: int) -> None:
    for _ in range(2):  # the second time is a repetition
        assert photo(taps, PICTURE, parts=parts, note="lid") == {"key": "p1", "ok": True, "text": ""}
    (kept,) = taps.desk.photos
    assert path.with_name(kept.file).read_bytes() == PICTURE
    assert (kept.sha256, kept.item, kept.caption) == (hashlib.sha256(PICTURE).hexdigest(), 1, "lid")
    assert form(taps)["photos"] == "1 photograph"
    with pytest.raises(aql.AqlError, match="item 1 must be recorded, because a photograph shows it"):
        taps.desk.inspection()
    tap(taps)
    inspection = taps.desk.inspection()
    assert (inspection.header.inspection.photos, inspection.folder) == ((kept,), path.parent)
    taps.desk.close()
    with Desk.open(CONTRACT, None, path) as again:
        assert again.photos == (kept,)
        again.undo()
        again.undo()
        assert not again.photos


@pytest.mark.parametrize(
    ("data", "how", "says"),
    [
        (b"%PDF-1.7", {}, "a photograph must be a PNG, JPEG, WebP or GIF"),
        (b"", {}, "a photograph must be a PNG, JPEG, WebP or GIF"),
        (PICTURE, {"size": 400}, "only 18 of 400 bytes of the photograph arrived"),
        (PICTURE, {"part": 1}, "a part of the photograph did not arrive"),
        (PICTURE, {"size": "all"}, "size must be a whole number"),
        (PICTURE * 10, {}, "at most 0 MB"),
    ],
)
def test_what_is_no_whole_picture_is_refused(
    taps: Taps, path: Path, monkeypatch: pytest.MonkeyPatch, data: bytes, how: dict[str, Any], says: str
) -> None:
    for module in (photographing, photo_parts):
        monkeypatch.setattr(module, "LARGEST", 100)
    before = path.read_bytes()
    answer = photo(taps, data, **how)
    assert answer is not None
    assert says in answer["text"]
    assert path.read_bytes() == before
    assert list(path.parent.iterdir()) == [path]


@pytest.mark.parametrize(
    ("how", "says"),
    [
        ({"data": "lid.png"}, "a photograph must be bytes, got 'lid.png'"),
        ({"data": PICTURE, "caption": 5}, "caption must be text, got 5"),
        ({"data": PICTURE, "item": 91}, "item must be a number from 1 to 90, got 91"),
        ({"data": PICTURE * 6}, "a photograph must have at most 0 MB"),
    ],
)
def test_a_photograph_that_cannot_be_recorded_is_not_saved(
    desk: Desk, path: Path, monkeypatch: pytest.MonkeyPatch, how: dict[str, Any], says: str
) -> None:
    monkeypatch.setattr(photographing, "LARGEST", 100)
    with pytest.raises(DomainError, match=says):
        desk.photograph(**how)
    assert (desk.photos, list(path.parent.iterdir())) == ((), [path])


class Large(bytes):
    """Bytes that say they are one more than a photograph may have."""

    def __len__(self) -> int:
        return 50_000_001


def test_a_photograph_has_at_most_50_mb(desk: Desk) -> None:
    with pytest.raises(DomainError, match="a photograph must have at most 50 MB, got 51 MB"):
        desk.photograph(Large(PICTURE))
    with pytest.raises(DomainError, match="a photograph must have at most 50 MB"):
        photo_parts.PhotoParts().take("p", 0, 2, 50_000_001, Large())
    with pytest.raises(aql.AqlError, match="only 0 of 1 bytes"):
        photo_parts.PhotoParts().take("p", 0, 1, 1, b"")


@pytest.mark.parametrize(
    ("data", "ending"),
    [(b"\xff\xd8\xff", "jpg"), (b"RIFF....WEBP", "webp"), (b"GIF89a", "gif"), (PICTURE, "png")],
)
def test_a_photograph_keeps_its_format(desk: Desk, path: Path, data: bytes, ending: str) -> None:
    desk.photograph(data)
    (photo,) = desk.photos
    assert photo.file == f"L1-{hashlib.sha256(data).hexdigest()[:12]}.{ending}"
    assert path.with_name(photo.file).read_bytes() == data


def test_the_form_asks_for_what_the_terms_need(taps: Taps) -> None:
    kinds = {one["term"]: (one["kind"], one["unit"], one["agreed"]) for one in form(taps)["readings"]}
    assert kinds == {
        "mass": ("number", "g", "agreed: at least 200 g"),
        "starts": ("choice", "", "agreed: yes"),
        "plug": ("choice", "", "agreed: one of EU, UK"),
        "code": ("text", "", "agreed: exactly 4006381333931"),
    }
    assert [[one["text"] for one in group["buttons"]] for group in form(taps)["defects"]] == [
        ["Other critical defect"],
        ["Other major defect"],
        ["Dent", "Other minor defect"],
    ]
    tap(taps, term="mass", value="199,9")
    tap(taps, "k2", term="starts", value="N/A")
    told = {one["term"]: (one["recorded"], one["conforms"]) for one in form(taps)["readings"]}
    assert told == {
        "mass": ("199.9 g", False),
        "starts": ("N/A", None),
        "plug": ("", None),
        "code": ("", None),
    }
    assert shown(taps)["missing"] == [{"item": 1, "text": "Item 1 needs plug and code"}]
    tap(taps, "k3", do="show", item=4)
    assert [one["term"] for one in form(taps)["readings"]] == ["starts", "plug"]


def test_a_decided_line_and_a_second_sample_are_told(taps: Taps) -> None:
    tap(taps, term="mass", value="199")
    line = next(one for one in shown(taps)["lines"] if one["name"] == "mass")
    assert line["decided"] == "mass is decided: reject at item 1, with 1 found (Ac 0, Re 1)."
    assert shown(taps)["decision"] == "✗ rejected"
    first = next(one for one in taps.desk.state.lines if one.name == "minor").sample
    for item in range(1, first + 1):
        taps.desk.record(item, term="starts", value="yes")
        taps.desk.record(item, term="plug", value="EU")
        if item <= 2:
            taps.desk.record(item, term="dent")
    assert "minor needs sample 2, up to item 16." in shown(taps)["further"]


def test_cartons_are_judged_by_themselves(taps: Taps) -> None:
    place = next(one for one in shown(taps)["places"] if one["of"] == "cartons")
    tap(taps, do="show", **{key: place[key] for key in ("item", "of")})
    assert [one["choices"] for one in form(taps)["readings"]] == [[["OK", "no defect"], ["NG", "defect"]]]
    tap(taps, "k2", item=1, of="cartons", term="drop", value="OK")
    assert (form(taps)["label"], taps.desk.state.inspected) == ("Item 1", 0)
    tap(taps, "k3", item=2, of="cartons", term="drop", value="NG")
    line = next(one for one in taps.desk.state.lines if one.name == "drop")
    assert (line.progress, line.decided_at) == ("reject", 2)
    tap(taps, "k4", do="undo", event=2)
    assert form(taps)["label"] == "Carton 2"


def test_the_page_goes_to_a_carton_only_while_its_line_is_open(taps: Taps) -> None:
    def cartons() -> list[object]:
        return [place["item"] for place in shown(taps)["places"] if place["of"] == "cartons"]

    assert cartons() == [1]
    taps.desk.record(1, term="drop", value="OK")
    assert cartons() == [2]
    taps.desk.record(2, term="drop", value="OK")
    assert cartons() == []
    taps.desk.undo()
    taps.desk.record(2, term="drop", value="NG")
    assert cartons() == []


def test_the_last_entry_is_said_with_its_item_or_carton(taps: Taps) -> None:
    def last() -> object:
        return shown(taps)["last"]["text"]

    desk = taps.desk
    assert shown(taps)["last"] is None
    desk.record(1, term="mass", value="199.5", unit="g", note="scale 2")
    assert last() == "Item 1: mass, 199.5 g, scale 2"
    desk.record(1, class_="minor")
    assert last() == "Item 1: minor"
    desk.record(1)
    assert last() == "Item 1: inspected"
    desk.record(2, term="drop", value="OK")
    assert last() == "Carton 2: drop, OK"
    desk.photograph(PICTURE, item=1)
    assert last() == "Item 1: photograph"
    desk.photograph(PICTURE + b"2", item=1, caption="lid")
    assert last() == "Item 1: lid"
    desk.photograph(PICTURE + b"3", caption="the pallet")
    assert last() == "the pallet"
    desk.photograph(PICTURE + b"4")
    assert last() == "photograph"


def test_the_chance_of_the_lot_is_shown_until_it_is_decided(tmp_path: Path) -> None:
    one = Contract.load({"order": {"id": "PO-1"}, "classes": [{"name": "major", "aql": 4}]})
    with Desk.open(one, {"contract": "PO-1", "lot": {"id": "L1", "size": 40}}, tmp_path / "L.jsonl") as desk:
        share = f"{100 * (desk.state.chance or 0):.1f} %"
        assert desk_view(desk, None)["chance"] == f"Chance of acceptance at these qualities: {share}"
        desk.record(1, class_="major")
        desk.record(2, class_="major")
        assert desk.state.decision == "reject"
        assert desk_view(desk, None)["chance"] == ""
    stated = Contract.load(
        {"order": {"id": "PO-1"}, "classes": [{"name": "major", "plan": {"n": 2, "ac": 0}}]}
    )
    with Desk.open(
        stated, {"contract": "PO-1", "lot": {"id": "L1", "size": 40}}, tmp_path / "M.jsonl"
    ) as desk:
        assert desk.state.chance is None
        assert desk_view(desk, None)["chance"] == ""


def test_a_line_shows_its_share_and_its_chance_until_it_is_decided(tmp_path: Path) -> None:
    limited = Contract.load(
        {
            "order": {"id": "PO-1"},
            "classes": [{"name": "major", "plan": {"n": 4, "ac": 1}}],
            "limits": [
                {"name": "all", "of": ["major"], "plan": {"n": 4, "ac": 1}, "weights": {"major": "0.5"}}
            ],
        }
    )
    with Desk.open(
        limited, {"contract": "PO-1", "lot": {"id": "L1", "size": 40}}, tmp_path / "L.jsonl"
    ) as desk:
        desk.record(1, class_="major")
        view: Any = desk_view(desk, None)
        major, weighted = view["lines"]
        assert (major["share"], major["sample"], major["limits"]) == (
            0.25,
            "1 of 4 items inspected",
            "Ac 1 · Re 2",
        )
        assert str(major["chance"]).startswith("Chance: ")
        assert (weighted["found"], weighted["chance"], weighted["decided"]) == ("0.5", "", "")
        assert "nothing" not in str(desk.state)
        desk.record(2, class_="major")
        view = desk_view(desk, None)
        major = view["lines"][0]
        assert (major["chance"], major["badge"], major["tone"]) == ("", "✗ rejected", "bad")
        assert major["decided"] == "major is decided: reject at item 2, with 2 found (Ac 1, Re 2)."


def test_the_page_continues_at_an_item_that_was_not_finished(taps: Taps, path: Path) -> None:
    tap(taps)
    tap(taps, "k2", item=2, term="dent")
    taps.desk.close()
    with Desk.open(CONTRACT, None, path) as again:
        assert form(Taps(again))["number"] == 2
        again.record(2)
        assert form(Taps(again))["number"] == 3


def test_when_every_sample_is_complete_nothing_is_asked(path: Path) -> None:
    small = Contract.load(
        {"order": {"id": "PO-1"}, "classes": [{"name": "major", "plan": {"n": 2, "ac": 0}}]}
    )
    with Desk.open(small, HEADER, path) as desk:
        taps = Taps(desk)
        tap(taps)
        tap(taps, "k2", item=2)
        assert (shown(taps)["item"], shown(taps)["complete"]) == (None, "Every sample is complete.")
        assert shown(taps)["decision"] == "✓ accepted"
        tap(taps, "u1", do="undo", event=2)
        assert form(taps)["label"] == "Item 2"


def test_the_widget_shows_what_is_recorded_anywhere_and_answers(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    widget: Any = desk.widget()
    sent: list[object] = []
    monkeypatch.setattr(type(widget), "send", lambda _, content: sent.append(content))
    desk.record(1)
    assert widget.view["progress"] == "1 item recorded"
    widget._handle_custom_msg({"key": "k1", "do": "record", "item": 2}, [])
    assert sent == [{"key": "k1", "ok": True, "text": ""}]
    assert (widget.view["progress"], widget.view["item"]["number"]) == ("2 items recorded", 3)
    data, _ = desk._repr_mimebundle_()
    assert {"text/html", "application/vnd.jupyter.widget-view+json"} <= data.keys()


def test_without_the_extra_the_desk_shows_its_state(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "anywidget", None)
    monkeypatch.delitem(sys.modules, "aql.display.desk_widget.widget", raising=False)
    with pytest.raises(MissingExtraError, match=r"needs anywidget.*'aql-sampling\[desk\]'"):
        desk.widget()
    data, _ = desk._repr_mimebundle_()
    assert data.keys() == {"text/html", "text/plain"}
    assert "major" in str(data["text/html"])


def test_an_unknown_language_is_refused(desk: Desk) -> None:
    with pytest.raises(DomainError, match='language must be "en" or "zh"'):
        desk.widget(language="fr")


@pytest.mark.parametrize("language", [name for name in LANGUAGES if name != "en"])
def test_every_word_of_the_page_is_translated(taps: Taps, language: str) -> None:
    tap(taps, term="mass", value="199")
    tap(taps, "k2")
    english = {*page_words().values()}
    with spoken(language):
        words = {*page_words().values()}
        view = shown(taps)
    assert words.isdisjoint(english)
    documents = set(re.findall("[A-Za-z]+", CONTRACT.to_json())) | {
        "PO",
        "L",
        "jsonl",
        "no",
        "Ac",
        "Re",
        "OK",
        "NG",
        "zh",
        "Hans",
    }
    texts = " ".join(strings({key: one for key, one in view.items() if key not in {"recording", "tone"}}))
    assert set(re.findall("[A-Za-z]{2,}", texts)) <= documents


NAMES = {"of", "kind", "tone", "term", "class"}  # for the program


def strings(value: object) -> Iterator[str]:
    """Every text that the page shows."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key, one in value.items():
            yield from () if key in NAMES else strings(one)
    elif isinstance(value, list):
        for one in value:
            yield from strings(one)


def test_the_page_uses_the_words_that_it_gets_and_sets_text_only_as_text() -> None:
    folder = Path(photo_parts.__file__).parent
    code = (folder / "desk.js").read_text("utf-8")
    used = (
        set(re.findall(r"words\(\)\.(\w+)", code)) | set(re.findall(r'\["(camera|file)", ', code)) | {"undo"}
    )
    assert used == page_words().keys()
    assert not re.search("innerHTML|outerHTML|insertAdjacentHTML|document.write|eval", code)
    assert len(code) + (folder / "desk.css").stat().st_size < 40_000
