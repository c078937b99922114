"""The built wheel contains the tables unchanged and works without the checkout."""

import hashlib
import os
import subprocess
import sys
import tarfile
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


def run(*command: str | Path, cwd: Path, **environment: str) -> str:
    done = subprocess.run(
        command, cwd=cwd, env=os.environ | environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def checksums(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in folder.rglob("*")
        if path.is_file() and path.suffix != ".pyc"
    }


def checksums_in_sdist(archive: Path, folder: str) -> dict[str, str]:
    head = f"{archive.name.removesuffix('.tar.gz')}/{folder}/"
    found = {}
    with tarfile.open(archive) as tar:
        for member in tar:
            content = tar.extractfile(member)
            if content is not None and member.name.startswith(head):
                found[member.name.removeprefix(head)] = hashlib.sha256(content.read()).hexdigest()
    return found


@pytest.fixture(scope="module")
def dist(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Folder with the source distribution and the wheel built from it."""
    folder = tmp_path_factory.mktemp("dist")
    run(sys.executable, "-m", "build", "--no-isolation", "--outdir", folder, ROOT, cwd=folder)
    return folder


@pytest.fixture(scope="module")
def site(dist: Path) -> Path:
    """Folder with the wheel installed; its dependencies are those of the running environment."""
    (wheel,) = dist.glob("*.whl")
    folder = dist / "site"
    run(
        sys.executable, "-m", "pip", "install", "--no-index", "--no-deps", "--target", folder, wheel, cwd=dist
    )
    return folder


def test_the_wheel_carries_the_tables_unchanged_and_not_their_audit(site: Path) -> None:
    tables = {name: value for name, value in checksums(ROOT / "tables").items() if "audit" not in name}
    assert checksums(site / "aql" / "_tables") == tables


def test_the_source_distribution_carries_the_tables_unchanged(dist: Path) -> None:
    (archive,) = dist.glob("*.tar.gz")
    assert checksums_in_sdist(archive, "tables") == checksums(ROOT / "tables")


@pytest.mark.parametrize("folder", ["docs", "tests"])
def test_the_source_distribution_carries_tests_and_documentation(dist: Path, folder: str) -> None:
    (archive,) = dist.glob("*.tar.gz")
    packed = checksums_in_sdist(archive, folder)
    assert packed
    assert packed.items() <= checksums(ROOT / folder).items()


def test_the_installed_package_is_whole_without_the_checkout(site: Path, tmp_path: Path) -> None:
    code = "import aql, aql.tables; print(aql.__version__, aql.__file__, aql.tables.tables_dir(), sep='\\n')"
    printed = run(sys.executable, "-c", code, cwd=tmp_path, PYTHONPATH=str(site)).splitlines()
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    assert printed == [project["version"], str(site / "aql" / "__init__.py"), str(site / "aql" / "_tables")]
    assert {path.suffix for path in (site / "aql" / "display" / "desk_widget").iterdir()} >= {".js", ".css"}


def test_the_installed_package_starts_as_a_command(site: Path, tmp_path: Path) -> None:
    assert "Usage" in run(sys.executable, "-m", "aql", "--help", cwd=tmp_path, PYTHONPATH=str(site))
