"""TOML on one line, as people write short tables and lists."""

from __future__ import annotations

import tomli_w

__all__ = ["inline_toml"]


def inline_toml(key: str, value: object) -> str:
    """Return a key of TOML with its value on one line.

    Examples
    --------
    >>> inline_toml("replaced", [{"item": 31, "reason": "crushed"}])
    'replaced = [{ item = 31, reason = "crushed" }]'
    """
    plain = "" if isinstance(value, (list, dict)) else value
    name, _, text = tomli_w.dumps({key: plain}).strip().partition(" = ")
    if isinstance(value, list):
        text = f"[{', '.join(inline_toml('a', one).removeprefix('a = ') for one in value)}]"
    elif isinstance(value, dict):
        text = f"{{ {', '.join(inline_toml(name, one) for name, one in value.items())} }}"
    return f"{name} = {text}"
