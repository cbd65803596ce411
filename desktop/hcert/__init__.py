"""The standard: EU Digital COVID Certificates as an HCERT, usable alone.

From names and dates to the QR matrix and back, as the eHealth Network's HCERT specification 1.0.8
and the EU DCC schema 1.3.0 say. Nothing here reads a clock, draws chance or touches a file.
"""
