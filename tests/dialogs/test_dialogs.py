"""What a dialog answers, by keyboard and by mouse, and what it keeps from happening by accident."""

from asyncio import Event as Gate
from collections.abc import AsyncGenerator, Sequence
from typing import Any

import pytest
from textual import events
from textual.pilot import Pilot
from textual.widget import Widget
from textual.widgets import Button, Input

from tests.dialogs.host import OPEN, Host, answer_to, shown
from tests.dialogs.samples import (
    ACTIVE,
    BULK,
    BULK_REMOVE,
    CHANGED,
    CREATE,
    DELETE,
    GROUPS,
    HAND_OVER,
    LABS,
    LONG,
    REMOVE,
    TAKEN,
    count,
    taken,
    three_refused,
)
from tui.dialogs.bulk import Bulk, BulkAnswer, Halt, Verdict
from tui.dialogs.changed import Changed, ChangedState, Difference
from tui.dialogs.confirm import Confirm
from tui.dialogs.dialog import Body, Dialog
from tui.dialogs.filter import Boxes, Chosen, Filter, FilterField, FilterGroup, FilterOption
from tui.dialogs.first_start import FirstStart, FirstStartFacts
from tui.dialogs.hand_over import HandOver
from tui.dialogs.message import Message
from tui.dialogs.name import NameDialog
from tui.dialogs.type_name import TypeName
from tui.domain.names import name_problem
from tui.domain.roles import Role


@pytest.mark.parametrize(
    ("keys", "answer"),
    [
        (["enter"], None),
        (["escape"], None),
        (["tab", "enter"], True),
        (["right", "enter"], True),
        (["down", "up", "enter"], None),
        (["shift+tab", "enter"], True),
        (["q"], OPEN),
        (["r"], OPEN),
    ],
)
async def test_a_confirmation_starts_on_cancel(keys: list[str], answer: object) -> None:
    assert await answer_to(Confirm(REMOVE), *keys) is answer


async def test_a_confirmation_by_mouse() -> None:
    app = Host(Confirm(REMOVE))
    async with app.run_test(size=(80, 24)) as pilot:
        await app.opened()
        await pilot.click("#confirm")
        assert await app.answered() is True


async def test_enter_typed_ahead_cancels_and_only_once() -> None:
    app = Host(Confirm(REMOVE))
    async with app.run_test(size=(80, 24)):
        await typed_ahead(app, "enter", "enter", "enter")
        assert app.answer is None
        assert app.screen.id == "_default"


async def test_letters_typed_ahead_reach_the_field_in_order() -> None:
    app = Host(NameDialog(CREATE, name_problem, taken))
    async with app.run_test(size=(80, 24)) as pilot:
        await typed_ahead(app, *"navylab")
        await pilot.press("s")
        assert app.screen.query_one(Input).value == "navylabs"


async def typed_ahead(app: Host[Any], *keys: str) -> None:
    """Keys that are there before the dialog has drawn itself."""
    opened = Gate()
    while not isinstance(app.screen, Dialog):
        app.call_later(opened.set)
        await opened.wait()
        opened.clear()
    for key in keys:
        app.post_message(events.Key(key, key if len(key) == 1 else None))
    await Pilot(app).pause()
    await Pilot(app).pause()


async def test_long_and_hostile_text_is_read_to_its_end_with_arrows_alone() -> None:
    app = Host(Confirm(LONG))
    async with app.run_test(size=(80, 24)) as pilot:
        await app.shows("[red]x[/]")
        assert "\x1b" not in shown(app)
        assert "the very end" not in shown(app)
        await pilot.press("up")
        assert isinstance(app.focused, Body)
        await pilot.press(*["down"] * 60)
        assert "the very end" in shown(app)
        await pilot.press("escape")
        assert await app.answered() is None


async def test_page_keys_scroll_from_anywhere() -> None:
    app = Host(Confirm(LONG))
    async with app.run_test(size=(80, 24)) as pilot:
        await app.opened()
        await pilot.press(*["pagedown"] * 8)
        assert "the very end" in shown(app)
        await pilot.press("enter")
        assert await app.answered() is None


async def test_W9_the_name_must_be_typed_and_enter_in_the_field_does_not_confirm() -> None:
    app = Host(TypeName(DELETE, "acme"))
    async with app.run_test(size=(80, 24)) as pilot:
        await app.opened()
        button = app.screen.query_one("#confirm", Button)
        await pilot.press(*"acm", "enter")
        assert button.disabled
        await pilot.press("E")
        assert not button.disabled
        await pilot.press("x")
        assert button.disabled
        await pilot.press("backspace", "enter")
        await pilot.pause()
        assert app.answer is OPEN
        assert app.focused is button
        await pilot.press("enter")
        assert await app.answered() is True


