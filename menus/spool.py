"""Where the bytes of files that people sent wait until they are read: private files beside the database.

Not in the database: a file of 20 MB there would hold up everybody's next write for a tenth of a second, and would stay in
its log. A file is there whole or not at all, and goes as soon as its words are indexed or it was refused.
"""

import asyncio
import os
import shutil
from collections.abc import Iterable
from pathlib import Path

_PART = ".part"


class Spool:
    """Files by the id of their job, in ``folder`` (made, mode 0700, with the first file; files have mode 0600)."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    @classmethod
    def beside(cls, database: Path) -> "Spool":
        """The spool that belongs to a database file."""
        return cls(database.with_name(f"{database.name}.files"))

    def path(self, job_id: int) -> Path:
        """Where the file of a job is, once it was kept."""
        return self._folder / f"{job_id:d}"

    async def has(self, job_id: int) -> bool:
        """Whether the file of a job was kept whole."""
        return await asyncio.to_thread(self.path(job_id).is_file)

    async def keep(self, job_id: int, body: bytes) -> None:
        """Keep the file of a job. Raises ``OSError``."""
        await asyncio.to_thread(self._write, self.path(job_id), body)

    async def drop(self, job_id: int) -> None:
        """Forget the file of a job; one that is not there is nothing to do."""
        await asyncio.to_thread(self._unlink, self.path(job_id))

    async def sweep(self, wanted: Iterable[int]) -> None:
        """Forget every file but those of the ``wanted`` jobs: what a stop or an erased person left."""
        await asyncio.to_thread(self._sweep, {str(job_id) for job_id in wanted})

    def _write(self, path: Path, body: bytes) -> None:
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        part = path.with_name(f"{path.name}{_PART}")
        part.unlink(missing_ok=True)
        with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(body)
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)

    def _unlink(self, path: Path) -> None:
        path.unlink(missing_ok=True)
        path.with_name(f"{path.name}{_PART}").unlink(missing_ok=True)

    def _sweep(self, wanted: set[str]) -> None:
        if not self._folder.is_dir():
            return
        for path in self._folder.iterdir():
            if path.name not in wanted:
                shutil.rmtree(path) if path.is_dir() else path.unlink(missing_ok=True)
