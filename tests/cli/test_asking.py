"""At a terminal a command asks what a dialog of the app would ask."""

import signal

import pytest

from tests.cli.driver import Shell


def test_a_yes_does_it_and_says_first_what_comes_of_it(acme: Shell) -> None:
    acme.seats("acme", barbara="user")
    ran = acme.at_terminal("members disable barbara", "y")
    assert ran.code == 0
    assert "barbara is locked out of acme at once." in ran.err
    assert ran.lines[0] == "barbara is disabled."


def test_anything_else_leaves_it(acme: Shell) -> None:
    acme.seats("acme", barbara="user")
    ran = acme.at_terminal("members disable barbara", "")
    assert (ran.code, ran.out) == (1, "")
    assert ran.err.endswith("Nothing was changed. (declined)\r\n")


def test_W9_deleting_takes_the_name(acme: Shell) -> None:
    assert acme.at_terminal("delete acme", "yes").code == 1
    ran = acme.at_terminal("delete acme", "acme")
    assert (ran.code, ran.out) == (0, "acme is deleted.\n")
    assert "This cannot be undone." in ran.err


def test_M6_many_take_the_name_of_the_workspace(acme: Shell) -> None:
    acme.seats("acme", alan="user", barbara="user")
    assert acme.at_terminal("members remove alan barbara", "y").code == 1
    assert acme.at_terminal("members remove alan barbara", "acme").code == 0


@pytest.mark.usefixtures("interruptible")
@pytest.mark.parametrize("line", ["delete acme", "members remove nora", "account confirm-email", "login -"])
def test_the_first_interrupt_is_exit_130_without_a_word(line: str, acme: Shell) -> None:
    acme.seats("acme", nora="user")
    ran = acme.at_terminal(line, signal.SIGINT)
    assert (ran.code, ran.out) == (130, "")
    assert "Traceback" not in ran.err
    assert "acme" in acme.done("list").out
