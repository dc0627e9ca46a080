"""`explain`: from any id shown on a page down to locators, judgements and rule versions."""

import difflib
from collections.abc import Callable
from dataclasses import dataclass

from evidermis.appraisal import Appraisal, ClaimAnswer, Step
from evidermis.evidence.errors import BadInput
from evidermis.evidence.locator import Fact, Locator
from evidermis.evidence.quantity import Conflict, Unknown
from evidermis.evidence.record_link import RecordLink
from evidermis.evidence.reference import Reference
from evidermis.evidence.review import Review
from evidermis.evidence.study import Finding, Study

__all__ = ["Node", "explain", "known_ids"]


@dataclass(frozen=True, slots=True)
class Node:
    """One thing and what it rests on. `id` is `""` for a step of a rule, which has no page anchor of its own."""

    id: str
    text: str
    rule: str = ""
    below: tuple["Node", ...] = ()


def explain(wanted: str, review: Review, appraisal: Appraisal, links: tuple[RecordLink, ...] = ()) -> Node:
    """The tree below an id. A bare word stands for the one claim, product, study or record of that name.

    `BadInput` where nothing has that id; it names what comes closest.
    """
    tree = _Tree(review, appraisal, links)
    found = next((one for one in _readings(wanted) if tree.text_of(one) is not None), None)
    if found is None:
        ids = known_ids(review, appraisal, links)
        bare = {i.split(":", 1)[1]: i for i in reversed(ids)}
        close = difflib.get_close_matches(wanted, [*ids, *bare], 3, 0.4)
        mend = (
            f"did you mean {', '.join(bare.get(c, c) for c in close)}?"
            if close
            else "ids stand on the page beside each figure"
        )
        raise BadInput(f"nothing is called {wanted[:80]!r}", mend=mend)
    return tree.node(found)


def known_ids(review: Review, appraisal: Appraisal, links: tuple[RecordLink, ...] = ()) -> list[str]:
    """Every id that `explain` answers, in the order of the page."""
    ids = [f"{kind}:{a.claim}" for a in appraisal.claims for kind in ("claim", "verdict", "certainty", "people")]
    ids += [f"link:{a.claim}:{link.link}" for a in appraisal.claims for link in a.chain]
    ids += [f"distance:{d.claim}:{d.study}" for a in appraisal.claims for d in a.distances]
    ids += [f"family:{family.id}" for family in appraisal.families]
    for study in review.studies:
        ids.append(f"study:{study.id}")
        ids += [f"finding:{study.id}/{finding.id}" for finding in study.findings]
        ids += [f"number:{study.id}/{f.id}/{key}" for f in study.findings for key, _ in f.numbers]
        ids += [f"locator:{study.id}/{one.id}" for one in study.locators]
    for product in review.products:
        ids.append(f"product:{product.id}")
        ids += [f"locator:{product.id}/{one.id}" for one in product.locators]
    ids += [f"product-claim:{c.product}:{c.claim}" for p in appraisal.products for c in p.claims]
    ids += [f"reference:{reference.id}" for reference in review.references]
    ids += [f"records:{link.one}/{link.other}" for link in links]
    background = review.background
    ids += [f"locator:background/{one.id}" for one in background.locators]
    ids += [f"fact:{f.id}" for f in background.facts] + [f"harm:{h.id}" for h in background.harms]
    ids += [f"notice:{n.id}" for n in background.notices] + [f"registration:{r.id}" for r in background.registrations]
    return ids + [f"judgement:{j.id}" for j in review.judgements]


def _readings(wanted: str) -> list[str]:
    if ":" in wanted:
        return [wanted]
    return [f"{kind}:{wanted}" for kind in ("claim", "product", "study", "reference", "registration", "harm", "family")]


