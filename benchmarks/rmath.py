"""R's distribution functions, called in a C loop; needs a C compiler and libRmath (on Debian, r-mathlib)."""

from __future__ import annotations

import ctypes
import shutil
import subprocess
import tempfile
from pathlib import Path

import numpy as np
from cases import Floats

SOURCE = """
#define MATHLIB_STANDALONE
#include <Rmath.h>

void binomial(const double *p, double *out, long size, double k, double n)
{
    for (long i = 0; i < size; i++) out[i] = pbinom(k, n, p[i], 1, 0);
}

void poisson(const double *rate, double *out, long size, double k, double n)
{
    for (long i = 0; i < size; i++) out[i] = ppois(k, n * rate[i], 1, 0);
}

void hypergeometric(const double *bad, double *out, long size, double k, double n, double lot)
{
    for (long i = 0; i < size; i++) out[i] = phyper(k, bad[i], lot - bad[i], n, 1, 0);
}
"""


class Rmath:
    """Probabilities of at most k, computed by libRmath in a C loop."""

    def __init__(self, library: ctypes.CDLL) -> None:
        self._library = library

    def cdf(self, model: str, values: Floats, k: int, n: int, lot_size: int | None = None) -> Floats:
        """Return the probability at every value: fraction, nonconformities per item, or number nonconforming in the lot."""
        out = np.empty_like(values)
        pointer = ctypes.POINTER(ctypes.c_double)
        numbers = [k, n] if lot_size is None else [k, n, lot_size]
        getattr(self._library, model)(
            values.ctypes.data_as(pointer),
            out.ctypes.data_as(pointer),
            ctypes.c_long(values.size),
            *map(ctypes.c_double, numbers),
        )
        return out


def rmath() -> Rmath | None:
    """Compile the loops in a temporary folder; None if that fails."""
    compiler = shutil.which("cc")
    if compiler is None:
        return None
    with tempfile.TemporaryDirectory() as folder:
        source, library = Path(folder) / "loops.c", Path(folder) / "loops.so"
        source.write_text(SOURCE, encoding="utf-8")
        command = [compiler, "-O2", "-shared", "-fPIC", str(source), "-o", str(library), "-lRmath", "-lm"]
        if subprocess.run(command, capture_output=True, check=False).returncode:
            return None
        return Rmath(ctypes.CDLL(str(library)))
