"""Runs one table in a real terminal and prints what cursor moves cost: `table_app.py window|datatable ROWS`.

It is a program of its own so that its memory is its own; `test_table.py` gives it the terminal.
"""

import asyncio
import json
import resource
import statistics
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from rich.text import Text
from textual import events
from textual.drivers.linux_driver import LinuxDriver
from textual.pilot import Pilot
from textual.widget import Widget
from textual.widgets import DataTable

from tests.widgets.people import COLUMNS, People, Person, person, window
from tests.widgets.stage import Stage
from tui.app.themes import DARK
from tui.lists.column import lay_out
from tui.widgets.table_lines import RowLook
from tui.widgets.window_table import WindowTable

MOVES = 25
COLOURS = {"muted": DARK.muted, "owner": f"bold {DARK.owner}", "manager": DARK.manager, "danger": DARK.danger}


class CountingDriver(LinuxDriver):
    """Textual's own driver, which adds up what it writes to the terminal and tells when a frame is out."""

    written = 0
    frame = asyncio.Event()

    def write(self, data: str) -> None:
        CountingDriver.written += len(data.encode())
        super().write(data)

    def flush(self) -> None:
        super().flush()
        CountingDriver.frame.set()


def window_table(count: int) -> Widget:
    look = RowLook[Person](dimmed=lambda row: row.status == "disabled", dropdown="role")
    table = WindowTable(COLUMNS, window(People(count)), look=look)
    table.call_after_refresh(table.reload)
    return table


class FullTable(DataTable[Text]):
    """Textual's own table with the same columns, texts and colours, its cursor a whole row."""

    def __init__(self, count: int) -> None:
        super().__init__(cursor_type="row")
        self.count = count

    def on_mount(self) -> None:
        placed = lay_out(COLUMNS, 116, 120)
        now = datetime.now(UTC)
        for each in placed:
            self.add_column(each.column.title.upper(), width=each.width)
        for number in range(self.count):
            cells = [each.column.cell(person(number), now) for each in placed]
            self.add_row(*(Text(cell.text, COLOURS.get(cell.tone, DARK.text)) for cell in cells))


TABLES: dict[str, Callable[[int], Widget]] = {"window": window_table, "datatable": FullTable}


async def measure(pilot: Pilot[object]) -> None:
    """Moves the cursor down, one frame each, and leaves the figures in a file."""
    app = pilot.app
    await app.workers.wait_for_complete()
    await pilot.pause()
    resident = int(Path("/proc/self/statm").read_text().split()[1]) * resource.getpagesize()
    times, sizes = [], []
    for _ in range(MOVES):
        CountingDriver.frame.clear()
        written, spent = CountingDriver.written, time.process_time()
        app.post_message(events.Key("down", None))
        await asyncio.wait_for(CountingDriver.frame.wait(), 10)
        times.append(time.process_time() - spent)
        await pilot.pause()
        sizes.append(CountingDriver.written - written)
    figures = {"seconds": statistics.median(times), "bytes": statistics.median(sizes), "resident": resident}
    Path(sys.argv[3]).write_text(json.dumps(figures))
    app.exit()


if __name__ == "__main__":
    stage = Stage(TABLES[sys.argv[1]](int(sys.argv[2])))
    stage.driver_class = CountingDriver
    stage.run(auto_pilot=measure)
