"""Benchmarks. Each prints figures and ratios measured in one run: ``python -m bench NAME [options]``."""
