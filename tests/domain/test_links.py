"""Links with a code, as they are copied."""

import pytest

from tui.domain.links import Link, parsed

CODE = "iv-" + "aB3_-" * 8


@pytest.mark.parametrize(
    ("text", "link"),
    [
        (f"https://admin.example.org/i#{CODE}", Link("https://admin.example.org", CODE)),
        (f"  https://admin.example.org/team/i#{CODE}\n", Link("https://admin.example.org/team", CODE)),
        (f"workspaces:embedded#{CODE}", Link("workspaces:embedded", CODE)),
        (CODE, Link("", CODE)),
        (f"http://127.0.0.1:8080/i#setup.{CODE}", Link("http://127.0.0.1:8080", CODE, "setup")),
        (f"https://admin.example.org/i#recover.{CODE}", Link("https://admin.example.org", CODE, "recover")),
    ],
)
def test_I5_a_link_is_a_server_and_a_code(text: str, link: Link) -> None:
    assert parsed(text) == link


@pytest.mark.parametrize(
    "text",
    [
        "",
        "#",
        f"#{CODE}",
        "https://admin.example.org/i",
        "https://admin.example.org/i#",
        "short",
        f"{CODE} {CODE}",
        f"x.{CODE}",
    ],
)
def test_I5_anything_else_is_no_link(text: str) -> None:
    assert parsed(text) is None
