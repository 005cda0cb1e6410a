"""A session and a keyring of a test's own."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.secret_stores.secret_service import Session


@pytest.fixture
def session(monkeypatch: pytest.MonkeyPatch) -> Iterator[Session]:
    """A bus with nobody on it; a Secret Service could be started by whoever asks carelessly."""
    session = Session()
    session.use(monkeypatch)
    yield session
    session.end()


@pytest.fixture
def unlocked(session: Session) -> Session:
    session.start_keyring()
    return session


@pytest.fixture
def other_keyrings(monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder with keyring classes that misbehave, where a child process can load them from."""
    folder = Path(__file__).with_name("other_keyrings")
    monkeypatch.setenv("PYTHONPATH", str(folder))
    return folder
