"""Fixtures: a JupyterLab server of its own, and one browser for all tests."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests_desk.jupyter_lab import Lab, running_lab
from tests_site.chromium import chromium

expect.set_options(timeout=30_000)  # a busy machine


@pytest.fixture(scope="session")
def lab(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lab]:
    """A JupyterLab server in an empty folder, without any configuration of the user."""
    folder: Path = tmp_path_factory.mktemp("lab")
    with running_lab(folder) as running:
        yield running


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """The system's Chromium, cut off from every other machine."""
    with chromium() as running:
        yield running
