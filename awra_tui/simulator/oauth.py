"""Tokens: access tokens of an hour, refresh tokens that change, codes of authorization."""

import base64
import binascii
import secrets
from collections.abc import Sequence
from datetime import timedelta
from math import ceil
from urllib.parse import parse_qs

from awra_tui.simulator import clock, jsontext
from awra_tui.simulator.company import Company
from awra_tui.simulator.jsontext import Json

ACCESS_SECONDS = 3600
# A refresh token lives so long after its last use, and no longer than five years after consent.
REFRESH_SECONDS = 8_726_400
_CAP = timedelta(days=5 * 365)
# When a refresh token was made, last used, and consented to.
_TIMES = ("since", "used", "consented")
_CODE_LIFE = timedelta(minutes=10)


def ensure_tokens(company: Company) -> tuple[str, str]:
    """Return an access token that is valid now and the present refresh token."""
    kept = _kept(company)
    access = next((one for one in reversed(kept["access"]) if _alive(kept["access"][one])), None)
    if access is None:
        access = _new_access(kept)
    if not kept["refresh"] or _left(kept, kept["refresh"][-1]) <= 0:
        _new_refresh(kept)
    _keep(company, kept)
    return access, str(kept["refresh"][-1])


def _kept(company: Company) -> dict[str, Json]:
    empty: dict[str, Json] = {name: {} for name in ("access", *_TIMES, "codes")} | {"refresh": []}
    return {**empty, **company.store.facts.get("tokens", {})}


def _keep(company: Company, kept: dict[str, Json]) -> None:
    company.store.set_fact("tokens", kept)
    company.store.flush()


def _secret(prefix: str) -> str:
    return f"{prefix}.{secrets.token_urlsafe(32)}"


def _new_access(kept: dict[str, Json]) -> str:
    token = _secret("AT1")
    until = clock.now() + timedelta(seconds=ACCESS_SECONDS)
    alive = {one: end for one, end in kept["access"].items() if _alive(end)}
    # The last dead one is remembered, to say that it expired.
    kept["access"] = dict(list(kept["access"].items())[-1:]) | alive | {token: until.isoformat()}
    return token


def _new_refresh(kept: dict[str, Json], old: str = "") -> str:
    """Give out a refresh token, in place of an old one if that is named."""
    token, now = _secret("RT1"), clock.now().isoformat()
    consented = kept["consented"].get(old, now)
    kept["refresh"] = [*(one for one in kept["refresh"] if one != old), token]
    for name, time in (("since", now), ("used", now), ("consented", consented)):
        alive = {one: begun for one, begun in kept[name].items() if one in kept["refresh"]}
        kept[name] = alive | {token: time}
    return token


def _left(kept: dict[str, Json], token: str) -> int:
    """Return for how many seconds a refresh token can still be used; one of unknown age is new."""
    now = clock.now()
    used, consented = (clock.moment(kept[name].get(token, now.isoformat())) for name in ("used", "consented"))
    return ceil((min(used + timedelta(seconds=REFRESH_SECONDS), consented + _CAP) - now).total_seconds())


def _due(company: Company, kept: dict[str, Json], token: str) -> bool:
    """Whether a refresh token is to be replaced at its use."""
    begun = kept["since"].get(token)
    age = timedelta(hours=company.definition.refresh_hours)
    old = begun is None or clock.now() - clock.moment(begun) >= age
    return bool(company.switches["rotate_refresh_tokens"]) and old


def _alive(until: str) -> bool:
    return clock.moment(until) > clock.now()


def expire_access(company: Company) -> None:
    """Let all access tokens be expired from now on."""
    kept = _kept(company)
    ended = (clock.now() - timedelta(seconds=1)).isoformat()
    kept["access"] = dict.fromkeys(kept["access"], ended)
    _keep(company, kept)


def holder(companies: Sequence[Company], *secrets_: str) -> Company:
    """Return the company for which one of these tokens or codes was granted; the first for others."""
    wanted = {secret for secret in secrets_ if secret}
    return next((one for one in companies if wanted & _granted_for(one)), companies[0])


def _granted_for(company: Company) -> set[str]:
    kept = _kept(company)
    return {*kept["access"], *kept["refresh"], *kept["codes"]}


def bearer(header: str) -> str:
    """Return the token of an Authorization header; empty where there is none."""
    scheme, _, token = header.partition(" ")
    return token.strip() if scheme.lower() == "bearer" else ""


def access_problem(company: Company, header: str) -> str | None:
    """Return why an Authorization header opens nothing; None when it is good."""
    token = bearer(header)
    until = _kept(company)["access"].get(token)
    if until is None:
        return "Malformed bearer token: too short or too long"
    return None if _alive(until) else f"Token expired: {token}"


def form(body: bytes) -> dict[str, str]:
    """Read an urlencoded form or a JSON object of texts; anything else is empty."""
    text = body.decode("utf-8", "replace").strip()
    if text.startswith("{"):
        try:
            found = jsontext.loads(text)
        except ValueError:
            return {}
        return {str(name): str(value) for name, value in found.items()}
    return {name: values[-1] for name, values in parse_qs(text).items()}


