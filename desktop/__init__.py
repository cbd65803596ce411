"""Tresen: the counter terminal for digital vaccination certificates.

The plan of the house: each room may call the rooms below it, never those above.

=================  ==============================================================================
``__main__``       hands over to ``cli``
``cli``            one module a command; ``cli.window`` is the only place where app and ui meet
``app``            assembly: settings and adapters become the services of one terminal, without Qt
``ui``             the screen (Qt Widgets); talks to services through lanes, never to adapters
``centre``         the central server in miniature; shares only ``wire`` and ``hcert`` with us
``services``       one use case a module, synchronous, without threads and without Qt
``adapters``       one piece of the outside world a module; translates its errors at the edge
``core``           the rules of the counter: pure, deterministic; ports are declared here
``wire``           the contract of terminal and centre: events, batches, verdicts, problems
``hcert``          the standard: names, entries, claims, COSE, armour, verification, QR
=================  ==============================================================================

Time, identifiers and chance come into ``hcert``, ``wire`` and ``core`` as arguments. The direction
of imports is checked by import-linter (``pyproject.toml``), as part of ``make test``.
"""

__version__ = "0.1.0"
