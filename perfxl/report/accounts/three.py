"""The sentences on “三公” spending, and on what else a statement reports: office, purchases, assets, performance."""

from __future__ import annotations

from collections.abc import Sequence

from perfxl.report.accounts.figures import Figures
from perfxl.report.accounts.wording import Part, Statement
from perfxl.report.marks import missing
from perfxl.report.stated import Stated

_PARTS = (
    ("abroad", "因公出国（境）费支出"),
    ("cars", "公务用车购置及运行维护费支出"),
    ("reception", "公务接待费支出"),
)
_PURCHASES = (("goods", "货物"), ("works", "工程"), ("services", "服务"))
_VEHICLES = (
    ("leaders", "主要领导干部用车"),
    ("secret", "机要通信用车"),
    ("emergency", "应急保障用车"),
    ("retired", "离退休干部用车"),
    ("other_vehicles", "其他用车"),
)


class Remainder:
    """Parts seven and ten of a statement."""

    def __init__(self, statement: Statement, figures: Figures) -> None:
        self._statement = statement
        self._figures = figures

    @property
    def three(self) -> list[Part]:
        """The three parts of “三公” spending that are known, nought too."""
        held = [(name, self._figures.amount("three", key)) for key, name in _PARTS]
        return [Part(name.removesuffix("支出"), amount) for name, amount in held if amount is not None]

    def whole(self) -> str:
        """All three together against their budget."""
        total, budget = self._total("final"), self._total("budget")
        year = self._statement.year
        if total is None:
            return missing("“三公”经费财政拨款支出的决算数和预算数")
        text = f"{year}年“三公”经费财政拨款支出决算为{total.text}{self._completed(total, budget)}"
        if budget is None or not budget.value or total.value is None or total.value == budget.value:
            return f"{text}。"
        way = "小于" if total.value < budget.value else "大于"
        reason = self._figures.text("three", "total", "reason") or missing(
            f"“三公”经费决算数{way}预算数的主要原因"
        )
        return f"{text}，决算数{way}预算数的主要原因是：{reason}。"

    def shares(self) -> str:
        """The three with their shares."""
        total = self._total("final")
        held = [(name, self._figures.amount("three", key)) for key, name in _PARTS]
        if total is None or any(amount is None for _, amount in held):
            return missing("“三公”经费各项支出决算数")
        listed = "；".join(
            f"{name}决算{amount.text}" + (f"，占{share.text}" if share is not None else "")
            for name, amount in held
            if amount is not None
            for share in [self._figures.share(amount, total)]
        )
        parts = [amount for _, amount in held if amount is not None]
        faulty = self._figures.unequal(total, parts, "“三公”经费合计")
        return f"{self._statement.year}年“三公”经费财政拨款支出决算中，{listed}。{faulty}具体情况如下："

    def abroad(self) -> str:
        """Journeys abroad: money, groups, persons."""
        text = self._opening("1", "abroad", "因公出国（境）费支出")
        trips, persons = self._figures.number("counts", "trips"), self._figures.number("counts", "travellers")
        counts = f"全年安排因公出国（境）团组{_or(trips, '团组数')}次，出国（境）{_or(persons, '人次')}人。"
        return f"{text}。{counts}{self._against_last('abroad', '因公出国（境）支出决算')}"

    def cars(self) -> list[str]:
        """Vehicles: bought and run."""
        lines = [f"{self._opening('2', 'cars', '公务用车购置及运行维护费支出')}。"]
        lines[0] += self._against_last("cars", "公务用车购置及运行维护费支出决算")
        bought, run = self._figures.amount("three", "cars_bought"), self._figures.amount("three", "cars_run")
        number, kept = self._figures.number("counts", "cars_bought"), self._figures.number("counts", "cars")
        new = f"，购置公务用车{number.text}辆" if number is not None and number.value else ""
        lines.append(f"其中：公务用车购置支出{_or(bought, '公务用车购置支出')}{new}。")
        use = self._figures.text("three", "cars_run", "use")
        keeping = f"年末公务用车保有量{kept.text}辆。" if kept is not None else ""
        lines.append(
            f"公务用车运行维护费支出{_or(run, '公务用车运行维护费支出')}。{keeping}"
            f"主要用于{use or missing('公务用车运行维护费的用途')}。"
        )
        return lines

    def reception(self) -> list[str]:
        """Official receptions: at home and of guests from abroad."""
        lines = [f"{self._opening('3', 'reception', '公务接待费支出')}。"]
        lines[0] += f"{self._against_last('reception', '公务接待费支出决算')}其中："
        home = self._figures.amount("three", "reception_home")
        times, guests = self._figures.number("counts", "receptions"), self._figures.number("counts", "guests")
        use = self._figures.text("three", "reception_home", "use")
        spent = f"，共计支出{home.text}" if home is not None else ""
        lines.append(
            f"国内公务接待支出{_or(home, '国内公务接待支出')}，主要用于{use or missing('国内公务接待的用途')}。"
            f"国内公务接待{_or(times, '批次')}批次，{_or(guests, '人次')}人次（不包括陪同人员）{spent}。"
        )
        foreign = self._figures.amount("three", "reception_foreign")
        lines.append(f"外事接待支出{_or(foreign, '外事接待支出')}。")
        return lines

    def office(self) -> str:
        """What it cost to run the office."""
        now, before = (
            self._figures.amount("others", "office"),
            self._figures.amount("others", "office", "last"),
        )
        if now is None:
            return missing("机关运行经费支出及与上年的比较")
        text = f"{self._statement.year}年，{self._statement.short}机关运行经费支出{now.text}"
        if before is None:
            return f"{text}。{missing('机关运行经费的上年数和变动原因')}"
        change = self._figures.change(now, before)
        if change.endswith("持平"):
            return f"{text}，与{self._statement.last}年持平。"
        reason = self._figures.text("others", "office", "text") or missing("机关运行经费变动的主要原因")
        return f"{text}，比{self._statement.last}年{change}。主要原因是：{reason}。"

    def purchases(self) -> str:
        """Government purchases: goods, works, services, and what small firms got."""
        total = self._figures.amount("others", "purchase")
        if total is None:
            return missing("政府采购支出总额及货物、工程、服务支出")
        listed = "、".join(
            f"政府采购{name}支出{_or(self._figures.amount('others', key), f'政府采购{name}支出')}"
            for key, name in _PURCHASES
        )
        use = self._figures.text("others", "purchase", "text") or missing("政府采购的主要用途")
        opening = (
            f"{self._statement.year}年，{self._statement.short}政府采购支出总额{total.text}，其中：{listed}。"
        )
        firms = [
            self._contracts(total, key, name) for key, name in (("medium", "中小企业"), ("micro", "小微企业"))
        ]
        given = [text for text in firms if text]
        parts = [part for key, _ in _PURCHASES if (part := self._figures.amount("others", key)) is not None]
        faulty = (
            self._figures.unequal(total, parts, "政府采购支出总额") if len(parts) == len(_PURCHASES) else ""
        )
        return f"{opening}{faulty}主要用于{use}。" + (f"{'，其中：'.join(given)}。" if given else "")

    def assets(self) -> str:
        """Vehicles and costly equipment at the end of the year."""
        total = self._figures.number("others", "vehicles", "final")
        if total is None:
            return missing("年末车辆数、单价50万元以上通用设备和单价100万元以上专用设备数量")
        kinds = "、".join(
            f"{name}{number.text}辆"
            for key, name in _VEHICLES
            if (number := self._figures.number("others", key, "final")) is not None
        )
        use = self._figures.text("others", "other_vehicles", "text")
        general, special = (self._figures.number("others", key, "final") for key in ("equipment", "special"))
        return (
            f"截至{self._statement.year}年12月31日，{self._statement.short}共有车辆{total.text}辆"
            f"{f'，其中：{kinds}' if kinds else ''}。{f'其他用车主要是用于{use}。' if use else ''}"
            f"单价50万元以上通用设备{_or(general, '通用设备数量')}台（套），"
            f"单价100万元以上专用设备{_or(special, '专用设备数量')}台（套）。"
        )

    def performance(self) -> str:
        """What was done for performance management, in numbers of projects."""
        steps = (
            ("assessed", "预算编制阶段，组织对{}个项目开展了预算事前绩效评估"),
            ("goals", "对{}个项目编制了绩效目标"),
            ("watched", "预算执行过程中，选取{}个项目开展绩效监控"),
            ("evaluated", "年终执行完毕后，对{}个项目开展了绩效目标完成情况自评"),
        )
        done = [
            text.format(number.text)
            for key, text in steps
            if (number := self._figures.number("others", key, "final")) is not None and number.value
        ]
        if not done:
            return missing("开展事前绩效评估、编制绩效目标、绩效监控和绩效自评的项目数")
        return f"根据预算绩效管理要求，本部门在{self._statement.year}年度{'，'.join(done)}。"

    def _total(self, column: str) -> Stated | None:
        printed = self._figures.amount("three", "total", column)
        if printed is not None:
            return printed
        parts: Sequence[Stated | None] = [self._figures.amount("three", key, column) for key, _ in _PARTS]
        held = [part for part in parts if part is not None]
        return self._figures.total(held) if len(held) == len(_PARTS) else None

    def _completed(self, final: Stated, budget: Stated | None) -> str:
        rate = self._figures.share(final, budget) if budget is not None else None
        return f"，完成预算{rate.text}" if rate is not None else ""

    def _opening(self, number: str, row: str, name: str) -> str:
        final, budget = self._figures.amount("three", row), self._figures.amount("three", row, "budget")
        if final is None:
            return f"{number}. {name}{missing(name)}"
        completed = self._completed(final, budget) if final.value else ""
        return f"{number}. {name}{final.text}{completed}"

    def _against_last(self, row: str, name: str) -> str:
        now, before = self._figures.amount("three", row), self._figures.amount("three", row, "last")
        if now is None or before is None:
            return missing(f"{name}的上年数和变动原因")
        if now.value == before.value:
            return f"{name}与{self._statement.last}年持平。"
        reason = self._figures.text("three", row, "reason") or missing(f"{name}变动的主要原因")
        return f"{name}比{self._statement.last}年{self._figures.change(now, before)}。主要原因是：{reason}。"

    def _contracts(self, total: Stated, key: str, name: str) -> str:
        amount = self._figures.amount("others", key)
        if amount is None:
            return ""
        share = self._figures.share(amount, total)
        part = f"，占政府采购支出总额的{share.text}" if share is not None else ""
        return f"授予{name}合同金额{amount.text}{part}"


def _or(stated: Stated | None, what: str) -> str:
    return stated.text if stated is not None else missing(what)
