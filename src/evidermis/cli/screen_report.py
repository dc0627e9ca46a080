"""Where screening stands, told in lines or JSON, and every candidate as a table."""

from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path

from evidermis.cli.printing import print_json, say
from evidermis.cli.screen_view import told_progress
from evidermis.cli.whole import written_whole_bytes
from evidermis.evidence.inert import written_table
from evidermis.review.screening.candidates import Desk
from evidermis.review.screening.sitting import Progress, progress_of
from evidermis.screening.agreement import Agreement
from evidermis.screening.decisions import STAGES, Stage

__all__ = ["print_status", "write_table"]


def print_status(desk: Desk, as_json: bool) -> None:
    """The PRISMA numbers so far and, stage by stage, each person's progress, conflicts and agreement."""
    numbers = desk.project.numbers()
    found: list[tuple[Stage, dict[str, Progress], Agreement | None]] = [
        (stage, _readers(desk, stage), desk.project.agreement(stage)) for stage in STAGES.values()
    ]
    if as_json:
        stages = {stage: _as_json(desk, stage, readers, agreed) for stage, readers, agreed in found}
        print_json({"numbers": asdict(numbers), "stages": stages, "rule": desk.protocol.screening.stop})
        return
    for stage, readers, agreed in found:
        for who, one in readers.items():
            new = len(desk.new_to(who, stage))
            arrived = f"; {new} new since the last visit" if new else ""
            say(f"{stage}, {who.removeprefix('human:')}: {told_progress(one)}{arrived}")
        if readers:
            kappa = (
                ""
                if agreed is None or agreed.gwet is None
                else f"; AC1 {agreed.gwet:.2f} over {agreed.units} read twice"
            )
            say(f"{stage}: {len(desk.project.conflicts(stage))} conflicts to settle{kappa}")
    say(
        f"{numbers.identified} records identified, {numbers.duplicates} duplicates, {numbers.automation} excluded by"
        f" automation, {numbers.screened} screened, {numbers.excluded} excluded; {numbers.sought} full texts sought,"
        f" {numbers.not_retrieved} not retrieved, {numbers.assessed} assessed, {numbers.included} included"
        f" ({desk.included_studies()} studies); {numbers.earlier} in the review already, {numbers.open} open"
    )


def _readers(desk: Desk, stage: Stage) -> dict[str, Progress]:
    project = desk.project
    people = sorted({who for one in project.candidates for who in project.decisions.of_people(stage, one)})
    return {who: progress_of(desk, who, stage) for who in people}


def _as_json(desk: Desk, stage: Stage, readers: Mapping[str, Progress], agreed: Agreement | None) -> dict[str, object]:
    people = {
        who.removeprefix("human:"): {
            "read": one.read,
            "left": one.left,
            "relevant": one.relevant,
            "new": len(desk.new_to(who, stage)),
            "recall": asdict(one.recall),
            "stop": one.stop.stop,
            "because": one.stop.because,
        }
        for who, one in readers.items()
    }
    conflicts = len(desk.project.conflicts(stage))
    return {"people": people, "conflicts": conflicts, "agreement": asdict(agreed) if agreed else None}


def write_table(desk: Desk, path: Path) -> None:
    """Every candidate: its record, and at each stage its state, the reason, and who decided what when."""
    told = [f"{stage} {what}" for stage in STAGES for what in ("state", "reason", "by")]
    rows: list[list[str | int | None]] = []
    for one in desk.project.candidates:
        record, cells = desk.shown[one], list[str]()
        for stage in STAGES.values():
            found = desk.project.outcome(one, stage)
            by = "; ".join(f"{d.author} {d.answer} {d.time:%Y-%m-%dT%H:%M:%SZ}" for d in found.decisions)
            cells += [found.state, found.reason, by]
        ids = (record.identifier("doi"), record.identifier("pmid"))
        rows.append([one.keys[0], record.title, record.year, *ids, *cells])
    written_whole_bytes(path, written_table(("record_id", "title", "year", "doi", "pmid", *told), rows))
    say(f"{len(rows)} candidates. {path}")
