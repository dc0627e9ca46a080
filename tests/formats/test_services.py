"""Answers of Europe PMC, Crossref, OpenAlex and Open Beauty Facts as records; all content is made up after their documentation."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidermis.evidence.record import Author, Heading, Identifier, Notice, Record, Section
from evidermis.formats import Deletion, Unreadable, detected_format, read

EUROPEPMC = {
    "id": "PPR1", "source": "PPR", "doi": "10.5555/AB.1", "pmcid": "PMC77", "pmid": "77", "title": "A <i>serum</i> &amp; skin.",
    "authorList": {"author": [
        {"fullName": "Doe J", "firstName": "Jo", "lastName": "Doe", "authorId": {"type": "ORCID", "value": "0000-0001-0000-0009"},
         "authorAffiliationDetailsList": {"authorAffiliation": [{"affiliation": "Skin House"}]}},
        {"collectiveName": "The Serum Group"}]},
    "journalInfo": {"volume": "3", "issue": "2", "printPublicationDate": "2024-03-01",
                    "journal": {"title": "Journal of skin", "isoabbreviation": "J Skin", "issn": "1234-5679", "essn": "23456789"}},
    "pubYear": "2024", "pageInfo": "1-9", "firstPublicationDate": "2024-02-20", "language": "eng",
    "abstractText": "<h4>Methods</h4>Ten people (NCT01234567).<h4>Results</h4>From 10<sup>6</sup> to 10<sup>-2</sup>, p<0.05 &lt; CO<sub>2</sub>.",
    "pubTypeList": {"pubType": ["Preprint"]}, "keywordList": {"keyword": ["serum"]},
    "meshHeadingList": {"meshHeading": [{"majorTopic_YN": "N", "descriptorName": "Skin", "meshQualifierList": {
        "meshQualifier": [{"qualifierName": "drug effects", "majorTopic_YN": "Y"}]}}]},
    "chemicalList": {"chemical": [{"name": "Glycerol", "registryNumber": "PDC6A3C0OX"}, {"name": "Serum", "registryNumber": "0"}]},
    "grantsList": {"grant": [{"grantId": "G1", "agency": "Fund"}]},
    "commentCorrectionList": {"commentCorrection": [
        {"id": "88", "source": "MED", "reference": "J Skin. 2025 Jan 3;4(1):2", "type": "Expression of concern in"},
        {"id": "89", "source": "MED", "reference": "J Skin. 2025;4:3", "type": "Comment in"}]},
}  # fmt: skip

CROSSREF = {
    "DOI": "10.5555/SERUM.1", "type": "journal-article", "title": ["A serum"], "subtitle": ["on skin"],
    "container-title": ["Journal of Skin"], "short-container-title": ["J Skin"], "publisher": "Skin Press",
    "issued": {"date-parts": [[2024, 3]]}, "volume": "3", "issue": "2", "page": "1-9", "ISSN": ["1234-5679"], "language": "en",
    "abstract": "<jats:title>Abstract</jats:title><jats:sec><jats:title>Methods</jats:title><jats:p>Ten people.</jats:p></jats:sec>",
    "author": [{"family": "Doe", "given": "Jo", "ORCID": "http://orcid.org/0000-0001-0000-0009", "affiliation": [{"name": "Skin House"}]},
               {"name": "The Serum Group", "affiliation": []}],
    "clinical-trial-number": [{"clinical-trial-number": "NCT01234567", "registry": "10.18810/clinical-trials-gov"}],
    "funder": [{"name": "Fund", "award": ["G1"]}], "URL": "https://doi.org/10.5555/serum.1", "subject": ["Dermatology"],
    "updated-by": [
        {"DOI": "10.5555/notice.1", "type": "correction", "label": "Correction", "source": "publisher", "updated": {"date-parts": [[2025, 1, 3]]}},
        {"DOI": "10.5555/notice.2", "type": "expression_of_concern", "source": "retraction-watch", "updated": {"date-parts": [[2025, 2]]}},
        {"DOI": "10.5555/serum.2", "type": "new_version", "source": "publisher"}],
}  # fmt: skip

OPENALEX = {
    "id": "https://openalex.org/W42", "doi": "https://doi.org/10.5555/serum.1", "title": "A serum", "publication_year": 2024,
    "publication_date": "2024-03-05", "language": "en", "type": "article", "is_retracted": True,
    "ids": {"pmid": "https://pubmed.ncbi.nlm.nih.gov/77", "pmcid": "https://www.ncbi.nlm.nih.gov/pmc/articles/88"},
    "primary_location": {"landing_page_url": "https://doi.org/10.5555/serum.1",
                         "source": {"display_name": "Journal of Skin", "issn": ["1234-5679"], "host_organization_name": "Skin Press"}},
    "biblio": {"volume": "3", "issue": "2", "first_page": "1", "last_page": "9"},
    "authorships": [{"author": {"display_name": "Jo Doe", "orcid": "https://orcid.org/0000-0001-0000-0009"}, "raw_author_name": "Doe, Jo",
                     "raw_affiliation_strings": ["Skin House"]}, {"author": {"display_name": "Ann van Roe"}}],
    "abstract_inverted_index": {"people": [1, 3], "Ten": [0], "and": [2]},
    "mesh": [{"descriptor_name": "Skin", "qualifier_name": "", "is_major_topic": True}],
    "keywords": [{"display_name": "Serum", "score": 0.5}],
}  # fmt: skip

PRODUCT = {
    "code": "4001234567890", "product_name": "Serum No. 1", "brands": "Skin Press", "quantity": "30 ml", "categories": "Serums, Face",
    "lang": "en", "ingredients_text": "AQUA, GLYCERIN", "last_modified_t": 1760000000, "countries": "Germany",
}  # fmt: skip

PAGES = {
    "europepmc": lambda entry: {"version": "6.9", "hitCount": 1, "resultList": {"result": [entry]}},
    "crossref": lambda entry: {
        "status": "ok",
        "message-type": "work-list",
        "message": {"total-results": 1, "items": [entry]},
    },
    "openalex": lambda entry: {"meta": {"count": 1, "next_cursor": None}, "results": [entry]},
    "beautyfacts": lambda entry: {"count": 1, "page": 1, "products": [entry]},
}
ENTRIES = {"europepmc": EUROPEPMC, "crossref": CROSSREF, "openalex": OPENALEX, "beautyfacts": PRODUCT}


def told(form: str, entry: object) -> Record:
    content = json.dumps(PAGES[form](entry)).encode()
    assert detected_format(content) == form
    (record,) = read(content)
    assert isinstance(record, Record)
    return record


def test_an_entry_of_europe_pmc_keeps_all_that_a_record_has_a_place_for() -> None:
    assert told("europepmc", EUROPEPMC) == Record(
        title="A serum & skin",
        source="europepmc",
        source_id="PPR/PPR1",
        kind="preprint",
        authors=(Author("Doe", "Jo", "0000-0001-0000-0009", ("Skin House",)), Author("The Serum Group")),
        journal="Journal of skin",
        journal_abbreviation="J Skin",
        year=2024,
        date="2024-02-20",
        volume="3",
        issue="2",
        pages="1-9",
        abstract=(
            Section("Ten people (NCT01234567).", "Methods"),
            Section("From 10⁶ to 10⁻², p<0.05 < CO2.", "Results"),
        ),
        identifiers=(
            Identifier("doi", "10.5555/ab.1"),
            Identifier("pmid", "77"),
            Identifier("pmcid", "PMC77"),
            Identifier("issn", "1234-5679"),
            Identifier("issn", "2345-6789"),
        ),
        publication_types=("Preprint",),
        headings=(Heading("Skin", ("drug effects",), True),),
        substances=("Glycerol (PDC6A3C0OX)", "Serum"),
        keywords=("serum",),
        registrations=("NCT01234567",),
        notices=(Notice("concern", (Identifier("pmid", "88"),), "2025-01-03", "J Skin. 2025 Jan 3;4(1):2"),),
        funding=("G1, Fund",),
        language="eng",
        notes=("Comment in: J Skin. 2025;4:3 PMID: 89",),
    )


def test_a_work_of_crossref_keeps_its_notices_with_their_source() -> None:
    record = told("crossref", CROSSREF)
    assert record.notices == (
        Notice("corrected", (Identifier("doi", "10.5555/notice.1"),), "2025-01-03", "correction (publisher)"),
        Notice(
            "concern", (Identifier("doi", "10.5555/notice.2"),), "2025-02", "expression of concern (retraction-watch)"
        ),
    )
    assert record.abstract == (Section("Ten people.", "Methods"),)
    assert (record.title, record.date, record.journal, record.source_id) == (
        "A serum: on skin", "2024-03", "Journal of Skin", "10.5555/serum.1",
    )  # fmt: skip
    assert record.authors == (Author("Doe", "Jo", "0000-0001-0000-0009", ("Skin House",)), Author("The Serum Group"))
    assert (record.registrations, record.funding, record.kind) == (("NCT01234567",), ("Fund, G1",), "article")


@pytest.mark.parametrize(
    ("nature", "state"),
    [
        ("retraction", "retracted"),
        ("withdrawal", "retracted"),
        ("removal", "retracted"),
        ("expression_of_concern", "concern"),
        ("partial_retraction", "concern"),
        ("reinstatement", "concern"),
        ("a word nobody knows", "concern"),
        ("erratum", "corrected"),
        ("new_edition", ""),
    ],
)
def test_each_nature_of_a_notice_has_its_state_and_an_unknown_one_is_never_nothing(nature: str, state: str) -> None:
    record = told("crossref", {**CROSSREF, "updated-by": [{"DOI": "10.5555/n", "type": nature}]})
    assert "".join(one.state for one in record.notices) == state


def test_a_notice_is_not_taken_for_what_it_is_about() -> None:
    about = [{"DOI": "10.5555/OLD", "type": "retraction"}]
    record = told("crossref", {"DOI": "10.5555/n", "title": ["Retraction of a serum"], "update-to": about})
    assert (record.kind, record.notices, record.notes) == ("notice", (), ("retraction of 10.5555/old",))
    types = {"pubTypeList": {"pubType": ["Retraction of Publication"]}}
    assert told("europepmc", {**EUROPEPMC, "source": "MED", **types, "commentCorrectionList": {}}).kind == "notice"
    retracted = told("europepmc", {**EUROPEPMC, "pubTypeList": {"pubType": ["Retracted Publication"]}})
    assert [one.state for one in retracted.notices] == ["concern", "retracted"]


def test_a_work_of_openalex_has_its_abstract_put_together_again() -> None:
    record = told("openalex", OPENALEX)
    assert record.abstract == (Section("Ten people and people"),)
    assert record.authors == (Author("Doe", "Jo", "0000-0001-0000-0009", ("Skin House",)), Author("Roe", "Ann van"))
    assert record.identifiers == tuple(
        Identifier(*pair)
        for pair in (
            ("doi", "10.5555/serum.1"),
            ("pmid", "77"),
            ("pmcid", "PMC88"),
            ("issn", "1234-5679"),
            ("openalex", "W42"),
        )
    )
    assert (record.pages, record.headings, record.keywords) == ("1-9", (Heading("Skin", (), True),), ("Serum",))
    assert [one.state for one in record.notices] == ["retracted"]


def test_a_product_is_no_article() -> None:
    record = told("beautyfacts", PRODUCT)
    assert (record.kind, record.source_id, record.publisher) == ("product", "4001234567890", "Skin Press")
    assert record.abstract == (Section("AQUA, GLYCERIN", "Ingredients"),)
    assert record.notes == ("Quantity: 30 ml", "Countries: Germany", "Last changed: 2025-10-09")


@pytest.mark.parametrize("form", ["crossref", "openalex"])
def test_a_single_work_is_read_too(form: str) -> None:
    one = {"status": "ok", "message-type": "work", "message": CROSSREF} if form == "crossref" else OPENALEX
    assert list(read(json.dumps(one).encode())) == [told(form, ENTRIES[form])]


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner, max_size=3),
    max_leaves=8,
)


@st.composite
def spoilt(draw, value: object) -> object:
    """A value with something else in one of its places."""
    if isinstance(value, dict) and value and draw(st.booleans()):
        key = draw(st.sampled_from(sorted(value)))
        return {**value, key: draw(spoilt(value[key]))}
    if isinstance(value, list) and value and draw(st.booleans()):
        place = draw(st.integers(0, len(value) - 1))
        return [*value[:place], draw(spoilt(value[place])), *value[place + 1 :]]
    return draw(JSON)


@pytest.mark.parametrize("form", sorted(ENTRIES))
@given(data=st.data())
def test_whatever_stands_in_a_field_an_entry_is_a_record_or_told_as_unreadable(form: str, data: st.DataObject) -> None:
    entry = data.draw(spoilt(ENTRIES[form]))
    found = list(read(json.dumps(PAGES[form](entry)).encode(), form=form))
    assert found
    assert all(isinstance(one, Record | Unreadable) and not isinstance(one, Deletion) for one in found)
    for one in found:
        if isinstance(one, Record):
            assert one.canonical


@given(text=st.text(alphabet='<>p/isub= 0.5"&;lt', max_size=60))
def test_what_is_no_mark_stays(text: str) -> None:
    from evidermis.formats.markup import plain_text

    once = plain_text(text.replace("<", "< ").replace("&", ""))
    assert once == " ".join(text.replace("<", "< ").replace("&", "").split())
