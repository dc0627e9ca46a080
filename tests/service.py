"""A local server that speaks the documented shapes of the services of records, and misbehaves when told to.

Shapes: NCBI E-utilities, ClinicalTrials.gov API 2, Europe PMC REST (`core`), Crossref REST, OpenAlex, Open Beauty Facts search, as their
documentation had them in November 2026. All content is made up.
"""

import json
import socket
import struct
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, unquote, urlsplit

STALL = 0.6


class Service:
    """`faults` are what befalls the next requests, one after another; `asked` are the requests that came, `agents` who sent them.

    `drift` is added to the count that is told with each page after the first; with `repeats` each page shows the first one's entries;
    `notices` are Crossref's by DOI.
    """

    def __init__(self, many: int) -> None:
        self.many = many
        self.drift = 0
        self.repeats = False
        self.faults: list[str] = []
        self.always = ""
        self.asked: list[tuple[str, dict[str, str]]] = []
        self.agents: list[str] = []
        self.notices: dict[str, list[dict[str, object]]] = {}
        self.address = ""

    def answer_to(self, request: BaseHTTPRequestHandler) -> None:
        """One request, with what befalls it."""
        parts = urlsplit(request.path)
        told = {name: values[0] for name, values in parse_qs(parts.query).items()}
        self.asked.append((parts.path, told))
        self.agents.append(request.headers["User-Agent"])
        fault = self.faults.pop(0) if self.faults else self.always
        misbehave(request, fault, self.answer(parts.path, told))

    def answer(self, path: str, told: dict[str, str]) -> bytes | None:
        """The body; None where there is nothing at that address."""
        if path.endswith("esearch.fcgi"):
            found = {"count": str(self.many), "webenv": "W", "querykey": "1", "idlist": []}
            return json.dumps({"header": {"type": "esearch"}, "esearchresult": found}).encode()
        if path.endswith("efetch.fcgi"):
            start = int(told["retstart"])
            return pubmed_page(range(start, min(start + int(told["retmax"]), self.many)))
        page = self._page(path, told)
        return None if page is None else json.dumps(page).encode()

    def _page(self, path: str, told: dict[str, str]) -> object | None:
        if path == "/api/v2/studies":
            return self._registrations(told)
        if path == "/europepmc/webservices/rest/search":
            return self._europepmc(told)
        if path == "/works" and "select" in told:
            return self._openalex(told)
        if path.startswith("/works"):
            return self._crossref(path, told)
        return self._products(told)

    def _range(self, start: int, size: int) -> range:
        return range(start, min(start + size, self.many))

    def _shown(self, numbers: range) -> range:
        return range(len(numbers)) if self.repeats else numbers

    def _found(self, start: int) -> int:
        return self.many + (self.drift if start else 0)

    def _registrations(self, told: dict[str, str]) -> object:
        start = int(told.get("pageToken", "p0")[1:])
        numbers = self._range(start, int(told["pageSize"]))
        page: dict[str, object] = {"studies": [registration(n) for n in self._shown(numbers)]}
        if not start:
            page["totalCount"] = self.many
        if numbers.stop < self.many:
            page["nextPageToken"] = f"p{numbers.stop}"
        return page

    def _europepmc(self, told: dict[str, str]) -> object:
        start = 0 if told["cursorMark"] == "*" else int(told["cursorMark"][1:])
        numbers = self._range(start, int(told["pageSize"]))
        page: dict[str, object] = {"version": "6.9", "hitCount": self._found(start)}
        if numbers.stop < self.many:
            page["nextCursorMark"] = f"m{numbers.stop}"
        return page | {"resultList": {"result": [europepmc_entry(n) for n in self._shown(numbers)]}}

    def _crossref(self, path: str, told: dict[str, str]) -> object | None:
        wanted = [part[4:] for part in told.get("filter", "").split(",") if part.startswith("doi:")]
        if path != "/works":
            doi = unquote(path.removeprefix("/works/"))
            if doi not in self.notices:
                return None
            return {"status": "ok", "message-type": "work", "message": {"DOI": doi, "updated-by": self.notices[doi]}}
        if wanted:
            items = [{"DOI": doi, "updated-by": self.notices[doi]} for doi in wanted if doi in self.notices]
            return {
                "status": "ok",
                "message-type": "work-list",
                "message": {"total-results": len(items), "items": items},
            }
        start = 0 if told["cursor"] == "*" else int(told["cursor"][1:])
        numbers = self._range(start, int(told["rows"]))
        # Crossref gives a cursor with every page; the end is a page without works.
        message = {"total-results": self._found(start), "next-cursor": f"c{numbers.stop}", "facets": {}}
        items = [crossref_work(n) for n in self._shown(numbers)]
        return {"status": "ok", "message-type": "work-list", "message": {**message, "items": items}}

    def _openalex(self, told: dict[str, str]) -> object:
        start = 0 if told["cursor"] == "*" else int(told["cursor"][1:])
        numbers = self._range(start, int(told["per_page"]))
        cursor = f"o{numbers.stop}" if numbers else None
        meta = {"count": self._found(start), "per_page": int(told["per_page"]), "next_cursor": cursor}
        return {"meta": meta, "results": [openalex_work(n) for n in self._shown(numbers)]}

    def _products(self, told: dict[str, str]) -> object:
        size = int(told["page_size"])
        start = (int(told["page"]) - 1) * size
        products = [product(n) for n in self._shown(self._range(start, size))]
        page = {"count": self._found(start), "page": told["page"], "page_count": len(products), "page_size": size}
        return {**page, "products": products, "skip": start}


