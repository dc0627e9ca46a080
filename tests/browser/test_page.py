"""The page as a reader's browser sees it: quiet, whole without script, readable by everyone."""

import datetime
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser

WIDE, PHONE = {"width": 1280, "height": 900}, {"width": 390, "height": 844}
VIEWS = [("light", WIDE), ("dark", WIDE), ("light", PHONE), ("dark", PHONE)]
NAMES = ["light", "dark", "light phone", "dark phone"]


@contextmanager
def opened(
    browser: Browser, path: Path, scheme: Any = "light", size: Any = WIDE, script: bool = True
) -> Iterator[Page]:
    """The page, with everything it asked for and complained of in `page.asked` and `page.said`."""
    context = browser.new_context(
        viewport=size, color_scheme=scheme, java_script_enabled=script, reduced_motion="reduce"
    )
    page = context.new_page()
    asked: list[str] = []
    said: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.goto(path.as_uri())
    page.asked, page.said = asked, said  # type: ignore[attr-defined]
    yield page
    context.close()


@pytest.mark.parametrize("name", ["page_of_exosomes", "hostile_page"])
def test_no_request_leaves_the_folder_and_nothing_is_complained_of(
    browser: Browser, request: pytest.FixtureRequest, name: str
) -> None:
    path: Path = request.getfixturevalue(name)
    with opened(browser, path) as page:
        page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true })")
        assert [url for url in page.asked if not url.startswith((path.as_uri(), "data:"))] == []  # type: ignore[attr-defined]
        assert page.said == []  # type: ignore[attr-defined]


@pytest.mark.parametrize(("scheme", "size"), VIEWS, ids=NAMES)
def test_axe_finds_nothing_serious(
    browser: Browser, axe: str, page_of_exosomes: Path, scheme: str, size: dict[str, int]
) -> None:
    with opened(browser, page_of_exosomes, scheme, size) as page:
        # The first of each kind is opened; the rest repeats it, and axe would take minutes over every study.
        opening = "for (const kind of ['.reason', '.study', '.data', '.card details'])"
        page.evaluate(f"{opening} for (const one of [...document.querySelectorAll(kind)].slice(0, 2)) one.open = true")
        page.evaluate(axe)
        found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
        bad = [
            (v["id"], v["nodes"][0]["target"]) for v in found["violations"] if v["impact"] in ("serious", "critical")
        ]
        assert bad == []


@pytest.mark.parametrize("size", [WIDE, PHONE], ids=["wide", "phone"])
def test_the_page_is_never_wider_than_its_window(
    browser: Browser, page_of_exosomes: Path, size: dict[str, int]
) -> None:
    with opened(browser, page_of_exosomes, size=size) as page:
        assert page.evaluate("document.documentElement.scrollWidth") <= size["width"]


def test_the_page_is_whole_without_script(browser: Browser, page_of_exosomes: Path) -> None:
    with opened(browser, page_of_exosomes, script=False) as page:
        assert page.locator("#answer p").count() >= 2
        assert page.locator("#answer").is_visible()
        assert "The next search is due on 2027-02-21" in page.locator("#stale").inner_text()
        assert page.locator(".claims tbody tr[id]").count() == 17
        assert page.locator("figure svg").count() == 7
        page.locator(".reason summary").first.click()
        assert page.locator("[id='verdict:dark-spots']").is_visible()


# The search is due every 90 days: on time, a day, one, three and twelve periods overdue.
@pytest.mark.parametrize(
    ("days", "late"), [(0, False), (90, False), (91, True), (180, True), (359, True), (360, True), (1170, True)]
)
def test_the_banner_follows_the_readers_day(browser: Browser, page_of_exosomes: Path, days: int, late: bool) -> None:
    with opened(browser, page_of_exosomes) as page:
        now = datetime.datetime(2026, 11, 23, 12, tzinfo=datetime.UTC) + datetime.timedelta(days=days)
        page.clock.set_fixed_time(now)
        page.reload()
        assert ("late" in (page.locator("#stale").get_attribute("class") or "").split()) is late
        assert ("no longer kept up" in page.locator(".kicker").inner_text()) is (days >= 360)
        for heading in (page.title(), page.locator("h1").inner_text()):
            assert ("living" in heading, "lapsed" in heading) == (days < 360, days >= 360)


def test_a_link_to_a_reason_opens_it(browser: Browser, page_of_exosomes: Path) -> None:
    with opened(browser, page_of_exosomes) as page:
        page.locator(".claims .why a").first.click()
        page.wait_for_function("document.querySelector('.reason').open")
        assert page.locator("[id='certainty:dark-spots']").is_visible()


def test_pictures_are_read_by_title_and_description(browser: Browser, page_of_exosomes: Path) -> None:
    with opened(browser, page_of_exosomes) as page:
        for picture in page.locator("figure svg[role=img]").all():
            ids = (picture.get_attribute("aria-labelledby") or "").split()
            assert len(ids) == 2
            assert all(page.locator(f"[id='{one}']").text_content() for one in ids)


def test_pictures_follow_the_dark(browser: Browser, page_of_exosomes: Path) -> None:
    fill = "getComputedStyle(document.querySelector('figure svg text')).fill"
    with opened(browser, page_of_exosomes, "light") as light, opened(browser, page_of_exosomes, "dark") as dark:
        assert light.evaluate(fill) != dark.evaluate(fill)


def test_hostile_text_does_not_run(browser: Browser, hostile_page: Path) -> None:
    with opened(browser, hostile_page) as page:
        page.wait_for_timeout(100)
        assert page.title() != "run"
        assert page.locator("img").count() == 0
        assert page.locator("a[href^='javascript']").count() == 0
        assert page.locator("h1 script").count() == 0
