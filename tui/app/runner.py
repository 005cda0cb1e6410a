"""Performs acts: asks, sends, hands the rows or the reason back. Only here is an act's Failure caught and shown."""

import asyncio
from collections import Counter
from collections.abc import AsyncGenerator, Awaitable, Callable, Sequence
from contextlib import AbstractContextManager, aclosing
from functools import partial
from typing import Any, TypeAlias

from textual.app import App

from tui.acts.act import Act, Parts, Result
from tui.acts.consequences import Consequences
from tui.acts.registry import ACTS
from tui.app import sent_invites
from tui.app.asking import questions
from tui.app.asking.asking import Answer, Asking, Submit, Wish
from tui.app.changes import changed_state
from tui.app.shells import say, shells
from tui.app.undo import Change, Job
from tui.dialogs.bulk import SETTLED, Bulk, BulkQuestion, Expected, Halt, Verdict
from tui.dialogs.changed import Changed
from tui.dialogs.confirm import Confirm, Question
from tui.dialogs.message import Message
from tui.dialogs.secret_once import SecretOnce
from tui.domain.acts import ActId
from tui.domain.errors import Conflict, Failure
from tui.screens.acting import TARGETLESS, Acting
from tui.screens.messages import NotAnswered
from tui.screens.rows import row_id, row_name

Acted = Callable[[Act[Any, Any], Sequence[Result[Any]], str], Awaitable[None]]
"""Told of what an act has done, once its rows are shown, and what is said of it."""

Thinking = Callable[[], AbstractContextManager[None]]
"""While it lasts a question may follow, so that keys typed ahead wait for it."""

Meant: TypeAlias = tuple[Wish, Answer]


