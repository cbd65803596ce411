"""The contract of terminal and centre: what travels, byte for byte, and what it means."""
