"""Why a file is not read, and what to do: the sentences a clerk reads, all in one place.

Each name makes a new error: an error that is raised twice would keep what it was raised with.
"""

from functools import partial

from model.basics.errors import UserError

BOOK, TEXT = "Excel/WPS 另存为 xlsx", "Word/WPS 另存为 docx"

EMPTY = partial(UserError, "文件是空的，", "请换一个文件。")
INCOMPLETE = partial(UserError, "文件不完整（可能没有复制完），", "请重新复制后再试。")
DAMAGED = partial(UserError, "文件已损坏，", "请用原来的软件打开，另存一份后再试。")
PASSWORD = partial(UserError, "文件有打开密码，", "请在 Excel/WPS 中去掉密码后再试。")
PASSWORD_TEXT = partial(UserError, "文件有打开密码，", "请在 Word/WPS 中去掉密码后再试。")
PASSWORD_PDF = partial(UserError, "文件有打开密码，", "请用没有密码的文件，或原来的 Excel、Word 文件。")
TOO_BIG = partial(UserError, "文件超过 30 MB，", "请去掉图片和不用的工作表，另存后再试。")
UNPACKED = partial(
    UserError, "文件展开后过大，可能不是正常的表格，没有打开。", "请用 Excel/WPS 把要用的表另存一份再试。"
)
MANY_PARTS = partial(UserError, "文件里的部件过多，可能不是正常的表格，没有打开。", f"请用 {BOOK} 后再试。")
TWICE = partial(
    UserError, "文件里有两个同名的部件，看到的和读到的可能不同，没有打开。", f"请用 {BOOK} 后再试。"
)
FORBIDDEN = partial(UserError, "文件含有不允许的定义，没有打开。", "请用原来的软件打开，另存一份后再试。")
OUTSIDE = partial(UserError, "文件的一部分指到了文件以外，没有打开。", "请用原来的软件打开，另存一份后再试。")
TOO_DEEP = partial(UserError, "文件的内容套了太多层，不能读。", f"请用 {TEXT}，去掉多余的嵌套后再试。")
TOO_SLOW = partial(
    UserError, "文件读了 20 秒还没有读完，已经停下。", "请用 Excel/WPS 把要用的表另存一份再试。"
)
NOT_STARTED = partial(UserError, "系统没有让读取程序启动，", "请关闭一些程序后再试，或重新打开自评簿。")
UNREADABLE = partial(UserError, "这个文件读不了，可能已损坏。", "请用原来的软件打开，另存一份后再试。")
NOT_OFFICE = partial(UserError, "这是压缩包，不是表格。", "请先解压，再选里面的表格。")
UNKNOWN = partial(UserError, "认不出的文件，", "请选 Excel、Word、WPS 或 PDF 文件。")

WEB_PAGE = partial(UserError, "这是网页，不是表格，", f"请用 {BOOK}。")
XML_2003 = partial(UserError, "这是旧式的 XML 表格，", f"请用 {BOOK}。")
XML_TEXT = partial(UserError, "这是旧式的 XML 文档，", f"请用 {TEXT}。")
PLAIN_TEXT = partial(UserError, "这是文本表格，", f"请用 {BOOK}。")
RTF = partial(UserError, "这是 RTF 文档，", f"请用 {TEXT}。")
BINARY_BOOK = partial(UserError, "这是二进制的 Excel 表格（xlsb），", f"请用 {BOOK}。")
OPEN_BOOK = partial(UserError, "这是 OpenDocument 表格（ods），", f"请用 {BOOK}。")
OPEN_TEXT = partial(UserError, "这是 OpenDocument 文档（odt），", f"请用 {TEXT}。")
SLIDES = partial(UserError, "这是演示文稿，不是表格，", "请选 Excel、Word、WPS 或 PDF 文件。")
PICTURE = partial(UserError, "这是图片，程序不识别图片，", "请选 Excel、Word、WPS 或 PDF 文件。")
OLD_TEXT = partial(UserError, "这是 Word 97 以前的文档，", f"请用 {TEXT}。")

