"""Addresses of one Redis server: for Celery's broker, and for other numbered databases on it."""

from urllib.parse import SplitResult, parse_qs, urlencode, urlsplit, urlunsplit


def broker_url(redis_url: str) -> str:
    """Return the form of an address that Celery reads (it has its own for sockets)."""
    parts = urlsplit(redis_url)
    if parts.scheme != "unix":
        return redis_url
    query = _query_without_index(parts) | {"virtual_host": str(_index(parts))}
    return f"redis+socket://{parts.netloc}{parts.path}?{urlencode(query)}"


def neighbour_url(redis_url: str) -> str:
    """Return the database after the named one on the same server: the cache's."""
    parts = urlsplit(redis_url)
    return _with_index(parts, _index(parts) + 1)


def numbered_url(redis_url: str, index: int) -> str:
    """Return the address of database ``index`` on the same server."""
    return _with_index(urlsplit(redis_url), index)


def _index(parts: SplitResult) -> int:
    in_path = "" if parts.scheme == "unix" else parts.path.strip("/")
    return int(parse_qs(parts.query).get("db", [in_path or "0"])[0])


def _query_without_index(parts: SplitResult) -> dict[str, str]:
    return {key: values[0] for key, values in parse_qs(parts.query).items() if key != "db"}


def _with_index(parts: SplitResult, index: int) -> str:
    query = _query_without_index(parts)
    if parts.scheme != "unix":
        return urlunsplit(parts._replace(path=f"/{index}", query=urlencode(query)))
    # urlunsplit would drop the empty host of unix:///path.
    return f"unix://{parts.netloc}{parts.path}?{urlencode(query | {'db': str(index)})}"
