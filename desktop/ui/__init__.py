"""The screen: Qt Widgets over services, work in lanes, nothing of the outside world."""

from desktop.ui import singletons

singletons.keep()
