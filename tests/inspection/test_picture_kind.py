"""The format of a picture is told by its first bytes, whatever its file is called."""

import pytest

from aql.inspection.picture_kind import picture_kind


@pytest.mark.parametrize(
    ("start", "kind"),
    [
        (b"\x89PNG\r\n\x1a\n", "png"),
        (b"\x89PNG\r\n\x1a", None),
        (b"\xff\xd8\xff", "jpeg"),
        (b"\xff\xd8", None),
        (b"RIFF\x10\0\0\0WEBP", "webp"),
        (b"RIFF\x10\0\0\0WAVE", None),
        (b"ABCD\x10\0\0\0WEBP", None),
        (b"GIF87a", "gif"),
        (b"GIF89a", "gif"),
        (b"GIF88a", None),
        (b"", None),
    ],
)
def test_a_picture_is_told_by_its_first_bytes(start: bytes, kind: str | None) -> None:
    assert picture_kind(start) == kind
    assert picture_kind(start + b"and more") == kind
    assert picture_kind(b" " + start) is None
