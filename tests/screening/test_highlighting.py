"""The words of a review are found in any text, whole and apart."""

from hypothesis import given
from hypothesis import strategies as st

from evidermis.evidence.vocabulary import bundled_vocabulary
from evidermis.screening.highlighting import marks

WORDS = st.sampled_from(
    ["exosomes", "microneedling", "wrinkles", "mice", "randomized", "injections", "table", "of", "(", "é"]
)


@given(st.one_of(st.text(max_size=200), st.lists(WORDS, max_size=30).map(" ".join)))
def test_marks_lie_in_the_text_in_order_and_apart(text: str) -> None:
    found = marks(text, bundled_vocabulary())
    edges = [edge for one in found for edge in (one.start, one.end)]
    assert edges == sorted(edges) and all(0 <= edge <= len(text) for edge in edges)
    assert all(one.start < one.end for one in found)


def test_a_mark_ends_with_its_word() -> None:
    text = "after injections of adipose-derived exosomes"
    assert "injections" in {text[one.start : one.end] for one in marks(text, bundled_vocabulary())}
