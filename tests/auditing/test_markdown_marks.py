"""Markdown's tables, quotations and front matter are not pictures, and a linked paper is a reference."""

import json
from pathlib import Path

from commands import evidermis

ARTICLE = """---
title: Proven to work for everyone
description: Clinically proven to reduce wrinkles for everyone, always and without exception
---

# A serum for everyone

It reduced wrinkles in a trial ([Somebody, 2002](https://pubmed.ncbi.nlm.nih.gov/12196747/)). So says [the same](https://pubmed.ncbi.nlm.nih.gov/12196747/).

> - A long point that is quoted and ends without a stop, so that its form alone looks like a caption of some picture

| What | How much of it there is, said at such a length that it might be taken for a caption |
|---|---|
| First row | a longer cell without a full stop, which is not what stands under a picture in an article |
"""


def _audited(folder: Path) -> dict[str, list[dict[str, object]]]:
    file = folder / "article.md"
    file.write_text(ARTICLE, encoding="utf-8")
    return json.loads(evidermis("audit", file, "--json", status=None).stdout)


def test_tables_and_quotations_are_no_pictures_and_front_matter_is_not_read(tmp_path: Path) -> None:
    found = _audited(tmp_path)
    assert found["images"] == []
    assert all(int(str(one["line"])) > 5 for one in found["findings"])


def test_a_linked_paper_is_one_reference_however_often_it_is_linked(tmp_path: Path) -> None:
    assert len(_audited(tmp_path)["references"]) == 1
