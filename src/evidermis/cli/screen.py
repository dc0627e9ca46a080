"""`evidermis screen`: decide which records a review reads, one key a decision."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from evidermis.cli.clock import now
from evidermis.cli.keys import Keys, one_key_at_a_time, require_terminal
from evidermis.cli.printing import console, plain, progress, say
from evidermis.cli.screen_report import print_status, write_table
from evidermis.cli.tables import rows_in
from evidermis.evidence.errors import BadInput
from evidermis.evidence.vocabulary import bundled_vocabulary
from evidermis.review.records.linking import SHORTEST
from evidermis.review.screening.candidates import desk_of
from evidermis.review.screening.sitting import Sitting, Waiting
from evidermis.screening.decisions import ANSWERS, STAGES, Answer

verb = typer.Typer()

# How many decisions pass between two looks at the stopping rule, which compares many places of the order.
_TELL_EVERY = 10


class At(StrEnum):
    """The stages of screening, as the command line offers them."""

    TITLE_ABSTRACT = "title-abstract"
    FULL_TEXT = "full-text"


@verb.command()
def screen(
    folder: Annotated[Path, typer.Argument(help="A review folder with imported records.")],
    person: Annotated[
        str, typer.Option(envvar="EVIDERMIS_PERSON", help="Who decides, as it is signed: A.Reader.")
    ] = "",
    stage: Annotated[At, typer.Option(help="Titles and abstracts first, then full texts.")] = At.TITLE_ABSTRACT,
    conflicts: Annotated[bool, typer.Option("--conflicts", help="Settle what people disagree on.")] = False,
    new: Annotated[bool, typer.Option("--new", help="Only what came since your last visit.")] = False,
    status: Annotated[bool, typer.Option("--status", help="Say where screening stands, and change nothing.")] = False,
    decisions: Annotated[
        Path | None, typer.Option(help="Sign the decisions of a table: record_id, decision, reason.")
    ] = None,
    table: Annotated[Path | None, typer.Option(help="Write every candidate with what was decided on it.")] = None,
    leave_rest_out: Annotated[
        bool, typer.Option("--leave-rest-out", help="Exclude what is left, where the protocol's rule says stop.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="With --status: print one JSON object.")] = False,
) -> None:
    """Choose what the review reads. The most promising record comes first, and every decision improves the order.

    Each decision is on the disk before the next record is shown. People do not see one another's decisions; where they differ,
    somebody settles it with --conflicts. What a rule left out is counted as excluded by automation.

    Examples:

    evidermis screen exosomes --person A.Reader

    evidermis screen exosomes --person A.Reader --stage full-text

    evidermis screen exosomes --status
    """
    desk = desk_of(folder, progress(as_json))
    if status:
        print_status(desk, as_json)
        return
    if table is not None:
        write_table(desk, table)
        return
    if not person:
        raise BadInput("nobody is named who decides", mend="say --person NAME, or set EVIDERMIS_PERSON")
    reading = decisions is None and not leave_rest_out
    if reading:
        require_terminal("give --decisions FILE, or run it in a terminal")
    sitting = Sitting(
        desk, f"human:{person}", STAGES[stage.value], now, settling=conflicts, only_new=new and not leave_rest_out
    )
    if decisions is not None:
        say(f"{_sign_table(sitting, decisions)} decisions signed")
    elif leave_rest_out:
        say(f"{sitting.leave_rest_out()} records left out by the rule {desk.protocol.screening.stop}")
    else:
        with one_key_at_a_time() as keys:
            _read(sitting, keys)


def _read(sitting: Sitting, keys: Keys) -> None:
    # Whoever only asks for the status starts without what draws records.
    from evidermis.cli.screen_view import reasons_told, show_candidate, show_criteria, show_help, told_progress

    out, vocabulary = console(), bundled_vocabulary()
    show_criteria(out, sitting.desk.protocol)
    show_help(out, sitting)
    decided = 0
    while (waiting := sitting.current()) is not None:
        show_candidate(out, waiting, sitting, vocabulary)
        while True:
            key = keys.next()
            if key in ("c", "?"):
                show_criteria(out, sitting.desk.protocol) if key == "c" else show_help(out, sitting)
                continue
            break
        if key in ("q", "\x03", "\x04"):
            break
        if key == "e" and sitting.stage == "full-text":
            out.print(plain(f"why? {reasons_told(sitting.desk.protocol.screening.reasons)}"))
            key = keys.next()
        told = _acted(sitting, waiting, key, keys)
        out.print(plain(told), style="bold")
        decided += told.startswith("signed")
        if decided and decided % _TELL_EVERY == 0 and not sitting.settling:
            out.print(plain(told_progress(sitting.progress())), style="dim")
    left = len(sitting)
    out.print(plain(f"{left} left" if left else "nothing waits for you at this stage"))
    if not sitting.settling:
        out.print(plain(told_progress(sitting.progress())), style="dim")


def _acted(sitting: Sitting, waiting: Waiting, key: str, keys: Keys) -> str:
    """Do what a key says, and tell what was done."""
    one, reasons = waiting.candidate, sitting.desk.protocol.screening.reasons[:9]
    answers: dict[str, Answer] = {"i": "include", "e": "exclude", "m": "maybe", "x": "not retrieved"}
    reason = reasons[int(key) - 1] if key.isdecimal() and 0 < int(key) <= len(reasons) else ""
    if key == "u":
        return "taken back" if sitting.undo() else "nothing to take back"
    if key == "s":
        sitting.later(one)
        return "later"
    if key == "n":
        text = keys.line("note: ")
        if text:
            sitting.note(one, text)
        return "noted" if text else "nothing noted"
    if not reason and key not in answers:
        return "no such key; ? tells which there are"
    try:
        answer = "exclude" if reason else answers[key]
        sitting.decide(one, answer, reason)
    except BadInput as error:
        return str(error)
    return f"signed: {answer}{f', {reason}' if reason else ''}"


def _sign_table(sitting: Sitting, file: Path) -> int:
    """Sign the decisions of a table. It is looked at as a whole first: where a row is wrong, none is signed."""
    of = {key: one for one in sitting.desk.project.candidates for key in one.keys}
    short = {key[:SHORTEST]: key for key in of}
    found: list[tuple[str, Answer, str]] = []
    for number, row in enumerate(rows_in(file), 1):
        place, key = f"row {number}", row.get("record_id", "").strip()
        key = key if key in of else short.get(key, "")
        answer = ANSWERS.get(row.get("decision", "").strip().lower())
        if not key:
            mend = "take ids from --table, or from `evidermis search --json`"
            raise BadInput(f"{row.get('record_id', '')[:60]!r} is no candidate", file=str(file), place=place, mend=mend)
        reason = row.get("reason", "").strip()
        is_reason_missing = answer == "exclude" and sitting.stage == "full-text" and not reason
        if answer is None or answer in ("undo", "note") or is_reason_missing:
            told = f"{row.get('decision', '')[:40]!r} {'needs a reason' if is_reason_missing else 'is no decision'}"
            mend = "write include, exclude (at full text with a reason), maybe or not retrieved"
            raise BadInput(told, file=str(file), place=place, mend=mend)
        found.append((key, answer, reason))
    for key, answer, reason in found:
        sitting.decide(of[key], answer, reason)
    return len(found)
