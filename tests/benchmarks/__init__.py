"""Programs that measure: ``python -m tests.benchmarks.<name> [--quick]`` ends with one JSON line. Their tests hold what
does not depend on the machine."""
