"""A copy of the real knowledge that a test may break."""

import shutil
from pathlib import Path

import pytest

from bot.knowledge import load_knowledge, load_practice

DATA = Path(__file__).resolve().parents[2] / "data"


@pytest.fixture(scope="session")
def knowledge():
    return load_knowledge(DATA / "knowledge")


@pytest.fixture(scope="session")
def practice():
    return load_practice(DATA / "practice.yml")


@pytest.fixture
def folder(tmp_path):
    return Path(shutil.copytree(DATA / "knowledge", tmp_path / "knowledge"))


@pytest.fixture
def practice_file(tmp_path):
    return Path(shutil.copy(DATA / "practice.yml", tmp_path / "practice.yml"))


@pytest.fixture
def change():
    """Return a function that replaces the first `old` in a file, which must hold it, by `new`."""

    def replace(path: Path, old: str, new: str) -> None:
        text = path.read_text(encoding="utf-8")
        assert old in text, f"{path.name} does not hold {old!r}"
        path.write_text(text.replace(old, new, 1), encoding="utf-8")

    return replace
