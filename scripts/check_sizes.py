"""Hold the house rule: a file stays under 300 lines and a function under 40, unless it says why.

Run by ``make check``. A longer one is allowed only by a line in ``REASONS``, so that each exception is a decision.
"""

import ast
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
ROOMS = ("handlers", "menus", "rag", "storage", "nutrition", "localchat", "bench", "scripts")
MAX_FILE_LINES = 300
MAX_FUNCTION_LINES = 40

REASONS: dict[str, str] = {
    "wiring.py:_serve_house": "the whole house wired in one function that reads from top to bottom",
}
"""``path`` or ``path:function`` -> why it may be longer."""


def sources() -> list[Path]:
    """Our Python files, tests aside (a table of cases may be long)."""
    files = [ROOT / name for name in ("bot.py", "settings.py", "wiring.py", "house.py", "line.py", "logs.py")]
    files += [path for room in ROOMS for path in sorted((ROOT / room).rglob("*.py"))]
    return [path for path in files if path.exists()]


def too_long(path: Path) -> list[str]:
    """Names of the file or its functions that break the rule; a function's docstring does not count."""
    name = path.relative_to(ROOT).as_posix()
    text = path.read_text(encoding="utf-8")
    found = []
    if text.count("\n") > MAX_FILE_LINES:
        found.append(f"{name}: {text.count(chr(10))} lines")
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            lines = (node.end_lineno or node.lineno) - node.lineno + 1
            if ast.get_docstring(node) is not None:
                doc = node.body[0]
                lines -= (doc.end_lineno or doc.lineno) - doc.lineno + 1
            if lines > MAX_FUNCTION_LINES:
                found.append(f"{name}:{node.name}: {lines} lines")
    return [item for item in found if item.rsplit(": ", 1)[0] not in REASONS]


def main() -> int:
    """Print what is too long; exit code 1 if anything is."""
    problems = [problem for path in sources() for problem in too_long(path)]
    for problem in problems:
        print(problem)
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
