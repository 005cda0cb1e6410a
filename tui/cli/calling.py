"""How a command reaches its server: who, where and in which workspace."""

import asyncio
import functools
from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import Any, Concatenate, ParamSpec

import click

from tui.cli.starting import start
from tui.context.context import Context
from tui.context.machine import Machine
from tui.context.opening import opened
from tui.context.start import Start
from tui.domain.programs import Program

P = ParamSpec("P")

Work = Callable[Concatenate[Context, P], Awaitable[int | None]]
LocalWork = Callable[Concatenate[Machine, P], Awaitable[int | None]]


def on_server(work: Work[P]) -> Callable[..., int | None]:
    """A command that stands somewhere: it gets its Context first. Returns the exit code."""

    @click.option("--workspace", metavar="NAME", default="", help="Act in this workspace instead of the active one.")
    @click.option("--debug", is_flag=True, expose_value=False, help="Show where it failed.")
    @click.pass_context
    @functools.wraps(work)
    def command(click_context: click.Context, /, *args: Any, workspace: str, **options: Any) -> int | None:
        started = begun(click_context)
        started = replace(started, workspace=workspace) if workspace else started
        return asyncio.run(_work(started, lambda context: work(context, *args, **options)))

    return command


def on_machine(work: LocalWork[P]) -> Callable[..., int | None]:
    """A command that needs no server: it gets the machine first. Returns the exit code."""

    @click.option("--debug", is_flag=True, expose_value=False, help="Show where it failed.")
    @click.pass_context
    @functools.wraps(work)
    def command(click_context: click.Context, /, *args: Any, **options: Any) -> int | None:
        return asyncio.run(_local_work(begun(click_context), lambda machine: work(machine, *args, **options)))

    return command


def begun(click_context: click.Context) -> Start:
    """What the environment and the options before the command ask for."""
    root = click_context.find_root().params
    return start(Program.CLI, root["workspace"], root["profile"])


async def _local_work(start: Start, work: Callable[[Machine], Awaitable[int | None]]) -> int | None:
    return await work(Machine.of(start))


async def _work(start: Start, work: Callable[[Context], Awaitable[int | None]]) -> int | None:
    async with opened(start) as context:
        return await work(context)
