"""Printers, one language a module."""
