"""A local server that speaks the documented shapes of PubMed and ClinicalTrials.gov, and misbehaves when told to."""

import json
import socket
import struct
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

STALL = 0.6


class Service:
    """`faults` are what befalls the next requests, one after another; `asked` are the requests that came."""

    def __init__(self, many: int) -> None:
        self.many = many
        self.faults: list[str] = []
        self.always = ""
        self.asked: list[tuple[str, dict[str, str]]] = []
        self.address = ""

    def answer(self, path: str, told: dict[str, str]) -> bytes:
        if path.endswith("esearch.fcgi"):
            found = {"count": str(self.many), "webenv": "W", "querykey": "1", "idlist": []}
            return json.dumps({"header": {"type": "esearch"}, "esearchresult": found}).encode()
        if path.endswith("efetch.fcgi"):
            start = int(told["retstart"])
            return pubmed_page(range(start, min(start + int(told["retmax"]), self.many)))
        start, size = int(told.get("pageToken", "p0")[1:]), int(told["pageSize"])
        end = min(start + size, self.many)
        page: dict[str, object] = {"studies": [registration(n) for n in range(start, end)]}
        if not start:
            page["totalCount"] = self.many
        if end < self.many:
            page["nextPageToken"] = f"p{end}"
        return json.dumps(page).encode()


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


@contextmanager
def running(many: int) -> Iterator[Service]:
    service = Service(many)

    class Handler(BaseHTTPRequestHandler):
        def log_message(self, *_: object) -> None:
            pass

        def do_GET(self) -> None:
            parts = urlsplit(self.path)
            told = {name: values[0] for name, values in parse_qs(parts.query).items()}
            service.asked.append((parts.path, told))
            fault = service.faults.pop(0) if service.faults else service.always
            misbehave(self, fault, service.answer(parts.path, told))

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


def misbehave(to: BaseHTTPRequestHandler, fault: str, body: bytes) -> None:
    """Answer well where `fault` is `""`."""
    if fault == "reset":
        to.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        to.connection.close()
        return
    if fault == "stall":
        time.sleep(STALL)
    status = {"busy": 429, "broken": 500, "refused": 400, "elsewhere": 302, "plain": 302}.get(fault, 200)
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
        to.send_response(status)
        if fault == "busy":
            to.send_header("Retry-After", "7")
        if fault == "elsewhere":
            to.send_header("Location", "https://evil.example/efetch.fcgi")
        if fault == "plain":
            to.send_header("Location", "http://eutils.ncbi.nlm.nih.gov/x")
        to.send_header("Content-Length", str(length))
        to.end_headers()
        to.wfile.write(body)
    except OSError:
        pass  # the other side has hung up, as it should
