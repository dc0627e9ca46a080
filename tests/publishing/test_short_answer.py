"""The short answer follows the verdicts."""

import re

from building import DAY, WORDS, claim, finding, product, protocol, review, study
from evidermis.evidence.review import Review
from evidermis.evidence.study import Contrast
from evidermis.pipeline import concluded as appraise
from evidermis.pipeline import links_of, synthesised
from evidermis.publishing import publish


def answer(of: Review) -> list[str]:
    page = publish(of, appraise(of, WORDS), synthesised(of, WORDS), links_of(of), WORDS, made_by="t", today=DAY)[
        "index.html"
    ].decode()
    held = re.search(r'id="answer">(.*?)</div>', page, re.DOTALL)
    assert held is not None
    return re.findall(r"<p>(.*?)</p>", held[1])


def test_what_nobody_tested_is_said_to_be_untested() -> None:
    told = answer(review())
    assert told[0] == "Not shown yet. The claim checked here is not supported by good evidence in people."
    assert "Nothing has been compared with a control in people." in told
    assert "1 was never tested in people." in told


def test_change_from_baseline_is_said_to_show_nothing() -> None:
    told = answer(review(study(design="single-arm", findings=(finding(contrast=Contrast(of="treated")),))))
    assert "1 rests only on people compared with themselves beforehand, which shows no effect." in told


def test_a_controlled_study_is_told_with_its_certainty() -> None:
    told = answer(review(study()))
    assert any("1 study from 1 independent group of evidence" in sentence for sentence in told)


def test_products_without_a_study_of_their_own_are_counted() -> None:
    told = answer(review(study(), products=(product(), product("cream"))))
    assert told[-1] == "No study of any of the 2 products named here is known."


def test_claims_about_safety_are_no_promises() -> None:
    of = review(protocol=protocol(claim(), claim("safe", kind="safety", outcomes=("harm",))))
    assert "The claim checked here" in answer(of)[0]


def test_it_is_never_longer_than_four_sentences_on_four_lines() -> None:
    assert 2 <= len(answer(review(study(), study("two-2020"), products=(product(),)))) <= 4
