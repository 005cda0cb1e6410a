"""How a command performs an act: asks where it must, says what came of each target."""

import functools
import shlex
from collections.abc import AsyncGenerator, Callable, Sequence
from contextlib import aclosing
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

import click
import msgspec

from tui.acts.act import Act, Perform, Result, Weight
from tui.cli.asking import at_terminal, interruptible
from tui.cli.failing import Declined, spoken, warn
from tui.cli.naming import Found
from tui.cli.output import document, say
from tui.context.context import Context
from tui.domain.errors import Failure, NotOffered
from tui.domain.invites import Invite
from tui.domain.members import Member
from tui.domain.tokens import Token
from tui.domain.users import User
from tui.domain.workspaces import Workspace

Row = TypeVar("Row")
Answer = TypeVar("Answer")


@dataclass(frozen=True)
class Manner:
    """How an act is to be done: told as JSON, without asking, without doing."""

    json: bool = False
    yes: bool = False
    dry_run: bool = False


def acting(*, asks: bool = True, dry_run: bool = False) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """The options of a command that performs an act, given to it as `how`."""

    def decorate(command: Callable[..., Any]) -> Callable[..., Any]:
        @functools.wraps(command)
        def with_manner(*args: Any, json: bool, yes: bool = False, dry_run: bool = False, **options: Any) -> Any:
            return command(*args, how=Manner(json, yes, dry_run), **options)

        decorated = click.option("--json", is_flag=True, help="Print the server's own objects.")(with_manner)
        if dry_run:
            decorated = click.option("--dry-run", is_flag=True, help="Say what would come of it.")(decorated)
        if asks:
            decorated = click.option("--yes", is_flag=True, help="Do it without asking.")(decorated)
        return decorated

    return decorate


@dataclass(frozen=True)
class Telling(Generic[Row]):
    """How results are told: a target's name, all of them as the wire has it, the commands that take them back."""

    name: Callable[[Row], str]
    document: Callable[[Sequence[Result[Row]], Found[Row]], object]
    ways_back: Callable[[Sequence[Result[Row]]], Sequence[str]] | None = None


@dataclass(frozen=True)
class Order(Generic[Row, Answer]):
    """An act as a command asks for it."""

    act: Act[Row, Answer]
    context: Context
    answer: Answer
    how: Manner

    async def on(self, *targets: Row, back: str = "") -> None:
        """Perform it on one target or none, and tell. `back` is the command that takes it back.

        Raises the `Failure` of the target.
        """
        result = await self.result(*targets)
        if self.how.json:
            document(result.after)
        else:
            say(self.act.done(result, self.answer), *_to_take_back([back] if back else []))

    async def result(self, *targets: Row) -> Result[Row]:
        """Perform it on one target or none. Raises the `Failure` of the target."""
        async with aclosing(self.act.perform(self.context, self._confirmed(targets), self.answer)) as parts:
            [result] = [result async for part in parts for result in part]
        if result.failure:
            raise result.failure
        return result

    async def on_each(self, found: Found[Row], telling: Telling[Row]) -> int:
        """Perform it on all that was found, and tell what came of each; the highest exit code."""
        results: list[Result[Row]] = []
        try:
            for name, failure in found.missing.items():
                self._tell_failure(name, failure)
            if found.rows:
                await self._perform(found.rows, telling, results)
        finally:
            if self.how.json:
                document(telling.document(results, found))
        if telling.ways_back and not self.how.json and not self.how.dry_run:
            say(*_to_take_back(telling.ways_back([result for result in results if not result.failure])))
        failures = [*found.missing.values(), *(result.failure for result in results if result.failure)]
        return max((failure.exit_code for failure in failures), default=0)

    async def _perform(self, rows: Sequence[Row], telling: Telling[Row], results: list[Result[Row]]) -> None:
        """Perform or rehearse, telling each result and keeping it in `results` as it comes."""
        async with aclosing(self.results(*rows)) as coming:
            async for result in coming:
                name = telling.name(rows[len(results)])
                results.append(result)
                if result.failure:
                    self._tell_failure(name, result.failure)
                elif not self.how.json:
                    self._tell_done(name, result)

    async def results(self, *rows: Row) -> AsyncGenerator[Result[Row]]:
        """Perform or rehearse it; what came of each target, as it comes."""
        async with aclosing(self._way()(self.context, self._confirmed(rows), self.answer)) as parts:
            async for part in parts:
                for result in part:
                    yield result

    def _way(self) -> Perform[Row, Answer]:
        if not self.how.dry_run:
            return self.act.perform
        if self.act.rehearse is None:
            raise NotOffered(self.act.id, "This has no dry run.")
        return self.act.rehearse

    def _tell_done(self, name: str, result: Result[Row]) -> None:
        """What is shown once stands alone on standard output, with the target's name."""
        done = f"{'Dry run: ' if self.how.dry_run else ''}{self.act.done(result, self.answer)}"
        if result.once:
            warn(done)
            say(f"{name} {result.once}")
        else:
            say(done)

    def _tell_failure(self, name: str, failure: Failure) -> None:
        if not self.how.json:
            warn(f"{name}: {spoken(failure)}")

    def _confirmed(self, rows: Sequence[Row]) -> Sequence[Row]:
        """The rows as the person has seen them, once they agreed; at any version where nobody was asked (M5).

        Raises `UsageError` where `--yes` is missing and nobody can be asked, and `Declined` for a no.
        """
        weight = self.act.weight(rows, self.answer)
        if self.how.yes or self.how.dry_run or weight == Weight.LIGHT:
            return [_at_any_version(row) for row in rows]
        confirm(self.act.consequences(self.context, rows, self.answer).sentences, lambda: self._agreed(weight, rows))
        return rows

    def _agreed(self, weight: Weight, rows: Sequence[Row]) -> bool:
        if weight == Weight.CONFIRM:
            return agreed()
        name = _typed_name(rows[0], self.context)
        typed: str = click.prompt(f"Type {name} to do it", err=True, default="", show_default=False)
        return typed == name


def _typed_name(row: object, context: Context) -> str:
    """What is typed to mean an act surely."""
    match row:
        case Workspace():
            return row.name
        case User():
            return row.username
    return context.workspace.name


def agreed() -> bool:
    """Whether a person says yes."""
    return click.confirm("Do it?", err=True)


def confirm(told: Sequence[str], ask: Callable[[], bool]) -> None:
    """Tell a person what follows, and ask.

    Raises `UsageError` where nobody can be asked, and `Declined` for a no.
    """
    warn(*told)
    if not at_terminal():
        raise click.UsageError("Without a terminal nothing is asked: add --yes to do it.")
    with interruptible():
        answer = ask()
    if not answer:
        raise Declined


def command_line(*words: str) -> str:
    """A command of ours as it can be pasted into a shell."""
    return shlex.join(["workspaces", *words])


def _to_take_back(commands: Sequence[str]) -> list[str]:
    return [f"To take it back: {command}" for command in commands]


def _at_any_version(row: Row) -> Row:
    return (
        msgspec.structs.replace(row, version=None)
        if isinstance(row, Invite | Member | Token | User | Workspace)
        else row
    )
