"""Where a person stands when the program opens."""

import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from tests.server.people import seat, sign_up
from tui.backend.embedded import FILE_NAME
from tui.context.activating import activate
from tui.context.context import Context
from tui.context.first_start import without_domain
from tui.context.opening import open_context, opened
from tui.context.remembering import last_workspace, remember_workspace
from tui.context.start import Start
from tui.context.workspaces import workspace_named
from tui.domain.errors import Refused, Unauthenticated, Unreachable
from tui.domain.programs import Program
from tui.domain.queries import Place
from tui.domain.roles import Kind, Role, Status
from tui.domain.servers import Mode
from tui.domain.workspaces import Workspace
from tui.folders import Folders
from tui.server.storage.engine import Store

HEAVY = {"httpx", "litestar", "sqlalchemy", "alembic", "uvicorn", "keyring", "stamina", "filelock", "textual"}


@pytest.fixture
def folders(tmp_path: Path) -> Folders:
    return Folders.within(tmp_path)


@pytest.fixture
def start(folders: Folders) -> Start:
    return Start(Program.APP, folders)


async def disable(context: Context, workspace: Workspace) -> None:
    """Lets a second Owner, who is put straight into the database, disable the person."""
    with closing(Store.open(f"sqlite:///{context.folders.data / FILE_NAME}")) as store:
        other = sign_up(store)
        seat(store, workspace, other, Role.OWNER)
    credential = ".".join(other.caller.credential or ())
    async with opened(Start(Program.CLI, context.folders, credential=credential)) as others:
        await others.backend.members.set_status(workspace.id, context.user.id, Status.DISABLED, None)


async def test_S4_W1_the_first_start_makes_an_account_and_stands_in_its_workspace(start: Start) -> None:
    async with opened(start) as context:
        assert context.server.mode == Mode.EMBEDDED
        assert context.place == "this computer"
        assert context.workspace.kind == Kind.PERSONAL
        assert context.workspace.role == Role.OWNER
        first = context.user
    async with opened(start) as context:
        assert context.user.id == first.id


