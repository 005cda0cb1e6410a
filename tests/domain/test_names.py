"""What may be called what."""

import pytest

from tui.domain.names import name_like


@pytest.mark.parametrize(
    ("hint", "name"), [("Ada.Lovelace", "ada-lovelace"), ("émile", "emile"), ("root", ""), ("..", ""), ("", "")]
)
def test_W2_a_name_is_made_of_what_somebody_is_called(hint: str, name: str) -> None:
    assert name_like(hint) == name
