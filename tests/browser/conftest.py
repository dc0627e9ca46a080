"""A real browser on the bundled review's page and on a hostile one, opened from their folders."""

import datetime
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from building import DAY, WORDS, claim, finding, product, protocol, reference, review, study
from evidermis.pipeline import concluded as appraise
from evidermis.pipeline import links_of, synthesised
from evidermis.publishing import publish
from evidermis.review.running import run_review

# The browser is told to keep to itself; what the page asks for is then all there is.
QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
AXE = Path(__file__).parents[2] / ".tools" / "node_modules" / "axe-core" / "axe.min.js"
HOSTILE = "<script>document.title='run'</script><img src=https://example.org/x onerror=\"document.title='run'\">\u202e🧴=cmd|x"


@pytest.fixture(scope="session")
def axe() -> str:
    if not AXE.exists():
        pytest.skip("axe-core is not installed (scripts/install-browser)")
    return AXE.read_text(encoding="utf-8")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    found = shutil.which(os.environ.get("CHROMIUM", "chromium"))
    if found is None:
        pytest.skip("Chromium is not installed (scripts/install-browser)")
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=found, args=QUIET)
        yield started
        started.close()


@pytest.fixture(scope="session")
def page_of_exosomes(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("browser") / "exosomes"
    return run_review(folder, datetime.date(2026, 11, 23)).site / "index.html"


@pytest.fixture(scope="session")
def hostile_page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    of = review(
        study("one-2020", label=HOSTILE, title=HOSTILE, findings=(finding(note=HOSTILE),)),
        protocol=protocol(claim(text=HOSTILE), title=HOSTILE, topic=HOSTILE),
        products=(product(brand=HOSTILE),),
        references=(reference("one-2020", title=HOSTILE, url="javascript:document.title='run'"),),
    )
    folder = tmp_path_factory.mktemp("hostile")
    for name, content in publish(
        of, appraise(of, WORDS), synthesised(of, WORDS), links_of(of), WORDS, made_by="test", today=DAY
    ).items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)
    return folder / "index.html"
