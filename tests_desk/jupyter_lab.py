"""A JupyterLab server for the tests, and notebooks in it."""

import json
import os
import re
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Page

ROOT = Path(__file__).parents[1]

OPTIONS = (
    "--allow-root",
    "--no-browser",
    "--ip=127.0.0.1",
    "--port=0",
    "--IdentityProvider.token=",
    "--ServerApp.disable_check_xsrf=True",
    "--LabApp.expose_app_in_browser=True",
    "--LabApp.extension_manager=readonly",
)

CONNECTED = "window.jupyterapp?.shell.currentWidget?.sessionContext?.session?.kernel?.connectionStatus === 'connected'"
"""Whether the notebook has a kernel."""

QUIET = {"fetchNews": "false", "checkForUpdates": False, "doNotDisturbMode": True}
"""Settings of JupyterLab's notifications."""

COMMAND = "([name, how]) => { window.jupyterapp.commands.execute(name, how); }"
"""Without waiting for the result: that of running a notebook comes when its kernel is there."""


@dataclass(frozen=True)
class Lab:
    """A running server.

    Attributes
    ----------
    address : str
        Its address.
    folder : Path
        Its folder of notebooks.
    """

    address: str
    folder: Path

    def write_notebook(self, name: str, cells: list[str]) -> None:
        """Write a notebook of code cells."""
        kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
        notebook = {
            "nbformat": 4,
            "nbformat_minor": 5,
            "metadata": {"kernelspec": kernel},
            "cells": [
                {
                    "cell_type": "code",
                    "id": f"cell-{number}",
                    "execution_count": None,
                    "metadata": {},
                    "outputs": [],
                    "source": cell,
                }
                for number, cell in enumerate(cells)
            ],
        }
        (self.folder / name).write_text(json.dumps(notebook), "utf-8")

    def open(self, page: Page, name: str, theme: str) -> None:
        """Open a notebook by itself in a theme, and run it."""
        page.goto(f"{self.address}/doc/tree/{name}?reset")
        page.wait_for_function("window.jupyterapp")
        page.locator(".jp-Notebook .jp-CodeCell").first.wait_for()
        page.wait_for_function(CONNECTED)
        command(page, "apputils:change-theme", theme=f"JupyterLab {theme.capitalize()}")
        page.locator(f"body[data-jp-theme-name='JupyterLab {theme.capitalize()}']").wait_for(state="attached")
        run(page)


def command(page: Page, name: str, **how: str) -> None:
    """Execute a command of JupyterLab."""
    page.evaluate(COMMAND, [name, how])


def run(page: Page) -> None:
    """Run every cell."""
    command(page, "notebook:run-all-cells")


def kill_kernel(folder: Path) -> None:
    """Kill the kernel that wrote its number to the file pid, as the system does when memory runs out."""
    os.kill(int((folder / "pid").read_text("utf-8")), signal.SIGKILL)


@contextmanager
def running_lab(folder: Path) -> Iterator[Lab]:
    """Start a server in a folder, and stop it at the end."""
    notebooks = folder / "notebooks"
    notebooks.mkdir()
    settings = folder / "settings" / "@jupyterlab" / "apputils-extension" / "notification.jupyterlab-settings"
    settings.parent.mkdir(parents=True)
    settings.write_text(json.dumps(QUIET), "utf-8")
    kept = {f"JUPYTER_{name}_DIR": str(folder / name.lower()) for name in ("CONFIG", "RUNTIME")}
    kept |= {
        "JUPYTERLAB_SETTINGS_DIR": str(folder / "settings"),
        "JUPYTERLAB_WORKSPACES_DIR": str(folder / "work"),
    }
    server = subprocess.Popen(
        [sys.executable, "-m", "jupyterlab", *OPTIONS, f"--ServerApp.root_dir={notebooks}"],
        env=os.environ | kept | {"IPYTHONDIR": str(folder / "ipython"), "PYTHONPATH": str(ROOT)},
        stderr=subprocess.PIPE,
        text=True,
    )
    assert server.stderr is not None
    told: list[str] = []
    address = ""
    for line in server.stderr:
        told.append(line)
        found = re.search(r"(http://127\.0\.0\.1:\d+)/lab", line)
        if found is not None:
            address = found[1]
            break
    assert address, "".join(told)
    reader = threading.Thread(target=lambda: told.extend(server.stderr or ()), daemon=True)
    reader.start()
    try:
        yield Lab(address, notebooks)
    finally:
        server.terminate()
        try:
            server.wait(timeout=10)
        except subprocess.TimeoutExpired:
            server.kill()
            server.wait()
        reader.join()
        server.stderr.close()
