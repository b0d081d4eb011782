"""What a record has: the source's fields, the QuickBooks side and the differences, what is related."""

from collections.abc import Iterable, Sequence
from decimal import Decimal

from textual.content import Content

from awra_tui.actions.results import Difference
from awra_tui.cache.pages.records import LinkRow, RecordPage, RelatedRow
from awra_tui.health.fields import label
from awra_tui.records.clock import parse_stamp
from awra_tui.records.money import shown, shown_minor
from awra_tui.records.qbo import QboObject
from awra_tui.records.record import Contact, Line, SourceRecord
from awra_tui.screens.prose import facts, paragraph, table, title
from awra_tui.screens.record_chain import amount_of, label_of, live_links, status_cell
from awra_tui.widgets.columns import Column


def source_text(page: RecordPage, width: int) -> Content:
    """Return the fields as the source has them, its lines, contact and extra fields."""
    record = page.record
    blocks = [facts(_fields(record), width), _lines(record, width), _applications(record, width)]
    blocks += [
        _block("Contact", _contact(record.contact), width),
        _block("More", record.extra.items(), width),
    ]
    blocks.append(_block("Kept", _kept(page), width))
    return Content("\n\n").join(Content("\n").join(block) for block in blocks if block)


def _fields(record: SourceRecord) -> list[tuple[str, str]]:
    return [
        ("Number", record.number),
        ("Source id", record.source_id),
        ("Party", f"{record.party_name}  ({record.party_id})" if record.party_id else record.party_name),
        ("Date", str(record.date or "")),
        ("Due", str(record.due_date or "")),
        ("Amount", amount_of(record)),
        ("Tax", "" if record.tax is None else shown(record.tax, record.currency)),
        ("Amounts are", f"{record.tax_mode} of tax" if record.lines else ""),
        ("Exchange rate", str(record.exchange_rate or "")),
        ("State", f"{record.state} ({'counts as ready' if record.approved else 'waits for approval'})"),
        ("Branch", record.branch),
        ("Category", record.category),
        ("Reference", record.reference),
        ("Method", record.method),
        ("Terms", record.terms),
        ("Type", record.item_type),
        ("Unit price", _plain(record.unit_price)),
        ("Unit cost", _plain(record.unit_cost)),
        ("Memo", record.memo),
    ]


def _plain(number: Decimal | None) -> str:
    return "" if number is None else f"{number:,}"


def _what(row: Line) -> str:
    said = " · ".join(part for part in (row.item_name, row.description, row.account, row.side) if part)
    return ("discount: " if row.discount else "") + (said or row.category)


def _tax(row: Line) -> str:
    return row.tax_category + (f" {row.tax_rate}%" if row.tax_rate is not None else "")


def _line_columns(currency: str) -> tuple[Column[Line], ...]:
    return (
        Column(name="what", label="Line", cell=_what, width=12, share=1),
        Column(name="quantity", label="Qty", cell=_quantity, width=6, right=True),
        Column(name="price", label="Price", cell=_price, width=11, right=True, priority=3),
        Column(name="tax", label="Tax", cell=_tax, width=12, share=1, most=24, priority=2),
        Column(
            name="amount", label="Amount", cell=lambda row: shown(row.amount, currency), width=14, right=True
        ),
    )


def _quantity(row: Line) -> str:
    return _plain(row.quantity)


def _price(row: Line) -> str:
    return _plain(row.unit_price)


def _lines(record: SourceRecord, width: int) -> list[Content]:
    if not record.lines:
        return []
    return [title("Lines"), *table(_line_columns(record.currency), record.lines, width)]


def _applications(record: SourceRecord, width: int) -> list[Content]:
    pairs = [
        (f"{one.kind} {one.source_id}", shown(one.amount, record.currency)) for one in record.applications
    ]
    return _block("Set against", pairs, width)


def _contact(contact: Contact) -> list[tuple[str, str]]:
    return [
        ("E-mail", contact.email),
        ("Phone", contact.phone),
        ("Tax number", contact.tax_number),
        ("Company", contact.company),
        ("Address", ", ".join((*contact.address, contact.city, contact.country)).strip(", ")),
    ]


def _kept(page: RecordPage) -> list[tuple[str, str]]:
    return [("First seen", moment(page.first_seen)), ("Changed", moment(page.changed_at))]


def _block(name: str, pairs: Iterable[tuple[str, str]], width: int) -> list[Content]:
    lines = facts(pairs, width)
    return [title(name), *lines] if lines else []


