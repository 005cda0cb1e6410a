"""Homes to open the app on."""

from tests.app.homes import home, lived_in, user  # noqa: F401  # fixtures of these tests
from tests.profiles.conftest import official  # noqa: F401  # fixtures of these tests
from tests.secret_stores.conftest import session, unlocked  # noqa: F401  # fixtures of these tests
