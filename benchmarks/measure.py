"""Timing two ways of doing a job, turn by turn, so that a busy moment of the machine hits both."""

from __future__ import annotations

import gc
import math
import statistics
import subprocess
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

Job = Callable[[], object]


@dataclass(frozen=True, slots=True)
class Comparison:
    """A job of ours and the peer's, how often to do both, and the largest ratio that is acceptable.

    `ceiling`, in seconds, is the most that our job may take whatever the peer does.
    """

    title: str
    ours: Job
    peer: Job
    rounds: int
    limit: float
    ceiling: float = math.inf


@dataclass(frozen=True, slots=True)
class Measured:
    """The medians of a comparison, in seconds."""

    comparison: Comparison
    ours: float
    peer: float

    @property
    def ratio(self) -> float:
        """Our time as a multiple of the peer's."""
        return self.ours / self.peer

    @property
    def within_limit(self) -> bool:
        """Whether we took no longer than the limit allows."""
        return self.ratio <= self.comparison.limit and self.ours <= self.comparison.ceiling


def measure(comparison: Comparison) -> Measured:
    """Do both jobs once unmeasured, then `rounds` times in turn; return the medians."""
    comparison.ours()
    comparison.peer()
    ours: list[float] = []
    peer: list[float] = []
    for _ in range(comparison.rounds):
        ours.append(_seconds(comparison.ours))
        peer.append(_seconds(comparison.peer))
    return Measured(comparison, statistics.median(ours), statistics.median(peer))


def process(command: Sequence[str], accepted: Sequence[int] = (0,)) -> Job:
    """Return the job of running a command to its end; RuntimeError if its exit status is not an accepted one."""

    def run() -> None:
        completed = subprocess.run(  # noqa: S603 - our own commands
            command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, check=False
        )
        if completed.returncode not in accepted:
            raise RuntimeError(f"{command} ended with {completed.returncode}: {completed.stderr.decode()}")

    return run


def _seconds(job: Job) -> float:
    gc.collect()  # what the other job left behind is not to be cleared away on this one's time
    start = time.perf_counter()
    job()
    return time.perf_counter() - start
