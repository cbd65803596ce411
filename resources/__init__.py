"""Files that travel with the program; read through ``desktop.adapters.resources``."""
