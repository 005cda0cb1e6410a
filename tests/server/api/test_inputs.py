"""Bad input is refused by name, and changes nothing."""

from typing import Any

import msgspec

from tests.server.driver import DEVICE, JSON, Caller, House

HOSTILE = ("[red]x[/]", "\x1b]52;c;eA==\x07", "\u202eevil", "a\u200bb", "x" * 10_000, "\u0085", "a\nb", "🦊" * 65)

STRANGE = ("x", "%00", "%ff", "%ed%a0%80", "us-" + "0" * 5000, "%2e%2e", "'; drop table members --", "%F0%9F%92%A9")

WORKSPACE = "/workspaces"
MEMBER = "/workspaces/{home}/members/{me}"
BULK = "/workspaces/{home}/members/bulk"
HAND_OVER = "/workspaces/{home}/hand-over"
ITEM = {"user_id": "us-0", "version": None}
INVITES = "/workspaces/{home}/invites"
LINKS = "/workspaces/{home}/invite-links"
RESEND = "/workspaces/{home}/invites/in-0/resend"
ACCEPT = "/invites/accept"
NEW_USER = {"username": "linus"}
TOKENS = "/workspaces/{home}/tokens"
TOKEN = "/workspaces/{home}/tokens/ak-0"
TOKENS_BULK = "/workspaces/{home}/tokens/bulk"
KEY = {"id": "ak-0", "version": None}
SETTINGS = "/workspaces/{home}/settings"
SIGN_INS = "/sign-ins"
POLL = "/sign-ins/si-0/poll"
EMAIL = "/me/email"
CONFIRM = "/me/email/confirm"

