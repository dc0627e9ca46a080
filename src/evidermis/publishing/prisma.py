"""The PRISMA 2020 flow as a picture of our own, and as the table that the R package PRISMA2020 draws from.

The living variant (PRISMA-LSR) adds what the last published version held: *previous* studies, and what is new since.
"""

from collections.abc import Iterator
from html import escape

from evidermis.evidence.inert import clean, written_table
from evidermis.evidence.protocol import Flow
from evidermis.publishing.picture import INK, MUTED, RULE, Cell, Picture

__all__ = ["flow_faults", "prisma_picture", "prisma_table"]

# node, box and words of each row, as in the template of PRISMA2020 1.1.1 (Haddaway 2022, Campbell Syst Rev 18:e1230).
_ROWS: tuple[tuple[str, str, str, str], ...] = (
    ("NA", "node4", "prevstud", "Previous studies"),
    ("previous_studies", "node5", "box1", "Studies included in previous version of review"),
    ("previous_reports", "NA", "box1", "Reports of studies included in previous version of review"),
    ("NA", "node6", "newstud", "Identification of new studies via databases and registers"),
    ("database_results", "node7", "box2", "Databases"),
    ("database_specific_results", "NA", "box2", "Specific Databases"),
    ("register_results", "NA", "box2", "Registers"),
    ("register_specific_results", "NA", "box2", "Specific Registers"),
    ("NA", "node16", "othstud", "Identification of new studies via other methods"),
    ("website_results", "node17", "box11", "Websites"),
    ("organisation_results", "NA", "box11", "Organisations"),
    ("citations_results", "NA", "box11", "Citation searching"),
    ("duplicates", "node8", "box3", "Duplicate records"),
    ("excluded_automatic", "NA", "box3", "Records marked as ineligible by automation tools"),
    ("excluded_other", "NA", "box3", "Records removed for other reasons"),
    ("records_screened", "node9", "box4", "Records screened"),
    ("records_excluded", "node10", "box5", "Records excluded"),
    ("dbr_sought_reports", "node11", "box6", "Reports sought for retrieval"),
    ("dbr_notretrieved_reports", "node12", "box7", "Reports not retrieved"),
    ("other_sought_reports", "node18", "box12", "Reports sought for retrieval"),
    ("other_notretrieved_reports", "node19", "box13", "Reports not retrieved"),
    ("dbr_assessed", "node13", "box8", "Reports assessed for eligibility"),
    ("dbr_excluded", "node14", "box9", "Reports excluded"),
    ("other_assessed", "node20", "box14", "Reports assessed for eligibility"),
    ("other_excluded", "node21", "box15", "Reports excluded"),
    ("new_studies", "node15", "box10", "New studies included in review"),
    ("new_reports", "NA", "box10", "Reports of new included studies"),
    ("total_studies", "node22", "box16", "Total studies included in review"),
    ("total_reports", "NA", "box16", "Reports of total included studies"),
    ("identification", "node1", "identification", "Identification"),
    ("screening", "node2", "screening", "Screening"),
    ("included", "node3", "included", "Included"),
    ("total_studies_ma", "node23", "box17", "Total studies included in meta-analysis"),
    ("total_reports_ma", "NA", "box17", "Reports of total included studies in meta-analysis"),
)
_HEAD = ("data", "node", "box", "description", "boxtext", "tooltips", "url", "n")


def flow_faults(flow: Flow) -> tuple[str, ...]:
    """Where the numbers do not add up, box by box; none where they do."""
    left = flow.assessed - sum(one.n for one in flow.exclusions)
    if (flow.registers or 0) > flow.identified:
        return (f"registers is {flow.registers}, but only {flow.identified} records were identified",)
    sums = (
        (
            "screened",
            flow.screened,
            "identified less duplicates and automation",
            flow.identified - flow.duplicates - flow.automation,
        ),
        ("sought", flow.sought, "screened less excluded", flow.screened - flow.excluded),
        ("assessed", flow.assessed, "sought less not retrieved", flow.sought - flow.not_retrieved),
        ("included reports", flow.included_reports, "assessed less exclusions", left),
    )
    return tuple(f"{name} is {n}, but {of} gives {sum_of}" for name, n, of, sum_of in sums if n != sum_of)


def prisma_table(flow: Flow, previous: Flow | None = None) -> bytes:
    """The CSV that `PRISMA2020::PRISMA_data` reads. `previous` is the flow of the last published version (PRISMA-LSR)."""
    numbers = dict(_numbers(flow, previous))
    rows = [
        (data, node, box, text, text, text, f"{data}.html" if data != "NA" else "NA", numbers.get(data, 0))
        for data, node, box, text in _ROWS
    ]
    return written_table(_HEAD, rows)


