"""Hold what is installed to what was looked at: every version pinned, and none below the fix of a known hole.

``make check`` runs it, without a network. ``pip-audit``, which asks an online database and so cannot run offline, is
``make audit``: run it before a release and now and then; what it finds is fixed by a new pin and a line in ``FIXED_IN``.

    python scripts/audit_dependencies.py            check
    python scripts/audit_dependencies.py --write    pin in constraints.txt what is installed now
"""

import re
import sys
from collections.abc import Iterator, Mapping
from importlib import metadata
from pathlib import Path

from packaging.requirements import Requirement
from packaging.version import Version

ROOT = Path(__file__).resolve().parent.parent
REQUIREMENTS = ("requirements.txt", "requirements-dev.txt")
CONSTRAINTS = "constraints.txt"
HEAD = """\
# Versions of what the direct dependencies bring, as tested: nothing new comes in with an install. requirements.txt
# applies it; `python scripts/audit_dependencies.py --write` makes it.
"""

FIXED_IN: dict[str, tuple[str, str]] = {
    "certifi": ("2024.7.4", "CVE-2024-39689: roots that are no longer trusted"),
    "cryptography": ("44.0.1", "CVE-2024-12797: OpenSSL, raw public keys"),
    "fonttools": ("4.60.2", "CVE-2025-66034: a designspace file writes where it wants"),
    "h11": ("0.16.0", "CVE-2025-43859: lenient chunked bodies"),
    "idna": ("3.7", "CVE-2024-3651: quadratic time"),
    "pillow": ("11.3.0", "CVE-2025-48379: heap overflow writing DDS"),
    "python-multipart": ("0.0.18", "CVE-2024-53981: time spent on what follows the last boundary"),
    "requests": ("2.32.4", "CVE-2024-47081: .netrc credentials to another host"),
    "starlette": ("0.49.1", "CVE-2025-62727: quadratic Range headers"),
    "tornado": ("6.5.0", "CVE-2025-47287: log flood from malformed multipart"),
    "urllib3": ("2.6.0", "CVE-2025-66418, CVE-2025-66471: decompression without bound"),
}
"""Package -> the first version without the hole, and which. Versions below it must not come back."""


def main(arguments: list[str]) -> int:
    """Print what is wrong; exit code 1 if anything is."""
    direct = dict(_direct())
    installed = _installed(direct)
    brought = {name: version for name, version in installed.items() if name not in direct}
    if arguments == ["--write"]:
        lines = [f"{name}=={version}" for name, version in sorted(brought.items())]
        (ROOT / CONSTRAINTS).write_text(HEAD + "\n".join(lines) + "\n", encoding="utf-8")
        return 0
    problems = [*_unpinned(direct), *_drifted(brought), *_with_holes(installed)]
    for problem in problems:
        print(problem)
    return 1 if problems else 0


def _direct() -> Iterator[tuple[str, Requirement]]:
    for name in REQUIREMENTS:
        for line in (ROOT / name).read_text(encoding="utf-8").splitlines():
            bare = line.partition("#")[0].strip()
            if bare and not bare.startswith("-"):
                requirement = Requirement(bare)
                yield _normal(requirement.name), requirement


def _installed(direct: Mapping[str, Requirement]) -> dict[str, str]:
    """Versions of the direct dependencies that this machine has, and of all that they need here."""
    found: dict[str, str] = {}
    seen: set[tuple[str, frozenset[str]]] = set()
    waiting = [(name, frozenset(requirement.extras)) for name, requirement in direct.items()]
    while waiting:
        name, extras = waiting.pop()
        if (name, extras) in seen:
            continue
        seen.add((name, extras))
        try:
            package = metadata.distribution(name)
        except metadata.PackageNotFoundError:
            continue  # for another platform
        found[name] = package.version
        for text in package.requires or ():
            needed = Requirement(text)
            if needed.marker is None or any(
                needed.marker.evaluate({"extra": extra}) for extra in (*extras, "")
            ):
                waiting.append((_normal(needed.name), frozenset(needed.extras)))
    return found


def _unpinned(direct: Mapping[str, Requirement]) -> Iterator[str]:
    for name, requirement in direct.items():
        if not re.fullmatch(r"==[\w.]+", str(requirement.specifier)):
            yield f"{name}: pin one version with =="


def _drifted(brought: Mapping[str, str]) -> Iterator[str]:
    pinned = dict(
        line.split("==") for line in (ROOT / CONSTRAINTS).read_text(encoding="utf-8").split() if "==" in line
    )
    for name, version in brought.items():
        if pinned.get(name) != version:
            told = pinned.get(name, "no version")
            yield f"{name} {version} is installed and {CONSTRAINTS} has {told}: look at it, then run with --write"


def _with_holes(installed: Mapping[str, str]) -> Iterator[str]:
    for name, (fixed, hole) in FIXED_IN.items():
        if name in installed and Version(installed[name]) < Version(fixed):
            yield f"{name} {installed[name]} has a known hole, fixed in {fixed}: {hole}"


def _normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
