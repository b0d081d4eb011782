"""The tax service: a new tax code together with the rates it is made of."""

from awra_tui.simulator import booking, faults
from awra_tui.simulator.company import Company
from awra_tui.simulator.jsontext import Json
from awra_tui.simulator.records import Body, number, ref_id

_SIDES = {"Sales": "SalesTaxRateList", "Purchase": "PurchaseTaxRateList"}


def created(company: Company, body: Json) -> Body:
    """Make a tax code and those of its rates that do not exist yet.

    Raises a Fault for a missing name or detail (2020), a rate or agency that is not there (2500),
    an unknown side (2170) and a name in use (6240).
    """
    if not isinstance(body, dict):
        raise faults.malformed()
    details = body.get("TaxRateDetails")
    if not body.get("TaxCode") or not isinstance(details, list) or not details:
        raise faults.FaultError(faults.required("TaxRateDetails" if body.get("TaxCode") else "TaxCode"))
    with company.store.change():
        rates = [_rate(company, detail) for detail in details]
        code = booking.establish(company, "TaxCode", _code(str(body["TaxCode"]), rates))
    return {"TaxCode": code["Name"], "TaxCodeId": code["Id"], "TaxRateDetails": rates}


def _rate(company: Company, detail: Json) -> Body:
    if not isinstance(detail, dict):
        raise faults.malformed()
    side = str(detail.get("TaxApplicableOn") or "Sales")
    if side not in _SIDES:
        raise faults.bad_enumeration(side)
    known = str(detail.get("TaxRateId") or "")
    body = _kept(company, known) if known else _new(company, detail)
    return {
        "TaxRateName": body["Name"],
        "TaxRateId": body["Id"],
        "RateValue": body["RateValue"],
        "TaxAgencyId": ref_id(body, "AgencyRef"),
        "TaxApplicableOn": side,
    }


def _kept(company: Company, id_: str) -> Body:
    record = company.store.get("TaxRate", id_)
    if record is None:
        raise faults.bad_reference(f"TaxRates element id {id_} not found")
    return record.body


def _new(company: Company, detail: Body) -> Body:
    for name in ("TaxRateName", "RateValue", "TaxAgencyId"):
        if detail.get(name) in (None, ""):
            raise faults.FaultError(faults.required(name))
    agency = str(detail["TaxAgencyId"])
    if company.store.get("TaxAgency", agency) is None:
        raise faults.bad_reference(f"TaxAgencies element id {agency} not found")
    body = {
        "Name": detail["TaxRateName"],
        "Description": detail["TaxRateName"],
        "RateValue": number(detail["RateValue"]),
        "AgencyRef": {"value": agency},
        "SpecialTaxType": "NONE",
    }
    return booking.establish(company, "TaxRate", body)


def _code(name: str, rates: list[Body]) -> Body:
    lists = {
        field: {"TaxRateDetail": [_part(rate) for rate in rates if rate["TaxApplicableOn"] == side]}
        for side, field in _SIDES.items()
    }
    return {"Name": name, "Description": name, "Taxable": True, "TaxGroup": True, **lists}


def _part(rate: Body) -> Body:
    return {"TaxRateRef": {"value": rate["TaxRateId"]}, "TaxTypeApplicable": "TaxOnAmount", "TaxOrder": 0}
