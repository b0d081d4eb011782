"""The customers and vendors of Savanna Traders; every name is invented."""

from dataclasses import dataclass

NAIROBI, MOMBASA = "Nairobi", "Mombasa"
RETAIL, WHOLESALE, HOSPITALITY = "Retail", "Wholesale", "Hospitality"
DAYS_30, DAYS_14, AT_ONCE = "30 days", "14 days", "On receipt"


@dataclass(frozen=True, slots=True)
class Party:
    """A customer or vendor; ``qbo_id`` is empty where AWRA does not know it in QuickBooks."""

    code: str
    name: str
    branch: str
    segment: str
    terms: str
    currency: str = "KES"
    qbo_id: str = ""


_TILLS = (("Counter Sales Nairobi", NAIROBI), ("Counter Sales Mombasa", MOMBASA))

_NAIROBI_SHOPS = (
    "Baobab Café", "Acacia Grocers", "Karura Corner Shop", "Jacaranda Bakery", "Ngong View Stores",
    "Savanna Fresh Market", "Uhuru Mini Mart", "Kibo Delicatessen", "Twiga Lane Grocers", "Njema Foods",
    "Highridge Provisions", "Mwezi Coffee House", "Kilele Supermarket", "Thika Road Traders",
)  # fmt: skip
_NAIROBI_TRADE = (
    "Rift Valley Wholesalers", "Umoja Distributors", "Kenwest Supplies", "Longonot Traders",
    "Athi Plains Distribution", "Tujenge Cash & Carry", "Simba Hill Wholesale", "Eastlands Food Depot",
)  # fmt: skip
_NAIROBI_HOTELS = (
    "Hotel Mara Crossing", "Kipepeo Guest House", "The Weaver's Nest", "Ololua Forest Lodge",
    "Café Tausi", "Windsong Conference Centre", "Sunbird Catering", "Limuru Tea Rooms",
)  # fmt: skip
_MOMBASA_SHOPS = (
    "Nyali Bridge Stores", "Old Town Spices", "Likoni Ferry Kiosk", "Tudor Creek Grocers",
    "Bamburi Mini Mart", "Kizingo Provisions",
)  # fmt: skip
_MOMBASA_TRADE = (
    "Kilindini Ship Supplies", "Changamwe Wholesale", "Pwani Distributors", "Shimanzi Traders",
)  # fmt: skip
_MOMBASA_HOTELS = (
    "Diani Palm Resort", "Watamu Reef Lodge", "Fort View Restaurant", "Mtwapa Marina Café",
    "Shela Dhow House", "Coral Garden Hotel",
)  # fmt: skip
_ABROAD = (
    "Lakeshore Safaris Inc", "Nordlicht Reisen GmbH", "Blue Crane Expeditions", "Pacific Spice Importers",
    "Zanzi Gourmet LLC",
)  # fmt: skip
_NAIROBI_SCHOOLS = ("Mlima View School", "Elimu House Academy")

_GROUPS: tuple[tuple[tuple[str, ...], str, str, str, str], ...] = (
    (_NAIROBI_SHOPS, NAIROBI, RETAIL, DAYS_14, "KES"),
    (_NAIROBI_TRADE, NAIROBI, WHOLESALE, DAYS_30, "KES"),
    (_NAIROBI_HOTELS, NAIROBI, HOSPITALITY, DAYS_30, "KES"),
    (_MOMBASA_SHOPS, MOMBASA, RETAIL, DAYS_14, "KES"),
    (_MOMBASA_TRADE, MOMBASA, WHOLESALE, DAYS_30, "KES"),
    (_MOMBASA_HOTELS, MOMBASA, HOSPITALITY, DAYS_30, "KES"),
    (_ABROAD, NAIROBI, WHOLESALE, DAYS_30, "USD"),
    (_NAIROBI_SCHOOLS, NAIROBI, HOSPITALITY, DAYS_30, "KES"),
)

NOT_IN_QUICKBOOKS = ("Mwangaza Stationers", "[red]O'Neil & Söhne[/]")
NAMED_LIKE_A_VENDOR = "Kilimo Packaging"
SPELT_OTHERWISE = "Bahari Beach Hotel Ltd"
SAME_NAME_UNCONNECTED = "Tumaini Academy"

_UNCONNECTED = (
    (NOT_IN_QUICKBOOKS[0], NAIROBI, RETAIL),
    (NOT_IN_QUICKBOOKS[1], NAIROBI, WHOLESALE),
    (NAMED_LIKE_A_VENDOR, NAIROBI, WHOLESALE),
    (SPELT_OTHERWISE, MOMBASA, HOSPITALITY),
    (SAME_NAME_UNCONNECTED, NAIROBI, HOSPITALITY),
)

_VENDORS = (
    "Aberdare Dairy Cooperative", "Kericho Leaf Estates", "Nyeri Hills Coffee Mill", "Mwea Rice Growers",
    "Naivasha Fresh Farms", "Tana River Mangoes", NAMED_LIKE_A_VENDOR, "Sokoni Detergents",
    "Coast Salt Works", "Machakos Honey Collective", "Ruiru Paper Mill", "Vihiga Groundnuts",
    "Ndovu Power & Light", "Pamoja Internet", "Mzigo Transport", "Askari Guarding",
    "Jengo Property Managers", "Bandari Clearing Agents", "Kalamu Office Supplies", "Fundi Repairs",
)  # fmt: skip


def _customers() -> tuple[Party, ...]:
    rows = [(name, branch, RETAIL, AT_ONCE, "KES") for name, branch in _TILLS]
    for names, branch, segment, terms, currency in _GROUPS:
        rows += [(name, branch, segment, terms, currency) for name in names]
    known = [
        Party(f"C-{place:03}", name, branch, segment, terms, currency, str(100 + place))
        for place, (name, branch, segment, terms, currency) in enumerate(rows, 1)
    ]
    unknown = [
        Party(f"C-{place:03}", name, branch, segment, DAYS_30)
        for place, (name, branch, segment) in enumerate(_UNCONNECTED, len(known) + 1)
    ]
    return (*known, *unknown)


CUSTOMERS = _customers()
"""All 60 customers; the last five are the ones that nobody connected yet."""

VENDORS = tuple(
    Party(f"V-{place:02}", name, NAIROBI, "", DAYS_30, "KES", str(200 + place))
    for place, name in enumerate(_VENDORS, 1)
)
"""All 20 vendors; from the thirteenth on they sell services and not goods."""

SERVICE_VENDORS = {
    "Ndovu Power & Light": "Electricity",
    "Pamoja Internet": "Internet",
    "Mzigo Transport": "Transport",
    "Askari Guarding": "Security",
    "Jengo Property Managers": "Rent",
    "Bandari Clearing Agents": "Clearing and customs",
    "Kalamu Office Supplies": "Office supplies",
    "Fundi Repairs": "Repairs",
}
"""What each of the service vendors is booked as, in AWRA's words."""


def customer(name: str) -> Party:
    """Return the customer called ``name``."""
    return next(party for party in CUSTOMERS if party.name == name)


def party_of(code: str) -> Party:
    """Return the customer with a code."""
    return CUSTOMERS[int(code.removeprefix("C-")) - 1]