class Runner:
    """Runs in workers of the app, which nothing cancels: a change that was sent cannot be called back."""

    def __init__(self, app: App[int], thinking: Thinking, acted: Acted) -> None:
        self._app = app
        self._thinking = thinking
        self._acted = acted
        self._turn = asyncio.Lock()
        self._newer: dict[str, tuple[Any, Any]] = {}
        self._last: Change | None = None

    async def run(self, screen: Acting, act: ActId, targets: Sequence[Any] | None = None) -> None:
        """An act on these rows, or on those that its screen names, once they are here."""
        with self._thinking():
            rows = await screen.targets(act) if targets is None else targets
            meant = await self._ask(Wish(ACTS[act], screen.context, screen, rows))
        if meant:
            await self._run_one(*meant)

    async def run_chosen(self, screen: Acting) -> None:
        """The act that a person picks from the menu of these rows."""
        with self._thinking():
            act = await screen.choose_act()
        if act:
            await self.run(screen, act)

    async def take_back(self, screen: Acting) -> None:
        """Takes the last change back, after a dialog."""
        with self._thinking():
            meant = await self._ask_back(screen)
        if meant:
            await self._run_one(*meant)

    async def _ask(self, wish: Wish) -> Meant | None:
        """What is to be done to one row, with all that was to be asked; several rows are done by then."""
        act, targets = wish.act, wish.targets
        if reason := wish.screen.reason_against(act.id, targets):
            wish.screen.say_refused(act.id, reason)
            return None
        if not targets and act.id not in TARGETLESS:
            return None
        results: list[Result[Any]] = []
        failures: list[Failure] = []
        asking = Asking(self._app, wish, partial(self._submitting, results, failures), results)
        answer = await questions.answer(asking)
        if failures:
            # Not before: whoever must sign in again would lose what they have typed.
            self._app.post_message(NotAnswered(failures[-1]))
        if answer is None:
            return None
        if len(targets) > 1 and act.rehearse:
            await self._run_many(wish, answer)
            return None
        return (wish, answer) if await questions.is_meant(asking, answer) else None

    async def _ask_back(self, screen: Acting) -> Meant | None:
        change = self._last
        jobs = change.taking_back() if change else []
        if change is None or not jobs:
            screen.say("There is no change of role or status to take back.")
            return None
        targets = [row for job in jobs for row in job.targets]
        wish = Wish(change.act, change.context, screen, targets)
        if len(targets) > 1:
            question = BulkQuestion(
                f"Take back: {_title(wish)}", "Take back", len(targets), [row_name(row) for row in targets]
            )
            await self._perform_many(wish, jobs, question)
            return None
        answer = Answer(jobs[0].answer)
        return (wish, answer) if await self._app.push_screen_wait(Confirm(_taking_back(wish, answer.value))) else None

    def forget(self) -> None:
        """There is nothing to take back any more: the person stands elsewhere."""
        self._last = None

    def _submitting(self, done: list[Result[Any]], failures: list[Failure], wish: Wish) -> Submit:
        """Results go to `done` once they are there to be shown, and to `failures` why the last call came to nothing."""

        async def submit(value: Any) -> str | None:
            failures.clear()
            try:
                results = await self._perform(wish, value)
            except Failure as failure:
                failures.append(failure)
                return failure.detail
            refused = [result.failure for result in results if result.failure]
            if len(refused) == len(results):
                return refused[0].detail
            await self._done(wish, value, results)
            done.extend(results)
            return None

        return submit

    async def _run_one(self, wish: Wish, answer: Answer) -> None:
        shown = [questions.expected(wish.act.id, row, answer.value) for row in wish.targets]
        _show(wish, [Result(row, after=row) for row in shown if row is not None])
        try:
            results = await self._perform(wish, answer.value)
        except Failure as failure:
            await self._failed(wish, failure)
            return
        if not results:
            wish.screen.say(wish.act.nothing)
            return
        refused = results[0].failure
        if refused is None:
            await self._done(wish, answer.value, results)
            await self._show_links(wish.act, results)
        elif isinstance(refused, Conflict):
            await self._conflict(wish, answer, refused)
        else:
            await self._failed(wish, refused)

    async def _perform(self, wish: Wish, value: Any) -> list[Result[Any]]:
        """The results of an act; one at a time, so that the next one sees the versions that this one makes."""
        results: list[Result[Any]] = []
        async with self._turn, aclosing(self._parts(wish, Job(wish.targets, value))) as parts:
            async for part in parts:
                results += part
        return results

    async def _parts(self, wish: Wish, job: Job) -> Parts[Any]:
        targets = [self._newest(row) for row in job.targets]
        async with aclosing(wish.act.perform(wish.context, targets, job.answer)) as parts:
            async for part in parts:
                for result in part:
                    if result.before is not None and result.after is not None:
                        self._newer[row_id(result.before)] = (result.before, result.after)
                yield part

    def _newest(self, row: Any) -> Any:
        """The row as the person's own last change left it, when nothing but that has changed since it was seen."""
        seen, after = self._newer.get(row_id(row), (None, None))
        return after if seen is not None and seen.version == row.version else row

    async def _done(self, wish: Wish, value: Any, results: Sequence[Result[Any]]) -> None:
        _show(wish, results)
        self._remember(wish, results)
        said = wish.act.done(results[0], value) if len(results) == 1 else _summary(wish.act, results)
        await self._acted(wish.act, results, said)

    async def _show_links(self, act: Act[Any, Any], results: Sequence[Result[Any]]) -> None:
        """The links of invites sent again, which do not come a second time (I5)."""
        if act.id == ActId.INVITES_RESEND and sent_invites.has_links(results):
            await self._app.push_screen_wait(SecretOnce(sent_invites.of_invites(results)))

    def _remember(self, wish: Wish, results: Sequence[Result[Any]]) -> None:
        if wish.act.inverse:
            self._last = Change(wish.act, wish.context, [result for result in results if result.failure is None])

    async def _conflict(self, wish: Wish, answer: Answer, conflict: Conflict) -> None:
        now: Any = conflict.now
        _show(wish, [Result(wish.targets[0], after=now)])
        state = changed_state(wish, now, answer, wish.screen.now())
        if await self._app.push_screen_wait(Changed(state)):
            again = Wish(wish.act, wish.context, wish.screen, [now])
            await self._run_one(again, answer)

    async def _failed(self, wish: Wish, failure: Failure) -> None:
        """The rows as they were, the reason in one line or in a dialog, and the server's state read again."""
        _show(wish, [Result(row, after=row) for row in wish.targets])
        self._app.post_message(NotAnswered(failure))
        line = f"{wish.title}: {failure.detail}"
        if wish.screen.has_room_for(line):
            say(self._app, line, failed=True)
        else:
            await self._app.push_screen_wait(Message(f"{wish.title}: not done", [failure.detail]))
        shells(self._app)[-1].read_again()

    async def _run_many(self, wish: Wish, answer: Answer) -> None:
        """A dry run says what would be done; then it is done, in parts that can be stopped between (M6)."""
        wish.screen.say(f"Looking what would become of {wish.subject}…")
        try:
            rehearsed = await self._rehearse(wish, answer.value)
        except Failure as failure:
            await self._failed(wish, failure)
            return
        wish.screen.say("")
        settled = [result.was for result in rehearsed if _is_so(wish.act, result, answer.value)]
        tried = [result for result in rehearsed if not _is_so(wish.act, result, answer.value)]
        if all(result.failure for result in tried):
            lines = [f"{count:,}: {reason}" for reason, count in _refused(tried)]
            lines += [f"{len(settled):,}: {SETTLED}"] if settled else []
            await self._app.push_screen_wait(Message(f"{wish.title}: nothing would change", lines))
            return
        question = _bulk_question(wish, answer.value, tried, settled=len(settled))
        await self._perform_many(wish, [Job([result.was for result in tried], answer.value)], question, settled)

    async def _rehearse(self, wish: Wish, value: Any) -> list[Result[Any]]:
        if wish.act.rehearse is None:
            return [Result(row) for row in wish.targets]
        async with aclosing(wish.act.rehearse(wish.context, wish.targets, value)) as parts:
            return [result async for part in parts for result in part]

    async def _perform_many(
        self, wish: Wish, jobs: Sequence[Job], question: BulkQuestion, settled: Sequence[Any] = ()
    ) -> None:
        results: list[Result[Any]] = []

        async def verdicts() -> AsyncGenerator[Sequence[Verdict] | Halt]:
            for job in jobs:
                try:
                    async with self._turn, aclosing(self._parts(wish, job)) as parts:
                        async for part in parts:
                            results.extend(part)
                            yield [_verdict(result) for result in part]
                except Failure as failure:
                    self._app.post_message(NotAnswered(failure))
                    yield Halt(failure.detail)
                    return

        if await self._app.push_screen_wait(Bulk(question, verdicts)) is None:
            return
        _show(wish, results)
        wish.screen.unmark([*settled, *(result.before for result in results if result.failure is None)])
        self._remember(wish, results)
        await self._acted(wish.act, results, _summary(wish.act, results))
        await self._show_links(wish.act, results)


