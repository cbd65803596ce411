"""The tokens as Qt wants them: a style sheet over Fusion, and a palette."""

from __future__ import annotations

from dataclasses import asdict
from string import Template
from typing import TYPE_CHECKING, Final

from PySide6.QtGui import QColor, QPalette

from desktop.ui import tokens as measures

if TYPE_CHECKING:
    from desktop.ui.tokens import Tokens

_SHEET: Final = Template(
    """
* { font-size: ${TEXT}px; color: $text; }
QToolTip { background: $surface; color: $text; border: 1px solid $line; padding: 6px 8px;
  font-size: ${SMALL}px; }
QWidget[role="canvas"] { background: $canvas; }
QScrollArea, QScrollArea > QWidget > QWidget { background: transparent; border: none; }

QLabel { background: transparent; }
QLabel[role="title"] { font-size: ${TITLE}px; font-weight: bold; }
QLabel[role="hero"] { font-size: 28px; font-weight: bold; }
QLabel[role="name"] { font-size: 22px; font-weight: bold; }
QLabel[role="noname"] { font-size: 22px; color: $muted; }
QLabel[role="factlabel"] { font-size: ${SMALL}px; color: $muted; padding-top: 3px; }
QLabel[role="done"] { font-weight: bold; color: $good; }
QLabel[role="done"][tone="warn"] { color: $warn; }
QLabel[role="label"], QLabel[role="quiet"] { font-size: ${SMALL}px; color: $muted; }
QLabel[role="section"] { font-size: ${SMALL}px; font-weight: bold; color: $muted; }
QLabel[role="machine"] { font-size: ${SMALL}px; color: $muted; letter-spacing: 0.5px; }
QLabel[role="problem"] { font-size: ${SMALL}px; color: $stop; }
QLabel[role="key"] { font-size: 12px; color: $muted; background: $surface;
  border: 1px solid $line; border-radius: 4px; padding: 1px 6px; }

QFrame[role="card"] { background: $surface; border: 1px solid $line; border-radius: 12px; }
QFrame[role="rail"] { background: $surface; border: none; border-right: 1px solid $line; }
QFrame[role="strip"] { background: $surface; border: none; border-top: 1px solid $line; }
QFrame[role="hollow"] { background: $canvas; border: 2px dashed $line; border-radius: 12px; }
QFrame[role="rule"] { background: $line; border: none; max-height: 1px; min-height: 1px; }

QLineEdit, QPlainTextEdit { background: $field; border: 1px solid $edge; border-radius: ${CORNER}px;
  padding: 0 12px; min-height: ${inner}px; selection-background-color: $accent;
  selection-color: $on_accent; placeholder-text-color: $muted; }
QLineEdit:focus, QPlainTextEdit:focus { border: 2px solid $accent; padding: 0 11px;
  min-height: ${inner_focus}px; }
QLineEdit:disabled { background: $canvas; color: $muted; border-color: $line; }
QLineEdit[state="problem"] { border: 2px solid $stop; padding: 0 11px;
  min-height: ${inner_focus}px; }
QLineEdit[state="new"] { background: $accent_soft; border-color: $accent; }
QLineEdit[role="scan"] { font-size: 18px; min-height: 50px; padding: 0 14px 0 48px; }
QLineEdit[role="scan"]:focus { min-height: 48px; padding: 0 13px 0 47px; }
QLineEdit[role="choice"] { padding-right: 36px; }

QPushButton { background: $surface; border: 1px solid $edge; border-radius: ${CORNER}px;
  padding: 0 16px; min-height: 42px; text-align: center; }
QPushButton:hover { background: $accent_soft; border-color: $accent; }
QPushButton:pressed { background: $accent_soft; }
QPushButton:focus { border: 2px solid $accent; padding: 0 15px; min-height: 40px; }
QPushButton:disabled { color: $muted; border-color: $line; background: $canvas; }
QPushButton[role="primary"] { background: $accent; color: $on_accent; border: 2px solid $accent;
  font-size: 19px; font-weight: bold; min-height: 56px; padding: 0 16px; border-radius: 10px; }
QPushButton[role="primary"]:hover { background: $accent_strong; border-color: $accent_strong; }
QPushButton[role="primary"]:focus { border: 2px solid $text; min-height: 56px; padding: 0 16px; }
QPushButton[role="primary"]:disabled { background: $line; color: $muted; border-color: $line; }
QPushButton[role="link"] { background: transparent; border: 2px solid transparent; color: $muted;
  font-size: ${SMALL}px; padding: 0 6px; min-height: 28px; }
QPushButton[role="link"]:hover { color: $accent; background: $accent_soft; }
QPushButton[role="link"]:focus { border-color: $accent; padding: 0 6px; min-height: 28px; }
QPushButton[role="link"]:disabled { color: $edge; }
QPushButton[role="door"] { min-height: 176px; border-radius: 12px; border: 1px solid $edge;
  background: $surface; padding: 0; }
QPushButton[role="door"]:hover, QPushButton[role="door"]:focus { border: 2px solid $accent;
  background: $surface; padding: 0; min-height: 174px; }
QPushButton[role="segment"] { min-height: 42px; padding: 0 16px; }
QPushButton[role="segment"]:checked { background: $accent_soft; border: 2px solid $accent;
  color: $accent; padding: 0 15px; min-height: 40px; }
QPushButton[role="segment"]:focus { border: 2px solid $accent; padding: 0 15px; min-height: 40px; }
QPushButton[role="segment"]:checked:focus { border: 2px solid $text; }

QCheckBox { spacing: 10px; background: transparent; }
QCheckBox::indicator { width: 20px; height: 20px; border: 2px solid $edge; border-radius: 5px;
  background: $field; }
QCheckBox::indicator:checked { background: $accent; border-color: $accent; }
QCheckBox:focus { color: $accent; }

QListView, QTableView { background: $surface; border: 1px solid $line; border-radius: ${CORNER}px;
  outline: none; selection-background-color: $accent_soft; selection-color: $text;
  gridline-color: transparent; }
QListView[role="choices"] { border: 1px solid $edge; padding: 4px; }
QTableView::item { padding: 0 12px; border-bottom: 1px solid $line; }
QTableView::item:selected { background: $accent_soft; color: $text; }
QTableView:focus { border: 2px solid $accent; }
QHeaderView, QHeaderView::section { background: $surface; color: $muted; border: none;
  font-size: ${SMALL}px; font-weight: bold; }
QHeaderView::section { padding: 8px 15px; border-bottom: 1px solid $line; }
QPlainTextEdit { padding: 8px; font-size: ${SMALL}px; }

QFrame[role="banner"] { border: none; border-radius: 0; border-bottom: 1px solid $line; }
QFrame[role="banner"][tone="good"] { background: $accent_soft; }
QFrame[role="banner"][tone="warn"] { background: $warn_soft; }
QFrame[role="banner"][tone="stop"] { background: $stop_soft; }
QLabel[role="bannertitle"] { font-weight: bold; }
QLabel[role="banneradvice"] { font-size: 14px; }
QPushButton[role="banner"] { min-height: 36px; padding: 0 14px; font-weight: bold; }
QPushButton[role="banner"]:focus { min-height: 34px; padding: 0 13px; }
QPushButton[role="bannerclose"] { min-height: 32px; background: transparent; padding: 0 8px;
  border: 2px solid transparent; font-size: 12px; }
QPushButton[role="bannerclose"]:hover, QPushButton[role="bannerclose"]:focus {
  border-color: $accent; padding: 0 8px; min-height: 32px; }

QFrame[role="answer"] { border: none; border-radius: ${CORNER}px; background: transparent; }
QFrame[role="answer"][tone="good"] { background: $accent_soft; }
QFrame[role="answer"][tone="warn"] { background: $warn_soft; }
QLabel[role="answer"] { color: $muted; font-size: 14px; }
QLabel[role="answer"][tone="good"] { color: $text; font-size: ${TEXT}px; }
QLabel[role="answer"][tone="warn"] { color: $text; font-size: ${TEXT}px; }

QFrame[role="permit"] { border: 1px solid $stop; border-radius: 12px; background: $stop_soft; }
QFrame[role="permit"][tone="warn"] { border-color: $warn; background: $warn_soft; }

QPushButton[role="pill"] { min-height: 28px; padding: 0 12px; border: 1px solid transparent;
  border-radius: 15px; font-size: ${SMALL}px; background: transparent; }
QPushButton[role="pill"][tone="good"] { color: $muted; }
QPushButton[role="pill"][tone="warn"] { background: $warn_soft; color: $warn; }
QPushButton[role="pill"][tone="stop"] { background: $stop_soft; color: $stop; font-weight: bold; }
QPushButton[role="pill"]:hover { border-color: $edge; }
QPushButton[role="pill"]:focus { border: 2px solid $accent; padding: 0 11px; min-height: 26px; }

QToolButton[role="rail"] { border: 2px solid transparent; border-radius: 10px; padding: 6px 0;
  font-size: 12px; color: $muted; background: transparent; }
QToolButton[role="rail"]:hover { background: $canvas; }
QToolButton[role="rail"][here="yes"] { background: $accent_soft; color: $accent; }

QScrollBar:vertical { background: transparent; width: 16px; margin: 0; }
QScrollBar::handle:vertical { background: $edge; border-radius: 4px; min-height: 32px;
  margin: 0 0 0 8px; }
QScrollBar::add-line, QScrollBar::sub-line { height: 0; width: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
QScrollBar:horizontal { background: transparent; height: 12px; }
QScrollBar::handle:horizontal { background: $edge; border-radius: 4px; min-width: 32px;
  margin: 2px 0; }
"""
)


