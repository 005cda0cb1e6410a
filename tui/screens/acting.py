"""A screen's acts: their keys, their places in the last row and the menu, and why one is refused (M1)."""

from collections.abc import Sequence
from typing import Any, ClassVar

from textual import events
from textual.geometry import Region

from tui.acts.act import Result
from tui.acts.refusal import Reason, refusal, role_refusal
from tui.acts.registry import ACTS
from tui.context.context import Context
from tui.dialogs.choose_role import ChooseRole, RoleChoice
from tui.dialogs.menu import Menu, MenuItem
from tui.domain.acts import ActId
from tui.domain.members import Member
from tui.domain.roles import ROLES, Role
from tui.screens.keys import ACT_KEYS, LOCALS, act_binding
from tui.screens.messages import ActAsked, MenuAsked
from tui.screens.rows import row_name
from tui.screens.shell import Shell
from tui.widgets.keys_row import KeyHint

TARGETLESS = frozenset(
    {
        ActId.WORKSPACES_CREATE,
        ActId.INVITES_SEND,
        ActId.INVITES_LINK,
        ActId.INVITES_ACCEPT,
        ActId.TOKENS_CREATE,
        ActId.SESSIONS_END_OTHERS,
        ActId.PROFILES_IMPORT,
        ActId.SECRETS_FORGET,
    }
)
"""Acts that are about no row."""

OF_WORKSPACE = frozenset({ActId.INVITES_SEND, ActId.INVITES_LINK, ActId.TOKENS_CREATE})
"""Those of them that the workspace refuses in which a person stands."""


class Acting(Shell):
    """Posts `ActAsked` for an act that is not refused; says the reason of one that is.

    The runner asks it for the rows, and hands it what became of them.
    """

    ACTS: ClassVar[tuple[ActId, ...]] = ()
    """What can be done here, in the order of the menu."""

    def __init_subclass__(cls, **options: Any) -> None:
        """A subclass gets the bindings of its acts; Textual adds those of its bases."""
        keyed = [act_binding(act, ACTS[act].label) for act in cls.__dict__.get("ACTS", ()) if act in ACT_KEYS]
        cls.BINDINGS = [*keyed, *cls.__dict__.get("BINDINGS", ())]
        super().__init_subclass__(**options)

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.context = context

    def stand(self, context: Context) -> None:
        self.context = context
        super().stand(context)

    @classmethod
    def ids(cls) -> list[str]:
        """The ids of all bindings that stand together on this screen."""
        bases = [base.__dict__.get("BINDINGS", ()) for base in cls.__mro__ if issubclass(base, Shell)]
        return [binding.id for bindings in bases for binding in bindings if binding.id]

    def subject(self, targets: Sequence[Any]) -> str:
        """What people call some rows."""
        return row_name(targets[0]) if len(targets) == 1 else f"{len(targets):,} marked" if targets else ""

    # What the runner asks for and hands back

    def present_targets(self, act: ActId) -> Sequence[Any]:
        """The rows that an act would be done to now, as far as they are here."""
        raise NotImplementedError

    async def targets(self, act: ActId) -> Sequence[Any]:
        """The rows that an act is to be done to, as soon as they are here."""
        return self.present_targets(act)

    def near(self) -> Region:
        """Where on the screen something about these rows opens."""
        raise NotImplementedError

    def near_role(self) -> Region:
        """Where on the screen the roles open."""
        return self.near()

    def take(self, results: Sequence[Result[Any]]) -> None:
        """Show what became of rows."""
        raise NotImplementedError

    def unmark(self, rows: Sequence[Any]) -> None:
        """What was wanted of these rows is done."""

    async def choose_role(self, members: Sequence[Member]) -> Role | None:
        """The role that a person picks for members."""
        refused = _refused_roles(members)
        present = {member.role for member in members}
        choices = [RoleChoice(role, present == {role}, refused.get(role, "")) for role in ROLES]
        return await ChooseRole(choices, self.near_role()).ask(self)

    async def choose_act(self) -> ActId | None:
        """The act that a person picks from all that there are for these rows."""
        acts = self.menu_acts()
        if not acts:
            return None
        title = self.subject(self.present_targets(acts[0]))
        chosen = await Menu(title, [self._menu_item(act) for act in acts], self.near()).ask(self)
        return ActId(chosen) if chosen else None

    def menu_acts(self) -> Sequence[ActId]:
        """What the menu of these rows offers, in its order."""
        return self.ACTS

    # Whether and why not

    def reason_against(self, act: ActId, targets: Sequence[Any]) -> Reason | None:
        """Why an act would be refused: the first row's reason, when every row has one."""
        capabilities = self.context.backend.capabilities
        if act in TARGETLESS:
            return refusal(act, capabilities, self.context.workspace if act in OF_WORKSPACE else None)
        reasons = [refusal(act, capabilities, row) for row in targets]
        return reasons[0] if reasons and all(reasons) else None

    def say_refused(self, act: ActId, reason: Reason) -> None:
        self.say(f"{ACTS[act].word(self.present_targets(act))}: {reason.sentence}", failed=True)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action == "act":
            act = ActId(str(parameters[0]))
            return None if self.reason_against(act, self.present_targets(act)) else True
        return super().check_action(action, parameters)

    def on_key(self, event: events.Key) -> None:
        """A refused act's key says why; Textual would say nothing."""
        bound = self.active_bindings.get(event.key)
        if bound and bound.binding.id in ACTS and not bound.enabled:
            event.stop()
            act = ActId(str(bound.binding.id))
            if reason := self.reason_against(act, self.present_targets(act)):
                self.say_refused(act, reason)

    def action_act(self, act: str) -> None:
        self.post_message(ActAsked(self, ActId(act)))

    def action_menu(self) -> None:
        self.post_message(MenuAsked(self))

    # What is shown

    def label_of(self, id: str) -> str:
        """What help calls an act, or something local."""
        return ACTS[ActId(id)].label if id in ACTS else LOCALS[id].label

    def hint(self, id: str, key: str) -> KeyHint:
        if id not in ACT_KEYS:
            return super().hint(id, key)
        act = ActId(id)
        targets = self.present_targets(act)
        return KeyHint(key, ACTS[act].word(targets), enabled=not self.reason_against(act, targets))

    def _menu_item(self, act: ActId) -> MenuItem:
        reason = self.reason_against(act, self.present_targets(act))
        return MenuItem(act, ACTS[act].label, self.key_spoken(act), reason.sentence if reason else "")


def _refused_roles(members: Sequence[Member]) -> dict[Role, str]:
    """The reason of each role that none of the members may get."""
    reasons = {role: [role_refusal(role, member) for member in members] for role in ROLES}
    return {role: found[0].sentence for role, found in reasons.items() if found[0] and all(found)}
