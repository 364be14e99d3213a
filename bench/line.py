"""One measurement: our time over that of a peer or floor, taken in turns in the same run."""

import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass

ROUNDS = 5


@dataclass(frozen=True, slots=True)
class Line:
    """A ratio and its goal (at most); without a goal it is only told."""

    name: str
    against: str
    ours: float
    theirs: float
    goal: float | None
    unit: str = "s"

    @property
    def ratio(self) -> float:
        """Our time or size over theirs."""
        return self.ours / self.theirs

    @property
    def reached(self) -> bool:
        """Whether the goal is reached, where there is one."""
        return self.goal is None or self.ratio <= self.goal

    def __str__(self) -> str:
        sizes = f"{self.ours:.2f} {self.unit} / {self.theirs:.2f} {self.unit}"
        told = f"{self.name} against {self.against}: {self.ratio:.2f} x ({sizes})"
        if self.goal is None:
            return f"{told}, no goal"
        return f"{told}, goal {self.goal:.2f} x: {'reached' if self.reached else 'MISSED'}"


def compare(
    name: str,
    against: str,
    goal: float | None,
    ours: Callable[[], object],
    theirs: Callable[[], object],
    rounds: int = ROUNDS,
    after: Callable[[], object] = lambda: None,
) -> Line:
    """Time both in turns and compare their medians; a first round warms up and does not count.

    What takes minutes has one round only, without warming up. ``after`` is done after each of them
    and is not timed.
    """
    times: dict[str, list[float]] = {"ours": [], "theirs": []}
    warm_up = rounds > 1
    for round_number in range(rounds + warm_up):
        for key, work in (("ours", ours), ("theirs", theirs)):
            start = time.perf_counter()
            work()
            taken = time.perf_counter() - start
            after()
            if round_number or not warm_up:
                times[key].append(taken)
    medians = {key: statistics.median(values) for key, values in times.items()}
    return Line(name, against, medians["ours"], medians["theirs"], goal)
