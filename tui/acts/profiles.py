"""What can be done to profiles: activate, rename, remove, import their secrets (P1-P3)."""

import asyncio
from collections.abc import Sequence
from dataclasses import replace

from tui.acts.act import Parts, Result, Weight
from tui.acts.consequences import Consequences
from tui.acts.local import LocalAct
from tui.acts.performing import attempt, one_by_one
from tui.context import profiles
from tui.context.machine import Machine
from tui.context.profile_secrets import import_secret
from tui.context.usable import to_import
from tui.domain.acts import ActId
from tui.profiles.row import ProfileRow
from tui.secret_stores.store import NotKept


async def _activate(machine: Machine, row: ProfileRow, answer: None) -> Result[ProfileRow]:
    await asyncio.to_thread(machine.profiles.activate, row.name)
    override = machine.override
    now = replace(row, active=True, decides=override is None or row.decides)
    return Result(row, now, note=f"Here {override.by} still says {override.profile}." if override else "")


ACTIVATE: LocalAct[ProfileRow, None] = LocalAct(
    id=ActId.PROFILES_ACTIVATE,
    label="Activate profile",
    word=lambda rows: "Activate",
    weight=lambda rows, answer: Weight.LIGHT,
    consequences=lambda machine, rows, answer: Consequences(
        becomes=f"modal and this program act by {_name(rows)} from now on.",
    ),
    done=lambda result, answer: f"{_was(result)} is the active profile. {result.note}".strip(),
    perform=one_by_one(_activate),
)


async def _rename(machine: Machine, row: ProfileRow, name: str) -> ProfileRow:
    await asyncio.to_thread(machine.profiles.rename, row.name, name)
    return replace(row, name=name)


RENAME: LocalAct[ProfileRow, str] = LocalAct(
    id=ActId.PROFILES_RENAME,
    label="Rename profile",
    word=lambda rows: "Rename",
    weight=lambda rows, name: Weight.LIGHT,
    consequences=lambda machine, rows, name: Consequences(
        becomes=f"The profile {_name(rows)} gets another name.",
        stays="Its workspace keeps its own.",
    ),
    done=lambda result, name: f"The profile {_was(result)} is now called {name}.",
    perform=one_by_one(_rename),
)


async def _remove(machine: Machine, row: ProfileRow, answer: None) -> Result[ProfileRow]:
    try:
        await profiles.remove(machine, row)
    except NotKept as failure:
        return Result(row, note=f"Its secret is left: {failure.state.sentence}")
    return Result(row)


REMOVE: LocalAct[ProfileRow, None] = LocalAct(
    id=ActId.PROFILES_REMOVE,
    label="Remove profile",
    word=lambda rows: "Remove",
    weight=lambda rows, answer: Weight.CONFIRM,
    consequences=lambda machine, rows, answer: Consequences(
        becomes=f"The profile {_name(rows)} goes from the config file, and its secret from this machine.",
        stops="modal cannot act by it any more." if any(row.active for row in rows) else "",
        stays="Its workspace stays" + (", and its token on the server." if any(row.token_id for row in rows) else "."),
        for_good="The secret cannot be had again." if any(row.token_id for row in rows) else "",
    ),
    done=lambda result, answer: f"The profile {_was(result)} is removed. {result.note}".strip(),
    perform=one_by_one(_remove),
    participle="removed",
)


async def _import(machine: Machine, targets: Sequence[ProfileRow], answer: None) -> Parts[ProfileRow]:
    for row in await to_import(machine):
        yield [await attempt(row, import_secret(machine, row))]


IMPORT: LocalAct[ProfileRow, None] = LocalAct(
    id=ActId.PROFILES_IMPORT,
    label="Import the secrets of profiles",
    word=lambda targets: "Import",
    weight=lambda targets, answer: Weight.LIGHT,
    consequences=lambda machine, targets, answer: Consequences(
        becomes="Secrets that stand in the config file in plain text go to where secrets are kept.",
        stops="modal finds them no longer by itself: start it by workspaces exec.",
    ),
    done=lambda result, answer: f"The secret of {_was(result)} is in the secret store, and no longer in the file.",
    participle="imported",
    nothing="No profile of ours has its secret in the file.",
    perform=_import,
)


def _name(rows: Sequence[ProfileRow]) -> str:
    return rows[0].name if len(rows) == 1 else f"{len(rows):,} profiles"


def _was(result: Result[ProfileRow]) -> str:
    return result.before.name if result.before else ""
