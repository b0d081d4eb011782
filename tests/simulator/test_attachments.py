"""Attachments, paper and mail."""

import json
from pathlib import Path
from typing import Any

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from awra_tui.simulator import multipart
from awra_tui.simulator.faults import FaultError
from awra_tui.simulator.server import application
from tests.simulator.qbo import ANCHOR, Qbo, Watch, bill, error, sale

MEDIA = "multipart/form-data; boundary=cut"


def part(name: str, content: bytes, media: str, *headers: str) -> bytes:
    told = [f'Content-Disposition: form-data; name="{name}"; filename="{name}.bin"', f"Content-Type: {media}"]
    return b"--cut\r\n" + "\r\n".join([*told, *headers]).encode() + b"\r\n\r\n" + content + b"\r\n"


def upload(*files: tuple[dict[str, Any] | None, bytes]) -> bytes:
    found = b""
    for number, (metadata, content) in enumerate(files, start=1):
        if metadata is not None:
            sent = json.dumps(metadata).encode()
            found += part(f"file_metadata_0{number}", sent, "application/json")
        found += part(f"file_content_0{number}", content, "text/plain")
    return found + b"--cut--\r\n"


async def uploaded(qbo: Qbo, body: bytes, media: str = MEDIA) -> httpx.Response:
    return await qbo.http.post(f"{qbo.base}/upload", content=body, headers={"Content-Type": media})


async def test_several_files_of_one_request_are_kept_each_for_itself(qbo: Qbo) -> None:
    hung = {"AttachableRef": [{"EntityRef": {"type": "Invoice", "value": "99"}}], "FileName": "lost.txt"}
    answer = await uploaded(qbo, upload(({"FileName": "a.txt"}, b"one"), (hung, b"two"), (None, b"three")))
    first, second, third = answer.json()["AttachableResponse"]
    assert (answer.status_code, first["Attachable"]["Size"]) == (200, 3)
    assert "entity Invoice 99 that you are trying" in second["Fault"]["Error"][0]["Detail"]
    assert third["Attachable"]["FileName"] == "file_content_03.bin"
    found = await qbo.http.get(third["Attachable"]["TempDownloadUri"], headers={"Authorization": ""})
    assert (found.content, found.headers["Content-Disposition"]) == (b"three", "attachment")


async def test_only_whoever_has_the_address_gets_the_file(qbo: Qbo) -> None:
    answer = await uploaded(qbo, upload(({"FileName": "a.txt"}, b"one")))
    (made,) = answer.json()["AttachableResponse"]
    address = made["Attachable"]["TempDownloadUri"]
    assert (await qbo.http.get(address.replace("/attachments/1/", "/attachments/1/x"))).status_code == 404
    assert error(await qbo.get("download/77"))["code"] == "610"
    await qbo.post("attachable", made["Attachable"], operation="delete")
    assert (await qbo.http.get(address)).status_code == 404


@pytest.mark.parametrize(
    ("body", "media"),
    [(b"", MEDIA), (b"{}", "application/json"), (upload(), MEDIA), (b"--cut--", MEDIA)],
)
async def test_what_is_no_upload_is_refused(qbo: Qbo, body: bytes, media: str) -> None:
    assert error(await uploaded(qbo, body, media))["code"] == "2010"


async def test_metadata_that_is_none_spoils_its_file_alone(qbo: Qbo) -> None:
    body = part("file_metadata_01", b"[not json", "application/json") + upload((None, b"x"))
    (found,) = (await uploaded(qbo, body)).json()["AttachableResponse"]
    assert found["Fault"]["Error"][0]["code"] == "2010"


async def test_a_note_needs_something_to_say(qbo: Qbo) -> None:
    found = await qbo.refused("Attachable", {"Tag": "empty"})
    assert (found["code"], "note string or file" in found["Detail"]) == ("6000", True)
    made = await qbo.make("Attachable", {"Note": "kept", "Size": 5, "TempDownloadUri": "http://elsewhere"})
    assert {"Size", "TempDownloadUri"}.isdisjoint(made)
    await qbo.post("attachable", {"Id": made["Id"]}, operation="delete")
    assert error(await qbo.get(f"attachable/{made['Id']}"))["code"] == "610"