def moment(stamp: str) -> str:
    """Return a stamp of the cache as local date and time to the second, or nothing."""
    return f"{parse_stamp(stamp).astimezone():%d %b %Y %H:%M:%S}" if stamp else ""


def clock(stamp: str) -> str:
    """Return a stamp of the cache as local day and minute, for columns, or nothing."""
    return f"{parse_stamp(stamp).astimezone():%d %b %H:%M}" if stamp else ""


_DIFFERENCE_COLUMNS: tuple[Column[Difference], ...] = (
    Column(name="field", label="Field", cell=lambda one: label(one.field), width=12, share=1, most=24),
    Column(name="ours", label="Ours", cell=lambda one: one.ours or "–", width=12, share=1),
    Column(name="theirs", label="QuickBooks", cell=lambda one: one.theirs or "–", width=12, share=1),
)


def qbo_text(page: RecordPage, differences: Sequence[Difference], trouble: str, width: int) -> Content:
    """Return what QuickBooks has of the record, and where it differs from what we would send."""
    if not page.links:
        return paragraph("Not connected to anything in QuickBooks yet.", width, "$secondary")
    held = live_links(page)
    blocks = [_difference_block(held[0], differences, trouble, width)] if held else []
    blocks += [_link_block(link, width) for link in sorted(page.links, key=lambda one: bool(one.closed_at))]
    return Content("\n\n").join(Content("\n").join(block) for block in blocks)


def _difference_block(
    link: LinkRow, differences: Sequence[Difference], trouble: str, width: int
) -> list[Content]:
    if trouble:
        return [paragraph(f"✕ {trouble}", width, "$error")]
    if not link.sent and not differences:
        said = "○ A person connected it: nothing was sent from here, so there is nothing to compare."
        return [paragraph(said, width, "$secondary")]
    if not differences:
        return [paragraph("✓ QuickBooks has what the source has: nothing differs.", width, "$success")]
    count = len(differences)
    said = f"≠ {count} field{'s' * (count != 1)} differ{'s' * (count == 1)}"
    return [Content.styled(said, "$warning"), *table(_DIFFERENCE_COLUMNS, differences, width)]


def _link_block(link: LinkRow, width: int) -> list[Content]:
    head = f"{link.entity} {link.qbo_id}" + (f" ({link.role})" if link.role != "main" else "")
    how = f"{link.how}, {moment(link.created_at)}" + (f", {link.created_by}" if link.created_by else "")
    pairs = [("Connected", how), ("Until", moment(link.closed_at))]
    return [title(head), *facts([*pairs, *object_facts(link.object)], width)]


def object_facts(thing: QboObject | None) -> list[tuple[str, str]]:
    """Return what there is to say of a QuickBooks object, labels in its own words."""
    if thing is None:
        return [("Object", "not in our copy of QuickBooks")]
    state = "deleted" if thing.deleted else "active" if thing.active else "inactive"
    return [
        ("Name", thing.name),
        ("Number", thing.number),
        ("Date", str(thing.date or "")),
        ("Amount", f"{thing.currency} {shown(thing.amount, thing.currency)}" if thing.amount else ""),
        ("Balance", f"{thing.currency} {shown(thing.balance, thing.currency)}".strip()),
        ("Reference", thing.reference),
        ("Type", thing.type),
        ("State", state),
    ]


_HOW: dict[str, str] = {"parent": "needed", "child": "needs it"}

RELATED_COLUMNS: tuple[Column[RelatedRow], ...] = (
    Column(name="how", label="", cell=lambda row: _HOW.get(row.how, row.how), width=8, priority=3),
    Column(name="kind", label="Kind", cell=lambda row: label_of(row.kind), width=14),
    Column(name="number", label="Number", cell=lambda row: row.number or row.source_id, width=12,
        share=1, most=24),
    Column(name="party", label="Party", cell=lambda row: row.party, width=10, share=2, priority=2),
    Column(
        name="amount", label="Amount", cell=lambda row: money_cell(row.amount_minor, row.currency), width=15,
        right=True,
    ),
    Column(name="status", label="Status", cell=lambda row: status_cell(row.status), width=17),
)  # fmt: skip


def money_cell(minor: int, currency: str) -> str:
    """Return an amount with its currency, for a column; nothing for no amount."""
    return shown_minor(minor, currency) if minor else ""
