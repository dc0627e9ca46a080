"""PubMed XML: everything later stages need, and nothing that a broken or hostile entry could spoil."""

from evidermis import formats
from evidermis.evidence.record import Author, Heading, Identifier, Record, Section

ENTRY = """<PubmedArticle><MedlineCitation><PMID Version="1">{pmid}</PMID><Article><Journal><ISSN>1234-5678</ISSN>
<JournalIssue><Volume>3</Volume><PubDate><Year>2020</Year><Month>Sep</Month></PubDate></JournalIssue><Title>J Skin</Title></Journal>
<ArticleTitle>On <i>P. acnes</i> &amp; skin</ArticleTitle><ELocationID EIdType="doi">10.1000/X</ELocationID>
<Abstract><AbstractText Label="AIM">To see.</AbstractText><AbstractText Label="RESULTS">p &lt; 0.01</AbstractText></Abstract>
<AuthorList><Author><LastName>Doe</LastName><ForeName>Jane</ForeName><Identifier Source="ORCID">https://orcid.org/0000-0001-2345-6789</Identifier>
<AffiliationInfo><Affiliation>Here.</Affiliation></AffiliationInfo></Author><Author><CollectiveName>Group</CollectiveName></Author></AuthorList>
<DataBankList><DataBank><DataBankName>ClinicalTrials.gov</DataBankName><AccessionNumberList><AccessionNumber>NCT01234567</AccessionNumber>
</AccessionNumberList></DataBank></DataBankList><GrantList><Grant><GrantID>G1</GrantID><Agency>NIH</Agency></Grant></GrantList>
<PublicationTypeList><PublicationType>Randomized Controlled Trial</PublicationType></PublicationTypeList></Article>
<ChemicalList><Chemical><RegistryNumber>059QF0KO0R</RegistryNumber><NameOfSubstance>Water</NameOfSubstance></Chemical></ChemicalList>
<CommentsCorrectionsList><CommentsCorrections RefType="RetractionIn"><RefSource>J Skin. 2021 Mar 2;1:1</RefSource><PMID>9</PMID>
</CommentsCorrections></CommentsCorrectionsList><MeshHeadingList><MeshHeading><DescriptorName MajorTopicYN="N">Skin</DescriptorName>
<QualifierName MajorTopicYN="Y">drug effects</QualifierName></MeshHeading></MeshHeadingList><CoiStatement>None.</CoiStatement></MedlineCitation>
<PubmedData><ArticleIdList><ArticleId IdType="pmc">PMC1</ArticleId></ArticleIdList><ReferenceList><Reference><ArticleIdList>
<ArticleId IdType="doi">10.1000/other</ArticleId></ArticleIdList></Reference></ReferenceList></PubmedData></PubmedArticle>
"""


def read(*parts: str) -> list[formats.Entry]:
    return list(
        formats.read(f"<?xml version='1.0'?>\n<PubmedArticleSet>{''.join(parts)}</PubmedArticleSet>".encode(), "f.xml")
    )


def test_all_that_later_stages_need_is_kept() -> None:
    (record,) = read(ENTRY.format(pmid=7))
    assert isinstance(record, Record)
    assert record.title == "On P. acnes & skin"
    assert record.abstract == (Section("To see.", "AIM"), Section("p < 0.01", "RESULTS"))
    assert record.authors == (Author("Doe", "Jane", "0000-0001-2345-6789", ("Here.",)), Author("Group"))
    assert record.headings == (Heading("Skin", ("drug effects",), major=True),)
    assert record.substances == ("Water (059QF0KO0R)",)
    assert record.registrations == ("NCT01234567",)
    assert record.funding == ("G1, NIH",)
    assert record.conflict_statement == "None."
    assert record.identifiers == (
        Identifier("pmid", "7"), Identifier("doi", "10.1000/x"), Identifier("issn", "1234-5678"), Identifier("pmcid", "PMC1"),
    )  # fmt: skip
    notice = record.notices[0]
    assert (notice.state, notice.date, notice.identifiers) == ("retracted", "2021-03-02", (Identifier("pmid", "9"),))


def test_deletions_of_an_update_file_are_told() -> None:
    found = read(ENTRY.format(pmid=7), "<DeleteCitation><PMID Version='1'>8</PMID><PMID>9</PMID></DeleteCitation>")
    assert found[1:] == [formats.Deletion("pubmed", "8"), formats.Deletion("pubmed", "9")]


def test_a_broken_entry_is_reported_with_number_and_line_and_the_rest_is_read() -> None:
    broken = ENTRY.format(pmid=8).replace("</Abstract>", "")
    first, second, third = read(ENTRY.format(pmid=7), broken, ENTRY.format(pmid=9))
    assert isinstance(first, Record)
    assert isinstance(second, formats.Unreadable)
    assert (second.file, second.number, second.line) == ("f.xml", 2, 2 + ENTRY.count("\n"))
    assert isinstance(third, Record)
    assert third.source_id == "9"


def test_a_file_cut_short_keeps_what_came_before_and_says_so() -> None:
    whole = f"<PubmedArticleSet>{ENTRY.format(pmid=1)}{ENTRY.format(pmid=2)}"
    first, second = formats.read(whole[:-200].encode())
    assert isinstance(first, Record)
    assert isinstance(second, formats.Unreadable)
    assert "ends inside" in second.reason


def test_entities_are_never_declared_nor_fetched() -> None:
    prolog = "<!DOCTYPE r [<!ENTITY a 'ha'><!ENTITY b '&a;&a;&a;'><!ENTITY c SYSTEM 'file:///etc/passwd'>]>"
    for name in "bc":
        entry = ENTRY.format(pmid=1).replace("To see.", f"&{name};")
        found = list(
            formats.read(f"{prolog}<PubmedArticleSet>{entry}{ENTRY.format(pmid=2)}</PubmedArticleSet>".encode())
        )
        assert not any("root:" in str(e) or "haha" in str(e) for e in found)
        assert isinstance(found[-1], Record)


def test_deep_nesting_is_reported() -> None:
    entry = ENTRY.format(pmid=1).replace("To see.", "<b>" * 5000 + "</b>" * 5000)
    first, second = read(entry, ENTRY.format(pmid=2))
    assert isinstance(first, formats.Unreadable)
    assert isinstance(second, Record)


def test_an_exponent_never_runs_into_its_number() -> None:
    text = ENTRY.format(pmid=1).replace(
        "To see.", "From 2x10<sup>9</sup> to 10<sup>\u22122</sup> cells, 5 J/cm<sup>2</sup>, CO<sub>2</sub>."
    )
    (record,) = read(text)
    assert isinstance(record, Record)
    assert record.abstract[0].text == "From 2x10⁹ to 10⁻² cells, 5 J/cm2, CO2."
