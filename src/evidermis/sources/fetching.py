"""Asking a service politely: https to its own hosts only, one request at a time, again where that may help.

An answer counts only when it has come whole and is what was asked for: a page of HTML with status 200, a body that breaks off and
JSON that does not parse are failures like status 500, never "found nothing".
"""

import datetime
import json
import random
import time
from collections.abc import Callable, Mapping
from email.utils import parsedate_to_datetime
from types import TracebackType
from typing import Self
from urllib.parse import urljoin, urlsplit

import httpx

from evidermis import __version__
from evidermis.evidence.errors import SourceFailed
from evidermis.sources.door import Source

__all__ = ["Fetch"]

ATTEMPTS = 5
# The waits are eight lines of ours and not stamina's (docs/sources.md): what the service asks for (Retry-After) outranks them.
# A page of 200 PubMed articles is 4 MB at most; what is larger is no answer of theirs.
MOST_BYTES = 64 * 1024 * 1024
MOST_REDIRECTS = 3
# Longer than this nobody waits at a command line; the next run goes on where this one stopped.
LONGEST_WAIT = 60.0


class _Passing(Exception):
    """A failure that may have passed by the next attempt of so many; `wait` is what the service asks for."""

    def __init__(self, status: int, what: str, wait: float = 0.0, attempts: int = ATTEMPTS) -> None:
        super().__init__(what)
        self.status, self.what, self.wait, self.attempts = status, what, wait, attempts


class Fetch:
    """Requests to one source. `reached_at` maps a host to the address it is reached at instead (a mirror, a test's server).

    `contact` is the e-mail address of who asks. `first_wait` is the seconds before the second attempt; each further one waits
    twice as long.
    """

    def __init__(
        self,
        source: Source,
        *,
        contact: str = "",
        reached_at: Mapping[str, str] | None = None,
        first_wait: float = 1.0,
        timeout: float = 30.0,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._source, self._reached_at, self._sleep = source, dict(reached_at or {}), sleep
        self._first_wait, self._timeout = first_wait, timeout
        self.contact = contact
        # Services ask to be told who asks; some are quicker for it (Crossref's "polite pool").
        agent = f"evidermis/{__version__}{f' (mailto:{contact})' if contact else ''}"
        self._client = httpx.Client(
            timeout=timeout, follow_redirects=False, trust_env=True, headers={"User-Agent": agent}
        )
        self._asked = float("-inf")

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._client.close()

    def __call__(self, url: str, parameters: Mapping[str, str], *, form: str) -> bytes:
        """The body, whole and of that form. `SourceFailed` after the last attempt, or at once where none can help."""
        address = str(httpx.URL(url, params=dict(parameters)))
        for attempt in range(1, ATTEMPTS + 1):
            try:
                return self._answer(address, form)
            except _Passing as failure:
                if attempt >= failure.attempts or failure.wait > LONGEST_WAIT:
                    raise SourceFailed(self._source.name, failure.status, failure.what) from failure
                self._sleep(max(failure.wait, self._first_wait * 2 ** (attempt - 1) * random.uniform(0.8, 1.2)))  # noqa: S311
        raise AssertionError

    def _answer(self, address: str, form: str) -> bytes:
        for _ in range(MOST_REDIRECTS + 1):
            status, headers, body = self._requested(address)
            if status in (301, 302, 303, 307, 308):
                address = urljoin(address, headers.get("location", ""))
                continue
            if status == 429 or status >= 500:
                wait = _seconds(headers)
                later = f"; it asks to come again in {wait:,.0f} s" if wait > LONGEST_WAIT else ""
                raise _Passing(status, f"it is busy or broken{later}", wait)
            if status != 200:
                raise SourceFailed(self._source.name, status, self._refusal(status))
            return _checked(body, form)
        raise SourceFailed(self._source.name, 0, f"more than {MOST_REDIRECTS} redirects")

    def _refusal(self, status: int) -> str:
        key = self._source.key
        if key and status in (401, 403):
            return f"it refuses the request; set {key} to a key of this service that is valid"
        return "it refuses the request; check the query"

    def _requested(self, address: str) -> tuple[int, httpx.Headers, bytes]:
        parts = urlsplit(address)
        if parts.scheme != "https" or parts.netloc not in self._source.hosts:
            told = f"{parts.scheme}://{parts.netloc}"
            raise SourceFailed(self._source.name, 0, f"it points to {told[:80]}, which is not asked")
        self._sleep(max(0.0, self._asked + self._source.pause - time.monotonic()))
        instead = self._reached_at.get(parts.netloc)
        where = address if instead is None else instead + address[len(f"https://{parts.netloc}") :]
        try:
            with self._client.stream("GET", where) as answer:
                return answer.status_code, answer.headers, self._body(answer)
        except httpx.ConnectError as error:
            # Who is offline should not wait for it to be said.
            raise _Passing(0, "it cannot be reached; is this machine online?", attempts=2) from error
        except httpx.TimeoutException as error:
            raise _Passing(0, f"no answer within {self._timeout:g} s") from error
        except (httpx.TransportError, httpx.DecodingError) as error:
            raise _Passing(0, f"no whole answer came ({type(error).__name__})") from error
        finally:
            self._asked = time.monotonic()

    def _body(self, answer: httpx.Response) -> bytes:
        parts: list[bytes] = []
        size = 0
        until = time.monotonic() + 10 * self._timeout
        for part in answer.iter_bytes():
            size += len(part)
            if size > MOST_BYTES:
                raise SourceFailed(self._source.name, answer.status_code, f"an answer of over {MOST_BYTES:,} bytes")
            if time.monotonic() > until:
                raise _Passing(answer.status_code, "the answer trickles in without end")
            parts.append(part)
        return b"".join(parts)


def _checked(body: bytes, form: str) -> bytes:
    text = body.strip()
    if text[:200].lower().startswith((b"<!doctype html", b"<html")):
        raise _Passing(200, "a page for people came in the place of data")
    if form == "json":
        try:
            json.loads(text)
        except (ValueError, RecursionError) as error:
            raise _Passing(200, "the answer breaks off, or is no JSON") from error
    elif not text.endswith(f"</{form}>".encode()):
        raise _Passing(200, f"the answer breaks off, or is no {form}")
    return body


def _seconds(headers: httpx.Headers) -> float:
    """Retry-After in seconds: a number, or a date, which counts from the answer's own where that has one."""
    told = headers.get("retry-after", "").strip()
    if told.isascii() and told.isdigit():
        return float(told)
    until = _time(told)
    now = _time(headers.get("date", "")) or datetime.datetime.now(datetime.UTC)
    return max(0.0, (until - now).total_seconds()) if until else 0.0


def _time(written: str) -> datetime.datetime | None:
    """A date of HTTP (RFC 9110); None where it is none."""
    try:
        found = parsedate_to_datetime(written)
    except (TypeError, ValueError, OverflowError):
        return None
    return found if found.tzinfo else found.replace(tzinfo=datetime.UTC)
