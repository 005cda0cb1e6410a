"""Labels and values: a long value goes on under itself."""

from textual.content import Content

from tests.widgets.stage import Stage, shown
from tui.widgets.facts import Fact, Facts


async def test_a_long_value_goes_on_under_itself() -> None:
    facts = Facts()
    app = Stage(facts)
    async with app.run_test(size=(24, 6)) as pilot:
        label = "Email  "
        facts.show(
            [
                Fact(Content(label), Content("ada.lovelace@engine.example.org")),
                Fact(Content("Role   "), Content("Owner")),
            ]
        )
        await pilot.pause()
        assert [line.rstrip() for line in shown(app)[:3]] == [
            "Email  ada.lovelace@engi",
            "       ne.example.org",
            "Role   Owner",
        ]
        assert facts.line_of("Role") == 2
        assert facts.size.height == 3
