"""Finds what each module of a package offers, so that another service is another module and nothing else."""

from __future__ import annotations

import importlib
import pkgutil
from types import ModuleType
from typing import TypeVar

Kind = TypeVar("Kind")


def found_in(package: ModuleType, name: str, kind: type[Kind]) -> tuple[Kind, ...]:
    """What the modules of a package call so, by the modules' names. Raises TypeError where it is something else."""
    found = []
    for module in sorted(one.name for one in pkgutil.iter_modules(package.__path__)):
        offered = getattr(importlib.import_module(f"{package.__name__}.{module}"), name, None)
        if offered is None:
            continue
        if not isinstance(offered, kind):
            raise TypeError(f"{package.__name__}.{module}.{name} is no {kind.__name__}")
        found.append(offered)
    return tuple(found)