BAD_BODIES: list[tuple[str, str, Any, str]] = [
    ("POST", "/users", {"device": DEVICE}, "username"),
    ("POST", "/users", {"username": "linus"}, "device"),
    ("POST", "/users", {"username": 7, "device": DEVICE}, "username"),
    ("POST", "/users", {"username": None, "device": DEVICE}, "username"),
    ("POST", "/users", {"username": "linus", "device": {}}, "device.name"),
    ("POST", "/users", {"username": "linus", "device": DEVICE | {"name": "x" * 101}}, "device.name"),
    ("POST", "/users", {"username": "linus", "device": DEVICE | {"colour": "red"}}, "device.colour"),
    ("POST", "/users", {"username": "linus", "device": DEVICE | {"app": "a\x00b"}}, "device.app"),
    ("POST", "/users", {"username": "linus", "device": DEVICE, "user_name": "x"}, "user_name"),
    ("POST", "/users", {"username": "linus", "device": DEVICE, "display_name": "a\x00b"}, "display_name"),
    ("POST", "/users", {"username": "linus", "device": DEVICE, "setup_code": 1}, "setup_code"),
    ("POST", WORKSPACE, {}, "name"),
    ("POST", WORKSPACE, {"name": ["acme"]}, "name"),
    ("POST", WORKSPACE, {"name": "acme", "kind": "shared"}, "kind"),
    ("POST", WORKSPACE, ["acme"], "body"),
    ("POST", WORKSPACE, "acme", "body"),
    ("POST", WORKSPACE, None, "body"),
    ("PATCH", "/workspaces/{home}", {"name": True}, "name"),
    ("PATCH", MEMBER, {"role": "boss"}, "role"),
    ("PATCH", MEMBER, {"role": "OWNER"}, "role"),
    ("PATCH", MEMBER, {"status": "gone"}, "status"),
    ("PATCH", MEMBER, {"rôle": "user"}, "rôle"),
    ("PATCH", MEMBER, {"version": 1}, "version"),
    ("POST", BULK, {"items": [ITEM]}, "change"),
    ("POST", BULK, {"change": {"role": "boss"}, "items": [ITEM]}, "change.role"),
    ("POST", BULK, {"change": {"role": "user"}, "items": [{"user_id": "us-0"}]}, "items[0].version"),
    ("POST", BULK, {"change": {"role": "user"}, "items": [ITEM, {"user_id": 3, "version": 1}]}, "items[1].user_id"),
    ("POST", BULK, {"change": {"role": "user"}, "items": [ITEM | {"version": "1"}]}, "items[0].version"),
    ("POST", BULK, {"change": {"role": "user"}, "items": [ITEM | {"version": 1.5}]}, "items[0].version"),
    ("POST", BULK, {"change": {"role": "user"}, "items": [ITEM | {"version": 2**70}]}, "items[0].version"),
    ("POST", BULK, {"change": {"role": "user"}, "items": [ITEM], "dry_run": "yes"}, "dry_run"),
    ("POST", BULK, {"change": {"role": "user"}, "items": {}}, "items"),
    ("POST", HAND_OVER, {"version": None}, "user_id"),
    ("POST", HAND_OVER, {"user_id": "us-0", "version": 2**70}, "version"),
    ("POST", HAND_OVER, {"user_id": "us-0", "version": 1, "own_role": "king"}, "own_role"),
    ("POST", WORKSPACE, {"name": "acme", "github_org_id": 7}, "github_org_id"),
    ("POST", INVITES, {}, "emails"),
    ("POST", INVITES, {"emails": []}, "emails"),
    ("POST", INVITES, {"emails": "ada@example.org"}, "emails"),
    ("POST", INVITES, {"emails": ["ada@example.org"] * 201}, "emails"),
    ("POST", INVITES, {"emails": [None]}, "emails[0]"),
    ("POST", INVITES, {"emails": ["a\x00@example.org"]}, "emails[0]"),
    ("POST", INVITES, {"emails": ["ada@example.org"], "role": "boss"}, "role"),
    ("POST", INVITES, {"emails": ["ada@example.org"], "expires_in": 299}, "expires_in"),
    ("POST", INVITES, {"emails": ["ada@example.org"], "expires_in": 31_536_001}, "expires_in"),
    ("POST", INVITES, {"emails": ["ada@example.org"], "expires_in": "7d"}, "expires_in"),
    ("POST", INVITES, {"emails": ["ada@example.org"], "max_uses": 1}, "max_uses"),
    ("POST", LINKS, {"role": "owner"}, "role"),
    ("POST", LINKS, {"max_uses": 0}, "max_uses"),
    ("POST", LINKS, {"max_uses": 10_001}, "max_uses"),
    ("POST", LINKS, {"max_uses": 1.5}, "max_uses"),
    ("POST", LINKS, {"expires_in": 2**70}, "expires_in"),
    ("POST", LINKS, {"label": "a\nb"}, "label"),
    ("POST", LINKS, {"label": 7}, "label"),
    ("POST", LINKS, {"emails": []}, "emails"),
    ("POST", RESEND, {"expires_in": 1}, "expires_in"),
    ("POST", RESEND, {"role": "user"}, "role"),
    ("POST", "/invites/find", {}, "code"),
    ("POST", "/invites/find", {"code": ["ic-1"]}, "code"),
    ("POST", "/invites/find", {"code": "ic-\x00"}, "code"),
    ("POST", ACCEPT, {}, "code"),
    ("POST", ACCEPT, {"code": None}, "code"),
    ("POST", ACCEPT, {"code": "ic-1", "new_user": {}, "device": DEVICE}, "new_user.username"),
    ("POST", ACCEPT, {"code": "ic-1", "new_user": NEW_USER}, "device"),
    ("POST", ACCEPT, {"code": "ic-1", "new_user": NEW_USER | {"role": "owner"}, "device": DEVICE}, "new_user.role"),
    (
        "POST",
        ACCEPT,
        {"code": "ic-1", "new_user": NEW_USER | {"display_name": "\u202eeve"}, "device": DEVICE},
        "new_user.display_name",
    ),
    ("POST", ACCEPT, {"code": "ic-1", "new_user": NEW_USER, "device": DEVICE | {"name": "a\nb"}}, "device.name"),
    ("POST", TOKENS, {"name": "ci"}, "expires_in"),
    ("POST", TOKENS, {"expires_in": None}, "name"),
    ("POST", TOKENS, {"name": "ci", "expires_in": 0}, "expires_in"),
    ("POST", TOKENS, {"name": "ci", "expires_in": True}, "expires_in"),
    ("POST", TOKENS, {"name": "x" * 101, "expires_in": None}, "name"),
    ("POST", TOKENS, {"name": "ci", "expires_in": None, "secret": "as-1"}, "secret"),
    ("PATCH", TOKEN, {}, "name"),
    ("PATCH", TOKEN, {"status": "expired"}, "status"),
    ("PATCH", TOKEN, {"name": "\x1b]52;c;eA==\x07"}, "name"),
    ("PATCH", TOKEN, {"expires_in": 300}, "expires_in"),
    ("POST", TOKEN + "/rotate", {"expires_in": -1}, "expires_in"),
    ("POST", TOKEN + "/rotate", {"name": "ci"}, "name"),
    ("POST", TOKENS_BULK, {"items": [KEY]}, "change"),
    ("POST", TOKENS_BULK, {"change": {}, "items": [KEY]}, "change"),
    ("POST", TOKENS_BULK, {"change": {"delete": True, "status": "active"}, "items": [KEY]}, "change"),
    ("POST", TOKENS_BULK, {"change": {"delete": "yes"}, "items": [KEY]}, "change.delete"),
    ("POST", TOKENS_BULK, {"change": {"delete": True}, "items": []}, "items"),
    ("POST", TOKENS_BULK, {"change": {"delete": True}, "items": [KEY, KEY]}, "items"),
    ("POST", TOKENS_BULK, {"change": {"delete": True}, "items": [KEY | {"version": -1}]}, "items[0].version"),
    ("PATCH", SETTINGS, {}, "auto_join"),
    ("PATCH", SETTINGS, {"auto_join": "on"}, "auto_join"),
    ("PATCH", SETTINGS, {"auto_join": None}, "auto_join"),
    ("PATCH", SETTINGS, {"auto_join": True, "name": "acme"}, "name"),
    ("POST", SIGN_INS, {"device": DEVICE}, "method"),
    ("POST", SIGN_INS, {"method": "password", "device": DEVICE}, "method"),
    ("POST", SIGN_INS, {"method": "github"}, "device"),
    ("POST", SIGN_INS, {"method": "github", "device": DEVICE | {"platform": "\u202e"}}, "device.platform"),
    ("POST", SIGN_INS, {"method": "approve", "device": DEVICE | {"platform": "\u202e"}}, "device.platform"),
    ("POST", POLL, {}, "poll_secret"),
    ("POST", POLL, {"poll_secret": 1}, "poll_secret"),
    ("POST", "/me/github", {}, "device"),
    ("PATCH", "/me", {}, "username"),
    ("PATCH", "/me", {"username": 7}, "username"),
    ("PATCH", "/me", {"display_name": ["a"]}, "display_name"),
    ("PATCH", "/me", {"email": "ada@example.org"}, "email"),
    ("POST", EMAIL, {}, "email"),
    ("POST", EMAIL, {"email": None}, "email"),
    ("POST", CONFIRM, {"code": 7}, "code"),
    ("POST", CONFIRM, {"code": "A\x00"}, "code"),
    ("POST", "/sessions/end-others", {"but": "se-0"}, "but"),
    ("POST", "/workspaces/{home}/leave", {"forever": True}, "forever"),
    ("POST", "/workspaces/{home}/join", ["user"], "body"),
]