async def test_W2_a_name_is_lowered_and_judged_as_it_is_typed() -> None:
    app = Host(NameDialog(CREATE, name_problem, taken))
    async with app.run_test(size=(80, 24)) as pilot:
        await app.opened()
        await pilot.press(*"Navy", "minus")
        assert app.screen.query_one(Input).value == "navy-"
        assert "not at its start or end" in shown(app)
        await pilot.press("enter")
        await pilot.pause()
        assert app.answer is OPEN
        await pilot.press("L")
        assert "not at its start or end" not in shown(app)


async def test_W2_a_refused_name_is_told_in_place_and_kept() -> None:
    asked: list[str] = []

    async def only_the_second(name: str) -> str | None:
        asked.append(name)
        return TAKEN if len(asked) == 1 else None

    app = Host(NameDialog(LABS, name_problem, only_the_second))
    async with app.run_test(size=(80, 24)) as pilot:
        await app.opened()
        await pilot.press(*"-labs", "enter")
        await app.shows(TAKEN)
        assert app.screen.query_one(Input).value == "acme-labs"
        await pilot.press("2")
        assert TAKEN not in shown(app)
        await pilot.press("enter")
        assert await app.answered() == "acme-labs2"
        assert asked == ["acme-labs", "acme-labs2"]


async def test_W9_the_present_name_is_no_new_one() -> None:
    assert await answer_to(NameDialog(LABS, name_problem, taken), "enter") is OPEN


async def test_a_change_under_way_is_neither_sent_twice_nor_called_back() -> None:
    let_go, asked = Gate(), []

    async def slow(name: str) -> str | None:
        asked.append(name)
        await let_go.wait()
        return None

    app = Host(NameDialog(CREATE, name_problem, slow))
    async with app.run_test(size=(80, 24)) as pilot:
        await app.opened()
        await pilot.press(*"navy", "enter", "enter", "x")
        assert "Asking the server…" in shown(app)
        assert shown(app).splitlines()[-1].split() == ["Ctrl+Q", "Quit"]
        await pilot.press("escape")
        assert "cannot be called back" in shown(app)
        assert app.answer is OPEN
        let_go.set()
        await pilot.pause()
        assert await app.answered() == "navy"
        assert asked == ["navy"]


@pytest.mark.parametrize(
    ("keys", "answer"),
    [
        (["enter"], None),
        (["tab", "enter"], Role.MANAGER),
        (["shift+tab", "down", "space", "tab", "tab", "enter"], Role.USER),
    ],
)
async def test_M8_handing_over_says_what_one_keeps(keys: list[str], answer: Role | None) -> None:
    assert await answer_to(HandOver(HAND_OVER), *keys) == answer


async def test_M8_the_consequences_follow_the_chosen_role() -> None:
    app = Host(HandOver(HAND_OVER))
    async with app.run_test(size=(80, 24)) as pilot:
        await app.shows("you become Manager")
        await pilot.press("shift+tab", "down", "enter")
        await app.shows("you become User")


async def test_M5_changed_meanwhile_starts_on_close() -> None:
    assert await answer_to(Changed(CHANGED), "enter") is None
    assert await answer_to(Changed(CHANGED), "tab", "enter") is True


async def test_M5_what_the_new_state_refuses_is_not_offered() -> None:
    app = Host(Changed(ChangedState("barbara.lake was changed", "ada.fern did.", CHANGED.differences)))
    async with app.run_test(size=(80, 24)) as pilot:
        await app.opened()
        assert len(app.screen.query(Button)) == 1
        await pilot.press("tab", "enter")
        assert await app.answered() is None


async def test_M6_bulk_says_how_many_and_the_first_eight() -> None:
    app = Host(Bulk(BULK, three_refused))
    async with app.run_test(size=(80, 24)) as pilot:
        await app.opened()
        text = shown(app)
        assert "person.7 and 10 more" in text
        assert "person.8" not in text
        assert "only an Owner assigns it" in text
        await pilot.press("enter")
        assert await app.answered() is None


async def test_M6_bulk_gives_a_result_for_each_that_was_refused() -> None:
    app = Host(Bulk(BULK, three_refused))
    async with app.run_test(size=(80, 24)) as pilot:
        await app.opened()
        await pilot.press("tab", "enter")
        await app.shows("person.14")
        await pilot.press("enter")
        assert isinstance(await app.answered(), BulkAnswer)
        assert isinstance(app.answer, BulkAnswer)
        assert app.answer.done == 17
        assert [verdict.name for verdict in app.answer.refused] == ["person.0", "person.7", "person.14"]
        assert not app.answer.stopped


async def test_M6_bulk_can_ask_for_the_name_first() -> None:
    assert await answer_to(Bulk(BULK_REMOVE, three_refused), "enter", "tab", "tab", "enter") is OPEN
    answer = await answer_to(Bulk(BULK_REMOVE, three_refused), *"acme", "enter", "enter", "enter")
    assert isinstance(answer, BulkAnswer)


