"""The benchmark of commands asks both bots the same and counts every answer."""

import argparse
from pathlib import Path

import pytest

from bench.handlers import COMMAND, measure


async def test_both_bots_answer_every_command(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    options = argparse.Namespace(n=6, chats=2, rounds=2, memory=True, warm_up=2)

    await measure(tmp_path / "cardapio.db", options)

    printed = capsys.readouterr().out
    assert f"2 rounds of 6 x {COMMAND} by 2 people, Bot API: in memory" in printed
    for words in ("whole bot", "bare echo bot", "updates/s", "ms a command", "(bar 1.5)"):
        assert words in printed
