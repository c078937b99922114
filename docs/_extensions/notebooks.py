"""Sphinx extension: copies the notebooks from ``notebooks/`` to ``docs/notebooks/`` before each build."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

KEPT = {"index.md"}


def bring(app: Any, _config: Any) -> None:
    """Copy only new and changed notebooks, so that an unchanged one is not run again; remove deleted ones."""
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
    """Register the extension; it copies before Sphinx looks for pages."""
    app.connect("config-inited", bring)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