def known_client(company: Company, header: str, fields: dict[str, str]) -> bool:
    """Whether Basic authentication or the form names the company's client and its secret."""
    expected = (company.definition.client_id, company.definition.client_secret)
    scheme, _, encoded = header.partition(" ")
    if scheme.lower() != "basic":
        return (fields.get("client_id"), fields.get("client_secret")) == expected
    try:
        text = base64.b64decode(encoded, validate=True).decode()
    except (binascii.Error, UnicodeDecodeError):
        return False
    user, _, password = text.partition(":")
    return (user, password) == expected


def exchange(company: Company, header: str, fields: dict[str, str]) -> tuple[int, dict[str, Json]]:
    """Answer the token endpoint: HTTP status and body."""
    if not known_client(company, header, fields):
        return 401, {"error": "invalid_client"}
    grant = fields.get("grant_type", "")
    if grant == "refresh_token":
        return _refreshed(company, fields.get("refresh_token", ""))
    if grant == "authorization_code":
        return _redeemed(company, fields)
    return 400, {"error": "unsupported_grant_type"}


def _refreshed(company: Company, token: str) -> tuple[int, dict[str, Json]]:
    kept = _kept(company)
    if token not in kept["refresh"] or _left(kept, token) <= 0:
        return _refused("Incorrect or invalid refresh token")
    if _due(company, kept, token):
        token = _new_refresh(kept, token)
    return _granted(company, kept, token)


def _redeemed(company: Company, fields: dict[str, str]) -> tuple[int, dict[str, Json]]:
    kept = _kept(company)
    code = kept["codes"].pop(fields.get("code", ""), None)
    if code is None or not _alive(code["until"]):
        return _refused("Token invalid")
    if fields.get("redirect_uri") != code["redirect_uri"]:
        return _refused("Invalid redirect URI")
    return _granted(company, kept, _new_refresh(kept))


def _granted(company: Company, kept: dict[str, Json], token: str) -> tuple[int, dict[str, Json]]:
    access = _new_access(kept)
    kept["used"] = kept["used"] | {token: clock.now().isoformat()}
    _keep(company, kept)
    return 200, {
        "token_type": "bearer",
        "access_token": access,
        "refresh_token": token,
        "expires_in": ACCESS_SECONDS,
        "x_refresh_token_expires_in": _left(kept, token),
    }


def _refused(description: str) -> tuple[int, dict[str, Json]]:
    return 400, {"error": "invalid_grant", "error_description": description}


def revoke(company: Company, header: str, fields: dict[str, str]) -> tuple[int, dict[str, Json]]:
    """End a token; a refresh token takes all access tokens with it."""
    if not known_client(company, header, fields):
        return 401, {"error": "invalid_client"}
    kept = _kept(company)
    token = fields.get("token", "")
    if token in kept["refresh"]:
        kept["refresh"] = [one for one in kept["refresh"] if one != token]
        kept["access"] = {}
    elif token in kept["access"]:
        del kept["access"][token]
    else:
        return 400, {"error": "invalid_request"}
    _keep(company, kept)
    return 200, {}


def new_code(company: Company, redirect_uri: str) -> str:
    """Return a code that opens the company once, within ten minutes, for the same redirect address."""
    kept = _kept(company)
    code = _secret("XAB")
    until = (clock.now() + _CODE_LIFE).isoformat()
    kept["codes"][code] = {"until": until, "redirect_uri": redirect_uri}
    _keep(company, kept)
    return code


def addresses(base: str) -> dict[str, str]:
    """Return where a client finds what, below a base address."""
    return {
        "base_url": base,
        "token_url": f"{base}/oauth2/v1/tokens/bearer",
        "revoke_url": f"{base}/v2/oauth2/tokens/revoke",
        "authorize_url": f"{base}/connect/oauth2",
        "discovery_url": f"{base}/.well-known/openid_sandbox_configuration",
    }


def user_info(company: Company, header: str) -> tuple[int, dict[str, Json]]:
    """Return who consented: one invented person."""
    if access_problem(company, header):
        return 401, {"error": "invalid_token"}
    return 200, {
        "sub": "simulated-accountant",
        "email": "accountant@simulator.example",
        "emailVerified": True,
        "givenName": "Simulated",
        "familyName": "Accountant",
    }


def discovery(base: str) -> dict[str, Json]:
    """Return the discovery document."""
    found = addresses(base)
    return {
        "issuer": base,
        "authorization_endpoint": found["authorize_url"],
        "token_endpoint": found["token_url"],
        "revocation_endpoint": found["revoke_url"],
        "userinfo_endpoint": f"{base}/v1/openid_connect/userinfo",
        "jwks_uri": f"{base}/op/v1/jwks",
        "response_types_supported": ["code"],
        "subject_types_supported": ["public"],
        "id_token_signing_alg_values_supported": ["RS256"],
        "scopes_supported": ["openid", "email", "profile", "address", "phone"],
        "token_endpoint_auth_methods_supported": ["client_secret_post", "client_secret_basic"],
        "claims_supported": ["aud", "exp", "iat", "iss", "realmid", "sub"],
    }
