"""Looking at a Secret Service (Linux) without asking anybody anything.

jeepney alone, with a limit on each call: it prompts nobody and starts no process.
"""

import os
import time
from typing import Any

from jeepney import DBusAddress, DBusErrorResponse, Message, MessageFlag, Properties, new_method_call
from jeepney.bus_messages import message_bus
from jeepney.io.blocking import DBusConnection, open_dbus_connection
from jeepney.wrappers import unwrap_msg

from tui.secret_stores.keyring_process import LOCKED, SILENT
from tui.secret_stores.store import Condition, NotKept, SecretName, ServerName, State

LIMIT = 0.25
LOOKS_AGAIN = 3
MOMENT = 0.05
_NAME = "org.freedesktop.secrets"
_INTERFACE = "org.freedesktop.Secret"
_NOWHERE = "/"

_UNLOCK = 'read -rs P && printf %s "$P" | gnome-keyring-daemon --replace --unlock --components=secrets,ssh'
NO_BUS = State(
    Condition.ABSENT,
    "There is no D-Bus session here, so no keyring.",
    "Sign in to a desktop, or start a shell with: dbus-run-session -- $SHELL",
)
BUS_GONE = State(
    Condition.ABSENT,
    "The D-Bus session that DBUS_SESSION_BUS_ADDRESS names is gone, and the keyring with it.",
    "Open a new terminal; in tmux, a new window after: tmux set-environment DBUS_SESSION_BUS_ADDRESS …",
)
NOT_RUNNING = State(
    Condition.ABSENT,
    "No keyring is running in this D-Bus session.",
    f"Start GNOME Keyring, KWallet or KeePassXC; without a desktop: {_UNLOCK}",
)
NO_COLLECTION = State(
    Condition.ABSENT,
    "The keyring is empty: it has no default collection to keep secrets in.",
    f"Make one in its own window; without a desktop: {_UNLOCK}",
)
SHUT = State(
    LOCKED.condition,
    LOCKED.sentence,
    f"Unlock it in its own window; without a desktop: {_UNLOCK} (it takes the place of your keyring and ssh agent)",
)


def probe() -> State:
    """How the keyring of this session is; takes a second at the very most."""
    if not os.environ.get("DBUS_SESSION_BUS_ADDRESS"):
        return NO_BUS
    try:
        with open_dbus_connection(auth_timeout=LIMIT) as bus:
            return _state(bus)
    except TimeoutError:
        return SILENT
    except DBusErrorResponse:
        return NOT_RUNNING
    except Exception:  # noqa: BLE001 - jeepney raises a different class for each way that an address can be bad
        return BUS_GONE


class SecretServiceIds:
    """The ids that a Secret Service holds, asked of itself: there is nothing to remember."""

    def add(self, name: SecretName) -> None:
        """The Secret Service has seen it."""

    def discard(self, name: SecretName) -> None:
        """The Secret Service has seen it."""

    def held(self, server: ServerName) -> frozenset[str]:
        """The ids under one server. Raises `NotKept`."""
        try:
            with open_dbus_connection(auth_timeout=LIMIT) as bus:
                return _user_names(bus, server.service)
        except TimeoutError:
            raise NotKept(SILENT) from None
        except (OSError, DBusErrorResponse):
            raise NotKept(NOT_RUNNING) from None


def _state(bus: DBusConnection) -> State:
    if not _ask(bus, message_bus.NameHasOwner(_NAME)):
        return NOT_RUNNING
    # While gnome-keyring writes its file it says for a moment that it has none.
    collection = _default_collection(bus)
    for _ in range(LOOKS_AGAIN):
        if collection != _NOWHERE:
            break
        time.sleep(MOMENT)
        collection = _default_collection(bus)
    if collection == _NOWHERE:
        return NO_COLLECTION
    if _property(bus, collection, "Collection", "Locked"):
        return SHUT
    return State(Condition.READY, "Secrets are kept in the keyring of this computer.")


def _user_names(bus: DBusConnection, label: str) -> frozenset[str]:
    collection = DBusAddress(_default_collection(bus), _NAME, f"{_INTERFACE}.Collection")
    items = _ask(bus, new_method_call(collection, "SearchItems", "a{ss}", ({"service": label},)))
    attributes = (_attributes(bus, item) for item in items)
    return frozenset(found["username"] for found in attributes if "username" in found)


def _attributes(bus: DBusConnection, item: str) -> dict[str, str]:
    """None of an item that was deleted since it was found."""
    try:
        return dict(_property(bus, item, "Item", "Attributes"))
    except DBusErrorResponse:
        return {}


def _default_collection(bus: DBusConnection) -> str:
    service_object = DBusAddress("/org/freedesktop/secrets", _NAME, f"{_INTERFACE}.Service")
    return str(_ask(bus, new_method_call(service_object, "ReadAlias", "s", ("default",))))


def _property(bus: DBusConnection, path: str, interface: str, name: str) -> Any:
    _type, value = _ask(bus, Properties(DBusAddress(path, _NAME, f"{_INTERFACE}.{interface}")).get(name))
    return value


def _ask(bus: DBusConnection, message: Message) -> Any:
    """The first value of the answer. Raises TimeoutError, OSError, DBusErrorResponse."""
    message.header.flags |= MessageFlag.no_auto_start
    return unwrap_msg(bus.send_and_get_reply(message, timeout=LIMIT))[0]
