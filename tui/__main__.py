"""`python -m tui` is `workspaces`."""

from tui.cli.main import main

main()
