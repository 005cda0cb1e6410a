"""A machine of the test's own: folders, config file, and a real keyring where one is asked for."""

from pathlib import Path

import pytest

from tests.context.machines import Here
from tests.secret_stores.secret_service import Session


@pytest.fixture
def here(unlocked: Session, tmp_path: Path) -> Here:
    """A machine with a keyring that is unlocked."""
    return Here(tmp_path, unlocked)
