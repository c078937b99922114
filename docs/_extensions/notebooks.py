"""The notebooks of the project's folder ``notebooks/`` as pages: copied below ``docs/notebooks/`` before each build."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

KEPT = {"index.md"}


def bring(app: Any, _config: Any) -> None:
    """Copy what is new and remove what has gone, so that an unchanged notebook is not executed again."""
    source = Path(app.confdir).parent / "notebooks"
    target = Path(app.srcdir) / "notebooks"
    wanted = {path.name: path for path in source.glob("*.ipynb")}
    for path in target.iterdir():
        if path.name not in wanted.keys() | KEPT:
            shutil.rmtree(path) if path.is_dir() else path.unlink()
    for name, path in wanted.items():
        copy = target / name
        if not copy.is_file() or copy.read_bytes() != path.read_bytes():
            shutil.copyfile(path, copy)


def setup(app: Any) -> dict[str, bool]:
    """Copy before the pages are looked for."""
    app.connect("config-inited", bring)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
