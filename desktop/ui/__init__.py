"""The screen: Qt Widgets over services, work in lanes, nothing of the outside world."""