BAD_JSON = [
    (b'{"name": "a\xff"}', "body"),
    (b'{"name": "a\\ud800"}', "name"),
    (b'{"name": "\\udc00\\ud800"}', "name"),
    (b'{"na\\u0000me": "acme"}', "body"),
    (b'{"name": "a\\u0000"}', "name"),
    (b'{"name": "a\x00"}', "body"),
    (b"\xef\xbb\xbf{}", "body"),
    (b"[" * 100_000, "body"),
    (b'{"x":' * 100_000, "x"),
    (b'{"name": 1e999}', "name"),
    (b'{"name": NaN}', "body"),
    (b'{"name": "acme"} trailing', "body"),
    (b"name=acme", "body"),
]


async def test_a_bad_body_is_refused_by_field(house: House) -> None:
    grace = await house.sign_up("grace")

    for method, path, body, field in BAD_BODIES:
        where, content = path.format(home=grace.home, me=grace.id), msgspec.json.encode(body)
        answer = await grace.sends(method, where, headers=JSON | {"If-Match": "*"}, content=content)
        assert (answer.status, answer.code, answer.field) == (422, "input_invalid", field), (path, body)
    await nothing_changed(grace)


async def test_what_is_no_json_is_refused(house: House) -> None:
    grace = await house.sign_up("grace")

    for content, field in BAD_JSON:
        answer = await grace.sends("POST", WORKSPACE, headers=JSON, content=content)
        assert (answer.status, answer.code, answer.field) == (422, "input_invalid", field), content[:50]
    await nothing_changed(grace)


async def test_W2_a_hostile_name_is_refused(house: House) -> None:
    grace = await house.sign_up("grace")

    for text in HOSTILE:
        answer = await grace.post(WORKSPACE, {"name": text})
        assert (answer.status, answer.code, answer.field) == (422, "name_invalid", "name"), text[:50]
    await nothing_changed(grace)


async def test_a_strange_address_is_never_more_than_not_there(house: House) -> None:
    grace = await house.sign_up("grace")

    for part in STRANGE:
        for method, path in (
            ("GET", f"/workspaces/{part}"),
            ("GET", f"/workspaces/{grace.home}/members/{part}"),
            ("GET", f"/workspaces/{part}/members"),
            ("DELETE", f"/sessions/{part}"),
        ):
            answer = await grace.sends(method, path)
            assert (answer.status, answer.code) in {(404, "not_found"), (422, "input_invalid")}, path


async def test_a_parameter_where_none_belongs_is_refused(house: House) -> None:
    grace = await house.sign_up("grace")

    answer = await grace.get("/me", colour="red")

    assert (answer.status, answer.code, answer.field) == (422, "input_invalid", "colour")


async def nothing_changed(grace: Caller) -> None:
    """The one workspace there is still what it was."""
    page = (await grace.get("/workspaces")).done()
    assert [(row["name"], row["version"]) for row in page["items"]] == [("grace", 1)]
