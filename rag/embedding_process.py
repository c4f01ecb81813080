"""Embedding of passages in a process of its own, so that a document being indexed never makes a chat wait.

A passage takes 10 to 300 ms of one core. In a thread it holds the interpreter that the event loop needs for much of that
time. The process is started with the first passage, at a lower priority, knows nothing but the embedder, ends after a
minute without work, and with its parent, however that ends: its standard input is closed then.

Each request is a line of JSON, a text; each answer another: its vector's bytes, or why there is none.
"""

import base64
import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import numpy as np

from rag import embedders
from rag.children import ROOT, environment, first_to_go
from rag.embedder import Embedder, EmbedderUnavailable, EmbeddingFailed, Vector, checked

NICENESS = 10
IDLE_S = 60.0
"""After so long without work the process ends and gives its memory back."""

DEADLINE_S = 60.0
"""For one passage, the start of the process included."""

TRIES = 2
"""A process that died (out of memory, say) is replaced once for the same texts."""


class PassagesElsewhere:
    """An ``Embedder`` whose passages are embedded in another process; questions, one short text, stay here.

    ``near`` is the embedder that ``embedders.choose(setting)`` gives in both processes.
    """

    def __init__(
        self, near: Embedder, setting: str, *, idle_s: float = IDLE_S, deadline_s: float = DEADLINE_S
    ) -> None:
        self._near = near
        self._setting = setting
        self._idle_s = idle_s
        self._deadline_s = deadline_s
        self._child: subprocess.Popen[bytes] | None = None
        self._lock = threading.Lock()
        self._rest: threading.Timer | None = None

    @property
    def name(self) -> str:
        """The name of the embedder near."""
        return self._near.name

    @property
    def dimensions(self) -> int:
        """Numbers in a vector."""
        return self._near.dimensions

    @property
    def pid(self) -> int | None:
        """The id of the process, None while there is none."""
        return None if self._child is None else self._child.pid

    def embed_query(self, text: str) -> Vector:
        """Return the vector (d,) of what a person asks. Raises ``EmbeddingFailed``."""
        return self._near.embed_query(text)

    def embed_passages(self, texts: Sequence[str]) -> Vector:
        """Return the vectors (n, d) of passages (blocking). Raises ``EmbeddingFailed``.

        The process takes one text at a time, so that calls of several threads take turns.
        """
        rows = [self._one(text) for text in texts]
        return np.concatenate(rows) if rows else np.empty((0, self.dimensions), dtype="<f4")

    def close(self) -> None:
        """End the process; it is started again when there is work again."""
        with self._lock:
            self._end()

    def _one(self, text: str) -> Vector:
        with self._lock:
            if self._rest is not None:
                self._rest.cancel()
            try:
                for _ in range(TRIES):
                    answer = self._asked(text)
                    if answer is not None:
                        return checked(np.frombuffer(answer, dtype="<f4"), 1, self.dimensions)
                    self._end()
            finally:
                self._rest = threading.Timer(self._idle_s, self.close)
                self._rest.daemon = True
                self._rest.start()
        raise EmbeddingFailed("the embedding process died")

    def _asked(self, text: str) -> bytes | None:
        """The vector of one text as bytes; None when the process died over it. Raises ``EmbeddingFailed``."""
        child = self._child = self._child or _start(self._setting)
        assert child.stdin is not None and child.stdout is not None  # noqa: S101 -- they were asked for
        try:
            with _killed_after(child, self._deadline_s):
                child.stdin.write(json.dumps(text).encode() + b"\n")
                child.stdin.flush()
                return _bytes_of(child.stdout.readline())
        except BrokenPipeError:
            return None

    def _end(self) -> None:
        if self._child is not None:
            self._child.kill()
            self._child.communicate()
            self._child = None


def _start(setting: str) -> "subprocess.Popen[bytes]":
    return subprocess.Popen(  # noqa: S603 -- this program itself
        [sys.executable, "-m", "rag.embedding_process", setting],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        cwd=ROOT,
        env=environment(),
    )


@contextmanager
def _killed_after(child: "subprocess.Popen[bytes]", seconds: float) -> Iterator[None]:
    timer = threading.Timer(seconds, child.kill)
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()


def _bytes_of(line: bytes) -> bytes | None:
    """The vector in an answer; None when the process ended before it was whole. Raises ``EmbeddingFailed``."""
    if not line.endswith(b"\n"):
        return None
    answer = json.loads(line)
    if "failed" in answer:
        raise EmbeddingFailed(str(answer["failed"]))
    return base64.b64decode(answer["vector"])


def main(setting: str) -> int:
    """The process: answer until there is nothing more to read. 1 when there is no such embedder here."""
    os.nice(NICENESS)
    first_to_go()
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # a terminal sends it to everybody; the parent decides
    try:
        embedder = embedders.choose(setting)
    except EmbedderUnavailable:
        return 1
    for line in sys.stdin.buffer:
        sys.stdout.buffer.write(json.dumps(_embedded(embedder, json.loads(line))).encode() + b"\n")
        sys.stdout.buffer.flush()
    return 0


def _embedded(embedder: Embedder, text: str) -> dict[str, str]:
    try:
        return {"vector": base64.b64encode(embedder.embed_passages([text]).tobytes()).decode()}
    except EmbeddingFailed as exc:
        return {"failed": str(exc)}


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
