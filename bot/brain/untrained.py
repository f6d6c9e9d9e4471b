"""The base of the NLU components that learn nothing: what they know is read when the process starts."""

from __future__ import annotations

from abc import abstractmethod
from typing import Any, Self

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage


class UntrainedComponent(GraphComponent):
    """Is made from its configuration alone."""

    @classmethod
    @abstractmethod
    def made(cls, config: dict[str, Any]) -> Self:
        """Return the component for what `config.yml` says and this process knows."""

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,  # noqa: ARG003 - Rasa calls it with these four, by name or by place
        resource: Resource,  # noqa: ARG003 - likewise
        execution_context: ExecutionContext,  # noqa: ARG003 - likewise
    ) -> Self:
        """Return the component; this is what Rasa calls."""
        return cls.made(config)