def pubmed_page(numbers: range) -> bytes:
    articles = "".join(
        f"<PubmedArticle><MedlineCitation><PMID>{1000 + n}</PMID><Article><Journal><Title>J</Title></Journal>"
        f"<ArticleTitle>Serum number {n}</ArticleTitle></Article></MedlineCitation></PubmedArticle>"
        for n in numbers
    )
    return f'<?xml version="1.0" ?><PubmedArticleSet>{articles}</PubmedArticleSet>'.encode()


def registration(number: int) -> dict[str, object]:
    names = {"nctId": f"NCT{number:08}", "briefTitle": f"Serum trial {number}"}
    return {"protocolSection": {"identificationModule": names}}


def europepmc_entry(number: int) -> dict[str, object]:
    return {
        "id": str(1000 + number), "source": "MED", "pmid": str(1000 + number), "doi": f"10.5555/serum.{number}",
        "title": f"Serum number {number}.", "pubYear": "2024",
        "authorList": {"author": [{"fullName": "Doe J", "firstName": "Jo", "lastName": "Doe", "initials": "J"}]},
        "journalInfo": {"volume": "3", "journal": {"title": "J Skin", "issn": "1234-5679"}},
        "abstractText": "<h4>Methods</h4>Ten people.<h4>Results</h4>Counts fell from 10<sup>6</sup> (p<0.05).",
        "pubTypeList": {"pubType": ["Journal Article"]},
    }  # fmt: skip


def crossref_work(number: int) -> dict[str, object]:
    return {
        "DOI": f"10.5555/SERUM.{number}", "type": "journal-article", "title": [f"Serum number {number}"],
        "container-title": ["J Skin"], "issued": {"date-parts": [[2024, 3]]}, "publisher": "Skin Press",
        "author": [{"family": "Doe", "given": "Jo", "sequence": "first", "affiliation": []}],
    }  # fmt: skip


def openalex_work(number: int) -> dict[str, object]:
    return {
        "id": f"https://openalex.org/W{100 + number}", "doi": f"https://doi.org/10.5555/serum.{number}",
        "title": f"Serum number {number}", "publication_year": 2024, "publication_date": "2024-03-05",
        "ids": {"pmid": f"https://pubmed.ncbi.nlm.nih.gov/{1000 + number}"}, "type": "article", "is_retracted": False,
        "authorships": [{"author": {"display_name": "Jo Doe"}, "raw_author_name": "Jo Doe"}],
        "abstract_inverted_index": {"Ten": [0], "people": [1, 3], "and": [2]},
    }  # fmt: skip


def product(number: int) -> dict[str, object]:
    return {
        "code": f"{4000000000000 + number}", "product_name": f"Serum {number}", "brands": "Skin Press",
        "ingredients_text": "AQUA, GLYCERIN", "last_modified_t": 1760000000,
    }  # fmt: skip


@contextmanager
def running(many: int) -> Iterator[Service]:
    service = Service(many)

    class Handler(BaseHTTPRequestHandler):
        def log_message(self, *_: object) -> None:
            pass

        def do_GET(self) -> None:
            service.answer_to(self)

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    service.address = f"http://127.0.0.1:{server.server_address[1]}"
    try:
        yield service
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def misbehave(to: BaseHTTPRequestHandler, fault: str, body: bytes | None) -> None:
    """Answer well where `fault` is `""`."""
    if fault == "reset":
        to.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        to.connection.close()
        return
    if fault == "stall":
        time.sleep(STALL)
    status = {
        "busy": 429,
        "until": 503,
        "long": 429,
        "broken": 500,
        "refused": 400,
        "key": 401,
        "elsewhere": 302,
        "plain": 302,
    }.get(fault, 200)
    if body is None:
        status, body = 404, b'"Resource not found."'
    length = len(body)
    if fault == "cut":
        body = body[: len(body) // 2]
    elif fault == "short":
        body = body[: len(body) // 2]
        length = len(body)
    elif fault == "html":
        body = b"<!DOCTYPE html><html><title>Down for maintenance</title></html>"
        length = len(body)
    elif fault == "empty":
        body, length = b"", 0
    try:
        to.send_response_only(status)
        to.send_header("Date", "Tue, 24 Nov 2026 10:00:00 GMT")
        if fault in ("busy", "until", "long"):
            date = "Tue, 24 Nov 2026 10:00:09 GMT"
            to.send_header("Retry-After", {"busy": "7", "until": date, "long": "3600"}[fault])
        if fault == "elsewhere":
            to.send_header("Location", "https://evil.example/efetch.fcgi")
        if fault == "plain":
            to.send_header("Location", "http://eutils.ncbi.nlm.nih.gov/x")
        to.send_header("Content-Length", str(length))
        to.end_headers()
        to.wfile.write(body)
    except OSError:
        pass  # the other side has hung up, as it should
