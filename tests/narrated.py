"""Made publications: three units that are none, their figures, and what each wrote about them.

`narrative("district")` are the paragraphs of tests/data/accounts/narratives/district.txt, all true of
`facts("district")`; district.slips lists what is planted, one a line: rule | place | old | new | part of the
sentence that the clerk reads.
"""

from collections.abc import Mapping
from functools import cache
from typing import NamedTuple

from model.accounts.accounts import Accounts
from model.explanation.held.facts import Facts
from model.explanation.loader import outline
from model.forms.loader import shipped
from tests.builders import WUHAN_PROJECT, filled, row
from tests.final_accounts import FOLDER, SHANGHAI, WUHAN, typed_accounts

NARRATIVES = ("district", "bureau", "street")
_CARS = "leader chief secret emergency law special retired other".split()


class Planted(NamedTuple):
    """A slip that is put into a narrative: where it is to be found, and what the clerk is told."""

    rule: str
    place: str
    old: str
    new: str
    message: str


def _items(rows: Mapping[str, str]) -> dict[str, dict[str, str]]:
    """Rows of the list, each as key=text words."""
    return {code: dict(word.split("=") for word in words.split()) for code, words in rows.items()}


def _cars(**counts: int) -> dict[str, str]:
    return {f"cars_{kind}": str(counts.get(kind, 0)) for kind in _CARS}


# A school of a district, 2023: business income, an item without a budget, no fund.
_DISTRICT = _items(
    {
        "2050203": "t3.basic=1856.32 t3.project=412.75 t5.basic=1819.82 t5.project=412.75"
        " t2.fiscal=2232.57 t2.business=36.50 budget=2190",
        "2050299": "t3.project=88.60 t5.basic=0 t5.project=88.60 t2.fiscal=88.60 budget=0",
        "2080505": "t3.basic=198.44 t5.basic=198.44 t5.project=0 t2.fiscal=198.44 budget=205.10",
        "2080506": "t3.basic=99.22 t5.basic=99.22 t5.project=0 t2.fiscal=99.22 budget=99.22",
        "2080801": "t3.basic=15.36 t5.basic=15.36 t5.project=0 t2.fiscal=15.36 budget=0",
        "2101102": "t3.basic=142.87 t5.basic=142.87 t5.project=0 t2.fiscal=142.87 budget=150",
        "2210201": "t3.basic=176.05 t5.basic=176.05 t5.project=0 t2.fiscal=176.05 budget=176.05",
        "2210203": "t3.basic=24.00 t5.basic=24.00 t5.project=0 t2.fiscal=24.00 budget=30",
    }
)
_DISTRICT_CELLS = {
    "unit": "江城市长河区示例中学",
    "t6.30101": "602.10",
    "t6.30102": "104.37",
    "t6.30107": "711.20",
    "t6.30108": "198.44",
    "t6.30109": "99.22",
    "t6.30110": "142.87",
    "t6.30113": "176.05",
    "t6.30199": "41.90",
    "t6.30304": "15.36",
    "t6.30201": "96.25",
    "t6.30205": "18.30",
    "t6.30206": "62.44",
    "t6.30209": "120.80",
    "t6.30213": "37.96",
    "t6.30228": "22.15",
    "t6.30231": "3.86",
    "t6.30217": "0.48",
    "t6.30299": "22.01",
    "t9.budget.car_running": "5.00",
    "t9.budget.reception": "1.20",
    "t9.final.car_running": "3.86",
    "t9.final.reception": "0.48",
    "last.total": "3200.11",
    "last.grant": "3150.11",
    "last.general_income": "3150.11",
    "last.fund_income": "0",
    "last.capital_income": "0",
    "last.general": "3150.11",
    "general_budget": "2850.37",
    "office": "0",
    "buy_goods": "60.40",
    "buy_works": "0",
    "buy_services": "121.30",
    "sme": "150.20",
    "micro": "98.60",
    "abroad_groups": "0",
    "abroad_people": "0",
    "car_purchased": "0",
    "cars_kept": "2",
    "reception_times": "12",
    "reception_people": "96",
    "equipment": "1",
    **_cars(other=2),
}

