"""How a command reaches its server: who, where and in which workspace."""

import asyncio
import functools
from collections.abc import Awaitable, Callable
from typing import Any, Concatenate, ParamSpec

import click

from tui.cli.starting import start
from tui.context.context import Context
from tui.context.opening import opened
from tui.context.start import Start
from tui.domain.programs import Program

P = ParamSpec("P")

Work = Callable[Concatenate[Context, P], Awaitable[int | None]]


def on_server(work: Work[P]) -> Callable[..., int | None]:
    """A command that stands somewhere: it gets its Context first. Returns the exit code."""

    @click.option("--workspace", metavar="NAME", default="", help="Act in this workspace instead of the active one.")
    @click.option("--debug", is_flag=True, expose_value=False, help="Show where it failed.")
    @click.pass_context
    @functools.wraps(work)
    def command(click_context: click.Context, /, *args: Any, workspace: str, **options: Any) -> int | None:
        chosen = workspace or click_context.find_root().params["workspace"]
        return asyncio.run(_work(start(Program.CLI, chosen), lambda context: work(context, *args, **options)))

    return command


async def _work(start: Start, work: Callable[[Context], Awaitable[int | None]]) -> int | None:
    async with opened(start) as context:
        return await work(context)