SCANNED = partial(
    UserError,
    "这个 PDF 是扫描图片，没有文字，程序不识别图片。",
    "请用原来的 Excel 或 Word 文件，或者手工录入。",
)
NO_RULES = partial(UserError, "这个 PDF 里没有带框线的表格，", "请用原来的 Excel 或 Word 文件。")
CUT_ACROSS = partial(
    UserError, "这个 PDF 里的表在横向被分成两页，不能可靠地拼起来。", "请用原来的 Excel 或 Word 文件。"
)
NO_LETTERS = partial(
    UserError, "这个 PDF 的文字只能看、不能复制，程序读不出来。", "请用原来的 Excel 或 Word 文件。"
)
OVERPRINTED = partial(
    UserError, "这个 PDF 里的文字互相重叠，不能可靠地读。", "请用原来的 Excel 或 Word 文件。"
)
TOO_MANY_PAGES = partial(UserError, "这个 PDF 超过 60 页，", "请只保留要导入的页后再试。")
TOO_MUCH_TEXT = partial(UserError, "这个 PDF 的文字过多，", "请只保留要导入的页后再试。")

MISSING = partial(UserError, "找不到这个文件，", "可能已被移走或改名，请重新选择。")
FOLDER = partial(UserError, "这是文件夹，", "请选里面的文件。")
IN_USE = partial(UserError, "文件被占用，", "请先在 Excel/WPS 中关闭后再试。")
NO_ACCESS = partial(UserError, "没有读取这个文件的权限，", "请把它复制到自己的文件夹后再试。")
NOT_READ = partial(UserError, "文件没有读出来，", "请检查磁盘或网络后再试。")


def sheet_too_far(sheet: str, row: int, most: int) -> UserError:
    """A worksheet whose content goes on below the last row that is read."""
    return UserError(
        f"表格范围过大：工作表“{sheet}”第 {row} 行有内容，超过 {most} 行，", "请删去多余的行后再试。"
    )


def sheet_too_wide(sheet: str, column: str, most: int) -> UserError:
    """A worksheet whose content goes on right of the last column that is read."""
    return UserError(
        f"表格范围过大：工作表“{sheet}” {column} 列有内容，超过 {most} 列，", "请删去多余的列后再试。"
    )


def sheet_too_full(sheet: str, what: str, most: int) -> UserError:
    """A worksheet with more cells or merges than a form can have."""
    return UserError(f"工作表“{sheet}”的{what}超过 {most} 个，不像是表单，", "请只保留要导入的表后再试。")


def bad_place(sheet: str, place: str) -> UserError:
    """A worksheet that names a cell that cannot be."""
    return UserError(
        f"工作表“{sheet}”里有不存在的单元格 {place}，文件可能已损坏，", "请用 Excel/WPS 另存一份再试。"
    )


def text_too_long(place: str, most: int) -> UserError:
    """A cell with more text than a spreadsheet can hold."""
    return UserError(f"{place} 的文字超过 {most} 字，不像是表单，", "请删去多余的文字后再试。")


def table_too_large(name: str, what: str, most: int) -> UserError:
    """A table of a text beyond what a form can have."""
    return UserError(f"{name}超过 {most} {what}，不像是表单，", "请只保留要导入的表后再试。")


# ---- filling in place ----------------------------------------------------------------------------

SIGNED = partial(UserError, "文件带有数字签名，改动后签名会失效，没有填写。", "请去掉签名另存一份后再试。")
TRACKING = partial(
    UserError,
    "文件打开了“修订”，填写会留下修订痕迹，没有填写。",
    "请在 Word/WPS 中关闭修订，接受所有修订后再试。",
)
SHEET_GONE = partial(UserError, "文件里没有要填的工作表或表格，", "请重新选择财政局的空白表。")
NOT_WRITABLE_BOOK = partial(UserError, "这种文件不能直接填写，", f"请用 {BOOK}，再选一次。")
OLD_BOOK = partial(
    UserError,
    "这是旧格式的 Excel 表（.xls、.et），",
    f"请用 {BOOK}，再填那一份；一定要直接填的，请加上 --xls，并在上报前用 Excel 或 WPS 打开核对。",
)
NOT_WRITABLE = partial(UserError, "这种文件不能直接填写，", f"请用 {TEXT}，再选一次。")
NO_FORM = partial(UserError, "文件里没有找到自评表，", "请选财政局发的空白表。")
NOT_AS_PLANNED = partial(UserError, "写出的文件与计划不同，已放弃，", "原文件没有改动。请手工填写这张表。")
