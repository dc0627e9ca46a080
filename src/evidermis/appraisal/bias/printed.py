"""The tools' algorithms as tables for readers, written from the very values that judge, so that no document can lag behind."""

from collections.abc import Iterable

from evidermis.appraisal.bias.bench import OHAT_ANSWERS, QUIN_ITEMS, SYRCLE_ITEMS
from evidermis.appraisal.bias.observed import ROBINS_DOMAINS, ROBINS_LEVELS
from evidermis.appraisal.bias.tables import Domain, Table, Tool
from evidermis.appraisal.bias.tools import TOOLS

__all__ = ["printed_tables"]

_WORDS = {"Y": "yes", "N": "no", "NI": "no information", "NA": "not applicable"}


def printed_tables() -> str:
    """Every question, every row of every table and every list of items, as Markdown. Each domain stands once."""
    lines: list[str] = ["## The tools", "", "| tool | domains | source | how it was read |", "|---|---|---|---|"]
    lines += [_tool(tool) for tool in TOOLS.values()]
    for domain, tools in _domains():
        lines += ["", *_domain(domain, tools)]
    lines += ["", *_other_tools()]
    return "\n".join(lines) + "\n"


def _tool(tool: Tool) -> str:
    names = ", ".join(f"{one.id} {one.name}" for one in tool.domains)
    return f"| `{tool.id}`: {tool.name} | {names} | {tool.source} | {tool.checked} |"


def _domains() -> list[tuple[Domain, list[str]]]:
    """Each domain with the tools that hold it, in the order in which they first hold it."""
    found: list[tuple[Domain, list[str]]] = []
    for tool in TOOLS.values():
        for domain in tool.domains:
            held = next((tools for one, tools in found if one == domain), None)
            if held is None:
                found.append((domain, [tool.id]))
            else:
                held.append(tool.id)
    return found


def _domain(domain: Domain, tools: Iterable[str]) -> list[str]:
    lines = [f"## {domain.id}: {domain.name}", "", f"In {', '.join(f'`{one}`' for one in tools)}.", ""]
    lines += [f"- **{question.id}** {question.text}" for question in domain.questions]
    for at, table in enumerate(domain.tables, 1):
        if len(domain.tables) > 1:
            lines += ["", f"Part {at} of {len(domain.tables)}; the worst part is the domain's judgement."]
        lines += ["", *_table(table, [question.id for question in domain.questions])]
    return lines


def _table(table: Table, order: list[str]) -> list[str]:
    used = {question for row in table.rows for question, _ in row.answers}
    asked = [question for question in order if question in used]
    lines = [f"| {' | '.join(asked)} | judgement |", f"|{'---|' * (len(asked) + 1)}"]
    for row in table.rows:
        told = dict(row.answers)
        cells = [_cell(told[question]) if question in told else "any" for question in asked]
        lines.append(f"| {' | '.join(cells)} | **{row.level}** |")
    return lines


def _cell(cell: str) -> str:
    return " or ".join(_WORDS[part] for part in cell.split("/"))


def _other_tools() -> list[str]:
    return [
        "## ROBINS-I",
        "",
        f"Domains: {', '.join(ROBINS_DOMAINS)}. The whole is the worst of them, in this order: {', '.join(ROBINS_LEVELS)}.",
        "Without a comparator it is critical for any question of effect.",
        "",
        "## SYRCLE",
        "",
        f"Items: {', '.join(SYRCLE_ITEMS)}. Any *no* is high, only *yes* is low, else unclear. No sum is made.",
        "",
        "## QUIN",
        "",
        f"Items: {', '.join(QUIN_ITEMS)}. Each scores 2, 1, 0 or does not apply; per cent of what the applicable ones could",
        "give; above 70 low, 50 to 70 medium, below 50 high.",
        "",
        "## OHAT",
        "",
        f"Answers: {', '.join(f'`{one}`' for one in OHAT_ANSWERS)}. Tier 1: every key question and most others at low risk;",
        "tier 3: every key question and most others not; else tier 2.",
    ]
