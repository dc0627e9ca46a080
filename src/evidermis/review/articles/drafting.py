"""A draft review from an article: its question, claims, products, references and registrations, to be edited."""

import datetime
import json
import re
from collections.abc import Sequence
from pathlib import Path

from evidermis.auditing import Audit
from evidermis.auditing import Reference as Printed
from evidermis.disk import write_folder
from evidermis.evidence.errors import BadInput
from evidermis.evidence.vocabulary import Vocabulary, bundled_vocabulary

__all__ = ["draft_review"]

_ARTICLE = "article"


def draft_review(found: Audit, article: Path, folder: Path, today: datetime.date) -> None:
    """Write the draft; it passes `evidermis check`. `BadInput` where something is there already.

    References are copied as printed and marked unverified; what the article offers becomes claims, without any answer.
    """
    if folder.exists():
        raise BadInput("something is there already", file=str(folder), mend="choose another name; nothing was changed")
    if not re.fullmatch(r"[\w-]+", folder.name):
        raise BadInput(f"{folder.name!r} cannot be a review's name", mend="use letters, digits, - and _")
    vocabulary = bundled_vocabulary()
    files = {
        "review.toml": _protocol(found, folder.name, vocabulary, today),
        "products.toml": _products(found),
        "background.toml": _background(found),
        "records/curated.toml": _records(found, article),
        "studies/README.md": "One file a study; see the docs on the review folder.\n",
    }
    write_folder(folder, {name: text.encode("utf-8") for name, text in files.items()})


def _quoted(text: str) -> str:
    """A TOML string: JSON's escapes are TOML's, but for the delete character."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def _protocol(found: Audit, name: str, vocabulary: Vocabulary, today: datetime.date) -> str:
    title = found.article.title or "An article's question"
    offered = {code for one in found.statements if not one.is_question for code in one.outcomes}
    outcomes = [one for one in vocabulary.outcomes if one.code in offered and one.link == "efficacy"]
    outcomes = outcomes or [one for one in vocabulary.outcomes if one.link == "efficacy"][:1]
    claims = "\n".join(
        f"[[claims]]\nid = {_quoted(one.code)}\ntext = {_quoted(f'It helps {one.label}')}\noutcomes = [{_quoted(one.code)}]\n"
        f'setting = "skincare alone"\nslots = {{ routes = ["leave-on"], populations = ["any"], co_intervention = "none" }}\n'
        for one in outcomes
    )
    return f"""# A draft from an article. Everything here is a proposal: edit it, then run `evidermis check {name}`.
name = {_quoted(name)}
title = {_quoted(f"{title} A living review")}
topic = {_quoted(_topic(title))}
version = "0.1.0"
published = {today}
searched = {today}
eligibility = ["studies in people, of any design, that measured an outcome below"]

[question]
text = {_quoted(title)}
population = "adults who use skincare"
intervention = {_quoted(_topic(title))}
comparator = "the same without it"
outcomes = {_quoted(", ".join(one.label for one in outcomes))}

[schedule]
search_every_days = 90
change_rules = ["a verdict or certainty changes: new major version", "a study is added: new minor version"]
retire_when = "two independent trials of moderate certainty agree, or the ingredient is no longer sold"

[contact]
label = "Write to us"
url = "mailto:reviews@example.org"

{claims}
[[changes]]
version = "0.1.0"
date = {today}
what = "A draft from an article."
"""


def _topic(title: str) -> str:
    """The longest word of the title that is no common one, else the title."""
    words = [
        word
        for word in re.findall(r"[^\W\d_]{5,}", title)
        if word.lower() not in ("does", "really", "skincare", "about")
    ]
    return max(words, key=len, default=title)


def _products(found: Audit) -> str:
    parts = ["# Products that the article lists. Nothing of what their makers print has been read.\n"]
    for at, one in enumerate(found.article.products, 1):
        brand, _, name = one.name.partition(" ")
        aliases = f"aliases = [{_quoted(one.in_caption)}]\n" if one.in_caption else ""
        place = f'reading = "secondary", place = "line {one.line} of the article"'
        parts.append(
            f"[[products]]\nid = {_quoted(f'product-{at}')}\nbrand = {_quoted(brand)}\nname = {_quoted(name or brand)}\n"
            f'{aliases}locators = [{{ id = "article", record = "{_ARTICLE}", {place} }}]\n'
        )
    return "\n".join(parts)


def _background(found: Audit) -> str:
    parts = ["# Trials that the article names.\n"]
    if found.article.registrations:
        parts.append(
            f'[[locators]]\nid = "article"\nrecord = "{_ARTICLE}"\nreading = "secondary"\nplace = "the article"\n'
        )
    parts += [
        f'[[registrations]]\nid = {_quoted(number)}\ntitle = {_quoted(number)}\nstatus = "not seen"\nat = ["article"]\n'
        for number in found.article.registrations
    ]
    return "\n".join(parts)


def _records(found: Audit, article: Path) -> str:
    title = found.article.title or article.name
    parts = [
        "# The article's references, as printed and not verified.\n",
        f'[[records]]\nid = "{_ARTICLE}"\ntitle = {_quoted(title)}\nkind = "web page"\n',
    ]
    taken: set[str] = {_ARTICLE}
    parts += [_record(one, taken) for one in found.article.references if one.title or one.registration or one.doi]
    return "\n".join(parts)


def _record(one: Printed, taken: set[str]) -> str:
    author = re.sub(r"[^a-z0-9]+", "-", one.first_author.casefold()).strip("-")
    base = one.registration.lower() or "-".join(part for part in (author or "reference", str(one.year or "")) if part)
    key, at = base, 1
    while key in taken:
        at += 1
        key = f"{base}-{at}"
    taken.add(key)
    rows: list[tuple[str, str]] = [("id", _quoted(key)), ("title", _quoted(one.title or one.registration or one.doi))]
    if one.registration:
        rows += [("kind", '"registration"'), ("registration", _quoted(one.registration))]
    if one.first_author:
        rows += [("authors", f"[{_quoted(one.first_author)}]"), ("more_authors", "true")]
    rows += _plain(one, ("journal", "volume", "issue", "pages", "doi", "pmid", "url"))
    if one.year:
        rows.append(("year", str(one.year)))
    return "[[records]]\n" + "".join(f"{name} = {value}\n" for name, value in rows)


def _plain(one: Printed, names: Sequence[str]) -> list[tuple[str, str]]:
    return [(name, _quoted(getattr(one, name))) for name in names if getattr(one, name)]
