"""Files are read in a process of their own, which may be killed: a bad one cannot hurt the bot or make it wait.

The child sets limits on its own memory and processor time before it opens the file, writes the document as JSON to
its output and ends. What it writes is parsed like anything that comes from outside.
"""

import asyncio
import signal
import sys
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from rag.children import ROOT, environment
from rag.guide import Document
from rag.loaders.reasons import Reason, Unreadable

DEADLINE_S = 60.0
MEMORY_MB = 512
"""Of a file's own: what Python and the libraries take comes on top."""

MOST_OUTPUT = 96 * 1024 * 1024
UNREADABLE = 3
"""Exit code of a child that wrote a reason instead of a document."""

_PIECE = 1024 * 1024
_OUT_OF_MEMORY = frozenset({signal.SIGABRT, signal.SIGTRAP, signal.SIGILL, signal.SIGKILL, signal.SIGXCPU})
"""How PDFium, Python and the kernel end a process that asks for more than it may have."""

Read = TypeAdapter(Document)


async def read_in_process(
    path: Path, name: str, deadline_s: float = DEADLINE_S, memory_mb: int = MEMORY_MB
) -> Document:
    """Read the file at ``path`` into a document called ``name``.

    Raises ``Unreadable``: ``bomb`` where it takes more than ``deadline_s`` seconds or ``memory_mb`` megabytes,
    ``corrupt`` where reading it crashes. The child is gone when this returns, also when it is cancelled.
    """
    child = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "rag.loaders.child", str(path.absolute()), name),  # noqa: ASYNC240 -- touches no disk
        *(str(memory_mb), str(int(deadline_s) + 1)),
        stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.DEVNULL,
        cwd=ROOT,
        env=environment(),
    )
    try:
        async with asyncio.timeout(deadline_s):
            output = await _output(child)
            code = await child.wait()
    except TimeoutError:
        raise Unreadable(Reason.BOMB, f"more than {deadline_s:.0f} s") from None
    finally:
        if child.returncode is None:
            child.kill()
            await child.wait()
    return await asyncio.to_thread(_document, code, output)


async def _output(child: asyncio.subprocess.Process) -> bytes:
    assert child.stdout is not None  # noqa: S101 -- it was asked for
    pieces: list[bytes] = []
    size = 0
    while piece := await child.stdout.read(_PIECE):
        pieces.append(piece)
        size += len(piece)
        if size > MOST_OUTPUT:
            raise Unreadable(Reason.BOMB, "too much text")
    return b"".join(pieces)


def _document(code: int, output: bytes) -> Document:
    if code == UNREADABLE:
        reason, _, detail = output.decode("utf-8", "replace").partition("\n")
        raise Unreadable(Reason(reason), detail)
    if code < 0:
        reason_of_end = Reason.BOMB if -code in _OUT_OF_MEMORY else Reason.CORRUPT
        raise Unreadable(reason_of_end, f"signal {-code}")
    if code != 0:
        raise Unreadable(Reason.CORRUPT, f"exit code {code}")
    try:
        return Read.validate_json(output)
    except ValidationError as exc:
        raise Unreadable(Reason.CORRUPT, f"{exc.error_count()} errors in what was read") from None
