"""The rules of the house that a machine can check."""

import ast
from pathlib import Path

import pytest

HOUSE = Path(__file__).parent.parent / "tui"
FILES = sorted(HOUSE.rglob("*.py"))
LONGEST = 400


@pytest.mark.parametrize(
    "file", [*FILES, *sorted(HOUSE.rglob("*.tcss"))], ids=lambda file: str(file.relative_to(HOUSE))
)
def test_no_file_holds_more_than_one_thing(file: Path) -> None:
    limit = {"app/app.py": 300, "acts/act.py": 100}.get(str(file.relative_to(HOUSE)), LONGEST)
    assert len(file.read_text().splitlines()) <= limit


def test_packages_are_empty() -> None:
    assert [file for file in FILES if file.name == "__init__.py" and file.read_text()] == []


def test_default_css_stands_only_in_widgets() -> None:
    assert [file for file in FILES if "DEFAULT_CSS" in file.read_text() and file.parent.name != "widgets"] == []


def test_every_module_says_what_it_is() -> None:
    modules = [file for file in FILES if file.name != "__init__.py"]
    assert [file for file in modules if not ast.get_docstring(ast.parse(file.read_text()))] == []
