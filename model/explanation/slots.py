"""The names that patterns may use, by where they stand, and which of them the clerk types."""


def _changes(*names: str) -> frozenset[str]:
    """What became more or less than last year, and by how much of it."""
    return frozenset(f"{name}_{kind}" for name in names for kind in ("rise", "fall", "equal", "rate"))


def _compared(*names: str) -> frozenset[str]:
    """Whether a final amount is over, under or equal to its budget, and how much of it was reached."""
    return frozenset(f"{name}_{kind}" for name in names for kind in ("over", "under", "equal", "done"))


_GENERAL = frozenset("year last_year unit phone sub_units sub_units_any".split())
_TOTALS = frozenset(
    "total income fiscal superior business operating_in subsidiary other spending basic project to_superior"
    " operating_out to_subsidiary grant general_income fund_income capital_income general general_share"
    " general_basic general_project general_budget general_full fund_any fund_opening fund_spending"
    " fund_closing capital_any capital_spending staff running staff_items running_items class_list".split()
)
_TRAVEL = frozenset(
    "sg_any sg_budget sg_final abroad_budget abroad_final abroad_done abroad_groups abroad_people car_budget"
    " car_final car_done car_purchase car_purchased car_running car_use cars_kept reception_budget"
    " reception_final reception_done reception_times reception_people reception_use reception_foreign"
    " foreign_times foreign_people".split()
)
_OTHER = frozenset(
    "office office_any buy buy_goods buy_works buy_services sme sme_share micro micro_share kind_shares"
    " sme_reserved micro_reserved sme_won micro_won sme_other cars cars_leader cars_chief cars_secret"
    " cars_emergency cars_law cars_special cars_retired cars_other equipment self_projects self_amount"
    " self_average staff_on_duty staff_administrative staff_institution staff_retired staff_left"
    " staff_pensioned staff_insured".split()
)

# Reasons that a sentence wants where its figures differ: whose text serves as long as one is empty.
REASONS = {
    "total_reason": "",
    "grant_reason": "total_reason",
    "general_income_reason": "grant_reason",
    "general_reason": "total_reason",
    "general_gap_reason": "",
    "sg_reason": "",
    "office_reason": "",
}

DOCUMENT = (
    _GENERAL
    | _TOTALS
    | _TRAVEL
    | _OTHER
    | _changes("total", "grant", "general_income", "fund_income", "capital_income", "general", "office")
    | _compared("general", "sg")
    | frozenset(REASONS)
)
LIST_ITEM = frozenset(("name", "amount", "share"))
CLASS = _compared("class") | frozenset(
    "n first class class_short class_amount class_share class_use class_budget class_reason".split()
)
ITEM = _compared("item") | frozenset(
    "n class section item item_use item_budget item_full item_final item_new item_reason".split()
)
PROJECT = frozenset(("project_name", "project_amount", "project_result"))

OF_KIND = {
    "sentence": DOCUMENT,
    "list": DOCUMENT | LIST_ITEM,
    "classes": DOCUMENT | CLASS,
    "items": DOCUMENT | ITEM,
    "projects": DOCUMENT | PROJECT,
}

# Texts that a sentence waits for: the clerk types them, no figure gives them.
TYPED = frozenset(
    (*REASONS, "class_use", "class_reason", "item_reason", "item_use", "car_use", "reception_use")
)
