"""Runs the graph of a Rasa model one node after the other.

Rasa's own runner builds a new Dask graph for every run, three times a turn. Here the order of the nodes is found once
for each target.
"""

from __future__ import annotations

from typing import Any

from rasa.engine.graph import ExecutionContext, GraphNode, GraphNodeHook, GraphSchema
from rasa.engine.runner.interface import GraphRunner
from rasa.engine.storage.storage import ModelStorage


class SequentialGraphRunner(GraphRunner):
    """A graph of loaded components.

    Attributes:
        given: outputs of nodes that need not be loaded or run, by the node's name.
    """

    def __init__(
        self,
        schema: GraphSchema,
        storage: ModelStorage,
        context: ExecutionContext,
        hooks: list[GraphNodeHook] | None = None,
        given: dict[str, Any] | None = None,
    ) -> None:
        self.given = given or {}
        self._schema = schema
        self._nodes = {
            name: GraphNode.from_schema_node(name, node, storage, context, hooks)
            for name, node in schema.nodes.items()
            if name not in self.given
        }
        self._orders: dict[tuple[str, ...], list[str]] = {}

    @classmethod
    def create(
        cls,
        graph_schema: GraphSchema,
        model_storage: ModelStorage,
        execution_context: ExecutionContext,
        hooks: list[GraphNodeHook] | None = None,
    ) -> SequentialGraphRunner:
        """Return a runner of the whole graph, as Rasa asks for it."""
        return cls(graph_schema, model_storage, execution_context, hooks)

    def run(self, inputs: dict[str, Any] | None = None, targets: list[str] | None = None) -> dict[str, Any]:
        """Return the outputs of the targets, by name.

        Args:
            inputs: values that nodes need and no node makes, by name.
            targets: names of nodes; the schema's own targets where None.
        """
        wanted = tuple(targets or self._schema.target_names)
        outputs = {**self.given, **(inputs or {})}
        for name in self._order(wanted):
            if name not in outputs:
                needs = self._schema.nodes[name].needs.values()
                outputs[name] = self._nodes[name](*((need, outputs[need]) for need in needs if need in outputs))[1]
        return {name: outputs[name] for name in wanted}

    def _order(self, targets: tuple[str, ...]) -> list[str]:
        if targets not in self._orders:
            order: dict[str, None] = {}
            for target in targets:
                self._visit(target, order)
            self._orders[targets] = list(order)
        return self._orders[targets]

    def _visit(self, name: str, order: dict[str, None]) -> None:
        # A name that is no node is an input of the run.
        if name in order or name in self.given or name not in self._schema.nodes:
            return
        for need in self._schema.nodes[name].needs.values():
            self._visit(need, order)
        order[name] = None
