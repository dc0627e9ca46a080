"""What an audit is told as: one JSON object, SARIF for programs that check, and a page for people.

Excerpts are short: the article stays where it is.
"""

import base64
import hashlib
import json
from collections import Counter
from functools import cache
from importlib import resources
from typing import Any

import jinja2
from markupsafe import Markup

from evidermis.auditing.audit import Audit
from evidermis.auditing.finding import SEVERITIES, Finding
from evidermis.auditing.rules import RULES
from evidermis.evidence.inert import clean, escaped_json

__all__ = ["as_json", "as_page", "as_sarif"]

_LEVELS = {"high": "error", "medium": "warning", "low": "note"}


def as_json(audit: Audit) -> str:
    """`findings` (rule, severity, statement, span, reason …), `references` (number, state, record), `products`,
    `registrations`, `related`, `images`, and what the article says of itself."""
    text = {one.id: one.text for one in audit.statements}
    article = audit.article
    found = {
        "article": {
            "title": article.title,
            "published": str(article.published or ""),
            "cutoff": article.cutoff,
        },
        "review": {"name": audit.review, "searched": audit.searched},
        "findings": [_finding(one, text) for one in audit.findings],
        "references": [
            {
                "number": one.number,
                "state": one.state,
                "record": one.record,
                "candidates": list(one.candidates),
                "differences": list(one.differences),
                "because": one.because,
            }
            for one in audit.resolutions
        ],
        "products": [{"name": one.name, "line": one.line, "in_caption": one.in_caption} for one in article.products],
        "registrations": list(article.registrations),
        "related": list(article.related),
        "images": [
            {
                "line": one.block.line,
                "credit": _short(one.credit),
                "record": one.resolution.record if one.resolution else "",
            }
            for one in audit.pictures
        ],
        "statements": [
            {
                "id": one.id,
                "line": one.block.line,
                "span": [one.start, one.end],
                "voice": one.voice,
                "hedged": one.is_hedged,
                "outcomes": sorted(one.outcomes),
                "routes": sorted(one.routes),
                "sources": sorted(one.sources),
                "references": list(one.cites),
            }
            for one in audit.statements
        ],
    }
    return escaped_json(json.dumps(found, ensure_ascii=False, indent=1))


def _finding(one: Finding, text: dict[str, str]) -> dict[str, Any]:
    return {
        "rule": one.rule,
        "version": one.version,
        "kind": one.kind,
        "severity": one.severity,
        "statement": one.statement,
        "line": one.line,
        "span": [one.start, one.end],
        "excerpt": _short(text.get(one.statement, one.excerpt)),
        "reason": one.reason,
        "suggestion": one.suggestion,
        "references": list(one.references),
    }


def as_sarif(audit: Audit, uri: str, made_by: str) -> str:
    """SARIF 2.1.0, which editors and build services show beside the text. `uri` names the article."""
    used = {one.rule for one in audit.findings}
    rules = [
        {
            "id": rule.id,
            "name": rule.kind,
            "shortDescription": {"text": rule.about},
            "defaultConfiguration": {"level": _LEVELS[rule.severity]},
            "properties": {"version": rule.version},
        }
        for rule in RULES
        if rule.id in used
    ]
    place = {rule["id"]: at for at, rule in enumerate(rules)}
    results = [
        {
            "ruleId": one.rule,
            "ruleIndex": place[one.rule],
            "level": _LEVELS[one.severity],
            "message": {"text": f"{one.reason} {one.suggestion}"},
            "locations": [
                {
                    "physicalLocation": {
                        "artifactLocation": {"uri": uri},
                        "region": {
                            "startLine": one.line,
                            "startColumn": one.start + 1,
                            "endColumn": one.end + 1,
                            "snippet": {"text": _short(one.excerpt)},
                        },
                    }
                }
            ],
        }
        for one in audit.findings
    ]
    name, _, version = made_by.partition(" ")
    driver = {"name": name, "version": version, "rules": rules}
    run = {"tool": {"driver": driver}, "columnKind": "unicodeCodePoints", "results": results}
    sarif = {"$schema": "https://json.schemastore.org/sarif-2.1.0.json", "version": "2.1.0", "runs": [run]}
    return escaped_json(json.dumps(sarif, ensure_ascii=False, indent=1))


def as_page(audit: Audit, made_by: str) -> str:
    """A page that stands by itself: the outline of the article with the findings beside each statement."""
    style = (resources.files("evidermis.auditing") / "templates" / "audit.css").read_text(encoding="utf-8")
    name = "'sha256-" + base64.b64encode(hashlib.sha256(style.encode()).digest()).decode() + "'"
    policy = f"default-src 'none'; style-src {name}; img-src data:; base-uri 'none'; form-action 'none'"
    counted = Counter(one.severity for one in audit.findings)
    return (
        _environment()
        .get_template("audit.html.j2")
        .render(
            audit=audit,
            article=audit.article,
            made_by=made_by,
            style=Markup(style),  # noqa: S704 - our own file
            policy=policy,
            counted=[(severity, counted[severity]) for severity in reversed(SEVERITIES)],
            kinds=Counter(one.kind for one in audit.findings).most_common(),
            lines=_by_line(audit),
            records={one.number: one for one in audit.resolutions},
        )
    )


def _by_line(audit: Audit) -> list[tuple[int, str, str, list[Finding]]]:
    """Every block that has findings, with its section and a short excerpt, in reading order."""
    blocks = {block.line: block for block in audit.article.blocks}
    found: dict[int, list[Finding]] = {}
    for one in audit.findings:
        found.setdefault(one.line, []).append(one)
    return [(line, blocks[line].section, _short(blocks[line].text), held) for line, held in sorted(found.items())]


def _short(text: str, longest: int = 160) -> str:
    return text if len(text) <= longest else text[: longest - 1].rstrip() + "…"


@cache
def _environment() -> jinja2.Environment:
    return jinja2.Environment(
        loader=jinja2.PackageLoader("evidermis.auditing"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_finalize,
    )


def _finalize(value: object) -> object:
    """What every `{{ … }}` passes through before it is escaped: acting characters go."""
    return clean(value) if isinstance(value, str) and not isinstance(value, Markup) else value
