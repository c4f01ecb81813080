"""Settings: what is wrong is said in a sentence that names the setting and never holds its value."""

import pytest

import settings
from settings import SettingsError

SECRET = "segredo-muito-secreto"
WHOLE = {
    "TELEGRAM_BOT_TOKEN": "1:token-muito-secreto",
    "WEBHOOK_URL": "https://bot.example.com",
    "WEBHOOK_SECRET": SECRET,
    "PORT": "8443",
}


@pytest.fixture(autouse=True)
def bare(monkeypatch: pytest.MonkeyPatch) -> None:
    """No setting of this machine."""
    for name in settings.Settings.model_fields:
        monkeypatch.delenv(name.upper(), raising=False)
    monkeypatch.setenv("CARDAPIO_ENV_FILE", "")


def given(monkeypatch: pytest.MonkeyPatch, **values: str) -> settings.Settings:
    for name, value in values.items():
        monkeypatch.setenv(name, value)
    return settings.load()


def test_with_nothing_set_all_works(monkeypatch: pytest.MonkeyPatch) -> None:
    found = given(monkeypatch)
    assert (found.webhook_url, found.port, found.secrets()) == (None, None, [])


def test_a_whole_webhook_is_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    found = given(monkeypatch, **WHOLE, METRICS_TOKEN="m")
    assert found.webhook_url == "https://bot.example.com"
    assert found.secrets() == [WHOLE["TELEGRAM_BOT_TOKEN"], SECRET, "m"]


@pytest.mark.parametrize("missing", ["WEBHOOK_URL", "WEBHOOK_SECRET", "PORT", "TELEGRAM_BOT_TOKEN"])
def test_what_a_webhook_misses_is_named(monkeypatch: pytest.MonkeyPatch, missing: str) -> None:
    with pytest.raises(SettingsError, match=f"{missing} is missing") as caught:
        given(monkeypatch, **{name: value for name, value in WHOLE.items() if name != missing})
    assert SECRET not in str(caught.value)


@pytest.mark.parametrize(
    "url", ["bot.example.com", "ftp://bot.example.com", "https://", "https://a.example/x?y=1"]
)
def test_an_address_that_is_none_is_refused(monkeypatch: pytest.MonkeyPatch, url: str) -> None:
    with pytest.raises(SettingsError, match="WEBHOOK_URL: give the public address"):
        given(monkeypatch, **(WHOLE | {"WEBHOOK_URL": url}))


@pytest.mark.parametrize("secret", ["com espaço", "é", "x" * 257, "a/b"])
def test_a_secret_that_telegram_refuses_is_refused_without_being_told(
    monkeypatch: pytest.MonkeyPatch, secret: str
) -> None:
    with pytest.raises(SettingsError, match="WEBHOOK_SECRET: 1 to 256") as caught:
        given(monkeypatch, **(WHOLE | {"WEBHOOK_SECRET": secret}))
    assert secret not in str(caught.value) or len(secret) < 3
