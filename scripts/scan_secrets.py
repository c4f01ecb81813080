"""Look for secrets in what is versioned: tokens and keys by their form, files that never belong here.

Run by ``make check``. ``--history`` looks at every line that was ever added, too. What is found is printed as file, line
and kind, never the secret itself.
"""

import re
import subprocess
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent

KINDS: dict[str, re.Pattern[str]] = {
    "a Telegram token": re.compile(r"(?<![\w:])\d{8,10}:[A-Za-z0-9_-]{35}(?![\w-])"),
    "a Google API key": re.compile(r"(?<!\w)AIza[A-Za-z0-9_-]{35}(?![\w-])"),
    "a private key": re.compile(r"-----BEGIN (?:[A-Z]+ )*PRIVATE KEY-----"),
    "an AWS key": re.compile(r"(?<!\w)(?:AKIA|ASIA)[A-Z0-9]{16}(?!\w)"),
    "a GitHub token": re.compile(r"(?<!\w)(?:gh[pousr]_[A-Za-z0-9]{36,}|github_pat_\w{60,})"),
    "a Slack token": re.compile(r"(?<!\w)xox[abprs]-[A-Za-z0-9-]{20,}"),
    "a key of a model's vendor": re.compile(r"(?<!\w)sk-[A-Za-z0-9_-]{32,}"),
    "a password in an address": re.compile(r"\b[a-z][a-z0-9+]+://[^\s:/@'\"{}$<>]+:[^\s:/@'\"{}$<>]{6,}@"),
    "a long secret given a name": re.compile(
        r"""(?ix)\b\w*(?:token|secret|password|api_?key)\w* \s*[:=]\s* ["'] (?=[^"'\s]*\d)(?=[^"'\s]*[a-z])
        [A-Za-z0-9+/_=-]{32,} ["']"""
    ),
}
FILES = re.compile(
    r"(?:^|/)(?:\.env(?!\.example)[^/]*|[^/]+\.(?:pem|key|p12|db|db-wal|sqlite3?)|id_(?:rsa|ed25519))$"
)
"""Names of files that hold secrets or people's data."""

ALLOWED: dict[str, str] = {}
"""``path:kind`` -> why it is no secret."""

LARGEST_BYTES = 2_000_000


def main(arguments: list[str]) -> int:
    """Print what was found; exit code 1 if anything was."""
    found = [*in_files(_versioned())]
    if "--history" in arguments:
        found += in_history()
    problems = [
        line for line in dict.fromkeys(found) if not any(line.startswith(f"{key} ") for key in ALLOWED)
    ]
    for problem in problems:
        print(problem)
    return 1 if problems else 0


def kinds_in(line: str) -> list[str]:
    """The kinds of secrets in a line of text."""
    return [kind for kind, form in KINDS.items() if form.search(line)]


def in_files(paths: Iterable[Path]) -> Iterator[str]:
    """What is found in files as they are now."""
    for path in paths:
        name = path.relative_to(ROOT).as_posix() if path.is_relative_to(ROOT) else path.name
        if FILES.search(name):
            yield f"{name} is a file that must not be versioned"
        if path.stat().st_size > LARGEST_BYTES:
            continue
        text = path.read_bytes().decode("utf-8", errors="replace")
        for number, line in enumerate(text.splitlines(), start=1):
            for kind in kinds_in(line):
                yield f"{name}:{kind} in line {number}"


def in_history() -> Iterator[str]:
    """What is found in lines that were added at any time, by commit."""
    log = _git("log", "--all", "--no-color", "--unified=0", "--format=commit %h", "-p")
    commit = name = ""
    for line in log.splitlines():
        if line.startswith("commit "):
            commit = line.removeprefix("commit ")
        elif line.startswith("+++ b/"):
            name = line.removeprefix("+++ b/")
        elif line.startswith("+"):
            for kind in kinds_in(line):
                yield f"{name}:{kind} in commit {commit}"


def _versioned() -> list[Path]:
    """The files that git knows, those about to be added included; all but hidden ones where there is no git."""
    try:
        names = _git("ls-files", "-z", "--cached", "--others", "--exclude-standard").split("\0")
    except (OSError, subprocess.CalledProcessError):
        found = (path.relative_to(ROOT) for path in ROOT.rglob("*"))
        names = [path.as_posix() for path in found if not any(part.startswith(".") for part in path.parts)]
    return [path for name in names if name and (path := ROOT / name).is_file()]


def _git(*arguments: str) -> str:
    run = subprocess.run(  # noqa: S603 -- our own constants
        ["git", "-C", str(ROOT), *arguments],  # noqa: S607 -- wherever the machine has it
        check=True,
        capture_output=True,
    )
    return run.stdout.decode("utf-8", errors="replace")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
