"""The words are data: a phrase added to a file changes what is read, with no code."""

import pytest

from evidermis.evidence.errors import BadInput
from evidermis.evidence.record import Record, Section
from evidermis.evidence.vocabulary import bundled_vocabulary
from evidermis.reading import CueReader, Cues, bundled_cues, bundled_reader, cues_from, passages_of


def found(phrase: str, text: str) -> list[str]:
    cues = Cues({"any": cues_from(f'[[cues]]\ncode = "x"\nphrases = ["{phrase}"]\n', "x.toml")})
    passages = passages_of((("abstract", text),))
    return [s.quote.text for s in cues.seen(passages)["any"]]


def test_an_added_phrase_is_read() -> None:
    record = Record(title="A cream", abstract=(Section("A mirror-cheek trial in ten women."),), source_id="1")
    kinds = dict(bundled_cues().kinds)
    assert not CueReader(Cues(kinds)).read(record).is_within_person
    added = cues_from('[[cues]]\ncode = "pairing.within-person"\nphrases = ["mirror cheek"]\n', "mine.toml")
    kinds["feature"] += added
    assert CueReader(Cues(kinds)).read(record).is_within_person


@pytest.mark.parametrize(
    ("phrase", "text", "quote"),
    [
        ("split face", "A split-face trial", "split-face"),
        ("random*", "Randomly drawn", "Randomly"),
        ("randomi(s|z)ed", "was randomised", "randomised"),
        ("cases?", "two cases", "cases"),
        ("left (and |)right", "left and right sides", "left and right"),
        ("# women", "Thirty women", "Thirty women"),
        ("each _ control", "each own control", "each own control"),
        ("one ~3 other", "one half and the other", "one half and the other"),
    ],
)
def test_a_phrase_finds_what_it_says(phrase: str, text: str, quote: str) -> None:
    assert found(phrase, text) == [quote]


def test_a_gap_ends_with_the_sentence() -> None:
    assert found("one ~3 other", "This was one. The other was not.") == []


def test_a_negated_phrase_is_left_out_unless_it_says_so() -> None:
    assert found("blinded", "patients were not blinded") == []


@pytest.mark.parametrize("phrase", ["split (face", "~2 face", "_ face", "face ~2", "a ~30 b", ""])
def test_a_phrase_that_cannot_be_read_is_refused(phrase: str) -> None:
    with pytest.raises(BadInput):
        found(phrase, "split face")


def test_an_unknown_key_is_refused_with_its_place() -> None:
    with pytest.raises(BadInput, match=r"mine\.toml"):
        cues_from('[[cues]]\ncode = "x"\nfrases = ["a"]\nphrases = ["a"]\n', "mine.toml")


def test_every_named_dependency_of_a_cue_exists() -> None:
    for cues in bundled_cues().kinds.values():
        names = {cue.name or cue.code for cue in cues}
        assert {name for cue in cues for name in (*cue.unless, *cue.needs)} <= names


def test_what_an_outcome_is_called_on_the_bench_is_an_outcome() -> None:
    codes = {one.code for one in bundled_vocabulary().outcomes}
    assert {one.on_bench for one in bundled_vocabulary().outcomes if one.on_bench} <= codes


@pytest.mark.parametrize(
    ("text", "kind", "codes"),
    [
        ("Exosomes of umbilical cord mesenchymal stem cells", "source", {"human-umbilical"}),
        ("Exosomes of mesenchymal stem cells", "source", {"human-msc"}),
        ("Umbilical cord mesenchymal stem cell conditioned medium", "source", {"conditioned-medium"}),
        ("A topical gel after fractional CO2 laser", "route", {"after-ablative-laser"}),
        ("Wound healing in 40 patients, who were treated in a trial", "outcome", {"wound-closure"}),
        ("Wound healing in diabetic mice: vesicles were injected into mice", "outcome", {"wound-closure-animal"}),
        ("Forty women rated roughness and sebum", "outcome", {"texture", "sebum"}),
        ("Pruritus and dry skin in 40 patients", "outcome", {"itch", "dryness"}),
        ("Comedones in 40 patients with acne vulgaris", "outcome", {"acne"}),
        ("Acne scars in 40 patients", "outcome", {"scars"}),
        ("Discomfort and satisfaction of 40 patients", "outcome", {"pain", "satisfaction"}),
        ("The DLQI of 40 patients", "outcome", {"quality-of-life"}),
        ("Itch of 40 patients on a visual analogue scale", "instrument", {"self-rating"}),
        ("Goodman and Baron's scale in 40 patients", "instrument", {"goodman-baron"}),
        ("A visual analogue scale of itch in 40 patients", "instrument", {"itch-vas"}),
    ],
)
def test_the_closer_word_is_kept_and_the_bench_has_its_own(text: str, kind: str, codes: set[str]) -> None:
    facts = bundled_reader().read(Record(title=text, source_id="1"))
    assert {one.code for one in facts.of_kind(kind)} == codes


def test_the_end_of_a_sentence_and_the_start_of_the_next_make_no_phrase() -> None:
    assert found("control halves", "This was the control. Halves were cut.") == []