async def test_P5_the_first_start_touches_nothing_outside_its_folders(
    start: Start, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    profiles = tmp_path / "modal.toml"
    profiles.write_text('[mine]\nactive = true\ntoken_id = "ak-1"\n')
    monkeypatch.setenv("MODAL_CONFIG_PATH", str(profiles))
    async with opened(start):
        pass
    assert profiles.read_text() == '[mine]\nactive = true\ntoken_id = "ak-1"\n'
    assert {path.name for path in tmp_path.iterdir()} == {"modal.toml", "data", "settings"}


async def test_S4_the_owners_session_ends_with_the_program(start: Start) -> None:
    async with opened(start):
        pass
    async with opened(start) as context:
        sessions = await context.backend.sessions.list(Place())
        assert [session.current for session in sessions.items] == [True]


async def test_the_session_ends_too_when_opening_fails(start: Start, folders: Folders) -> None:
    with pytest.raises(Refused):
        await open_context(Start(Program.CLI, folders, workspace="nowhere"))
    async with opened(start) as context:
        assert (await context.backend.sessions.list(Place())).total == 1


async def test_two_programs_may_stand_in_one_data_folder(start: Start) -> None:
    async with opened(start) as one, opened(start) as other:
        assert one.user == other.user
        acme = await one.backend.workspaces.create("acme")
        assert (await other.backend.workspaces.get(acme.id)).name == "acme"


async def test_a_workspace_is_found_by_name_and_by_id(start: Start, folders: Folders) -> None:
    async with opened(start) as context:
        acme = await context.backend.workspaces.create("acme")
    for name in ("acme", acme.id):
        async with opened(Start(Program.CLI, folders, workspace=name)) as context:
            assert context.workspace.id == acme.id


@pytest.mark.parametrize("name", ["nowhere", "No Where!", "a,b", "ac-00000000000000000000"])
async def test_an_unknown_workspace_is_one_sentence(folders: Folders, name: str) -> None:
    with pytest.raises(Refused) as caught:
        await open_context(Start(Program.CLI, folders, workspace=name))
    assert caught.value.code == "not_found"
    assert caught.value.exit_code == 5


async def test_W6_a_workspace_where_one_is_disabled_cannot_be_opened(start: Start, folders: Folders) -> None:
    async with opened(start) as context:
        acme = await context.backend.workspaces.create("acme")
        await disable(context, acme)
        with pytest.raises(Refused, match="disabled in acme") as caught:
            await workspace_named(context.backend, "acme")
        assert caught.value.code == "member_disabled"
        with pytest.raises(Refused) as caught:
            await activate(context, acme)
        assert caught.value.code == "member_disabled"


async def test_what_was_shown_last_is_shown_again_while_it_is_there(start: Start, folders: Folders) -> None:
    async with opened(start) as context:
        acme = await context.backend.workspaces.create("acme")
        assert (await activate(context, acme)).workspace.id == acme.id
    async with opened(start) as context:
        assert context.workspace.id == acme.id
        await context.backend.workspaces.delete(acme.id, None)
    async with opened(start) as context:
        assert context.workspace.kind == Kind.PERSONAL


async def test_a_server_wants_a_credential(folders: Folders) -> None:
    with pytest.raises(Unauthenticated, match="workspaces login"):
        await open_context(Start(Program.CLI, folders, server="https://workspaces.example.org"))


@pytest.mark.parametrize(
    "environment",
    [{"WORKSPACES_TOKEN": "secret"}, {"WORKSPACES_SERVER": "https://a.example.org", "WORKSPACES_TOKEN": "a.b\r\nX: y"}],
)
async def test_what_is_no_credential_is_not_sent(tmp_path: Path, environment: dict[str, str]) -> None:
    with pytest.raises(Unauthenticated):
        await open_context(Start.from_environment(Program.CLI, environment | {"WORKSPACES_HOME": str(tmp_path)}))


async def test_a_credential_stands_in_place_of_the_owners_session(start: Start, folders: Folders) -> None:
    async with opened(start):
        pass
    with closing(Store.open(f"sqlite:///{folders.data / FILE_NAME}")) as store:
        credential = ".".join(sign_up(store, "linus").caller.credential or ())
    async with opened(Start(Program.CLI, folders, credential=credential)) as context:
        assert context.user.username == "linus"
    async with opened(Start(Program.CLI, folders, credential=credential)) as context:
        assert (await context.backend.sessions.list(Place())).total == 1


@pytest.mark.parametrize(
    "server",
    [
        "http://workspaces.example.org",
        "http://127.0.0.1.example.org",
        "https://user:password@example.org",
        "https://",
        "example.org",
        "ftp://example.org",
        "https://example.org:port",
        "https://example.org/?x",
        "https://[::1",
    ],
)
async def test_an_address_that_would_not_be_safe_is_refused(folders: Folders, server: str) -> None:
    start = Start(Program.CLI, folders, server=server, credential="se-1.ss-1")
    with pytest.raises(Refused) as caught:
        await open_context(start)
    assert [error.field for error in caught.value.errors] == ["server"]


@pytest.mark.parametrize("server", ["http://127.0.0.1:1", "http://localhost:1/", "http://[::1]:1"])
async def test_this_computer_may_be_reached_without_encryption(folders: Folders, server: str) -> None:
    with pytest.raises(Unreachable):
        await open_context(Start(Program.CLI, folders, server=server, credential="se-1.ss-1"))


@pytest.mark.parametrize("content", [None, b"", b"{", b"[]", b'{"servers": 1}', b"\xff"])
def test_a_state_that_cannot_be_read_is_none(tmp_path: Path, content: bytes | None) -> None:
    if content is not None:
        (tmp_path / "state.json").write_bytes(content)
    assert last_workspace(tmp_path, "here") is None
    remember_workspace(tmp_path, "here", "ac-1")
    remember_workspace(tmp_path, "there", "ac-2")
    assert (last_workspace(tmp_path, "here"), last_workspace(tmp_path, "there")) == ("ac-1", "ac-2")


def test_a_state_that_cannot_be_written_stops_nobody(tmp_path: Path) -> None:
    (tmp_path / "state").touch()
    remember_workspace(tmp_path / "state", "here", "ac-1")
    assert last_workspace(tmp_path / "state", "here") is None


@pytest.mark.parametrize("name", ["ada", "CORP\\ada", "CORP+ada", "ada@corp.example.org"])
def test_the_first_user_is_called_as_on_this_machine_without_the_domain(name: str) -> None:
    assert without_domain(name) == "ada"


def test_the_first_frame_waits_for_nothing_that_it_does_not_need() -> None:
    script = "import sys, tui.context.opening, tui.context.activating, tui.settings, tui.logs; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert HEAVY & set(done.stdout.split()) == set()
