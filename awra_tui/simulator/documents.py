"""Sales forms as paper and by mail: a small PDF, and the note that it was sent."""

from awra_tui.simulator import clock, faults, links
from awra_tui.simulator.bodies import normalised
from awra_tui.simulator.company import Company
from awra_tui.simulator.entities import Entity
from awra_tui.simulator.records import Body, Record, ref_id
from awra_tui.simulator.views import answered, view

PRINTED = frozenset(
    {"Invoice", "Estimate", "CreditMemo", "SalesReceipt", "RefundReceipt", "Payment", "PurchaseOrder"}
)
_PAGE = (
    "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R "
    "/Resources << /Font << /F1 5 0 R >> >> >>"
)
_END = b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n"
_HIDDEN_IN_TEXT = str.maketrans({"\\": r"\\", "(": r"\(", ")": r"\)"})


def pdf(company: Company, entity: Entity, id_: str) -> bytes:
    """Draw a form on one page. Raises a Fault for what has no paper form (500) or is missing (610)."""
    body = _form(company, entity, id_).body
    info = company.store.get("CompanyInfo", "1")
    name = str(info.body["CompanyName"]) if info else ""
    party = (body.get("CustomerRef") or body.get("VendorRef") or {}).get("name", "")
    rows = [
        name,
        f"{entity.name} {body.get('DocNumber', '')}",
        f"Date {body.get('TxnDate', '')}",
        str(party),
        *(f"{one.get('Description', '')}  {one.get('Amount', '')}" for one in body.get("Line", ())),
        f"Total {ref_id(body, 'CurrencyRef')} {body.get('TotalAmt', '')}",
    ]
    return _drawn(rows)


def _form(company: Company, entity: Entity, id_: str) -> Record:
    if entity.name not in PRINTED:
        raise faults.unsupported(f"pdf for {entity.name}")
    if not id_.isdigit():
        raise faults.bad_id(id_)
    record = company.store.get(entity.name, id_)
    if record is None:
        raise faults.not_found()
    return record


def _drawn(rows: list[str]) -> bytes:
    """Write the objects of a PDF, then the table of where each begins."""
    lines = " T* ".join(f"({row.translate(_HIDDEN_IN_TEXT)}) Tj" for row in rows)
    text = f"BT /F1 11 Tf 14 TL 72 720 Td {lines} ET".encode("latin-1", "replace")
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        _PAGE.encode(),
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(text), text),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    ]
    found, offsets = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, start=1):
        offsets.append(len(found))
        found += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    size = len(objects) + 1
    return found + b"xref\n0 %d\n0000000000 65535 f \n" % size + table + _END % (size, len(found))


def sent(company: Company, entity: Entity, id_: str, address: str) -> Body:
    """Note that a form was mailed, to an address given or the one it carries; no mail is sent.

    Raises a Fault where there is no address (2020).
    """
    record = _form(company, entity, id_)
    address = address or str(record.body.get("BillEmail", {}).get("Address", ""))
    if not address:
        raise faults.FaultError(faults.required("BillEmail"))
    delivery = {"DeliveryType": "Email", "DeliveryTime": clock.stamp(company.now())}
    news = normalised({"BillEmail": {"Address": address}, "DeliveryInfo": delivery})
    body = links.touched(company, {**record.body, **news, "EmailStatus": "EmailSent"})
    ordered = {name: body[name] for name in entity.fields if name in body}
    company.store.put(Record(record.key, ordered, record.postings))
    found = view(company, Record(record.key, ordered, record.postings))
    return {entity.name: answered(company, entity.name, found)}
