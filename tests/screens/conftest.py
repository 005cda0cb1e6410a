"""Homes to open the app on."""

from tests.app.homes import home, lived_in, user  # noqa: F401  # fixtures of these tests
