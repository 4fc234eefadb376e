"""What the user can act on; every other exception is a bug."""


class UserError(Exception):
    """Something the user can mend: `message` says what is wrong and where, `hint` what to do (Chinese)."""

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint

    def __str__(self) -> str:
        return f"{self.message}{self.hint}"


# What is said where a program's own fault stops one thing and nothing else.
UNEXPECTED = "程序遇到一个没有料到的问题，原因已记入日志；填报的内容不受影响。"
