"""Files that the bot sends or asks for."""

from __future__ import annotations

from localchat import media
from localchat.botapi.registry import Api, caption_content, method
from localchat.errors import ApiError, Json, bad_request
from localchat.model import StoredFile
from localchat.params import Params, Upload


def file_content(api: Api, kind: str, upload: Upload | None, given: str) -> Json:
    """The content field of a photo or document, from an upload or from the ``file_id`` of an earlier one.

    Raises:
        ApiError: 400 for none, an unknown one, an empty one, or a photo that is no picture; 413 for a large one.
    """
    if upload is not None:
        return _store(api, kind, upload).content()
    if not given:
        raise bad_request(f"there is no {kind} in the request")
    stored = api.world.file_by_id(given)
    if stored is None:
        raise bad_request(
            "wrong remote file identifier specified: Wrong string length"
            if "://" not in given
            else "wrong file identifier/HTTP URL specified"
        )
    if stored.kind != kind:
        raise bad_request(f"can't use file of type {stored.kind.title()} as {kind.title()}")
    return stored.content()


def _store(api: Api, kind: str, upload: Upload) -> StoredFile:
    if not upload.body:
        raise bad_request("file must be non-empty")
    if len(upload.body) > media.MAX_SEND_BYTES:
        raise ApiError(413, "Request Entity Too Large")
    name = media.safe_name(upload.name)
    mime = media.picture_type(upload.body) or media.mime_type(name)
    if kind != "photo":
        return api.world.new_file(kind, name, mime, upload.body)
    size = media.picture_size(upload.body)
    if size is None:
        raise bad_request("IMAGE_PROCESS_FAILED")
    if len(upload.body) > media.MAX_PHOTO_BYTES:
        raise bad_request("file is too big for a photo")
    if sum(size) > media.MAX_PHOTO_SIDES or max(size) > min(size) * media.MAX_PHOTO_RATIO:
        raise bad_request("PHOTO_INVALID_DIMENSIONS")
    return api.world.new_file(kind, name, mime, upload.body, size)


async def _send_file(api: Api, p: Params, kind: str) -> Json:
    chat = api.target(p)
    caption = caption_content(p.text("caption"), p.text("parse_mode"), p.json("caption_entities"))
    content = file_content(api, kind, p.upload(kind), p.text(kind))
    return api.send(p, chat, content | caption)


@method
async def send_document(api: Api, p: Params) -> Json:
    """Send a file, by upload or ``file_id``."""
    return await _send_file(api, p, "document")


@method
async def send_photo(api: Api, p: Params) -> Json:
    """Send a picture, by upload or ``file_id``."""
    return await _send_file(api, p, "photo")


@method
async def get_file(api: Api, p: Params) -> Json:
    """Where to download a file of up to 20 MB."""
    stored = api.world.file_by_id(p.text("file_id"))
    if stored is None:
        raise bad_request("invalid file_id")
    if stored.size > media.MAX_DOWNLOAD_BYTES:
        raise bad_request("file is too big")
    unique = f"unique-{stored.id}"
    return {
        "file_id": stored.file_id,
        "file_unique_id": unique,
        "file_size": stored.size,
        "file_path": stored.path,
    }
