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


def test_ris_of_ovid_has_embase_s_number_in_an() -> None:
    record = one("1.\nTY  - JOUR\nDB  - Embase\nAN  - 2004567890\nT1  - Title\nY1  - 2019//\nER  - \n")
    assert (record.source, record.source_id) == ("embase", "2004567890")
    assert record.identifiers == (Identifier("embase", "2004567890"),)


def test_ris_of_scopus_has_its_own_name_in_the_address_and_pubmed_s_in_c2() -> None:
    record = one(
        "TY  - JOUR\nTI  - T\nDB  - Scopus\nUR  - https://www.scopus.com/inward/record.uri?eid=2-s2.0-850&partnerID=40\nC2  - 31234567\n"
        "SN  - 12345678 (ISSN)\nER  - \n"
    )
    assert (record.source, record.source_id) == ("scopus", "2-s2.0-850")
    assert record.identifiers == (
        Identifier("pmid", "31234567"), Identifier("issn", "1234-5678"), Identifier("scopus", "2-s2.0-850"),
    )  # fmt: skip


def test_ris_of_endnote_has_pmcid_in_c2() -> None:
    assert one("TY  - JOUR\nTI  - T\nC2  - PMC77\nER  - \n").identifier("pmcid") == "PMC77"


def test_zotero_keeps_pubmed_s_names_in_a_note() -> None:
    record = one("TY  - JOUR\nTI  - T\nN1  - PMID: 77 \nPMCID: PMC88\nER  - \n")
    assert (record.identifier("pmid"), record.identifier("pmcid")) == ("77", "PMC88")


def test_keywords_of_proquest_stand_on_lines_of_one_field() -> None:
    record = one("TY  - JOUR\nT1  - T\nKW  - Exosomes\nSkin\nJF  - Journal of Skin\nDA  - 2020/06/15/\nER  - \n")
    assert (record.keywords, record.journal, record.date) == (("Exosomes", "Skin"), "Journal of Skin", "2020-06-15")


def test_ris_of_cinahl_has_its_number_in_id() -> None:
    record = one("TY  - JOUR\nID  - 147654321\nT1  - T.\nY1  - 2020/06//Jun2020\nDB  - ccm\nDP  - EBSCOhost\nER  - \n")
    assert (record.source, record.source_id, record.date) == ("ccm", "147654321", "2020-06")


def test_medline_and_pubmed_xml_keep_the_same_names_and_days() -> None:
    nbib = one(
        "PMID- 1\nOWN - NLM\nIS  - 1234-5678\nTI  - T\nDP  - 2020 Feb\nDEP - 20200102\nJT  - J\nSI  - GENBANK/AF1\nSI  - ClinicalTrials.gov/NCT01234567\n"
        "SI  - ANZCTR/12605\nLID - S1 [pii]\nMID - NIHMS9\nPMC - PMC7\n"
    )
    xml = one(
        "<PubmedArticle><MedlineCitation><PMID>1</PMID><Article><Journal><ISSN>1234-5678</ISSN><JournalIssue><PubDate><Year>2020</Year><Month>Feb</Month>"
        "</PubDate></JournalIssue><Title>J</Title></Journal><ArticleTitle>T</ArticleTitle><ELocationID EIdType='pii'>S1</ELocationID><ArticleDate><Year>2020"
        "</Year><Month>01</Month><Day>02</Day></ArticleDate><DataBankList><DataBank><DataBankName>GENBANK</DataBankName><AccessionNumberList>"
        "<AccessionNumber>AF1</AccessionNumber></AccessionNumberList></DataBank><DataBank><DataBankName>ClinicalTrials.gov</DataBankName>"
        "<AccessionNumberList><AccessionNumber>NCT01234567</AccessionNumber></AccessionNumberList></DataBank><DataBank><DataBankName>ANZCTR</DataBankName>"
        "<AccessionNumberList><AccessionNumber>12605</AccessionNumber></AccessionNumberList></DataBank></DataBankList></Article></MedlineCitation><PubmedData>"
        "<ArticleIdList><ArticleId IdType='pmc'>PMC7</ArticleId><ArticleId IdType='mid'>NIHMS9</ArticleId></ArticleIdList></PubmedData></PubmedArticle>"
    )
    assert set(nbib.identifiers) == set(xml.identifiers)
    assert {(i.scheme, i.value) for i in xml.identifiers} >= {("genbank", "AF1"), ("pii", "S1"), ("mid", "NIHMS9")}
    assert nbib.registrations == xml.registrations == ("NCT01234567", "12605")
    assert nbib.notes == xml.notes == ("Published electronically: 2020-01-02",)


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


