"""The process that answers: queries come in on standard input, answers go out on standard output. Started by its file, so it loads nothing of ours.

A frame in is four bytes of length and JSON. A frame out has a letter before that:
``b`` the question is there, ``d`` a piece of the answer, ``e`` an error, ``z`` the end of an answer.
"""

from __future__ import annotations

import contextlib
import ctypes
import itertools
import json
import os
import queue
import select
import signal
import struct
import sys
import threading
from collections.abc import Iterable, Iterator
from typing import IO, Any, cast

import pyoxigraph as ox

_NEW_USER, _NEW_NETWORK = 0x10000000, 0x40000000
_PIECE = 1 << 18


class _TooLarge(Exception):
    pass


class _Out:
    """Standard output, in frames; a whole answer has no more than ``largest`` bytes."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self._pieces: list[bytes] = []
        self._held = 0
        self.left = 0

    def write(self, piece: bytes) -> int:
        self.left -= len(piece)
        if self.left < 0:
            raise _TooLarge
        self._pieces.append(piece)
        self._held += len(piece)
        if self._held >= _PIECE:
            self.flush()
        return len(piece)

    def flush(self) -> None:
        if self._held:
            self._frame(b"d", b"".join(self._pieces))
        self.drop()

    def begin(self) -> None:
        self._frame(b"b", b"")

    def drop(self) -> None:
        self._pieces.clear()
        self._held = 0

    def end(self, letter: bytes, **told: Any) -> None:
        if self._held:
            told_pieces = b"".join(self._pieces)
            self.drop()
            self._file.write(b"d" + struct.pack(">I", len(told_pieces)) + told_pieces)
        self._frame(letter, json.dumps(told).encode())

    def _frame(self, letter: bytes, body: bytes) -> None:
        self._file.write(letter + struct.pack(">I", len(body)) + body)
        self._file.flush()


class _Sorted:
    """Sorts the prefixes at the beginning of Turtle, which Oxigraph writes in another order each time."""

    def __init__(self, out: _Out) -> None:
        self._out = out
        self._is_begun = False

    def write(self, piece: bytes) -> int:
        if not self._is_begun:
            self._is_begun = True
            lines = piece.splitlines(keepends=True)
            number = next((number for number, line in enumerate(lines) if not (line.startswith(b"@prefix") and line.endswith(b"\n"))), len(lines))
            return self._out.write(b"".join(sorted(lines[:number]) + lines[number:]))
        return self._out.write(piece)

    def flush(self) -> None:
        self._out.flush()


def main() -> None:
    settings = _received(sys.stdin.buffer)
    if settings is None:
        return
    _confine(settings["memory"], settings["network"])
    questions = _questions()
    out = _Out(os.fdopen(os.dup(1), "wb"))
    os.dup2(2, 1)  # whatever a library prints must not get between the frames
    path, store = "", ox.Store()
    for request in questions:
        out.begin()
        out.left = request.get("largest", 0)
        try:
            if request["store"] != path:
                path, store = "", ox.Store()
                store = ox.Store.read_only(request["store"])
                path = request["store"]
            if "query" in request:
                out.end(b"z", kind=_answer(store, request, out), used=_used())
            else:  # where a text goes wrong; a deep one may end this process, as it would end any
                ox.Store().query(request["parse"], base_iri=request["base"], prefixes=request["prefixes"])
                out.end(b"z", used=_used())
        except _TooLarge:
            out.drop()
            out.end(b"e", error="size")
        except SyntaxError as error:
            out.drop()
            out.end(b"e", error="syntax", text=str(error))
        except MemoryError:
            out.drop()
            out.end(b"e", error="memory")
        except (OSError, RuntimeError, ValueError, LookupError) as error:
            out.drop()
            out.end(b"e", error="absent" if isinstance(error, LookupError) else "failed", text=str(error.args[0] if error.args else error))


def _received(file: IO[bytes]) -> dict[str, Any] | None:
    head = file.read(4)
    if len(head) < 4:
        return None
    body = file.read(struct.unpack(">I", head)[0])
    found: dict[str, Any] = json.loads(body)
    return found


def _questions() -> Iterator[dict[str, Any]]:
    """Return what comes in. When whoever asks is gone, so are we, in the middle of a query too: nobody would read the answer."""
    if hasattr(select, "poll"):
        threading.Thread(target=_watch, daemon=True).start()
        return iter(lambda: _received(sys.stdin.buffer), None)
    asked: queue.SimpleQueue[dict[str, Any]] = queue.SimpleQueue()
    threading.Thread(target=_listen, args=(asked,), daemon=True).start()
    return iter(asked.get, None)


def _watch() -> None:
    """End the process when the other end of standard input is closed; a poll for nothing tells that only."""
    poll = select.poll()
    poll.register(0, 0)
    poll.poll()
    os._exit(0)


def _listen(asked: queue.SimpleQueue[dict[str, Any]]) -> None:
    while (request := _received(sys.stdin.buffer)) is not None:
        asked.put(request)
    os._exit(0)


def _confine(memory: int, network: bool) -> None:
    """Take away what an answer does not need, where the system can: memory, the network, and the keyboard."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if sys.platform != "win32":
        import resource

        with contextlib.suppress(ValueError, OSError):
            hard = resource.getrlimit(resource.RLIMIT_DATA)[1]
            resource.setrlimit(resource.RLIMIT_DATA, (memory if hard == resource.RLIM_INFINITY else min(memory, hard), hard))
        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if sys.platform == "linux" and not network:
        unshare = getattr(ctypes.CDLL(None), "unshare", None)
        if unshare is not None and unshare(_NEW_NETWORK) != 0:
            unshare(_NEW_USER | _NEW_NETWORK)


