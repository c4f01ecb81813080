"""The checks find what they are for; the container gets all that it needs and nothing else."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from scripts import audit_dependencies, scan_secrets

ROOT = Path(__file__).resolve().parent.parent.parent

FAKES = {
    "a Telegram token": "110201543" + ":AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw0",
    "a Google API key": "AIza" + "SyA1234567890abcdefghijklmnopqrstuv",
    "a private key": "-----BEGIN RSA " + "PRIVATE KEY-----",
    "an AWS key": "AKIA" + "IOSFODNN7EXAMPLE",
    "a GitHub token": "ghp_" + "a1B2" * 10,
    "a Slack token": "xoxb-" + "123456789012-abcdefghijk",
    "a key of a model's vendor": "sk-" + "a1b2c3d4" * 5,
    "a password in an address": "postgres://bot:" + "hunter22@db.example.com/x",
    "a long secret given a name": 'webhook_secret = "' + "0123456789abcdef" * 2 + '"',
}


@pytest.mark.parametrize("kind", FAKES)
def test_each_kind_of_secret_is_found_and_not_printed(kind: str, tmp_path: Path) -> None:
    (tmp_path / "a.py").write_text(f"x = 1\ny = {FAKES[kind]!r}  # oops\n")
    found = list(scan_secrets.in_files([tmp_path / "a.py"]))
    assert f"a.py:{kind} in line 2" in found
    assert FAKES[kind] not in str(found)


@pytest.mark.parametrize(
    "line",
    [
        'TOKEN = "local"',
        "update_id 283009531: turn",
        "content_hash TEXT NOT NULL",
        "https://api.telegram.org/bot<token>/getMe",
        'secret = os.environ["WEBHOOK_SECRET"]',
        "http://{user}:{password}@host",
    ],
)
def test_what_is_no_secret_is_not_found(line: str) -> None:
    assert scan_secrets.kinds_in(line) == []


@pytest.mark.parametrize("name", [".env", "conf/.env.production", "data/cardapio.db", "key.pem", "id_rsa"])
def test_files_that_hold_secrets_or_people_are_not_versioned(name: str) -> None:
    assert scan_secrets.FILES.search(name)
    assert not scan_secrets.FILES.search(".env.example")


def test_nothing_of_this_project_is_a_secret() -> None:
    assert scan_secrets.main([]) == 0


def test_every_dependency_is_pinned_and_has_no_known_hole() -> None:
    assert audit_dependencies.main([]) == 0


def test_a_version_with_a_known_hole_is_found() -> None:
    assert list(audit_dependencies._with_holes({"tornado": "6.4.2", "h11": "0.16.0"})) == [
        "tornado 6.4.2 has a known hole, fixed in 6.5.0: CVE-2025-47287: log flood from malformed multipart"
    ]


def copied() -> list[str]:
    """What the Dockerfile copies of this project into the image that runs."""
    text = (ROOT / "Dockerfile").read_text(encoding="utf-8")
    lines = re.findall(r"^COPY (?!--from)(.+)$", text[text.rindex("FROM") :], re.MULTILINE)
    return [name for line in lines for name in line.split()[:-1]]


def test_the_container_has_all_that_the_bot_imports(tmp_path: Path) -> None:
    for name in copied():
        (tmp_path / name).symlink_to(ROOT / name)
    run = subprocess.run(
        [sys.executable, "-c", "import bot, wiring"],
        cwd=tmp_path,
        env={"PYTHONPATH": str(tmp_path), "PYTHONSAFEPATH": "1", "PYTHONDONTWRITEBYTECODE": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stderr


def test_the_image_gets_only_what_is_copied_and_runs_as_nobody_special() -> None:
    ignored = (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines()
    allowed = {line[1:] for line in ignored if line.startswith("!")}
    assert "*" in ignored
    assert {name if "." not in name else "*.py" for name in copied()} | {
        "requirements.txt",
        "constraints.txt",
    } == allowed
    text = (ROOT / "Dockerfile").read_text(encoding="utf-8")
    assert text.index("USER cardapio") < text.index('CMD ["python", "bot.py"]')
    assert "VOLUME /data" in text
    assert "DATABASE_PATH=/data/" in text
