"""Fixtures: the built site, a web server for it, and one browser for all tests."""

import os
import shutil
import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

BUILT = Path(__file__).parents[1] / "docs" / "_build" / "html"
PROGRAMS = ("chromium", "chromium-browser", "google-chrome")


class Quiet(SimpleHTTPRequestHandler):
    """A web server for files, without a log."""

    def log_message(self, *_: object) -> None:
        """Log nothing."""


@pytest.fixture(scope="session")
def site() -> Path:
    """The folder of the built site."""
    folder = Path(os.environ.get("AQL_SITE", BUILT))
    if not (folder / "index.html").is_file():
        pytest.fail(f"no site in {folder}: run sphinx-build -W --keep-going -b html docs docs/_build/html")
    return folder


@pytest.fixture(scope="session")
def pages(site: Path) -> list[str]:
    """The address of every page, relative to the root of the site."""
    found = (path.relative_to(site) for path in site.rglob("*.html"))
    return sorted(path.as_posix() for path in found if path.parts[0] != "_static")


@pytest.fixture(scope="session")
def address(site: Path) -> Iterator[str]:
    """The address at which the site is served on this machine."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(site)))
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """The system's Chromium, cut off from every other machine."""
    program = os.environ.get("AQL_CHROMIUM") or next(filter(None, map(shutil.which, PROGRAMS)), None)
    if program is None:
        pytest.fail(
            "no Chromium: install the package chromium, or set AQL_CHROMIUM to the path of a browser based on it"
        )
    with sync_playwright() as started:
        running = started.chromium.launch(
            executable_path=program,
            args=[
                "--no-sandbox",
                "--disable-gpu",
                "--disable-dev-shm-usage",
                "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
            ],
        )
        yield running
        running.close()
