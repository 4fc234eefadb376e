"""Times as the window says them."""

from datetime import date, datetime, timedelta


def when(moment: datetime, today: date) -> str:
    """Return a time as the list shows it: 今天 14:31, 昨天 16:05, 4月28日, 2022-12-03."""
    day = moment.date()
    if day == today:
        return f"今天 {moment:%H:%M}"
    if day == today - timedelta(days=1):
        return f"昨天 {moment:%H:%M}"
    return f"{day.month}月{day.day}日" if day.year == today.year else f"{day:%Y-%m-%d}"


def minute(moment: datetime, today: date) -> str:
    """Return a time to the minute: 14:31 for today, else with its day, 昨天 16:05, 4月28日 09:12."""
    if moment.date() == today:
        return f"{moment:%H:%M}"
    day = when(moment, today)
    return day if ":" in day else f"{day} {moment:%H:%M}"