def _numbers(flow: Flow, previous: Flow | None) -> Iterator[tuple[str, str | int]]:
    before = previous or Flow(
        identified=0, screened=0, excluded=0, sought=0, assessed=0, included_reports=0, included_studies=0
    )
    reasons = "; ".join(f"{_bare(one.reason)}, {one.n}" for one in flow.exclusions)
    yield "previous_studies", before.included_studies
    yield "previous_reports", before.included_reports
    registers = flow.registers or 0
    yield "database_results", flow.identified - registers
    yield "database_specific_results", f"All databases together, {flow.identified - registers}"
    yield "register_results", registers
    told = "All registers together" if flow.registers is not None else "Not told apart from databases"
    yield "register_specific_results", f"{told}, {registers}"
    yield "duplicates", flow.duplicates
    yield "excluded_automatic", flow.automation
    yield "records_screened", flow.screened
    yield "records_excluded", flow.excluded
    yield "dbr_sought_reports", flow.sought
    yield "dbr_notretrieved_reports", flow.not_retrieved
    yield "dbr_assessed", flow.assessed
    yield "dbr_excluded", reasons or "None, 0"
    yield "other_excluded", "None, 0"
    yield "new_studies", flow.included_studies - before.included_studies
    yield "new_reports", flow.included_reports - before.included_reports
    yield "total_studies", flow.included_studies
    yield "total_reports", flow.included_reports


def _bare(reason: str) -> str:
    """A reason without the marks that part reasons and numbers."""
    return " ".join(clean(reason).replace(";", " ").replace(",", " ").split())


def prisma_picture(flow: Flow, previous: Flow | None = None) -> Picture:
    """The flow as boxes from top to bottom, with what left at each step beside it."""
    main = [
        _identified(flow),
        f"{flow.screened} records screened",
        f"{flow.sought} reports sought",
        f"{flow.assessed} reports assessed",
        f"{flow.included_studies} studies included, in {flow.included_reports} reports",
    ]
    beside = [
        [f"{flow.duplicates} duplicates removed", f"{flow.automation} removed by automation"],
        [f"{flow.excluded} records excluded"],
        [f"{flow.not_retrieved} reports not retrieved"],
        [f"{one.n} {clean(one.reason)}" for one in flow.exclusions] or ["none excluded"],
        [f"{previous.included_studies} studies in the version before"] if previous else [],
    ]
    title = "Flow of records (PRISMA 2020)"
    text = ". ".join(f"{one}: {', '.join(out)}" if out else one for one, out in zip(main, beside, strict=True)) + "."
    rows: list[tuple[Cell, ...]] = [(one, "; ".join(out)) for one, out in zip(main, beside, strict=True)]
    return Picture("prisma", title, text, _drawn(title, text, main, beside), ("step", "left here"), tuple(rows))


def _identified(flow: Flow) -> str:
    if flow.registers is None:
        return f"{flow.identified} records identified"
    return f"{flow.identified} records identified, {flow.registers} in registers"


def _drawn(title: str, text: str, main: list[str], beside: list[list[str]]) -> str:
    line, gap, wide = 20, 26, 300
    shapes: list[str] = []
    y = 10
    for at, (one, out) in enumerate(zip(main, beside, strict=True)):
        height = max(1, len(out)) * line + 22
        if at:
            shapes.append(f'<path d="M{wide / 2} {y - gap}V{y - 4}" stroke="{MUTED}" marker-end="url(#arrow)"/>')
        shapes.append(_box(5, y, wide - 10, height, [one]))
        if out:
            shapes.append(
                f'<path d="M{wide - 5} {y + height / 2}H{wide + 36}" stroke="{MUTED}" marker-end="url(#arrow)"/>'
            )
            shapes.append(_box(wide + 42, y, 400, height, out))
        y += height + gap
    arrow = (
        '<defs><marker id="arrow" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto">'
        f'<path d="M0 0L8 4L0 8Z" fill="{MUTED}"/></marker></defs>'
    )
    words = f'<title id="prisma-title">{escape(title)}</title><desc id="prisma-desc">{escape(text)}</desc>'
    size = f'width="760" height="{y}" viewBox="0 0 760 {y}"'
    open_tag = f'<svg xmlns="http://www.w3.org/2000/svg" {size} role="img" aria-labelledby="prisma-title prisma-desc">'
    return f"{open_tag}{words}{arrow}{''.join(shapes)}</svg>"


def _box(x: int, y: int, width: int, height: int, lines: list[str]) -> str:
    frame = f'<rect x="{x}" y="{y}" width="{width}" height="{height}" rx="6" fill="none" stroke="{RULE}"/>'
    start = y + height / 2 - (len(lines) - 1) * 10 + 5
    style = f'font-family="Inter, Helvetica, Arial, sans-serif" font-size="13" fill="{INK}"'
    texts = (
        f'<text x="{x + 12}" y="{start + 20 * at}" {style}>{escape(one[:62])}</text>' for at, one in enumerate(lines)
    )
    return frame + "".join(texts)
