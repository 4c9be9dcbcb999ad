"""Answer queries in processes of their own, on a snapshot of the store: what runs too long or grows too large is killed, and the store is not touched.

Inside a process nothing stops a query of Oxigraph, and an allocation that fails ends the process.
"""

from __future__ import annotations

import contextlib
import json
import re
import struct
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import IO, Any, Literal

from kg.errors import KgError, QueryError, QueryLost, QueryTimeout, QueryTooLarge, StoreError
from kg.graph.guard import examined, spread
from kg.graph.query import Answer, absent, harmless_csv, known_prefixes, syntax_error
from kg.graph.snapshots import Snapshot, Snapshots
from kg.graph.store import Store
from kg.graph.terms import DEFAULT_BASE

Kind = Literal["rows", "truth", "graph"]

MEDIA_TYPES: dict[str, str] = {
    "json": "application/sparql-results+json",
    "xml": "application/sparql-results+xml",
    "csv": "text/csv; charset=utf-8",
    "tsv": "text/tab-separated-values; charset=utf-8",
    "ttl": "text/turtle; charset=utf-8",
    "nt": "application/n-triples",
    "rdf": "application/rdf+xml",
    "jsonld": "application/ld+json",
    "trig": "application/trig",
    "nq": "application/n-quads",
    "n3": "text/n3; charset=utf-8",
}
"""The names of the formats and their media types."""

FITTING: dict[Kind, tuple[str, ...]] = {
    "rows": ("json", "xml", "csv", "tsv"),
    "truth": ("json", "xml", "csv", "tsv"),
    "graph": ("ttl", "nt", "rdf", "jsonld", "trig", "nq", "n3"),
}
"""Which formats an answer of each kind can be written in: rows answer SELECT, a truth ASK, a graph CONSTRUCT and DESCRIBE."""

_KINDS: dict[str, Kind] = {"select": "rows", "ask": "truth", "construct": "graph", "describe": "graph"}
_ON_DISK = 4 << 20
_TICK = 0.02
_TRIES = 3
_ENDS = {-6: "memory", -11: "deep"}  # SIGABRT: an allocation failed; SIGSEGV: the stack overflowed
_FORMULA = re.compile(rb"""(?:\A|[,\n"])[=+\-@\t\r]""")


@dataclass(frozen=True, slots=True)
class Result:
    """A whole answer: its kind, its media type, its size in bytes, and its bytes in pieces (read once; they lie on the disk if they are many).

    ``base`` is what the IRIs of the things in the graph begin with.
    """

    kind: Kind
    media_type: str
    size: int
    body: Iterator[bytes]
    base: str = DEFAULT_BASE

    def read(self) -> bytes:
        """Return the bytes that were not read yet."""
        return b"".join(self.body)


