"""The entry point of the installed command; `python -m tui` is the same."""

import sys

INTERRUPTED_EXIT = 130


def main() -> None:
    """Do what the arguments say, and end with its exit code."""
    try:
        # Loading takes long enough for a Ctrl+C to come before anything could hear it.
        from tui.cli.main import main as run  # noqa: PLC0415

        run()
    except KeyboardInterrupt:
        sys.exit(INTERRUPTED_EXIT)


if __name__ == "__main__":
    main()
