"""The outside world, one piece a module; library errors are translated at each edge."""