class Workers:
    """Processes that answer queries on snapshots of the graph in a folder; threads may share it, use it with ``with``.

    ``workers``: how many queries run at once; others wait. ``timeout``: seconds for a query, and for its turn. ``largest``: bytes of an answer.
    ``memory``: bytes that a process may use, where the system can tell. ``allowed_services``: IRIs that SERVICE may name; without them a process has no
    network, where the system can take it away. ``source``: the store, if this process has it open for writing; ``refresh`` tells that it has changed then.
    ``live``: for a single query, ask the store itself; nobody can write meanwhile.
    """

    def __init__(
        self,
        folder: Path | str,
        *,
        workers: int = 2,
        timeout: float = 30.0,
        largest: int = 100_000_000,
        memory: int = 2_000_000_000,
        allowed_services: Sequence[str] = (),
        source: Store | None = None,
        live: bool = False,
    ) -> None:
        self.folder = Path(folder)
        self.timeout = timeout
        self.largest = largest
        self._memory = memory
        self._allowed = frozenset(allowed_services)
        self._snapshots = Snapshots(self.folder, source=source, live=live)
        self._turns = threading.Condition()
        self._free = workers
        self._idle: list[_Worker] = []
        if live:  # it starts while the store is opened
            self._free -= 1
            self._idle.append(self._started())
        self._busy: set[_Worker] = set()
        self._watch: threading.Thread | None = None
        self._is_closed = False

    def answer(
        self,
        sparql: str,
        *,
        form: str,
        default_graphs: Sequence[str] = (),
        named_graphs: Sequence[str] = (),
        timeout: float | None = None,
        limit: int | None = None,
        reason: bool = False,
    ) -> Result:
        """Return the whole answer to a query in a format (``csv`` or ``text/csv``); the project's prefixes need not be declared.

        ``default_graphs`` and ``named_graphs`` are the dataset, if one of them is given (they go before FROM of the query). ``limit`` cuts the rows or
        triples, as LIMIT does. With ``reason`` the default graph holds what was inferred too.
        Raises QueryError (``place``, ``excerpt``) for what is no query, reaches beyond this graph or cannot be written in the format, QueryTimeout and
        QueryTooLarge if it was stopped, StoreError if there is no graph, or if it is being written and never was read.
        """
        seconds = self.timeout if timeout is None else timeout
        snapshot = self._snapshots.taken()
        try:
            kind, request = self._request(sparql, snapshot, form, default_graphs, named_graphs, limit, reason)
            size, body = self._asked(request, snapshot, seconds)
        except _Refused as refused:
            told = refused.told if refused.told["error"] != "syntax" else self._located(sparql, request, snapshot, seconds)
            raise self._error(told, sparql, seconds) from None
        finally:
            self._snapshots.given_back(snapshot)
        return Result(kind, MEDIA_TYPES[request["format"]], size, body, snapshot.base)

    def _asked(self, request: dict[str, Any], snapshot: Snapshot, seconds: float) -> tuple[int, Iterator[bytes]]:
        """Return the size of an answer and its pieces; a process that turns out to be gone is no reason not to ask another."""
        for _ in range(_TRIES):
            worker = self._taken(seconds)
            try:
                return worker.ask(request, snapshot, seconds)
            except _GoneError:
                continue
            finally:
                self._returned(worker)
        raise _Refused({"error": "killed"})

    def _located(self, sparql: str, request: dict[str, Any], snapshot: Snapshot, seconds: float) -> dict[str, Any]:
        """Return what Oxigraph says of a query that cannot be parsed, with wide gaps; never parsed here, since a deep one overflows the stack."""
        try:
            self._asked({key: request[key] for key in ("store", "base", "prefixes")} | {"parse": spread(sparql)[0]}, snapshot, seconds)
        except _Refused as refused:
            return refused.told
        return {"error": "syntax", "text": ""}

    def refresh(self) -> None:
        """Answer from now on as the store is now. Needed with a ``source`` only: other writers are noticed as soon as they have finished."""
        self._snapshots.refresh()

    def close(self) -> None:
        """Stop all processes, in the middle of queries too, and remove the snapshots."""
        with self._turns:
            self._is_closed = True
            stopped = [*self._idle, *self._busy]
            self._idle.clear()
            self._turns.notify_all()
        for worker in stopped:
            worker.kill()
        if self._watch is not None:
            self._watch.join()
        self._snapshots.close()

    def __enter__(self) -> Workers:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    # ------------------------------------------------------------ what is asked

    def _request(
        self, sparql: str, snapshot: Snapshot, form: str, default_graphs: Sequence[str], named_graphs: Sequence[str], limit: int | None, reason: bool
    ) -> tuple[Kind, dict[str, Any]]:
        prefixes = known_prefixes(snapshot.base)
        request = examined(sparql, prefixes, snapshot.base).checked(allowed=self._allowed)
        kind = _KINDS[str(request.form)]
        name = next((name for name in FITTING[kind] if form in (name, MEDIA_TYPES[name], MEDIA_TYPES[name].partition(";")[0])), None)
        if name is None:
            known = "、".join(FITTING[kind])
            raise QueryError(
                f"{form}：这个查询的结果不能写成这种格式。请用 {known}。",
                f"{form}: the answer to this query cannot be written so. Use {known.replace('、', ', ')}.",
            )
        default: list[str | None] | None = list(default_graphs) if default_graphs or named_graphs else None
        if reason:
            if snapshot.inferred is None:
                raise StoreError(
                    f"{self.folder}：图谱里没有推理结果，或者已经过时。请先运行 kg build --reason。",
                    f"{self.folder}: what follows from the graph is not there, or out of date. Run kg build --reason first.",
                )
            default = [*([None] if default is None else default), snapshot.inferred]
        return kind, {
            "query": request.written(limit), "limit": limit, "prefixes": prefixes, "base": snapshot.base, "format": name, "largest": self.largest,
            "default": default, "named": list(named_graphs) if default_graphs or named_graphs else None,
            "all_named": request.is_ambiguous and "graph" in sparql.lower(),
            "graphs": [*default_graphs, *named_graphs] if default_graphs or named_graphs else list(request.graphs),
            "store": str(snapshot.path),
        }  # fmt: skip

    def _error(self, told: dict[str, Any], sparql: str, seconds: float) -> KgError:
        error, text = told["error"], " ".join(str(told.get("text", "")).split())[:200]
        if error == "syntax":
            return syntax_error(sparql, str(told["text"]))
        if error == "absent":
            return absent(text)
        if error == "time":
            return QueryTimeout(
                f"查询超过 {seconds:g} 秒，已经停止。请缩小查询，或者放宽时限（--timeout）。",
                f"the query took more than {seconds:g} seconds and was stopped. Ask for less, or allow more time (--timeout).",
            )
        if error == "size":
            return QueryTooLarge(
                f"结果超过 {self.largest:,} 字节，查询已经停止。请缩小查询，或者加上 LIMIT。",
                f"the answer has more than {self.largest:,} bytes; the query was stopped. Ask for less, or add LIMIT.",
            )
        if error == "memory":
            return QueryTooLarge(
                f"查询需要的内存超过 {self._memory:,} 字节，已经停止。请缩小查询。",
                f"the query needs more than {self._memory:,} bytes of memory and was stopped. Ask for less.",
            )
        if error == "deep":
            return QueryError("查询嵌套太深，读不了。请减少括号的层数。", "the query is nested too deeply to be read. Use fewer brackets within brackets.")
        if error == "killed":
            return QueryLost("查询进程被系统终止，没有结果。请再试一次。", "the process of the query was killed, there is no answer. Try again.")
        return QueryError(f"查询没有完成：{text}", f"the query could not be finished: {text}")

    # ------------------------------------------------------------ whose turn it is

    def _started(self) -> _Worker:
        try:
            return _Worker(self._snapshots, self._memory, network=bool(self._allowed))
        except OSError as error:
            raise QueryLost(f"查询进程没有启动（{error.strerror}）。", f"no process for the query could be started ({error.strerror}).") from error

    def _taken(self, seconds: float) -> _Worker:
        """Return a process that lives and has nothing to do; wait for one if all are busy."""
        ends = time.monotonic() + seconds
        with self._turns:
            while True:
                if self._is_closed:
                    raise StoreError(f"{self.folder}：查询已经关闭。", f"{self.folder}: closed to queries.")
                if self._idle:
                    worker = self._idle.pop()
                    if worker.is_alive():
                        break
                    worker.kill()
                    self._free += 1
                elif self._free:
                    worker = self._started()
                    self._free -= 1
                    break
                elif (left := ends - time.monotonic()) <= 0 or not self._turns.wait(left):
                    raise QueryTimeout(
                        f"别的查询太多，{seconds:g} 秒内没有轮到。请稍后再试。",
                        f"too many other queries: no turn within {seconds:g} seconds. Try again later.",
                    )
            self._busy.add(worker)
            self._turns.notify_all()
            if self._watch is None:
                self._watch = threading.Thread(target=self._watching, daemon=True)
                self._watch.start()
        return worker

    def _returned(self, worker: _Worker) -> None:
        """Take back a process; one that has not finished, or has grown large, is not used again."""
        is_fit = worker.is_ready and worker.used < self._memory // 2
        if not is_fit:
            worker.kill()
        with self._turns:
            self._busy.discard(worker)
            if is_fit and not self._is_closed:
                self._idle.append(worker)
            else:
                worker.kill()
                self._free += 1
            self._turns.notify_all()

    def _watching(self) -> None:
        """Kill what runs too long."""
        while not self._is_closed:
            time.sleep(_TICK)
            with self._turns:
                self._turns.wait_for(lambda: self._busy or self._is_closed)
                for worker in self._busy:
                    if worker.ends is not None and time.monotonic() > worker.ends:
                        worker.is_late = True
                        worker.process.kill()


