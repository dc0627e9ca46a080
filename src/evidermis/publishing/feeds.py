"""What changed, for feed readers: Atom (RFC 4287) and JSON Feed 1.1, of the whole review and of each claim; and as plain text.

An entry is a version that readers saw. Its id is a name-based UUID over the review's name, the claim and the version: it never
changes, wherever the page is moved to. Without an address in the protocol, Atom's links are relative to the feed, and JSON Feed,
which has no such thing, has none. Of a version only the day is known; of several on one day each next one is a second later, so
that readers keep their order.
"""

import datetime
import uuid
from collections import Counter
from collections.abc import Mapping, Sequence
from xml.etree import ElementTree

from evidermis.evidence.inert import clean, json_file, link
from evidermis.evidence.protocol import Claim, Protocol
from evidermis.publishing.change_log import ToldClaim, ToldVersion

__all__ = ["change_log_text", "feeds"]

_ATOM = "http://www.w3.org/2005/Atom"
_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"


def feeds(protocol: Protocol, versions: Sequence[ToldVersion]) -> dict[str, bytes]:
    """`feed.xml`, `feed.json`, and the same under `feeds/` for each claim, with the versions that changed it."""
    moments = _moments(versions)
    found = {
        "feed.xml": _atom(protocol, None, versions, moments, "feed.xml"),
        "feed.json": _json(protocol, None, versions, moments, "feed.json"),
    }
    for claim in protocol.claims:
        mine = [one for at, one in enumerate(versions) if at == 0 or any(c.claim == claim.id for c in one.claims)]
        for kind, written in (("xml", _atom), ("json", _json)):
            path = f"feeds/{claim.id}.{kind}"
            found[path] = written(protocol, claim, mine, moments, path)
    return found


def change_log_text(protocol: Protocol, versions: Sequence[ToldVersion]) -> bytes:
    """The change log for readers, the newest version first."""
    parts = [f"{protocol.title}\nWhat changed, version by version\n"]
    parts += [f"{one.number}  {one.day}\n{_told(one, None)}\n" for one in reversed(versions)]
    return clean("\n".join(parts)).encode("utf-8")


def _told(version: ToldVersion, claim: Claim | None) -> str:
    """A version in sentences, of the whole review or of one claim."""
    shown = [one for one in version.claims if claim is None or one.claim == claim.id]
    lines = [version.headline] if claim is None or not version.claims else []
    lines += [line for one in shown for line in _told_claim(one)]
    if not shown and version.parts and claim is None:
        lines.append(f"What differs: {'; '.join(one.text for one in version.parts)}.")
    return "\n".join(lines)


def _told_claim(one: ToldClaim) -> list[str]:
    lines = [f"{one.text}:"]
    for line in one.lines:
        because = f" Because {', and '.join(cause.text for cause in line.because)}." if line.because else ""
        lines.append(f"  {line.text}{because}")
    return [*lines, f"  {one.says}"] if one.says else lines


def _title(protocol: Protocol, claim: Claim | None) -> str:
    return clean(f"{protocol.title}: {claim.text}" if claim else protocol.title)


def _urn(protocol: Protocol, claim: Claim | None, version: str = "") -> str:
    name = "\n".join((protocol.name, claim.id if claim else "", version))
    return uuid.uuid5(uuid.NAMESPACE_URL, f"evidermis:{name}").urn


def _address(protocol: Protocol, path: str, target: str) -> str:
    """Where a file of the page is: under the protocol's address, else relative to the feed at `path`."""
    base = link(protocol.url)
    return f"{base.rstrip('/')}/{target}" if base else f"{'../' * path.count('/')}{target}"


def _authors(protocol: Protocol) -> list[str]:
    """Who is answerable; a feed has at least one author with a name."""
    names = [name for person in protocol.people if (name := clean(person.name).strip())]
    return names or [protocol.name]


def _moments(versions: Sequence[ToldVersion]) -> Mapping[str, str]:
    """When each version appeared, no two at once."""
    found: dict[str, str] = {}
    before: Counter[datetime.date] = Counter()
    for one in versions:
        found[one.number] = _moment(one.day, before[one.day])
        before[one.day] += 1
    return found


def _moment(day: datetime.date, seconds: int = 0) -> str:
    midnight = datetime.datetime.combine(day, datetime.time(), datetime.UTC)
    return (midnight + datetime.timedelta(seconds=seconds)).strftime("%Y-%m-%dT%H:%M:%SZ")


def _anchor(version: ToldVersion, claim: Claim | None) -> str:
    return f"index.html#claim:{claim.id}" if claim else f"index.html#version:{version.number}"


def _atom(
    protocol: Protocol, claim: Claim | None, versions: Sequence[ToldVersion], moments: Mapping[str, str], path: str
) -> bytes:
    ElementTree.register_namespace("", _ATOM)
    feed = ElementTree.Element(f"{{{_ATOM}}}feed", {_LANGUAGE: "en"})

    def put(parent: ElementTree.Element, name: str, text: str = "", **given: str) -> ElementTree.Element:
        made = ElementTree.SubElement(parent, f"{{{_ATOM}}}{name}", given)
        made.text = clean(text) or None
        return made

    put(feed, "id", _urn(protocol, claim))
    put(feed, "title", _title(protocol, claim))
    put(feed, "updated", moments[versions[-1].number] if versions else _moment(protocol.published))
    put(put(feed, "author"), "name", _authors(protocol)[0])
    put(feed, "link", rel="alternate", type="text/html", href=_address(protocol, path, "index.html"))
    put(feed, "link", rel="self", type="application/atom+xml", href=_address(protocol, path, path))
    for one in reversed(versions):
        entry = put(feed, "entry")
        put(entry, "id", _urn(protocol, claim, one.number))
        put(entry, "title", f"{one.number}: {one.headline}")
        put(entry, "updated", moments[one.number])
        put(entry, "link", rel="alternate", href=_address(protocol, path, _anchor(one, claim)))
        put(entry, "content", _told(one, claim), type="text")
    ElementTree.indent(feed, " ")
    return b'<?xml version="1.0" encoding="utf-8"?>\n' + ElementTree.tostring(feed, "utf-8") + b"\n"


def _json(
    protocol: Protocol, claim: Claim | None, versions: Sequence[ToldVersion], moments: Mapping[str, str], path: str
) -> bytes:
    told: dict[str, object] = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": _title(protocol, claim),
        "language": "en",
        "authors": [{"name": name} for name in _authors(protocol)],
    }
    items: list[dict[str, str]] = [
        {
            "id": _urn(protocol, claim, one.number),
            "title": f"{one.number}: {one.headline}",
            "content_text": clean(_told(one, claim)),
            "date_published": moments[one.number],
        }
        for one in reversed(versions)
    ]
    told["items"] = items
    if link(protocol.url):
        for item, one in zip(items, reversed(versions), strict=True):
            item["url"] = _address(protocol, path, _anchor(one, claim))
        told["home_page_url"] = _address(protocol, path, "index.html")
        told["feed_url"] = _address(protocol, path, path)
    return json_file(told)