class _Tree:
    """Builds nodes; a thing that was shown above is named again but not opened again."""

    def __init__(self, review: Review, appraisal: Appraisal, links: tuple[RecordLink, ...]) -> None:
        self.review = review
        self.links = links
        self.answers = {a.claim: a for a in appraisal.claims}
        self.products = {p.product: p for p in appraisal.products}
        self.families = {f.id: f for f in appraisal.families}
        self.cards = {card.about: card for card in (*appraisal.cards, *(p.card for p in appraisal.products))}
        self.shown: set[str] = set()
        self.open: dict[str, Callable[[str], tuple[str, list[Node]] | None]] = {
            "claim": self._claim,
            "verdict": self._verdict,
            "certainty": self._certainty,
            "people": self._people,
            "link": self._link,
            "distance": self._distance,
            "family": self._family,
            "study": self._study,
            "finding": self._finding,
            "number": self._number,
            "locator": self._locator,
            "reference": self._reference,
            "records": self._records,
            "product": self._product,
            "product-claim": self._product_claim,
            "fact": self._background,
            "harm": self._background,
            "notice": self._background,
            "registration": self._background,
            "judgement": self._judgement,
        }

    def text_of(self, name: str) -> str | None:
        kind, _, rest = name.partition(":")
        shown, self.shown = self.shown, set(self.shown)
        found = self.open[kind](name if kind in _BACKGROUND else rest) if kind in self.open else None
        self.shown = shown
        return None if found is None else found[0]

    def node(self, name: str) -> Node:
        if name in self.shown:
            return Node(name, "shown above")
        self.shown.add(name)
        kind, _, rest = name.partition(":")
        found = self.open[kind](name if kind in _BACKGROUND else rest) if kind in self.open else None
        return Node(name, "not in this review") if found is None else Node(name, found[0], below=tuple(found[1]))

    def nodes(self, names: tuple[str, ...] | list[str]) -> list[Node]:
        return [self.node(name) for name in names]

    def step(self, step: Step) -> Node:
        return Node("", f"{step.effect}: {step.because}", f"{step.rule}@{step.version}", tuple(self.nodes(step.inputs)))

    def _claim(self, rest: str) -> tuple[str, list[Node]] | None:
        answer, claim = self.answers.get(rest), self.review.claim(rest)
        if answer is None or claim is None:
            return None
        below = self.nodes([f"{kind}:{rest}" for kind in ("verdict", "certainty", "people")])
        below += self.nodes([f"link:{rest}:{link.link}" for link in answer.chain])
        below += [Node(held.id, f"left out: {held.reason}") for held in answer.held_out]
        return f"{claim.text} ({claim.setting}): {_in_short(answer)}", below

    def _verdict(self, rest: str) -> tuple[str, list[Node]] | None:
        answer = self.answers.get(rest)
        return None if answer is None else (answer.verdict, [self.step(s) for s in answer.verdict_steps])

    def _certainty(self, rest: str) -> tuple[str, list[Node]] | None:
        answer = self.answers.get(rest)
        return None if answer is None else (answer.certainty, [self.step(s) for s in answer.certainty_steps])

    def _people(self, rest: str) -> tuple[str, list[Node]] | None:
        answer = self.answers.get(rest)
        return None if answer is None else (str(answer.people), [self.step(answer.people_step)])

    def _link(self, rest: str) -> tuple[str, list[Node]] | None:
        claim, _, name = rest.partition(":")
        answer = self.answers.get(claim)
        found = next((link for link in answer.chain if link.link == name), None) if answer else None
        return None if found is None else (found.state, [self.step(found.step)])

    def _distance(self, rest: str) -> tuple[str, list[Node]] | None:
        claim, _, study = rest.partition(":")
        answer = self.answers.get(claim)
        found = next((d for d in answer.distances if d.study == study), None) if answer else None
        if found is None:
            return None
        axes = [Node("", f"{a.axis}: {a.level}, {a.because}", "distance@1") for a in found.axes]
        return f"{found.overall} ({found.rung})", [*axes, *self.nodes([f"finding:{study}/{f}" for f in found.findings])]

    def _family(self, rest: str) -> tuple[str, list[Node]] | None:
        found = self.families.get(rest)
        if found is None:
            return None
        reasons = [Node("", reason, "family@1") for reason in found.reasons]
        size = len(found.studies)
        return f"{size} {'study' if size == 1 else 'studies that are not independent'}", [
            *reasons,
            *self.nodes([f"study:{s}" for s in found.studies]),
        ]

    def _study(self, rest: str) -> tuple[str, list[Node]] | None:
        study = self.review.study(rest)
        if study is None:
            return None
        below = self.nodes([f"reference:{report.record}" for report in study.reports])
        for word in ("maker", "affiliated", "funding", "blinding"):
            below.append(self._fact(study, word, getattr(study, word)))
        bias = study.bias
        below.append(Node("", f"risk of bias: {bias.overall} ({bias.by or 'nobody yet'}): {bias.because}", bias.tool))
        below += self._card(f"study:{rest}")
        below += [
            Node("", f"flag: {flag}", below=tuple(self._places(study, [flag.at] if flag.at else [])))
            for flag in study.flags
        ]
        below += self.nodes([f"finding:{rest}/{finding.id}" for finding in study.findings])
        n = study.people.counted
        return f"{study.label}: {study.design}, {'unknown number of' if n is None else n} people", below

    def _card(self, about: str) -> list[Node]:
        card = self.cards.get(about)
        if card is None:
            return []
        told = [Node("", f"vesicles? {one.state}: {one.because}", "vesicles@1") for one in card.materials]
        count = f"{card.reported} mandatory items told, {card.missing} missing, {card.unread} not read"
        return [*told, Node("", f"identity card: {count}", "vesicles@1", tuple(Node("", c) for c in card.cautions))]

    def _fact(self, study: Study, word: str, fact: Fact) -> Node:
        return Node("", f"{word}: {fact}", below=tuple(self._places(study, [fact.at] if fact.at else [])))

    def _finding(self, rest: str) -> tuple[str, list[Node]] | None:
        study, finding = self._find(rest)
        if study is None or finding is None:
            return None
        below = self.nodes([f"number:{rest}/{key}" for key, _ in finding.numbers])
        return f"{finding.outcome}: {finding.direction} {finding.time}".strip(), [
            *below,
            *self._places(study, finding.at),
        ]

    def _number(self, rest: str) -> tuple[str, list[Node]] | None:
        name, _, key = rest.rpartition("/")
        study, finding = self._find(name)
        number = dict(finding.numbers).get(key) if finding else None
        if study is None or finding is None or number is None:
            return None
        if isinstance(number.quantity, Conflict):
            sides = [
                Node("", f"one source: {s}", below=tuple(self._places(study, [s.at]))) for s in number.quantity.stated
            ]
            return f"{key} is in conflict, held out until a person settles it; {number.quantity.because}", sides
        because = f" ({number.quantity.because})" if isinstance(number.quantity, Unknown) else ""
        return f"{key}: {number}{because}", self._places(study, [number.at] if number.at else finding.at)

    def _locator(self, rest: str) -> tuple[str, list[Node]] | None:
        owner, _, name = rest.partition("/")
        found = self.review.locator(owner, name)
        if found is None:
            return None
        return _place(found), self.nodes([f"reference:{found.record}"] if found.record else [])

    def _reference(self, rest: str) -> tuple[str, list[Node]] | None:
        found = self.review.reference(rest)
        if found is None:
            return None
        names = [
            f"records:{link.one}/{link.other}" for link in self.links if link.made and rest in (link.one, link.other)
        ]
        return _cited(found), self.nodes(names)

    def _records(self, rest: str) -> tuple[str, list[Node]] | None:
        one, _, other = rest.partition("/")
        found = next((link for link in self.links if (link.one, link.other) == (one, other)), None)
        if found is None:
            return None
        told = f"one {found.level}" if found.made else f"perhaps one {found.level}: a person should look"
        reasons = [Node("", reason, "records@1") for reason in found.reasons]
        return told, [*reasons, *self.nodes([f"reference:{one}", f"reference:{other}"])]

    def _product(self, rest: str) -> tuple[str, list[Node]] | None:
        product, answer = next((p for p in self.review.products if p.id == rest), None), self.products.get(rest)
        if product is None or answer is None:
            return None
        below = [self.step(answer.step), self.step(answer.identity), *self._card(f"product:{rest}")]
        below += self.nodes([f"product-claim:{rest}:{c.claim}" for c in answer.claims])
        below += self.nodes([f"locator:{rest}/{one.id}" for one in product.locators])
        return f"{product.brand} {product.name}", below

    def _product_claim(self, rest: str) -> tuple[str, list[Node]] | None:
        product, _, claim = rest.partition(":")
        answer = self.products.get(product)
        found = next((c for c in answer.claims if c.claim == claim), None) if answer else None
        if found is None:
            return None
        axes = found.distance.axes if found.distance else ()
        below = [Node("", f"{a.axis}: {a.level}, {a.because}", "distance@1") for a in axes]
        return found.state, [*(self.step(s) for s in found.steps), *below]

    def _background(self, name: str) -> tuple[str, list[Node]] | None:
        kind, _, rest = name.partition(":")
        entries = getattr(self.review.background, _BACKGROUND[kind])
        found = next((one for one in entries if one.id == rest), None)
        if found is None:
            return None
        below = self.nodes([f"locator:background/{at}" for at in found.at])
        below += [Node("", f"judged by {found.by}")] if getattr(found, "by", "") else []
        return getattr(found, "text", "") or getattr(found, "title", ""), below

    def _judgement(self, rest: str) -> tuple[str, list[Node]] | None:
        found = next((j for j in self.review.judgements if j.id == rest), None)
        return (
            None
            if found is None
            else (f"{found.author}, {found.time.isoformat()}: {found.decision}, {found.reason}", [])
        )

    def _find(self, rest: str) -> tuple[Study | None, Finding | None]:
        owner, _, name = rest.partition("/")
        study = self.review.study(owner)
        return study, next((f for f in study.findings if f.id == name), None) if study else None

    def _places(self, study: Study, at: tuple[str, ...] | list[str]) -> list[Node]:
        return self.nodes([f"locator:{study.id}/{one}" for one in at])


_BACKGROUND = {"fact": "facts", "harm": "harms", "notice": "notices", "registration": "registrations"}


def _in_short(answer: ClaimAnswer) -> str:
    return f"{answer.verdict}, certainty {answer.certainty}, directness {answer.directness}"


def _place(one: Locator) -> str:
    parts = [one.place, one.reading, one.url, f"seen {one.seen}" if one.seen else "", one.note]
    return "; ".join(part for part in parts if part)


def _cited(one: Reference) -> str:
    authors = one.authors[0] + (" et al" if len(one.authors) > 1 or one.more_authors else "") if one.authors else ""
    names = [f"doi:{one.doi}" if one.doi else "", f"PMID {one.pmid}" if one.pmid else "", one.registration, one.url]
    state = "" if one.notice == "none" else one.notice.upper()
    parts = [
        state,
        authors,
        one.title,
        one.journal,
        str(one.year or ""),
        *names[:3],
        "" if any(names[:3]) else names[3],
    ]
    return ". ".join(part for part in parts if part)