def _is_so(act: Act[Any, Any], result: Result[Any], value: Any) -> bool:
    """Whether a target was before what it is to become."""
    return result.failure is None and act.inverse is not None and bool(act.inverse(result) == value)


def _bulk_question(wish: Wish, value: Any, rehearsed: Sequence[Result[Any]], *, settled: int) -> BulkQuestion:
    """What a dry run has shown, and what follows for those that would change."""
    changing = [result.was for result in rehearsed if not result.failure]
    told: Consequences = wish.act.consequences(wish.context, changing, value)
    return BulkQuestion(
        title=_title(wish),
        confirm=wish.act.word(wish.targets),
        changing=len(changing),
        names=[row_name(row) for row in changing],
        becomes=told.becomes,
        refused=_refused(rehearsed),
        settled=settled,
        stops=told.stops,
        for_good=told.for_good,
        name_to_type=wish.context.workspace.name,
        danger=bool(told.stops or told.for_good),
    )


def _refused(rehearsed: Sequence[Result[Any]]) -> list[Expected]:
    """How many were refused for each reason."""
    reasons = Counter(result.failure.detail for result in rehearsed if result.failure)
    return [Expected(reason, how_many) for reason, how_many in reasons.items()]


def _title(wish: Wish) -> str:
    """What a dialog about many is called."""
    return f"{wish.act.verb} {wish.subject}" if wish.act.verb else wish.title


def _show(wish: Wish, results: Sequence[Result[Any]]) -> None:
    """What became of rows, where the screen that asked was not closed meanwhile."""
    if not wish.screen.is_closed:
        wish.screen.take(results)


def _verdict(result: Result[Any]) -> Verdict:
    return Verdict(row_name(result.before), result.failure.detail if result.failure else "")


def _summary(act: Act[Any, Any], results: Sequence[Result[Any]]) -> str:
    refused = sum(result.failure is not None for result in results)
    done = f"{len(results) - refused:,} {act.participle}."
    still = ", still marked" if results[0].before else ""
    return f"{done} {refused:,} refused{still}." if refused else done


def _taking_back(wish: Wish, value: Any) -> Question:
    told = wish.act.consequences(wish.context, wish.targets, value)
    return Question(f"Take back the last change of {wish.subject}", "Take back", told)
