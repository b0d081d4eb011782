"""The names of Savanna Traders Ltd in QuickBooks, as its accountants keep them; all invented."""

CUSTOMERS = (
    "Counter Sales Nairobi", "Counter Sales Mombasa",
    "Baobab Café", "Acacia Grocers", "Karura Corner Shop", "Jacaranda Bakery", "Ngong View Stores",
    "Savanna Fresh Market", "Uhuru Mini Mart", "Kibo Delicatessen", "Twiga Lane Grocers", "Njema Foods",
    "Highridge Provisions", "Mwezi Coffee House", "Kilele Supermarket", "Thika Road Traders",
    "Rift Valley Wholesalers", "Umoja Distributors", "Kenwest Supplies", "Longonot Traders",
    "Athi Plains Distribution", "Tujenge Cash & Carry", "Simba Hill Wholesale", "Eastlands Food Depot",
    "Hotel Mara Crossing", "Kipepeo Guest House", "The Weaver's Nest", "Ololua Forest Lodge",
    "Café Tausi", "Windsong Conference Centre", "Sunbird Catering", "Limuru Tea Rooms",
    "Nyali Bridge Stores", "Old Town Spices", "Likoni Ferry Kiosk", "Tudor Creek Grocers",
    "Bamburi Mini Mart", "Kizingo Provisions",
    "Kilindini Ship Supplies", "Changamwe Wholesale", "Pwani Distributors", "Shimanzi Traders",
    "Diani Palm Resort", "Watamu Reef Lodge", "Fort View Restaurant", "Mtwapa Marina Café",
    "Shela Dhow House", "Coral Garden Hotel",
    "Lakeshore Safaris Inc", "Nordlicht Reisen GmbH", "Blue Crane Expeditions", "Pacific Spice Importers",
    "Zanzi Gourmet LLC",
    "Mlima View School", "Elimu House Academy",
)  # fmt: skip
"""The customers whose ids AWRA knows, in the order of their ids from 101."""

IN_DOLLARS = frozenset(
    {
        "Lakeshore Safaris Inc", "Nordlicht Reisen GmbH", "Blue Crane Expeditions",
        "Pacific Spice Importers", "Zanzi Gourmet LLC",
    }
)  # fmt: skip

OTHER_CUSTOMERS = ("Bahari Beach Hotel Limited", "Tumaini Academy")
"""Customers that the accountants entered themselves; AWRA does not know their ids."""

VENDORS = (
    "Aberdare Dairy Cooperative", "Kericho Leaf Estates", "Nyeri Hills Coffee Mill", "Mwea Rice Growers",
    "Naivasha Fresh Farms", "Tana River Mangoes", "Kilimo Packaging", "Sokoni Detergents",
    "Coast Salt Works", "Machakos Honey Collective", "Ruiru Paper Mill", "Vihiga Groundnuts",
    "Ndovu Power & Light", "Pamoja Internet", "Mzigo Transport", "Askari Guarding",
    "Jengo Property Managers", "Bandari Clearing Agents", "Kalamu Office Supplies", "Fundi Repairs",
)  # fmt: skip
"""All vendors, in the order of their ids from 201; Kilimo Packaging buys here too."""

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
_COFFEE = (
    ("Kericho Gold Leaf 500 g", 385), ("Green Tea 25 bags", 245), ("Hibiscus Tea 100 g", 270),
    ("Nyeri AA Beans 1 kg", 1650), ("House Blend Beans 1 kg", 1280), ("Ground Coffee 250 g", 420),
    ("Espresso Roast 1 kg", 1490), ("Drinking Chocolate 450 g", 510), ("Passion Juice 1 l", 265),
    ("Mango Juice 1 l", 255), ("Mineral Water 24 x 500 ml", 720), ("Ginger Ale 12 x 300 ml", 840),
    ("Masala Chai Tin 250 g", 460),
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
    ("Paper Bag Small 100 pc", 480), ("Paper Bag Large 100 pc", 820), ("Cardboard Box A4 25 pc", 1150),
    ("Cardboard Box A3 25 pc", 1700), ("Glass Jar 500 ml 24 pc", 1980), ("Kraft Tape 6 rolls", 720),
    ("Gift Wrap 10 m", 390), ("Jute Sack 50 pc", 3600), ("Label Roll 1000 pc", 1100),
    ("Pallet Wrap 2 kg", 1350),
)  # fmt: skip
_SERVICES = (
    ("Delivery within Nairobi", 600), ("Delivery within Mombasa", 550), ("Delivery Upcountry", 2400),
    ("Gift Packing", 250), ("Coffee Machine Hire, day", 3500), ("Barista Training, day", 9000),
    ("Export Documents", 4500), ("Cold Storage, week", 2800),
)  # fmt: skip

ITEMS: dict[str, tuple[tuple[str, int], ...]] = {
    "Groceries": _GROCERIES,
    "Coffee and tea": _COFFEE,
    "Household": _HOUSEHOLD,
    "Packaging": _PACKAGING,
    "Services": _SERVICES,
}
"""Products and services by category, in the order of their ids from 301: name, price in KES."""

INACTIVE_ITEM = "Masala Chai Tin 250 g"
