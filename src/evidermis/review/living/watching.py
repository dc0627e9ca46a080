"""The watch on registered trials: what harvested pages of a registry say of them, kept in `trials.jsonl`.

A state is written down when it differs from the last one of its trial. The file is only ever added to, so that it is the history
which registries themselves make hard to see.
"""

import datetime
import json
import re
from dataclasses import asdict, replace
from pathlib import Path

from evidermis.disk import write_file
from evidermis.evidence.errors import BadInput
from evidermis.evidence.review import Review
from evidermis.evidence.trial import TrialState
from evidermis.formats.trial_states import read_trial_states
from evidermis.library import kept_files
from evidermis.living import watched_trials
from evidermis.review.folder.loading import TRIALS

__all__ = ["keep_states"]

_KEPT_ON = re.compile(r"^clinicaltrials-gov-(\d{4}-\d{2}-\d{2})-")


def keep_states(folder: Path, review: Review) -> tuple[TrialState, ...]:
    """Write down what the registry pages in `records/` say that is new of the trials a review watches, and return it."""
    wanted = watched_trials(review)
    last = {one.id: one for one in sorted(review.trials, key=lambda state: state.seen)}
    fresh: list[TrialState] = []
    for day, file in _pages(folder / "records"):
        with file.open("rb") as stream:
            for state in read_trial_states(stream, str(file), day):
                if state.id not in wanted:
                    continue
                before = last.get(state.id)
                if before is None or (before.seen < day and replace(before, seen=day) != state):
                    last[state.id] = state
                    fresh.append(state)
    if fresh:
        path = folder / TRIALS
        before = path.read_bytes() if path.exists() else b""
        lines = "".join(f"{_line(state)}\n" for state in fresh).encode("utf-8")
        write_file(path, before + (b"\n" if before and not before.endswith(b"\n") else b"") + lines)
    return tuple(fresh)


def _pages(records: Path) -> list[tuple[datetime.date, Path]]:
    """The registry's pages with the day each was kept, oldest first."""
    found: list[tuple[datetime.date, Path]] = []
    for file in kept_files(records):
        if named := _KEPT_ON.match(file.name):
            try:
                found.append((datetime.date.fromisoformat(named[1]), file))
            except ValueError as error:
                raise BadInput("its name holds no day", file=str(file), mend="import the file again") from error
    return sorted(found)


def _line(state: TrialState) -> str:
    told = {name: value for name, value in asdict(state).items() if value not in ("", None, ())}
    return json.dumps({**told, "seen": state.seen.isoformat()}, ensure_ascii=False)
