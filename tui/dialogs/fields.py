"""Text fields of dialogs."""

from textual.widgets import Input


class LowerInput(Input):
    """A field that lower-cases as one types (W2)."""

    def validate_value(self, value: str) -> str:
        return value.lower()


def text_field(value: str = "", *, lower: bool = False) -> Input:
    """A field of one line whose cursor does not blink: over SSH each blink would be sent."""
    field = (LowerInput if lower else Input)(value, compact=True, select_on_focus=False)
    field.cursor_blink = False
    return field
