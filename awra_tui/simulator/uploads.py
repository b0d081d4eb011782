"""Files that arrive with their metadata in one request, and the way to a file that was kept."""

import base64
import secrets

from awra_tui.simulator import booking, faults, jsontext, multipart
from awra_tui.simulator.attachments import UNKNOWN_MEDIA
from awra_tui.simulator.company import Company
from awra_tui.simulator.multipart import Part
from awra_tui.simulator.records import Body
from awra_tui.simulator.views import answered, view


def uploaded(company: Company, media: str, body: bytes) -> list[Body]:
    """Book the files of an upload, each with its metadata; return {"Attachable"} or {"Fault"} of each.

    Metadata and contents belong together by the number at the end of their names.
    """
    metadata: dict[str, Part] = {}
    contents: dict[str, Part] = {}
    for part in multipart.parts(media, body):
        group = contents if "content" in part.name else metadata
        group[part.name.rpartition("_")[2]] = part
    if not contents:
        raise faults.malformed("file_content; the upload")
    return [_booked(company, metadata.get(number), part) for number, part in contents.items()]


def _booked(company: Company, metadata: Part | None, content: Part) -> Body:
    try:
        body = _described(metadata)
        body.setdefault("FileName", content.filename or content.name)
        body.setdefault("ContentType", content.media or UNKNOWN_MEDIA)
        return {"Attachable": _kept(company, body, content.content)}
    except faults.FaultError as refusal:
        return refusal.body()


def _described(metadata: Part | None) -> Body:
    if metadata is None:
        return {}
    try:
        found = jsontext.loads(metadata.content)
    except ValueError as error:
        raise faults.malformed() from error
    if not isinstance(found, dict):
        raise faults.malformed()
    return dict(found)


def _kept(company: Company, body: Body, content: bytes) -> Body:
    change = booking.update if body.get("Id") else booking.create
    made = change(company, "Attachable", body)
    record = company.store.get("Attachable", made["Id"])
    file = {
        "token": secrets.token_urlsafe(24),
        "size": len(content),
        "content": base64.b64encode(content).decode(),
    }
    company.store.set_fact(f"file {made['Id']}", file)
    return answered(company, "Attachable", view(company, record)) if record else made


def location(company: Company, id_: str) -> str:
    """Return the address at which a file can be fetched for a while. Raises a Fault (610)."""
    record = company.store.get("Attachable", id_)
    found = view(company, record).get("TempDownloadUri") if record else None
    if found is None:
        raise faults.not_found()
    return str(found)
