"""Files are read in a process of their own, which is killed when it takes too much."""

import subprocess
import sys
import time
import zlib
from pathlib import Path

import pytest

from rag.children import ROOT
from rag.loaders import Reason, Unreadable, read_document
from rag.loaders.process import read_in_process

OOM_SCORE = Path("/proc/self/oom_score_adj")
PLAN = "# Plano\n\nAlmoço às 12h.\n"


def bomb_pdf(unpacked: int) -> bytes:
    """A PDF of one page whose content unpacks to so many bytes of text drawing."""
    piece = b"BT /F1 12 Tf 50 700 Td (arroz) Tj ET\n" * 10_000
    times = unpacked // len(piece)
    packer, total = zlib.compressobj(9), 1
    first, again = (packer.compress(piece) + packer.flush(zlib.Z_FULL_FLUSH) for _ in range(2))
    for _ in range(times):
        total = zlib.adler32(piece, total)
    # after a full flush the same text has the same bytes: packed twice, however long it is
    content = first + again * (times - 1) + b"\x03\x00" + total.to_bytes(4, "big")
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
        b"<</Length %d/Filter/FlateDecode>>stream\n" % len(content) + content + b"\nendstream",
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    ]
    body = b"%PDF-1.4\n"
    for number, text in enumerate(objects, start=1):
        body += b"%d 0 obj\n" % number + text + b"\nendobj\n"
    return body + b"trailer<</Root 1 0 R/Size 6>>\n%%EOF"


async def reason_of(path: Path, **limits: float) -> Reason:
    with pytest.raises(Unreadable) as caught:
        await read_in_process(
            path, path.name, limits.get("deadline_s", 60.0), int(limits.get("memory_mb", 512))
        )
    return caught.value.reason


async def test_the_document_is_the_same_as_read_here(tmp_path: Path) -> None:
    path = tmp_path / "f1"
    path.write_text(PLAN, encoding="utf-8")
    assert await read_in_process(path, "plano.md") == read_document(PLAN.encode(), "plano.md")


@pytest.mark.skipif(not OOM_SCORE.exists(), reason="only Linux chooses what to end when memory is out")
def test_where_memory_ends_a_child_goes_before_the_bot() -> None:
    look = f"from rag.children import first_to_go; first_to_go(); print(open('{OOM_SCORE}').read())"
    told = subprocess.run([sys.executable, "-c", look], cwd=ROOT, capture_output=True, check=True, text=True)  # noqa: S603 -- our own code
    assert int(told.stdout) > int(OOM_SCORE.read_text(encoding="ascii"))


async def test_the_reason_comes_from_the_child(tmp_path: Path) -> None:
    path = tmp_path / "plano.pdf"
    path.write_bytes(b"%PDF-1.7 lixo")
    assert await reason_of(path) is Reason.CORRUPT


async def test_a_file_that_takes_too_long_is_a_bomb_and_its_process_ends(tmp_path: Path) -> None:
    path = tmp_path / "fundo.html"
    path.write_text("<html>" + "<div>" * 1_000_000 + "oi", encoding="utf-8")
    start = time.monotonic()
    assert await reason_of(path, deadline_s=1.5) is Reason.BOMB
    assert time.monotonic() - start < 5


async def test_a_pdf_that_unpacks_beyond_the_memory_is_a_bomb(tmp_path: Path) -> None:
    path = tmp_path / "bomba.pdf"
    path.write_bytes(bomb_pdf(400_000_000))
    assert path.stat().st_size < 3_000_000
    assert await reason_of(path, memory_mb=128) is Reason.BOMB
