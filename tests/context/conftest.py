"""A machine of the test's own: folders, config file, and a real keyring where one is asked for."""

from pathlib import Path

import pytest

from tests.app.homes import home, lived_in  # noqa: F401  # fixtures of these tests
from tests.context.machines import Here
from tests.profiles.conftest import official  # noqa: F401  # a fixture of these tests
from tests.secret_stores.conftest import other_keyrings, session, unlocked  # noqa: F401  # fixtures of these tests
from tests.secret_stores.secret_service import Session


@pytest.fixture
def here(unlocked: Session, tmp_path: Path) -> Here:  # noqa: F811  # the fixture
    """A machine with a keyring that is unlocked."""
    return Here(tmp_path, unlocked)
