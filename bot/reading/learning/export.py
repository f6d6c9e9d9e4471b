"""The network's weights as the arrays that serving reads."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from bot.reading.learning.network import LAYER_NAMES, LAYERS, Network

Arrays = dict[str, npt.NDArray[np.float32]]

_HEADS = ("status", "kinds", "flags", "scopes", "answers", "meaning")


def arrays_of(network: Network) -> Arrays:
    """Return the tuned layers under their published names, and the heads."""
    arrays: Arrays = {
        name: getattr(network, name).detach().numpy() for name in ("prototypes", "biases", "spikes", "flag_spikes")
    }
    arrays["sharpness"] = network.sharpness.detach().numpy().reshape(1)
    for head in _HEADS:
        module = getattr(network, head)
        arrays |= {f"{head}.{part}": getattr(module, part).detach().numpy() for part in ("weight", "bias")}
    for number in range(LAYERS - network.tuned, LAYERS):
        for part, name in LAYER_NAMES.items():
            module = getattr(network.layers[number], part)
            for kind in ("weight", "bias"):
                arrays[f"encoder.layer.{number}.{name}.{kind}"] = getattr(module, kind).detach().numpy()
    return arrays