def stylesheet(tokens: Tokens) -> str:
    """The style sheet of a look."""
    sizes = {
        name: getattr(measures, name) for name in ("TEXT", "SMALL", "TITLE", "FIELD", "CORNER")
    }
    inner = measures.FIELD - 2
    return _SHEET.substitute(asdict(tokens), **sizes, inner=inner, inner_focus=inner - 2)


def palette(tokens: Tokens) -> QPalette:
    """The palette of a look, for what Qt draws without the style sheet."""
    result = QPalette()
    roles = QPalette.ColorRole
    colours = {
        roles.Window: tokens.canvas,
        roles.WindowText: tokens.text,
        roles.Base: tokens.field,
        roles.AlternateBase: tokens.canvas,
        roles.Text: tokens.text,
        roles.PlaceholderText: tokens.muted,
        roles.Button: tokens.surface,
        roles.ButtonText: tokens.text,
        roles.Highlight: tokens.accent,
        roles.HighlightedText: tokens.on_accent,
        roles.ToolTipBase: tokens.surface,
        roles.ToolTipText: tokens.text,
        roles.Link: tokens.accent,
        roles.LinkVisited: tokens.accent,
        roles.Mid: tokens.line,
        roles.Accent: tokens.accent,
    }
    for role, colour in colours.items():
        result.setColor(role, QColor(colour))
    for role in (roles.Text, roles.WindowText, roles.ButtonText):
        result.setColor(QPalette.ColorGroup.Disabled, role, QColor(tokens.muted))
    return result
