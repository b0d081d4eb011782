"""Attachments: notes and files, what they hang on, and where a file can be fetched."""

import base64
import re
import secrets
from urllib.parse import quote

from awra_tui.simulator import faults
from awra_tui.simulator.company import Company
from awra_tui.simulator.entities import entity_named
from awra_tui.simulator.records import Body, Posting, Record

_EMPTY = "You must have at least a note string or file attachment"
_MEDIA = re.compile(r"[\w.+-]+/[\w.+-]+", re.ASCII)
UNKNOWN_MEDIA = "application/octet-stream"
_KEPT_BY_US = ("FileAccessUri", "TempDownloadUri", "Size")


def completed(company: Company, entity: str, body: Body) -> tuple[Body, tuple[Posting, ...]]:  # noqa: ARG001
    """Return an attachment without what only the server knows.

    Raises a Fault (6000) where it has neither note nor file, or hangs on what is not there.
    """
    if not body.get("Note") and not body.get("FileName"):
        raise faults.fault("6000", faults.BUSINESS, _EMPTY)
    found = {name: value for name, value in body.items() if name not in _KEPT_BY_US}
    if "AttachableRef" in found:
        found["AttachableRef"] = [_checked(company, one) for one in found["AttachableRef"]]
    return found, ()


def _checked(company: Company, ref: Body) -> Body:
    target = ref.get("EntityRef", {})
    if not target:
        return {"IncludeOnSend": False, **ref}
    kind, id_ = str(target.get("type", "")), str(target.get("value", ""))
    entity = entity_named(kind)
    if entity is None or company.store.get(entity.name, id_) is None:
        told = f"{kind} {id_}"
        raise faults.business(f"The entity {told} that you are trying to link does not exist. {told}")
    return {**ref, "EntityRef": {"value": id_, "type": entity.name}, "IncludeOnSend": _included(ref)}


def _included(ref: Body) -> bool:
    return str(ref.get("IncludeOnSend", False)).lower() == "true"


def seen(company: Company, record: Record) -> Body:
    """Return what an answer says of a file: size and addresses."""
    file = company.store.facts.get(f"file {record.key.id}")
    if file is None:
        return {}
    name = quote(str(record.body.get("FileName", "file")), safe="")
    return {
        "FileAccessUri": f"/v3/company/{company.realm_id}/download/{record.key.id}",
        "TempDownloadUri": f"{company.base}/attachments/{record.key.id}/{file['token']}/{name}",
        "Size": file["size"],
    }


def content(company: Company, id_: str, token: str) -> tuple[bytes, str] | None:
    """Return a file's content and media type to whoever knows its address; else None."""
    record = company.store.get("Attachable", id_)
    file = company.store.facts.get(f"file {id_}")
    if record is None or file is None or not secrets.compare_digest(file["token"], token):
        return None
    media = str(record.body.get("ContentType", ""))
    # What a client calls its file must not become a header of its own.
    return base64.b64decode(file["content"]), media if _MEDIA.fullmatch(media) else UNKNOWN_MEDIA
