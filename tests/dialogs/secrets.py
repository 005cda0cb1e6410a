"""Secrets and links as the app has them shown once."""

from tests.dialogs.samples import HOSTILE
from tui.dialogs.new_token import NewToken, NewTokenQuestion
from tui.dialogs.secret_once import Kept, Once, ShownOnce

SECRET = "as-" + "xY3_" * 10 + "abc"
LINK = "https://admin.example.org/i#ic-" + "xY3_" * 10 + "abc"
TOKEN = [ShownOnce("Id", said="ak-7c1fq0x2m4k8e0d9s3vb"), ShownOnce("Secret", SECRET)]
NOT_STORED = Kept(done=False, said="Not stored on this machine.")
STORED = Kept(done=True, said="Stored in Secret Service.")
LOCKED = Kept(done=False, said="Not stored on this machine. Secret Service is locked. Unlock it and try again.")


async def stored() -> Kept:
    return STORED


async def locked() -> Kept:
    return LOCKED


ONE = Once("The secret of deploy", "secret", TOKEN, kept=NOT_STORED, keep=stored)
IN_STORE = Once("The secret of deploy", "secret", TOKEN, kept=STORED)
IN_LOCKED = Once("The secret of deploy", "secret", TOKEN, kept=LOCKED, keep=locked)
ONE_LINK = Once("Invite link", "link", [ShownOnce("Link", LINK)], ["Whoever has it can join as User."])
MANY = Once(
    "3 invited, 1 refused",
    "link",
    [
        ShownOnce("ada@example.org", LINK),
        ShownOnce("alan@example.org", LINK.replace("x", "z")),
        ShownOnce("jean@example.org", said="the mail is on its way"),
        ShownOnce("ken@example.org", said="This person is a member already.", failed=True),
    ],
    ["Send each link to the person it is for, by a way that only they read."],
)
MAILED = Once("2 invited", "link", [ShownOnce("ada@example.org", said="sent"), ShownOnce("b@example.org", said="sent")])
LONG = Once(HOSTILE, "link", [ShownOnce(HOSTILE, LINK, HOSTILE), ShownOnce(HOSTILE, said=HOSTILE * 3, failed=True)])

QUESTION = NewTokenQuestion("acme", "Secret Service")
UNKEPT = NewTokenQuestion("acme", "this run only", "Secrets are kept for this run only.")


async def refused(new: NewToken) -> str | None:
    return "A member has at most 100 tokens in a workspace. Delete one first."
