"""Every rule of the product has a test that names it: `test_W8_...` proves rule W8."""

import ast
import re
from pathlib import Path

RULES = frozenset(
    "W1 W2 W3 W4 W5 W6 W7 W8 W9 M1 M2 M3 M4 M5 M6 M7 M8 M9 I1 I2 I3 I4 I5 I6 I7"
    " S1 S2 S3 S4 S5 S6 U1 T1 T2 T3 T4 T5 T6 P1 P2 P3 P4 P5 A1 A2".split()
)
LATER = frozenset("S6".split())
"""Rules of capabilities that are not built yet."""


def proved() -> set[str]:
    """The ids of the rules that the names of tests speak of."""
    names = [
        node.name
        for file in Path(__file__).parent.rglob("test_*.py")
        for node in ast.walk(ast.parse(file.read_text()))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.name.startswith("test_")
    ]
    return {word for name in names for word in re.findall(r"(?<=_)[A-Z]\d+(?=_|$)", name)}


def test_every_rule_has_a_test() -> None:
    without = sorted(RULES - proved())
    print("Rules without a test:", *without)  # noqa: T201  # the list is for whoever builds the next capability
    assert [rule for rule in without if rule not in LATER] == []


def test_no_test_names_a_rule_that_does_not_exist() -> None:
    assert sorted(proved() - RULES) == []
