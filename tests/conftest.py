"""What holds for every test: on the machine that decides what lands, a skip is a failure."""

import os
from collections.abc import Generator
from pathlib import Path

import pytest

pytest_plugins = ("tests.app.homes", "tests.profiles.official", "tests.secret_stores.sessions")
"""What tests of several folders stand on: homes, the official package, keyrings."""


@pytest.fixture(autouse=True, scope="session")
def nothing_of_the_person(tmp_path_factory: pytest.TempPathFactory) -> Generator[None]:
    """No test finds or changes the profiles and secrets of whoever runs it."""
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("MODAL_CONFIG_PATH", str(tmp_path_factory.mktemp("person") / "modal.toml"))
        environment.setenv("WORKSPACES_SECRETS", "memory")
        environment.delenv("MODAL_PROFILE", raising=False)
        yield


@pytest.fixture(autouse=True)
def config(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The config file of this test."""
    monkeypatch.setenv("MODAL_CONFIG_PATH", str(tmp_path / "modal.toml"))
    return tmp_path / "modal.toml"


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Fail what was skipped, naming its reason, where `CI` is set."""
    report = yield
    if report.skipped and os.environ.get("CI") and not hasattr(report, "wasxfail"):
        report.outcome = "failed"
    return report