async def test_files_outlive_the_process(watch: Watch, tmp_path: Path) -> None:
    state = tmp_path / "state.sqlite"
    first = Qbo.over(application("empty-us", state, ANCHOR))
    body = upload(({"FileName": "a.txt"}, b"\x00kept\xff"))
    (made,) = (await uploaded(first, body)).json()["AttachableResponse"]
    first.company.close()
    second = Qbo.over(application("empty-us", state, ANCHOR))
    again = await second.read("Attachable", made["Attachable"]["Id"])
    assert (await second.http.get(again["TempDownloadUri"])).content == b"\x00kept\xff"
    second.company.close()
    await first.http.aclose()
    await second.http.aclose()


@given(st.binary())
def test_content_comes_out_as_it_went_in(content: bytes) -> None:
    if b"\n--cut" in b"\n" + content:
        return
    (_, found) = multipart.parts(MEDIA, upload(({}, content)))
    assert found.content == content


@given(st.binary())
def test_any_bytes_are_parts_or_refused(body: bytes) -> None:
    try:
        found = multipart.parts(MEDIA, body)
    except FaultError:
        found = []
    assert all(isinstance(one.content, bytes) for one in found)


async def test_paper_has_the_document_on_it(qbo: Qbo) -> None:
    made = await qbo.make("Invoice", sale(await qbo.customer(r"Brackets (\) & Söhne"), 70, DocNumber="A-1"))
    answer = await qbo.get(f"invoice/{made['Id']}/pdf")
    assert answer.headers["Content-Type"] == "application/pdf"
    assert rb"(Brackets \(\\\) & S" in answer.content
    assert b"(Invoice A-1)" in answer.content
    start = int(answer.content.rsplit(b"startxref\n", 1)[1].split()[0])
    assert answer.content[start:].startswith(b"xref\n0 6\n")


async def test_what_cannot_be_printed_or_sent(qbo: Qbo) -> None:
    vendor = (await qbo.make("Vendor", {"DisplayName": "Baraka"}))["Id"]
    made = await qbo.make("Bill", bill(vendor))
    for path, code in (
        (f"bill/{made['Id']}/pdf", "500"),
        ("invoice/9/pdf", "610"),
        ("invoice/x/pdf", "2030"),
    ):
        assert error(await qbo.get(path))["code"] == code
    invoice = await qbo.invoice(await qbo.customer())
    for path, code in ((f"invoice/{invoice['Id']}/send", "2020"), (f"invoice/{invoice['Id']}/burn", "500")):
        assert error(await qbo.post(path, {}))["code"] == code


async def test_sending_leaves_the_books_and_the_version_alone(qbo: Qbo) -> None:
    customer = await qbo.customer()
    made = await qbo.make("Invoice", sale(customer, 70, BillEmail={"Address": "a@example.org"}))
    answer = await qbo.post(f"invoice/{made['Id']}/send", {})
    found = answer.json()["Invoice"]
    assert (found["EmailStatus"], found["DeliveryInfo"]["DeliveryType"]) == ("EmailSent", "Email")
    assert (found["SyncToken"], found["Balance"]) == (made["SyncToken"], 70)
    assert (await qbo.total(), await qbo.account("Accounts Receivable (A/R)")) == (0, 70)


async def test_the_name_of_a_medium_cannot_be_a_header(qbo: Qbo) -> None:
    told = {"FileName": "a", "ContentType": "text/html\r\nSet-Cookie: a=b"}
    (made,) = (await uploaded(qbo, upload((told, b"x")))).json()["AttachableResponse"]
    answer = await qbo.http.get(made["Attachable"]["TempDownloadUri"])
    assert answer.headers["Content-Type"] == "application/octet-stream"
    assert "Set-Cookie" not in answer.headers
