"""The central server in miniature: register, authority, intake; SQLite or PostgreSQL."""