class _Refused(Exception):
    """What a process told instead of an answer."""

    def __init__(self, told: dict[str, Any]) -> None:
        self.told = told


class _GoneError(Exception):
    """A process was gone before it had the question."""


class _Worker:
    """One process, and the snapshot that it has open."""

    def __init__(self, snapshots: Snapshots, memory: int, *, network: bool) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-P", str(Path(__file__).with_name("answering.py"))],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, start_new_session=True,
        )  # fmt: skip
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self._into: IO[bytes] = self.process.stdin
        self._from: IO[bytes] = self.process.stdout
        self.ends: float | None = None
        self.is_late = False
        self.is_ready = True
        self.used = 0
        self._snapshots = snapshots
        self._snapshot: Snapshot | None = None
        with contextlib.suppress(OSError):  # if it is gone already, the first question tells
            self._send({"memory": memory, "network": network})

    def is_alive(self) -> bool:
        """Tell whether the process is there."""
        return self.process.poll() is None

    def ask(self, request: dict[str, Any], snapshot: Snapshot, seconds: float) -> tuple[int, Iterator[bytes]]:
        """Return the size of the answer and its pieces; _Refused for what is told instead."""
        self.is_ready = False
        before, self._snapshot = self._snapshot, self._snapshots.shared(snapshot)
        if before is not None:
            self._snapshots.given_back(before)
        self.ends = time.monotonic() + seconds
        try:
            with contextlib.suppress(OSError):
                self._send(request)
            return self._answer()
        finally:
            self.ends = None

    def _answer(self) -> tuple[int, Iterator[bytes]]:
        pieces: list[bytes] = []
        size = 0
        file: IO[bytes] | None = None
        is_begun = False
        while True:
            head = self._from.read(5)
            body = self._from.read(struct.unpack(">I", head[1:])[0]) if len(head) == 5 else b""
            if head[:1] == b"b":
                is_begun = True
            elif head[:1] == b"d":
                size += len(body)
                pieces.append(body)
                if size > _ON_DISK:
                    if file is None:
                        file = tempfile.TemporaryFile()  # noqa: SIM115
                    file.writelines(pieces)
                    pieces.clear()
            elif head[:1] == b"z":
                self.is_ready = True
                self.used = json.loads(body)["used"]
                return size, iter(pieces) if file is None else _read(file)
            elif head[:1] == b"e":
                self.is_ready = True
                raise _Refused(json.loads(body))
            else:
                status = self.process.wait()
                if not is_begun and not self.is_late:
                    raise _GoneError
                raise _Refused({"error": "time" if self.is_late else _ENDS.get(status, "killed")})

    def kill(self) -> None:
        """End the process; a process can be ended twice."""
        self.is_ready = False
        self.process.kill()
        self.process.wait()
        with contextlib.suppress(OSError):
            self._into.close()
        snapshot, self._snapshot = self._snapshot, None
        if snapshot is not None:
            self._snapshots.given_back(snapshot)

    def _send(self, told: dict[str, Any]) -> None:
        body = json.dumps(told).encode()
        self._into.write(struct.pack(">I", len(body)) + body)
        self._into.flush()


