"""The process that reads one file: ``python -m rag.loaders.child PATH NAME MEMORY_MB SECONDS``; see ``process``."""

import sys
from contextlib import suppress
from pathlib import Path

from rag.children import first_to_go
from rag.loaders import MOST_BYTES, Reason, Unreadable, read_document
from rag.loaders.process import UNREADABLE, Read

try:
    import resource
except ImportError:  # Windows has no such limits; the deadline holds there
    resource = None  # type: ignore[assignment]

_MB = 1024 * 1024


def main(path: str, name: str, memory_mb: str, seconds: str) -> int:
    """Read and write; returns the exit code."""
    first_to_go()
    _limit(int(memory_mb), int(seconds))
    try:
        with Path(path).open("rb") as file:
            data = file.read(MOST_BYTES + 1)
        written = Read.dump_json(read_document(data, name))
    except Unreadable as exc:
        sys.stdout.buffer.write(f"{exc.reason.value}\n{exc.detail}".encode())
        return UNREADABLE
    except (MemoryError, RecursionError) as exc:
        sys.stdout.buffer.write(f"{Reason.BOMB.value}\n{type(exc).__name__}".encode())
        return UNREADABLE
    sys.stdout.buffer.write(written)
    return 0


def _limit(memory_mb: int, seconds: int) -> None:
    """Bound this process: memory beyond what it has now, processor time; no files written, no core dumped."""
    if resource is None:
        return
    limits = [(resource.RLIMIT_CPU, seconds), (resource.RLIMIT_FSIZE, 0), (resource.RLIMIT_CORE, 0)]
    with suppress(OSError):  # only Linux tells what a process has
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
        limits.append((resource.RLIMIT_AS, pages * resource.getpagesize() + memory_mb * _MB))
    for limit, value in limits:
        with suppress(ValueError, OSError):  # a stricter limit is set already
            resource.setrlimit(limit, (value, value))


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
