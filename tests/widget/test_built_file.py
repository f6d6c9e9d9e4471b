import gzip
import hashlib
import json
import re
from pathlib import Path

import pytest

WIDGET = Path(__file__).resolve().parents[2] / "bot" / "widget"
BUILT = WIDGET / "dist" / "widget.js"
BANNER = re.compile(r"\A/\*.* sources sha256:([0-9a-f]{64}) code sha256:([0-9a-f]{64}) \*/\n")


@pytest.fixture(scope="module")
def built():
    return BUILT.read_text(encoding="utf-8")


def test_the_built_file_comes_from_the_sources_that_lie_beside_it(built):
    sources = sorted(path.relative_to(WIDGET).as_posix() for path in (WIDGET / "src").iterdir())
    digest = hashlib.sha256()
    for path in ["build.mjs", "package-lock.json", "tsconfig.json", *sources]:
        digest.update(path.encode() + b"\0" + (WIDGET / path).read_bytes() + b"\0")
    assert BANNER.match(built)[1] == digest.hexdigest(), "run `make widget` and commit bot/widget/dist/widget.js"


def test_nobody_edited_the_built_file_by_hand(built):
    banner = BANNER.match(built)
    assert banner[2] == hashlib.sha256(built[banner.end() :].encode()).hexdigest()


def test_the_widget_weighs_at_most_15_000_bytes_on_the_wire():
    assert len(gzip.compress(BUILT.read_bytes(), 9)) <= 15_000


@pytest.mark.parametrize(
    "construct",
    [r"innerHTML", r"outerHTML", r"insertAdjacentHTML", r"document\.write", r"\beval\(", r"new Function", r"\.style\b",
     r"""["']style["']""", r"DOMParser", r"createContextualFragment", r"importScripts"],
)  # fmt: skip
def test_no_source_builds_markup_code_or_inline_styles_from_text(construct):
    for source in (WIDGET / "src").glob("*.ts"):
        assert not re.search(construct, source.read_text(encoding="utf-8")), source.name


def test_the_built_file_names_no_host(built):
    assert set(re.findall(r"https?://[^\s\"'`)]+", built)) <= {"http://www.w3.org/2000/svg"}


def test_the_lock_file_pins_every_package_and_names_no_registry():
    text = (WIDGET / "package-lock.json").read_text(encoding="utf-8")
    packages = {name: entry for name, entry in json.loads(text)["packages"].items() if name}
    assert "://" not in text
    assert all(entry["integrity"].startswith("sha512-") for entry in packages.values())