def _used() -> int:
    """Return how many bytes of memory this process has held at most; 0 if the system does not tell."""
    if sys.platform == "win32":
        return 0
    if sys.platform == "linux":
        # getrusage still tells the size of whoever started this process, if that was larger: VmHWM is this program's own
        with open("/proc/self/status", encoding="ascii", errors="replace") as status:  # noqa: PTH123
            for line in status:
                if line.startswith("VmHWM:"):
                    return int(line.split()[1]) * 1024
    import resource

    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most if sys.platform == "darwin" else most * 1024


def _answer(store: ox.Store, request: dict[str, Any], out: _Out) -> str:
    for graph in request["graphs"]:
        if graph.startswith("urn:zhengtu:") or not _is_there(store, graph):
            raise LookupError(graph)
    default: list[Any] | None = None if request["default"] is None else [ox.DefaultGraph() if iri is None else ox.NamedNode(iri) for iri in request["default"]]
    named: list[Any] | None = None if request["named"] is None else [ox.NamedNode(iri) for iri in request["named"]]
    if named is None and request["all_named"]:
        named = [graph for graph in store.named_graphs() if not graph.value.startswith("urn:zhengtu:")]
    if default is not None and len(default) > 1 and ox.DefaultGraph() not in default:
        store, default = _merged(store, default, named or []), [_MERGED]
    settings = {"base_iri": request["base"], "prefixes": request["prefixes"], "default_graph": default, "named_graphs": named}
    found = store.query(request["query"], **settings)
    if isinstance(found, ox.QueryTriples):
        form = _rdf_format(request["format"])
        triples: Iterable[ox.Triple] = _unique(found)
        if request["limit"] is not None:
            triples = itertools.islice(triples, request["limit"])
        if form in (ox.RdfFormat.TURTLE, ox.RdfFormat.TRIG, ox.RdfFormat.N3):
            ox.serialize(triples, cast("IO[bytes]", _Sorted(out)), form, prefixes=request["prefixes"])
        else:
            ox.serialize(triples, cast("IO[bytes]", out), form)
        return "graph"
    found.serialize(cast("IO[bytes]", out), _RESULTS[request["format"]])
    return "truth" if isinstance(found, ox.QueryBoolean) else "rows"


_MERGED = ox.NamedNode("urn:zhengtu:merged")


def _merged(store: ox.Store, graphs: list[Any], others: list[Any]) -> ox.Store:
    """Return a store in which one graph holds what several say, each fact once, beside the named graphs of the dataset.

    Oxigraph would count a fact once for each graph that says it (oxigraph/oxigraph#1919).
    """
    merged = ox.Store()
    for graph in graphs:
        said = store.quads_for_pattern(None, None, None, graph)
        merged.bulk_extend(ox.Quad(fact.subject, fact.predicate, fact.object, _MERGED) for fact in said)
    for graph in others:
        merged.bulk_extend(store.quads_for_pattern(None, None, None, graph))
    return merged


def _is_there(store: ox.Store, graph: str) -> bool:
    try:
        return store.contains_named_graph(ox.NamedNode(graph))
    except ValueError:  # no IRI
        return False


def _unique(triples: Iterable[ox.Triple]) -> Iterator[ox.Triple]:
    """Yield each triple once; Oxigraph may give it twice (oxigraph/oxigraph#525)."""
    seen: set[ox.Triple] = set()
    for triple in triples:
        if triple not in seen:
            seen.add(triple)
            yield triple


_RESULTS = {
    "json": ox.QueryResultsFormat.JSON, "xml": ox.QueryResultsFormat.XML, "csv": ox.QueryResultsFormat.CSV, "tsv": ox.QueryResultsFormat.TSV,
}  # fmt: skip


def _rdf_format(name: str) -> ox.RdfFormat:
    form = ox.RdfFormat.from_extension(name)
    if form is None:
        raise ValueError(name)
    return form


if __name__ == "__main__":
    main()
