"""What a person is told before an act: who becomes what, what stops, what stays, what is for good."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Consequences:
    """One sentence each; an empty one has nothing to say."""

    becomes: str
    stops: str = ""
    stays: str = ""
    for_good: str = ""

    @property
    def sentences(self) -> list[str]:
        """All there is to say, in the order in which it is read."""
        return [text for text in (self.becomes, self.stops, self.stays, self.for_good) if text]
