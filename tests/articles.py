"""A full text of our own making in JATS, for the tests of formats and reading."""

FRONT = """<front><journal-meta><journal-title-group><journal-title>Skin Notes</journal-title></journal-title-group>
<issn pub-type="epub">1234-5679</issn></journal-meta><article-meta>
<article-id pub-id-type="pmid">99000001</article-id><article-id pub-id-type="pmc">9900001</article-id>
<article-id pub-id-type="doi">10.5555/skin.1</article-id>
<title-group><article-title>A serum against dark spots: a <italic>randomised</italic> trial</article-title></title-group>
<contrib-group><contrib contrib-type="author"><name><surname>Sol</surname><given-names>Ana</given-names></name>
<xref ref-type="aff" rid="a1"/></contrib><aff id="a1">A Clinic, Lisbon</aff></contrib-group>
<pub-date pub-type="epub"><day>3</day><month>2</month><year>2024</year></pub-date>
<volume>7</volume><fpage>11</fpage><lpage>19</lpage>
<abstract><sec><title>Methods</title><p>Adults with dark spots were randomised to serum or base. NCT09990001.</p></sec>
<sec><title>Results</title><p>The melanin index fell.</p></sec></abstract>
<kwd-group><kwd>melanin</kwd></kwd-group>
<funding-group><award-group><funding-source>Glow Ltd</funding-source></award-group></funding-group>
</article-meta></front>"""
BODY = """<body><sec><title>1. Introduction</title><p>Others randomised 900 women to laser <xref ref-type="bibr" rid="r1">1</xref>.</p></sec>
<sec sec-type="methods"><title>2. Methods</title><p>In all, 50 women with Fitzpatrick skin type III were randomised;
10<sup>9</sup> particles/mL were applied twice daily for 8 weeks. Assessors were blinded.</p></sec>
<sec><title>3. Results</title><p>Figures are in the table [<xref ref-type="bibr" rid="r2">2</xref>].
<table-wrap id="t2"><label>Table 2</label><caption><p>Outcomes, mean (SD)</p></caption>
<table><thead><tr><th rowspan="2">Outcome</th><th colspan="2">Serum (n = 26)</th><th colspan="2">Placebo (n = 24)</th><th rowspan="2">P value</th></tr>
<tr><th>Baseline</th><th>Week 8</th><th>Baseline</th><th>Week 8</th></tr></thead>
<tbody><tr><td>Melanin index</td><td>201.5 (20.1)</td><td>181.2 (18.0)</td><td>199.9 (19.7)</td><td>197.4 (19.0)</td><td>&lt;0.01</td></tr>
<tr><td colspan="6">Elasticity</td></tr>
<tr><td>R2</td><td>0.61 (0.08)</td><td>0.66 (0.07)<sup>a</sup></td><td>0.60 (0.09)</td><td>0.61 (0.08)</td><td>0.21</td></tr>
<tr><td>Improved, n (%)</td><td/><td>17 (65.4)</td><td/><td>6 (25)</td><td>0.003</td></tr>
<tr><td>Days of use, median (IQR)</td><td/><td>54 (50&#x2013;56)</td><td/><td>53 [48, 56]</td><td>0.4</td></tr></tbody></table>
<table-wrap-foot><fn><label>a</label><p>One reading was lost.</p></fn></table-wrap-foot></table-wrap></p></sec>
<sec><title>4. Discussion</title><p>Another trial gave 5 mg to 700 men.</p></sec></body>"""
ARTICLE = f"""<?xml version="1.0"?><!DOCTYPE article PUBLIC "-//NLM//DTD JATS v1.2//EN" "JATS-archivearticle1.dtd">
<article article-type="research-article" xml:lang="en">{FRONT}{BODY}<back><ref-list><ref><mixed-citation>N. Obody
</mixed-citation></ref></ref-list><fn-group><fn fn-type="conflict"><p>A. Sol is a consultant of Glow Ltd.</p></fn></fn-group></back>
</article>"""


def with_table(rows: str, caption: str = "Outcomes") -> str:
    """An article whose body is one table."""
    table = f'<table-wrap id="t1"><caption><p>{caption}</p></caption><table>{rows}</table></table-wrap>'
    return f"<article>{FRONT}<body><sec><title>Results</title>{table}</sec></body></article>"
