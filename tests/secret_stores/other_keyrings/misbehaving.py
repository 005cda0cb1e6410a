"""Keyring classes as one meets them: the real Secret Service beneath, and bad manners on top."""

import os
import signal
import sys
from pathlib import Path

from keyring.backend import KeyringBackend
from keyring.core import load_keyring


class Unprobed(KeyringBackend):
    """The same keyring under a name that is not known to be one."""

    priority = 1

    @property
    def real(self) -> KeyringBackend:
        return load_keyring("keyring.backends.SecretService.Keyring")

    def get_password(self, service: str, username: str) -> str | None:
        return self.real.get_password(service, username)

    def set_password(self, service: str, username: str, password: str) -> None:
        self.real.set_password(service, username, password)

    def delete_password(self, service: str, username: str) -> None:
        self.real.delete_password(service, username)


class Slow(Unprobed):
    """Keeps the secret, and says so too late."""

    def set_password(self, service: str, username: str, password: str) -> None:
        self.real.set_password(service, username, password)
        signal.pause()


class Stuck(Unprobed):
    """Never ends; says who it is in the file that `STUCK` names."""

    def get_password(self, service: str, username: str) -> str | None:
        Path(os.environ["STUCK"]).write_text(str(os.getpid()))
        signal.pause()
        return None


class Chatty(Unprobed):
    """Prints, reads its input, and looks for a terminal to ask on."""

    def get_password(self, service: str, username: str) -> str | None:
        print("noise", flush=True)  # noqa: T201  # the bad manners meant
        os.write(2, b"noise")
        if sys.stdin.read():
            raise RuntimeError("something was left to read")
        if os.getsid(0) != os.getpid():
            raise RuntimeError("the terminal of the one who asks, if that has one, is there")
        try:
            Path("/dev/tty").open().close()
        except OSError:
            return self.real.get_password(service, username)
        raise RuntimeError("there was a terminal")


class Prying(Unprobed):
    """Writes down what everybody on the machine can see of its process, in the file that `PRYING` names."""

    def set_password(self, service: str, username: str, password: str) -> None:
        seen = [Path(f"/proc/{os.getpid()}/{what}").read_bytes() for what in ("cmdline", "environ")]
        Path(os.environ["PRYING"]).write_bytes(b"\n".join(seen))
        self.real.set_password(service, username, password)


class Telling(Unprobed):
    """Puts the secret into its error."""

    def set_password(self, service: str, username: str, password: str) -> None:
        raise RuntimeError(f"could not keep {password} of {username}")


class Leaving(Unprobed):
    """Ends the program."""

    def get_password(self, service: str, username: str) -> str | None:
        sys.exit("no")