# A bureau of a city, 2022: hundreds of millions, journeys abroad, a fund, money carried over.
_BUREAU = _items(
    {
        "2010301": "name=行政运行 t3.basic=6120.45 t5.basic=6120.45"
        " t5.project=0 t2.fiscal=6120.45 budget=5980.20",
        "2010302": "name=一般行政管理事务 t3.project=1840.22 t5.basic=0"
        " t5.project=1840.22 t2.fiscal=1840.22 budget=2100",
        "2060404": "name=科技成果转化与扩散 t3.project=9255.80 t5.basic=0"
        " t5.project=9255.80 t2.fiscal=9755.80 budget=9300",
        "2080501": "t3.basic=312.48 t5.basic=312.48 t5.project=0 t2.fiscal=312.48 budget=312.48",
        "2080505": "t3.basic=705.33 t5.basic=705.33 t5.project=0 t2.fiscal=705.33 budget=690",
        "2101101": "t3.basic=466.90 t5.basic=466.90 t5.project=0 t2.fiscal=466.90 budget=470.25",
        "2210201": "t3.basic=618.77 t5.basic=618.77 t5.project=0 t2.fiscal=618.77 budget=618.77",
        "2120899": "name=其他国有土地使用权出让收入安排的支出 t3.project=3000.00 t5.basic=0"
        " t5.project=0 t7.opening=200.00 t7.income=3100.00"
        " t7.project=3000.00 t2.fiscal=3100.00",
    }
)
_BUREAU_CELLS = {
    "unit": "江城市示例发展局",
    "name.20103": "政府办公厅（室）及相关机构事务",
    "name.20604": "技术研究与开发",
    "name.21208": "国有土地使用权出让收入安排的支出",
    "t1.in.opening": "950.00",
    "t4.in.opening_general": "700.00",
    "t6.30101": "1503.20",
    "t6.30102": "1266.48",
    "t6.30103": "1020.00",
    "t6.30108": "705.33",
    "t6.30110": "466.90",
    "t6.30113": "618.77",
    "t6.30301": "45.10",
    "t6.30302": "267.38",
    "t6.30201": "420.15",
    "t6.30202": "36.80",
    "t6.30207": "88.40",
    "t6.30211": "152.66",
    "t6.30212": "48.00",
    "t6.30215": "61.25",
    "t6.30216": "57.90",
    "t6.30217": "6.35",
    "t6.30228": "120.44",
    "t6.30231": "38.20",
    "t6.30239": "402.80",
    "t6.30299": "847.82",
    "t6.31002": "50.00",
    "t9.budget.abroad": "60.00",
    "t9.budget.car_purchase": "0",
    "t9.budget.car_running": "45.00",
    "t9.budget.reception": "10.00",
    "t9.final.abroad": "48.00",
    "t9.final.car_purchase": "0",
    "t9.final.car_running": "38.20",
    "t9.final.reception": "6.35",
    "last.total": "20110.50",
    "last.grant": "19860.50",
    "last.general_income": "16360.50",
    "last.fund_income": "3500",
    "last.capital_income": "0",
    "last.general": "16820.75",
    "general_budget": "19471.70",
    "office": "2330.77",
    "last.office": "2405.12",
    "buy_goods": "812.35",
    "buy_works": "1260.00",
    "buy_services": "4480.65",
    "sme": "3604.20",
    "micro": "1120.50",
    "sme_goods": "812.35",
    "sme_works": "700.00",
    "sme_services": "2091.85",
    "abroad_groups": "2",
    "abroad_people": "7",
    "car_purchased": "0",
    "cars_kept": "11",
    "reception_times": "38",
    "reception_people": "302",
    "equipment": "4",
    **_cars(secret=2, emergency=3, law=4, other=2),
}

