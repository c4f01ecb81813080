"""HTTP within this machine: no proxies, and no certificates, which take 20 ms to read for each client."""

import ssl
from typing import Any

import httpx

NO_AUTHORITIES = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
"""Trusts nobody: what uses it speaks plain HTTP, and could speak HTTPS with no one."""


def http_client(**options: Any) -> httpx.AsyncClient:
    """An HTTP client for loopback."""
    return httpx.AsyncClient(trust_env=False, verify=NO_AUTHORITIES, **options)
