"""The invites of a workspace as they look, and what is asked on them (I1-I5)."""

from pathlib import Path

import pytest

from tests.looks import SIZES, Sample, Size, Snap, look_at, opened

SAMPLES = {
    "invites-filled": Sample("3", "Row 1 of 6 invites."),
    "invites-filled-mail_failed": Sample("3 down down down", "The mail did not arrive"),
    "invites-filled-all": Sample("3 f space enter", "of 11 invites."),
    "invites-filled-marked": Sample("3 space space", "2 marked."),
    "menu-filled-of_invite": Sample("3 m", "Revoke invite"),
    "invites-empty": Sample("3", "Nobody is invited at present.", "analytical-engine"),
    "invites-refused-as_user": Sample("3", "Owners and Managers invite people", "navy-research"),
    "invites-empty-nothing_found": Sample("3 slash q q q enter", "No invites match"),
    "invite_panel-empty": Sample("3 down enter", "Latest activity"),
    "confirm-filled-invite_revoke": Sample("3 x", "Nobody can join by it any more."),
    "bulk-filled-invite_resend": Sample("3 space space s", "Type acme"),
    "invite_dialog-empty-in_app": Sample("3 n", "Nobody else can reach this server"),
}


@SIZES
@pytest.mark.parametrize("name", SAMPLES)
def test_looks(name: str, size: Size, home: Path, snap_compare: Snap) -> None:
    sample = SAMPLES[name]
    assert look_at(opened(home, workspace=sample.workspace), sample, size, snap_compare)
