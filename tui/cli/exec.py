"""`workspaces exec`: a command that acts as a profile."""

import asyncio
import os
import subprocess
import sys
from collections.abc import Mapping

import click

from tui.backend.addresses import EMBEDDED
from tui.backend.choosing import trusted
from tui.cli.calling import begun
from tui.context.machine import Machine
from tui.context.profile_secrets import profile_secret
from tui.context.profiles import deciding, server_address
from tui.context.remembering import is_insecure
from tui.context.start import PROFILE_VARIABLE, TOKEN_VARIABLE
from tui.domain.errors import Failure, Refused, Unauthenticated


@click.command("exec", context_settings={"allow_interspersed_args": False})
@click.argument("command", metavar="-- CMD...", nargs=-1, required=True, type=click.UNPROCESSED)
@click.option("--debug", is_flag=True, expose_value=False, help="Show where it failed.")
@click.pass_context
def exec_command(click_context: click.Context, command: tuple[str, ...]) -> int:
    """Run a command as the active profile: with its server, token and secret in the environment.

    \b
    workspaces exec -- modal app list
    """
    machine = Machine.of(begun(click_context))
    others = {name: value for name, value in os.environ.items() if name != TOKEN_VARIABLE}
    return _become(command, {**others, **asyncio.run(variables(machine))})


async def variables(machine: Machine) -> Mapping[str, str]:
    """What the official tool takes from the environment, all of one profile.

    Raises `Refused` `not_found` where none of ours is active, `input_invalid` where others could read its
    secret on the way to its server, `Unauthenticated` without one, `NotKept` where that cannot be read,
    `ConfigBroken`.
    """
    profile = await asyncio.to_thread(deciding, machine)
    if profile is None or not profile.server_url:
        raise Refused("not_found", "No profile of ours is active. Activate a workspace: workspaces activate NAME")
    if profile.server_url != EMBEDDED:
        address = server_address(profile.server_url)
        trusted(profile.server_url, insecure=is_insecure(machine.folders.state, address))
    secret = await profile_secret(machine, profile)
    if not profile.token_id or not secret:
        raise Unauthenticated(f"The profile {profile.name} has no token whose secret is on this machine.")
    return {
        PROFILE_VARIABLE: profile.name,
        "MODAL_SERVER_URL": profile.server_url,
        "MODAL_TOKEN_ID": profile.token_id,
        "MODAL_TOKEN_SECRET": secret,
    }


def _become(command: tuple[str, ...], environ: Mapping[str, str]) -> int:
    """Turn into the command; on Windows, which cannot, wait for it and give its exit code."""
    sys.stdout.flush()
    try:
        if sys.platform == "win32":
            return subprocess.run(command, env=environ, check=False).returncode  # noqa: S603  # what the person typed
        os.execvpe(command[0], command, environ)  # noqa: S606  # no shell is wanted
    except OSError as error:
        raise Failure("command_unusable", f"{command[0]} cannot be run: {error.strerror}.") from None
