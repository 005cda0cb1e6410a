"""A new workspace: from scratch, or from a GitHub organization (W3, W4)."""

from collections.abc import Awaitable, Callable, Iterator, Sequence
from typing import ClassVar

from textual import on, work
from textual.containers import Horizontal, Vertical
from textual.widget import Widget
from textual.widgets import Input, Static

from tui.dialogs.dialog import plain, sentence
from tui.dialogs.form import Form
from tui.domain.github import GithubOrgChoice
from tui.domain.workspaces import WorkspaceAsk
from tui.widgets.choices import Choice
from tui.widgets.dropdown import Dropdown
from tui.widgets.field import Field
from tui.widgets.tab_bar import Tab, TabBar

SCRATCH, GITHUB = "scratch", "github"
FROM_SCRATCH = "It is shared, and you are its Owner."
FROM_GITHUB = "Its members on GitHub can join by themselves; Settings switches that off."
ASKING = "Asking GitHub for your organizations…"
NO_ORGANIZATION = "GitHub lists no organization that you are an active member of."

Organizations = Sequence[GithubOrgChoice] | str
"""Those of the person; or why they cannot be told, as a sentence."""


class NewWorkspace(Form[WorkspaceAsk]):
    """What was asked of the service, once it was done.

    `check` gives the rule that a name breaks, `submit` the sentence with which it was refused.
    GitHub is asked by `organizations` when its part is first opened.
    """

    CSS_PATH: ClassVar = ["dialog.tcss", "new_workspace.tcss"]
    AUTO_FOCUS = "Field"

    def __init__(
        self,
        check: Callable[[str], str | None],
        organizations: Callable[[], Awaitable[Organizations]],
        submit: Callable[[WorkspaceAsk], Awaitable[str | None]],
    ) -> None:
        super().__init__("New workspace", "Create", ready=False)
        self._check = check
        self._organizations = organizations
        self._perform = submit
        self._asked = False

    def body(self) -> Iterator[Widget]:
        yield TabBar([Tab(SCRATCH, "From scratch"), Tab(GITHUB, "From GitHub")])
        with Horizontal(classes="field name"):
            yield Static(plain("Name"), classes="label")
            yield Field(lower=True)
        yield sentence(FROM_SCRATCH, "-muted scratch")
        with Vertical(classes="github"):
            yield sentence(ASKING, "-muted asking")
            with Horizontal(classes="field organization"):
                yield Static(plain("From"), classes="label")
            yield sentence(FROM_GITHUB, "-muted follows")

    def on_mount(self) -> None:
        self.query_one(".organization").display = False
        self.query_one(".follows").display = False
        self._show_part()

    def answer(self) -> None:
        ask = self._ask
        self.submit(lambda: self._perform(ask), ask)

    @property
    def _from_github(self) -> bool:
        return self.query_one(TabBar).active == GITHUB

    @property
    def _org_id(self) -> str | None:
        chosen = self.query(Dropdown)
        return chosen.first().value if chosen else None

    @property
    def _ask(self) -> WorkspaceAsk:
        return WorkspaceAsk(self.query_one(Input).value, self._org_id if self._from_github else None)

    @on(TabBar.Changed)
    def _show_part(self) -> None:
        self.query_one(".scratch").display = not self._from_github
        self.query_one(".github").display = self._from_github
        if self._from_github and not self._asked:
            self._asked = True
            self._ask_github()
        self._judge()

    @on(Input.Changed)
    def _judge(self) -> None:
        if self.is_asking:
            return
        ask = self._ask
        broken = self._check(ask.name) if ask.name else None
        self.say(broken or "")
        chosen = not self._from_github or ask.github_org_id is not None
        self.ready(bool(ask.name) and broken is None and chosen)

    @work
    async def _ask_github(self) -> None:
        found = await self._organizations()
        asking = self.query_one(".asking", Static)
        if isinstance(found, str) or not found:
            asking.update(plain(found if isinstance(found, str) else NO_ORGANIZATION))
            return
        asking.display = False
        lines = [Choice(org.id, org.login, note=org.name if org.name != org.login else "") for org in found]
        row = self.query_one(".organization")
        await row.mount(Dropdown(lines, lines[0].id))
        row.display = True
        self.query_one(".follows").display = True
        self._judge()
