"""The use cases of a terminal, one a module: synchronous, without threads, without Qt."""