@pytest.mark.parametrize("key", ["enter", "escape"])
async def test_M6_stop_ends_it_between_two_parts(key: str) -> None:
    let_go, closed = Gate(), Gate()

    async def parts() -> AsyncGenerator[Sequence[Verdict] | Halt, None]:
        try:
            yield [Verdict("one")]
            await let_go.wait()
            yield [Verdict("two")]
            yield [Verdict("three")]
        finally:
            closed.set()

    app = Host(Bulk(BULK, parts))
    async with app.run_test(size=(80, 24)) as pilot:
        await app.opened()
        await pilot.press("tab", "enter")
        await app.shows("1 of 20")
        await pilot.press(key)
        await app.shows("Stopping")
        let_go.set()
        await closed.wait()
        await app.shows("Enter Close")
        assert "before the other 18" in shown(app)
        assert "Stopping" not in shown(app)
        await pilot.press("enter")
        assert await app.answered() == BulkAnswer(done=2, stopped=True)


async def test_M6_what_is_about_no_row_halts_and_is_told() -> None:
    async def away() -> AsyncGenerator[Sequence[Verdict] | Halt, None]:
        yield [Verdict("one")]
        yield Halt("The server is away.")

    app = Host(Bulk(BULK, away))
    async with app.run_test(size=(80, 24)) as pilot:
        await app.opened()
        await pilot.press("tab", "enter")
        await app.shows("The server is away.")
        await pilot.press("escape")
        assert await app.answered() == BulkAnswer(done=1, stopped=True)


async def test_M4_a_filter_counts_as_it_changes() -> None:
    app = Host(Filter("Filter members", GROUPS, ACTIVE, count))
    async with app.run_test(size=(80, 24)) as pilot:
        await app.shows("1 boxes chosen")
        await pilot.press("space", "down", "space", "down", "down", "space")
        await app.shows("2 boxes chosen")
        await pilot.press("enter")
        await pilot.pause()
        chosen: Chosen = {"role": frozenset({"owner", "manager"}), "status": frozenset()}
        assert app.answer == chosen


async def test_M4_a_filter_by_mouse() -> None:
    app = Host(Filter("Filter members", GROUPS, {}, count))
    async with app.run_test(size=(80, 24)) as pilot:
        await app.opened()
        await pilot.click("Boxes", offset=(6, 2))
        await pilot.click("#confirm")
        assert await app.answered() == {"role": frozenset({"manager"}), "status": frozenset()}


async def test_a_message_waits_to_be_read() -> None:
    assert await answer_to(Message("Not removed", ["The server did not answer."])) is OPEN
    assert await answer_to(Message("Not removed", ["The server did not answer."]), "enter") is None


async def test_P5_the_first_start_says_what_stays() -> None:
    app = Host(FirstStart(FirstStartFacts("~/.local/share/workspaces", "grace", "~/.modal.toml", "modal-labs")))
    async with app.run_test(size=(80, 24)) as pilot:
        await app.shows("modal-labs stays")
        await pilot.press("enter")
        assert await app.answered() == "here"


async def test_M6_a_long_name_never_touches_its_reason() -> None:
    async def refused() -> AsyncGenerator[Sequence[Verdict] | Halt, None]:
        yield [Verdict("barbara-lake", "Refused."), Verdict("a" * 40, "Refused, and " + "told at length, " * 6)]

    app = Host(Bulk(BULK, refused))
    async with app.run_test(size=(80, 24)) as pilot:
        await app.opened()
        await pilot.press("tab", "enter")
        await app.shows("barbara-lake              Refused.")
        assert "a" * 23 + "…  Refused, and told" in shown(app)


async def test_M5_a_long_new_value_goes_on_under_itself() -> None:
    long = Difference("Name", "acme", "a" * 40)
    app = Host(Changed(ChangedState("acme was changed", "ada.fern did.", [long])))
    async with app.run_test(size=(80, 24)):
        await app.shows("Name       acme")
        lines = shown(app).splitlines()
        first = next(index for index, line in enumerate(lines) if "Name       acme" in line)
        assert lines[first].index("aaa") == lines[first + 1].index("aaa")


async def test_M4_a_filter_with_fields_scrolls_in_one_place() -> None:
    many = [FilterGroup("kind", "Kind", [FilterOption(str(number), f"kind {number}") for number in range(30)])]
    fields = [FilterField("actor", "Who", ""), FilterField("target", "On whom", "")]
    app = Host(Filter("Filter entries", many, {}, count, fields))
    async with app.run_test(size=(80, 24)) as pilot:
        await app.shows("kind 1")
        scrolled = [widget for widget in app.screen.query(Widget) if widget.show_vertical_scrollbar]
        assert scrolled == [app.screen.query_one(Boxes)]
        await pilot.press("tab", "tab", "end")
        await app.shows("kind 29")