def test_bibtex_of_scopus_has_two_kinds_of_keywords_and_issns_without_hyphen() -> None:
    record = one(
        "Scopus\n\n@ARTICLE{S1,\n title = {T},\n author_keywords = {Exosome; Skin},\n keywords = {adult},\n issn = {12345678},\n type = {Article},\n"
        " source = {Scopus},\n affiliations = {Seoul}\n}\n"
    )
    assert (record.source, record.keywords) == ("scopus", ("Exosome", "Skin", "adult"))
    assert (record.identifier("issn"), record.publication_types) == ("1234-5678", ("Article",))
    assert record.notes == ("affiliations: Seoul",)


def test_what_a_record_has_no_place_for_is_a_note_in_every_format_of_reference_managers() -> None:
    assert one("@book{k, title = {T}, edition = {2}, note = {PMID: 77}}").notes == ("PMID: 77", "edition: 2")
    assert one('[{"title": "T", "edition": 2, "editor": [{"family": "Roe"}]}]').notes == (
        "edition: 2", 'editor: [{"family": "Roe"}]',
    )  # fmt: skip
    endnote = "<xml><records><record><titles><title>T</title><short-title>S</short-title></titles><edition>2</edition></record></records></xml>"
    assert one(endnote).notes == ("short-title: S", "edition: 2")


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


def test_a_table_says_by_its_columns_which_service_it_came_from() -> None:
    pubmed = one("PMID,Title,Authors,Journal/Book,Publication Year,Create Date\n12,T,Doe J,J Skin,2019,2019/01/02\n")
    assert (pubmed.source, pubmed.source_id) == ("pubmed", "12")
    scopus = one("Title,Source title,Art. No.,EID\nT,J Skin,1012,2-s2.0-850\n")
    assert (scopus.source, scopus.source_id, scopus.pages) == ("scopus", "2-s2.0-850", "1012")
    embase = one('"Title","Source","Medline PMID","Embase Accession ID"\n"T","J Skin (2020)","31","2004"\n')
    assert (embase.source, embase.source_id, embase.identifier("pmid")) == ("embase", "2004", "31")


def test_a_row_without_a_name_is_named_by_its_number() -> None:
    entries = [e for e in formats.read(b"title;abstract;label_included\nA;x;1\nB;y;0\n") if isinstance(e, Record)]
    assert [(e.source_id, e.labels) for e in entries] == [("1", (("included", "1"),)), ("2", (("included", "0"),))]


def test_web_of_science_continues_lines_by_indent() -> None:
    record = one(
        "FN Clarivate\nVR 1.0\nPT J\nAU Doe, J\n   Roe, A\nTI A long\n   title\nSO J SKIN\nPY 2018\nPD AUG\nUT WOS:1\nER\n\nEF\n"
    )
    assert (record.title, record.source_id, record.date) == ("A long title", "WOS:1", "2018-08")
    assert record.authors == (Author("Doe", "J"), Author("Roe", "A"))


def test_what_web_of_science_says_beside_the_record_is_a_note() -> None:
    record = one("FN x\nVR 1.0\nPT J\nTI T\nAR 1012\nFX We thank\n   all.\nCR Roe, 2010\nTC 3\nUT WOS:1\nER\n\nEF\n")
    assert (record.pages, record.notes) == ("1012", ("FX: We thank all.",))


def test_a_registration_is_read_from_clinicaltrials_gov() -> None:
    record = one(
        '{"studies": [{"protocolSection": {"identificationModule": {"nctId": "NCT00000001", "officialTitle": "T", '
        '"secondaryIdInfos": [{"id": "ISRCTN12345678"}]}, "statusModule": {"startDateStruct": {"date": "2020-01"}}}}]}'
    )
    assert (record.kind, record.source_id, record.date) == ("registration", "NCT00000001", "2020-01")
    assert record.registrations == ("NCT00000001", "ISRCTN12345678")


def test_a_broken_study_costs_itself_and_is_told_with_its_line() -> None:
    study = '  {"protocolSection": {"identificationModule":\n    {"nctId": "NCT0000000%d", "briefTitle": "T"}}}'
    whole = (
        '{"totalCount": 3,\n "studies": [\n' + ",\n".join(study % n for n in (1, 2, 3)) + '],\n "nextPageToken": "a"}\n'
    )
    broken = whole.replace('"nctId": "NCT00000002"', '"nctId" "NCT00000002"')
    entries = list(formats.read((broken + whole).encode(), "f.json"))
    assert [e.source_id[-1] if isinstance(e, Record) else f"{e}" for e in entries] == [
        "1", "f.json, record 2, line 5: not valid JSON: Expecting ':' delimiter", "3", "1", "2", "3",
    ]  # fmt: skip


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
