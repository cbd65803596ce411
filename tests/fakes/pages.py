"""A page writer that keeps the pages it was given."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from desktop.core.paper.drawing import Page


class FakePages:
    """The PageWriter port; its files begin like a PDF and say nothing else."""

    def __init__(self, head: bytes = b"%PDF-1.4\n") -> None:
        self.head = head
        self.pages: list[Page] = []

    def write(self, page: Page) -> bytes:
        self.pages.append(page)
        return self.head
