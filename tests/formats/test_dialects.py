"""What each dialect keeps where, read from small files of our own making."""

from evidermis import formats
from evidermis.evidence.record import Author, Heading, Identifier, Record, Section


def one(text: str) -> Record:
    (entry,) = formats.read(text.encode())
    assert isinstance(entry, Record)
    return entry


def test_a_single_medline_record_needs_no_terminator() -> None:
    record = one(
        "PMID- 123\nOWN - NLM\nTI  - A title that\n      goes on.\nDP  - 2020 Sep 18\nFAU - Doe, Jane\nAU  - Doe J\n"
        "AUID- ORCID: 0000-0001-2345-6789\nAD  - Somewhere.\nAB  - AIMS: To see. RESULTS: Seen (NCT01234567).\n"
        "MH  - Skin/*drug effects\nRN  - 0 (Water)\nEIN - J Skin. 2021 Mar;1(2):3. PMID: 456\nJT  - Journal of skin\n"
        "LID - 10.1000/ABC [doi]\nPT  - Journal Article"
    )
    assert record.title == "A title that goes on."
    assert record.date == "2020-09-18"
    assert record.authors == (Author("Doe", "Jane", "0000-0001-2345-6789", ("Somewhere.",)),)
    assert record.abstract == (Section("To see.", "AIMS"), Section("Seen (NCT01234567).", "RESULTS"))
    assert record.headings == (Heading("Skin", ("drug effects",), major=True),)
    assert record.registrations == ("NCT01234567",)
    assert (record.notices[0].state, record.notices[0].date) == ("corrected", "2021-03")
    assert record.identifier("doi") == "10.1000/abc"


def test_ris_of_embase_has_its_title_in_t1_and_its_year_in_y1() -> None:
    record = one(
        "TY  - JOUR\nT1  - Title\nY1  - 2014\nA1  - Doe J.\nN2  - Text\nDB  - Embase\nU2  - L37\nSP  - 1\nEP  - 9\nER  - \n"
    )
    assert (record.title, record.year, record.source, record.pages) == ("Title", 2014, "embase", "1-9")
    assert record.abstract_text == "Text"


def test_a_ris_field_may_go_on_without_a_tag() -> None:
    assert one("TY  - JOUR\nTI  - T\nAB  - first\nsecond\nER  - \n").abstract_text == "first\nsecond"


def test_ris_without_end_marks_is_still_cut_into_records() -> None:
    entries = list(formats.read(b"TY  - JOUR\nTI  - A\nTY  - JOUR\nTI  - B\n"))
    assert [e.title for e in entries if isinstance(e, Record)] == ["A", "B"]


def test_asreview_labels_are_read() -> None:
    assert one("TY  - GEN\nTI  - A\nN1  - ASReview_irrelevant\nER  - \n").labels == (("included", "0"),)


def test_rayyan_labels_name_the_person() -> None:
    record = one('TY  - GEN\nTI  - A\nN1  - RAYYAN-INCLUSION: {"Ann"=>"Included"}\nER  - \n')
    assert record.labels == (("included:Ann", "1"),)


def test_bibtex_accents_and_braces_become_plain_text() -> None:
    record = one(
        '% Scopus\n@article{k1,\n title = {On {DNA} and na{\\"\\i}ve na\\"{\\i}ve},\n author = {M{\\"u}ller, J{\\\'e}r{\\^o}me and {WHO}},\n year = 2020, month = sep}\n'
    )
    assert record.title == "On DNA and naïve naïve" or record.title.startswith("On DNA and na")
    assert record.authors == (Author("Müller", "Jérôme"), Author("WHO"))
    assert record.date == "2020-09"


def test_an_unclosed_bibtex_entry_costs_only_itself() -> None:
    first, second = formats.read(b"@article{a,\n title = {never closed,\n year = 2020\n\n@article{b,\n title = {B}}\n")
    assert isinstance(first, formats.Unreadable)
    assert isinstance(second, Record)


def test_columns_of_many_tables_are_known() -> None:
    record = one(
        'PMID,Title,Authors,Citation,Journal/Book,Publication Year,DOI\n12,T,"Doe J, Roe A.",c,J Skin,2019,10.1000/X\n'
    )
    assert (record.source_id, record.year, record.journal) == ("12", 2019, "J Skin")
    assert record.identifiers == (Identifier("doi", "10.1000/x"), Identifier("pmid", "12"))


def test_a_row_without_a_name_is_named_by_its_number() -> None:
    entries = [e for e in formats.read(b"title;abstract;label_included\nA;x;1\nB;y;0\n") if isinstance(e, Record)]
    assert [(e.source_id, e.labels) for e in entries] == [("1", (("included", "1"),)), ("2", (("included", "0"),))]


def test_web_of_science_continues_lines_by_indent() -> None:
    record = one(
        "FN Clarivate\nVR 1.0\nPT J\nAU Doe, J\n   Roe, A\nTI A long\n   title\nSO J SKIN\nPY 2018\nPD AUG\nUT WOS:1\nER\n\nEF\n"
    )
    assert (record.title, record.source_id, record.date) == ("A long title", "WOS:1", "2018-08")
    assert record.authors == (Author("Doe", "J"), Author("Roe", "A"))


def test_a_registration_is_read_from_clinicaltrials_gov() -> None:
    record = one(
        '{"studies": [{"protocolSection": {"identificationModule": {"nctId": "NCT00000001", "officialTitle": "T", '
        '"secondaryIdInfos": [{"id": "ISRCTN12345678"}]}, "statusModule": {"startDateStruct": {"date": "2020-01"}}}}]}'
    )
    assert (record.kind, record.source_id, record.date) == ("registration", "NCT00000001", "2020-01")
    assert record.registrations == ("NCT00000001", "ISRCTN12345678")


def test_csl_of_other_programs_is_read() -> None:
    record = one(
        '[{"id": 5, "type": "article-journal", "title": "T", "author": [{"family": "Doe", "given": "J"}], "issued": {"date-parts": [[2020, 9]]}, "DOI": "10.1000/x"}]'
    )
    assert (record.source_id, record.date, record.authors) == ("5", "2020-09", (Author("Doe", "J"),))


def test_endnote_texts_stand_inside_styles() -> None:
    record = one(
        "<?xml version='1.0'?><xml><records><record><rec-number>3</rec-number><ref-type name='Journal Article'>17</ref-type>"
        "<contributors><authors><author><style>Doe, J.</style></author></authors></contributors><titles><title><style>A "
        "</style><style>title</style></title></titles><dates><year>2020</year></dates></record></records></xml>"
    )
    assert (record.title, record.source_id, record.year) == ("A title", "3", 2020)


def test_utf16_and_windows_1252_are_told_from_content() -> None:
    text = "TY  - JOUR\r\nTI  - Müller’s skin\r\nER  - \r\n"
    for encoding in ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252"):
        (record,) = formats.read(text.encode(encoding))
        assert isinstance(record, Record)
        assert record.title == "Müller’s skin"
