"""Lots whose cartons are listed: of several SKUs, the last carton not packed."""

from typing import Any

OF_24: dict[str, Any] = {
    "id": "L1",
    "size": 24,
    "carton": [
        {"numbers": "1-4", "units": 3, "sku": "A"},
        {"numbers": "5-7", "units": 3, "sku": "B"},
        {"numbers": 8, "units": 3, "sku": "B", "packed": False},
    ],
}

OF_480: dict[str, Any] = {
    "id": "L1",
    "size": 480,
    "carton": [
        {"numbers": "1-20", "units": 12, "sku": "A & B"},
        {"numbers": "21-39", "units": 12, "sku": "<C>"},
        {"numbers": 40, "units": 12, "sku": "D", "packed": False},
    ],
}
"""Its SKUs have signs that HTML must escape."""