def _read(file: IO[bytes]) -> Iterator[bytes]:
    with file:
        file.seek(0)
        while piece := file.read(_ON_DISK):
            yield piece


# ---------------------------------------------------------------- for somebody at a terminal

_PLAIN: dict[Kind, dict[str, str]] = {
    "rows": {"table": "json", "md": "json"},
    "truth": {"table": "json", "md": "json", "csv": "", "tsv": ""},
    "graph": {"table": "nt", "md": "nt", "csv": "nt", "tsv": "nt", "json": "nt", "ttl": "nt", "xml": "rdf"},
}
"""In which format a process answers where it is not the one that is asked for."""


def answered(folder: Path | str, sparql: str, form: str, *, timeout: float = 60.0, limit: int | None = None, reason: bool = False) -> Answer | Iterator[bytes]:
    """Return the answer to one query: the bytes of a format of ``FORMATS``, or an Answer where the whole must be known to lay it out.

    Raises what ``Workers.answer`` raises; the process of the query is gone in any case.
    """
    kind: Kind = _KINDS.get(str(examined(sparql).form), "rows")
    with Workers(folder, workers=1, timeout=timeout, largest=1 << 40, live=True) as workers:
        result = workers.answer(sparql, form=_PLAIN[kind].get(form, form), limit=limit, reason=reason)
        if _PLAIN[kind].get(form, "rdf") != "rdf":
            return Answer.parsed(kind, result.read(), result.base)
        if form == "csv":
            return harmless(result.body)
        return result.body


def harmless(body: Iterator[bytes]) -> Iterator[bytes]:
    """Yield CSV in which no cell is run as a formula by a spreadsheet."""
    whole = b"".join(body)
    yield harmless_csv(whole) if _FORMULA.search(whole) else whole
