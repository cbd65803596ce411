"""The durable store of one terminal."""
