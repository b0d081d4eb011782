"""What Savanna Traders sells: 80 products and services with price, cost and tax category."""

from dataclasses import dataclass
from decimal import Decimal

STANDARD, ZERO, EXEMPT = "Standard 16%", "Zero-rated", "Exempt"

RATES = {STANDARD: Decimal(16), ZERO: Decimal(0), EXEMPT: Decimal(0)}
"""Kenyan VAT by AWRA's tax category, in percent."""


@dataclass(frozen=True, slots=True)
class Good:
    """A product or service; ``price`` is in KES before tax, ``cost`` what is paid for it."""

    code: str
    name: str
    category: str
    price: Decimal
    cost: Decimal
    tax: str
    type: str = "NonInventory"
    qbo_id: str = ""


# Names with prices in whole shillings: 16% of them is exact in cents, so that rounding tax by line
# or by document gives the same total.
_GROCERIES = (
    ("Maize Flour 2 kg", 185), ("Wheat Flour 2 kg", 215), ("Pishori Rice 5 kg", 1150),
    ("Basmati Rice 2 kg", 640), ("Brown Sugar 1 kg", 165), ("Sea Salt 500 g", 45),
    ("Green Grams 1 kg", 230), ("Red Kidney Beans 1 kg", 210), ("Lentils 1 kg", 275),
    ("Groundnuts 1 kg", 320), ("Sunflower Oil 3 l", 1080), ("Coconut Oil 500 ml", 590),
    ("Fresh Milk 500 ml", 62), ("Long Life Milk 1 l", 140), ("Natural Yoghurt 500 g", 180),
    ("Farm Eggs Tray", 420), ("Acacia Honey 500 g", 650), ("Mango Jam 400 g", 290),
    ("Peanut Butter 800 g", 545), ("Tomato Sauce 700 g", 255), ("Chilli Sauce 250 ml", 175),
    ("Dried Mango 200 g", 310), ("Cashew Nuts 250 g", 480), ("Macadamia Nuts 250 g", 560),
    ("Pilau Masala 100 g", 150), ("Black Pepper 100 g", 190), ("Cinnamon Sticks 50 g", 130),
    ("Cardamom 50 g", 380), ("Cloves 50 g", 160), ("Vanilla Pods 2 pc", 450),
)  # fmt: skip
_DRINKS = (
    ("Kericho Gold Leaf 500 g", 385), ("Green Tea 25 bags", 245),
    ("Hibiscus Tea 100 g", 270), ("Nyeri AA Beans 1 kg", 1650),
    ("House Blend Beans 1 kg", 1280), ("Ground Coffee 250 g", 420),
    ("Espresso Roast 1 kg", 1490), ("Drinking Chocolate 450 g", 510),
    ("Passion Juice 1 l", 265), ("Mango Juice 1 l", 255),
    ("Mineral Water 24 x 500 ml", 720), ("Ginger Ale 12 x 300 ml", 840),
)  # fmt: skip
_HOUSEHOLD = (
    ("Bar Soap 800 g", 195), ("Liquid Soap 5 l", 690), ("Dish Detergent 750 ml", 220),
    ("Washing Powder 2 kg", 560), ("Bleach 5 l", 610), ("Floor Cleaner 5 l", 780),
    ("Toilet Paper 40 rolls", 1250), ("Kitchen Towel 12 rolls", 990), ("Hand Gel 500 ml", 340),
    ("Beeswax Candles 6 pc", 420), ("Sisal Doormat", 850), ("Kiondo Basket", 1900),
    ("Enamel Mug Set", 1400), ("Olive Wood Spoon", 350), ("Clay Water Filter", 3200),
    ("Charcoal Briquettes 10 kg", 760), ("Mosquito Net Double", 950), ("Cotton Kikoy", 1300),
)  # fmt: skip
_PACKAGING = (
    ("Paper Bag Small 100 pc", 480), ("Paper Bag Large 100 pc", 820),
    ("Cardboard Box A4 25 pc", 1150), ("Cardboard Box A3 25 pc", 1700),
    ("Glass Jar 500 ml 24 pc", 1980), ("Kraft Tape 6 rolls", 720),
    ("Gift Wrap 10 m", 390), ("Jute Sack 50 pc", 3600),
    ("Label Roll 1000 pc", 1100), ("Pallet Wrap 2 kg", 1350),
)  # fmt: skip
_SERVICES = (
    ("Delivery within Nairobi", 600), ("Delivery within Mombasa", 550),
    ("Delivery Upcountry", 2400), ("Gift Packing", 250),
    ("Coffee Machine Hire, day", 3500), ("Barista Training, day", 9000),
    ("Export Documents", 4500), ("Cold Storage, week", 2800),
)  # fmt: skip


_ZERO_RATED = frozenset(
    {"Maize Flour 2 kg", "Wheat Flour 2 kg", "Pishori Rice 5 kg", "Fresh Milk 500 ml", "Long Life Milk 1 l"}
)
_EXEMPT = frozenset(
    {
        "Green Grams 1 kg",
        "Red Kidney Beans 1 kg",
        "Lentils 1 kg",
        "Groundnuts 1 kg",
        "Farm Eggs Tray",
        "Mosquito Net Double",
    }
)

INACTIVE_ITEM = "Masala Chai Tin 250 g"
ITEM_NOT_IN_QUICKBOOKS = "Solar Lantern Duo"

_CATEGORIES = {
    "Groceries": _GROCERIES,
    "Coffee and tea": (*_DRINKS, (INACTIVE_ITEM, 460)),
    "Household": _HOUSEHOLD,
    "Packaging": _PACKAGING,
    "Services": _SERVICES,
}


def _tax(name: str) -> str:
    if name in _ZERO_RATED:
        return ZERO
    return EXEMPT if name in _EXEMPT else STANDARD


def _goods() -> tuple[Good, ...]:
    rows = [(name, category, price) for category, sold in _CATEGORIES.items() for name, price in sold]
    known = [
        Good(
            f"SKU-{place:03}",
            name,
            category,
            Decimal(price),
            Decimal(price * 6 // 10),
            _tax(name),
            "Service" if category == "Services" else "NonInventory",
            str(300 + place),
        )
        for place, (name, category, price) in enumerate(rows, 1)
    ]
    code = f"SKU-{len(known) + 1:03}"
    new = Good(code, ITEM_NOT_IN_QUICKBOOKS, "Household", Decimal(2950), Decimal(1750), STANDARD)
    return (*known, new)


GOODS = _goods()
"""All 80; one is inactive in QuickBooks, the last one is not there at all."""


def good(name: str) -> Good:
    """Return the good called ``name``."""
    return next(good for good in GOODS if good.name == name)