# A street of Shanghai, 2024: in 元, two decimals, other income, nothing new.
_STREET = _items(
    {
        "2010301": "name=行政运行 t3.basic=18206633.15"
        " t5.basic=18126633.15 t5.project=0 t2.fiscal=18126633.15"
        " t2.other=80000.00 budget=17500000",
        "2010302": "name=一般行政管理事务 t3.project=6540120.08 t5.basic=0"
        " t5.project=6540120.08 t2.fiscal=6540120.08 budget=7000000",
        "2080505": "t3.basic=2210456.40 t5.basic=2210456.40"
        " t5.project=0 t2.fiscal=2210456.40 budget=2210456.40",
        "2080506": "t3.basic=1105228.20 t5.basic=1105228.20 t5.project=0 t2.fiscal=1105228.20 budget=1000000",
        "2101101": "t3.basic=980344.77 t5.basic=980344.77 t5.project=0 t2.fiscal=980344.77 budget=1100000",
        "2120501": "t3.project=88215600.55 t5.basic=0 t5.project=88215600.55 t2.fiscal=88215600.55"
        " budget=90000000",
        "2210201": "t3.basic=1655320.00 t5.basic=1655320.00 t5.project=0 t2.fiscal=1655320.00 budget=1655320",
        "2210203": "t3.basic=1902000.00 t5.basic=1902000.00 t5.project=0 t2.fiscal=1902000.00 budget=2000000",
        "2296002": "name=用于社会福利的彩票公益金支出 t3.project=350000.00 t5.basic=0"
        " t5.project=0 t7.income=350000.00 t7.project=350000.00"
        " t2.fiscal=350000.00",
    }
)
_STREET_CELLS = {
    "unit": "上海市沿江区示例路街道办事处",
    "name.20103": "政府办公厅（室）及相关机构事务",
    "name.22960": "彩票公益金安排的支出",
    "money_unit": "元",
    "t6.30101": "3300120.00",
    "t6.30102": "9801455.60",
    "t6.30103": "2100000.00",
    "t6.30108": "2210456.40",
    "t6.30109": "1105228.20",
    "t6.30110": "980344.77",
    "t6.30113": "1655320.00",
    "t6.30199": "640012.35",
    "t6.30201": "1520300.44",
    "t6.30205": "85200.10",
    "t6.30206": "402115.90",
    "t6.30213": "310488.00",
    "t6.30217": "3000.00",
    "t6.30228": "288940.76",
    "t6.30231": "195600.00",
    "t6.30299": "1381400.00",
    "t9.budget.car_running": "306700",
    "t9.budget.reception": "8000",
    "t9.final.car_running": "195600",
    "t9.final.reception": "3000",
    "last.total": "125302200.00",
    "last.grant": "125240100.00",
    "last.general": "124900100.00",
    "office": "4187045.20",
    "last.office": "4187045.20",
    "general_budget": "122465776.40",
    "buy_goods": "410500",
    "buy_works": "2300000",
    "buy_services": "10455000",
    "cars_kept": "9",
    "reception_times": "5",
    "reception_people": "41",
    "equipment": "0",
    **_cars(emergency=2, law=5, other=2),
}
_UNITS = {
    "district": (WUHAN, "2023", _DISTRICT, _DISTRICT_CELLS),
    "bureau": (WUHAN, "2022", _BUREAU, _BUREAU_CELLS),
    "street": (SHANGHAI, "2024", _STREET, _STREET_CELLS),
}


@cache
def accounts(name: str) -> Accounts:
    """The final accounts of a made unit."""
    edition, year, items, cells = _UNITS[name]
    return typed_accounts(items, cells, edition_id=edition, year=year)


@cache
def facts(name: str) -> Facts:
    """What a narrative is held against: tables, outline, and of the district two project forms."""
    outline_id = accounts(name).definition.outline
    forms = (
        filled(WUHAN_PROJECT, row("1", "1"), budget="300", executed="292.15", project_name="校舍维修改造"),
        filled(WUHAN_PROJECT, row("1", "1"), budget="220", executed="209.20", project_name="教育信息化建设"),
    )
    return Facts(accounts(name), outline(shipped(), outline_id), forms if name == "district" else ())


def narrative(name: str) -> list[str]:
    """The paragraphs of a made publication; all of it is true."""
    return (FOLDER / "narratives" / f"{name}.txt").read_text("utf-8").splitlines()


def planted(name: str) -> list[Planted]:
    """The slips that are put into it, each alone."""
    lines = (FOLDER / "narratives" / f"{name}.slips").read_text("utf-8").splitlines()
    return [Planted(*line.split("|")) for line in lines if line and not line.startswith("#")]
