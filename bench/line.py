"""One measurement: our time over that of a peer or floor, taken in turns in the same run."""

import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass

ROUNDS = 5


@dataclass(frozen=True, slots=True)
class Line:
    """A ratio and its goal (at most)."""

    name: str
    against: str
    ours: float
    theirs: float
    goal: float

    @property
    def ratio(self) -> float:
        """Our time over theirs."""
        return self.ours / self.theirs

    @property
    def reached(self) -> bool:
        """Whether the goal is reached."""
        return self.ratio <= self.goal

    def __str__(self) -> str:
        verdict = "reached" if self.reached else "MISSED"
        return (
            f"{self.name} against {self.against}: {self.ratio:.2f} x "
            f"({self.ours:.2f} s / {self.theirs:.2f} s), goal {self.goal:.2f} x: {verdict}"
        )


def compare(
    name: str, against: str, goal: float, ours: Callable[[], object], theirs: Callable[[], object]
) -> Line:
    """Time both in turns and compare their medians; a first round warms up and does not count."""
    times: dict[str, list[float]] = {"ours": [], "theirs": []}
    for round_number in range(ROUNDS + 1):
        for key, work in (("ours", ours), ("theirs", theirs)):
            start = time.perf_counter()
            work()
            if round_number:
                times[key].append(time.perf_counter() - start)
    medians = {key: statistics.median(values) for key, values in times.items()}
    return Line(name, against, medians["ours"], medians["theirs"], goal)
