"""Forms for the tests of the rules: sound ones drawn as text tables, and single cells of them changed.

A rule's test changes one thing in a sound form and asserts which codes stand at which cells.
"""

from __future__ import annotations

from perfxl.form.model import Form
from perfxl.form.read import read_forms
from perfxl.rules.catalogue import Subject, rules_on
from perfxl.rules.check import check_form
from perfxl.rules.finding import Finding, Severity
from perfxl.settings.parameters import settings_for
from perfxl.workbook.drawing import altered as drawing_altered
from tests.tables import workbook

NATIONAL = """
| 项目支出绩效自评表 | < | < | < | < | < | < | < |
| （2022年度） | < | < | < | < | < | < | < |
| 项目名称 | < | 政务数据平台建设 | < | < | < | < | < |
| 主管部门 | < | 甲市大数据局 | < | 实施单位 | < | 甲市数据中心 | < |
| 项目资金（万元） | < | 年初预算数 | 全年预算数 | 全年执行数 | 分值 | 执行率 | 得分 |
| ^ | 年度资金总额 | 150 | 146 | 131.24 | 10 | %89.89 | 8.99 |
| ^ | 其中：当年财政拨款 | 150 | 140 | 125.24 | — | %89.46 | — |
| ^ | 上年结转资金 | 0 | 6 | 6 | — | %100 | — |
| ^ | 其他资金 | | | | — | | — |
| 年度总体目标 | 预期目标 | < | < | 实际完成情况 | < | < | < |
| ^ | 建成数据平台，接入各部门 | < | < | 平台建成，接入二十二个部门 | < | < | < |
| 一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分 | 偏差原因分析及改进措施 |
| 产出指标（50分） | 数量指标 | 接入部门数 | ≥20个 | 22个 | 20 | 20 | |
| ^ | 质量指标 | 系统验收合格率 | ≥95% | %98 | 20 | 20 | |
| ^ | 时效指标 | 按期完成率 | 100% | %90 | 10 | 9 | 疫情期间施工延期一个月，已倒排工期补上 |
| 效益指标（30分） | 社会效益指标 | 数据共享水平 | 明显提升 | 共享接口调用量比上年增长两成 | 30 | 28 | 部分部门接口改造滞后，下半年补齐 |
| 满意度指标（10分） | 服务对象满意度指标 | 使用部门满意度 | ≥90% | %95.5 | 10 | 10 | |
| 总分 | < | < | < | < | 100 | 95.99 | |
"""
"""The national project form, filled without a fault. D6 146, E6 131.24, F6 10, G6 89.89%, H6 8.99; total G18."""

SCORED_HEADER = """
| 部门项目支出绩效自评表 | < | < | < | < | < | < | < |
| （2023年度） | < | < | < | < | < | < | < |
| 项目名称 | 公用经费 | < | < | 主管部门 | 乙市教育局 | < | < |
| 实施单位 | 乙市第六中学 | < | < | 自评得分 | 96 | 财政审定评分 | |
| 项目资金（万元） | < | 年初预算数 | < | 调整预算数（A） | 全年执行数（B） | < | 执行率（B/A） |
| 年度资金总额 | < | 64.8 | < | 64.8 | 64.8 | < | %100 |
| 年度总体目标 | 保障学校运行 | < | < | 完成情况 | 保障了全年运行 | < | < |
| 一级指标 | 二级指标 | 三级指标 | 参考分值 | 指标值（A） | 全年实际值（B） | 得分 | 未完成原因分析及改进措施 |
| 项目决策（20分） | 决策依据 | 立项依据 | 10 | — | 按规定立项 | 10 | |
| ^ | 绩效目标 | 目标完整 | 10 | — | 目标明确 | 10 | |
| 项目管理（30分） | 投入管理 | 预算执行率 | 10 | ≥90% | %100 | 10 | |
| ^ | 项目实施 | 制度执行 | 20 | 健全 | 制度健全，执行到位 | 18 | 一项制度年中才修订，已印发 |
| 项目产出（50分） | 数量指标（20分） | 保障人数 | 20 | 2370人 | 2370人 | 20 | |
| ^ | 质量指标（30分） | 保障标准达标率 | 30 | 100% | %93.33 | 28 | 两个年级设备到货晚，已补齐 |
| 总分 | < | < | 100 | | | 96 | |
"""
"""A form with 自评得分 (F4) and 财政审定评分 in its header and 预算执行率 among its indicators; total G15."""

TRANSFER = """
| 转移支付区域（项目）绩效目标自评表 | < | < | < | < | < |
| （2021年度） | < | < | < | < | < |
| 转移支付（项目）名称 | < | 医疗救助补助资金 | < | < | < |
| 中央主管部门 | < | 丙部 | 地方主管部门 | 丁省丙厅 | < |
| 资金使用单位 | < | 各市县丙局 | < | < | < |
| 项目资金（万元） | < | 全年预算数（A） | 全年执行数（B） | 预算执行率（B/A） | < |
| ^ | 年度资金总额 | 421671.73 | 318037.1 | %75.42 | < |
| ^ | 其中：中央补助 | 219079 | 219079 | %100.00 | < |
| ^ | 地方资金 | 94089.93 | 94089.93 | %100.00 | < |
| ^ | 其他资金 | 108502.8 | 4868.17 | %4.49 | < |
| 年度总体目标 | 目标 | < | 完成情况 | < | < |
| ^ | 实施医疗救助 | < | 全省实施了医疗救助 | < | < |
| 一级指标 | 二级指标 | 三级指标 | 指标值 | 全年完成值 | 未完成原因和改进措施 |
| 产出指标 | 数量指标 | 重特大疾病救助人次占比 | ≥28% | %31.02 | |
| ^ | ^ | 基金累计结余占比 | ≤15% | %32.69 | 职能划转前部分地区结余较大，下一步加大救助力度 |
| ^ | 时效指标 | 救助金发放及时率 | 100% | %100 | |
| 效益指标 | 社会效益指标 | 群众就医负担 | 有效缓解 | 重点对象自付比例降到百分之二十 | |
| 满意度指标 | 服务对象满意度指标 | 救助对象满意度 | ≥85% | %93.8 | |
| 备注：其他资金为上年滚存结余。 | < | < | < | < | < |
"""
"""A transfer form without weights and scores. C7 and D7 are the totals."""

SCORESHEET = """
| 部门预算项目自评打分表（机房托管费） | < | < | < | < | < | < |
| 一级指标 | 二级指标 | 三级指标 | 标准值 | 评分标准 | 分值 | 自评得分（2020年） |
| 项目决策 | 决策依据 | 执行绩效管理办法 | 符合要求 | ①符合管理办法（10分）②符合实施意见（10分） | 20 | 20 |
| 过程管理 | 资金管理 | 预算执行率 | ≥90% | 全年执行数/全年预算数*20分（执行率≥90%，按20分计算） | 20 | 17.5 |
| 项目产出 | 数量指标 | 联网机构 | 3800家 | 全年完成数/3800*40分 | 40 | 40 |
| 满意度 | 满意度指标 | 单位满意度 | >90% | 满分：>90% 合格：60% 零分：≤50% | 20 | 20 |
| 合计 | < | < | < | < | 100 | 97.5 |
"""
"""A scoresheet with a scoring standard for each row; total G7."""

DEPARTMENT = """
| 部门整体支出绩效自评表 | < | < | < | < | < | < | < | < |
| （2021年度） | < | < | < | < | < | < | < | < |
| 部门（单位）名称 | < | 戊镇人民政府 | < | < | < | < | < | < |
| 年度预算执行情况（万元） | < | 年初预算数（A） | 全年执行数（B） | 分值（10分） | 得分 | < | < | < |
| ^ | 年度资金总额： | 1172.55 | 1160 | 10 | 9.89 | < | < | < |
| ^ | 基本支出 | 985.19 | 980 | 10 | 9.95 | < | < | < |
| ^ | 项目支出 | 187.36 | 180 | 10 | 9.61 | < | < | < |
| ^ | 其他 | | | | | < | < | < |
| 年度总体目标 | 预期目标 | < | < | 实际完成情况 | < | < | < | < |
| ^ | 完成年度任务 | < | < | 完成了年度任务 | < | < | < | < |
| 一级指标 | 二级指标 | 三级指标 | 年度指标值（A） | 全年实际值（B） | 分值 | 得分计算方法 | 得分 | 未完成原因分析及拟采取的改进措施 |
| 产出指标 | 数量指标 | 办理事项数 | 300件 | 320件 | 50 | 完成比例 | 50 | |
| 效益指标 | 社会效益指标 | 办事便利度 | 提升 | 平均办理时间缩短一天 | 30 | 定性 | 30 | |
| 满意度指标 | 服务对象满意度指标 | 群众满意度 | ≥90% | %96 | 10 | 完成比例 | 10 | |
| 总分 | < | < | < | < | 100 | | 99.89 | |
"""
"""A department form whose fund rows each repeat the weight 10; only the first counts. Total H15."""

CONVERTED = """
| 2020年度预算项目绩效自评表 | < | < | < | < | < | < | < | < |
| 项目名称 | 高龄津贴 | < | 实施（主管）单位 | 己县民政局 | < | 金额单位 | 万元 | < |
| 资金情况 | 预算安排情况（调整后） | < | 资金到位情况 | < | 资金执行情况 | < | 预算执行进度（%） | < |
| 预算数/到位数/执行数 | 6.84 | < | 6.84 | < | 6.84 | < | 100.00 | < |
| 其中：财政资金 | 6.84 | < | 6.84 | < | 6.84 | < | | < |
| 其他 | 0.00 | < | 0.00 | < | 0.00 | < | | < |
| 一级指标 | 二级指标 | 三级指标 | 符号 | 预期指标值 | 单项指标实际完成值 | 单项指标得分 | 权重占比（%） | 单项指标折算得分 |
| 产出指标 | 质量指标 | 对象覆盖率 | >= | 98% | %100 | 100 | 40.00 | 40 |
| 效果指标 | 社会效益指标 | 补贴发放率 | >= | 95% | %100 | 100 | 40.00 | 40 |
| 满意度指标 | 服务对象满意度指标 | 对象满意度 | >= | 95% | %96 | 100 | 20.00 | 20 |
| 总分 | < | < | < | < | < | | 100 | 100 |
"""
"""A form with scores out of 100, weights in percent and converted scores; total I11."""

PROJECT_LIST = """
| 分项绩效项目清单 | < | < | < | < | < | < | < |
| 单位：万元 | < | < | < | < | < | < | < |
| 序号 | 项目名称 | 预算数（调整后） | 执行数 | 结余交回财政数 | 自评得分 | 分项项目绩效目标 | 分项项目绩效目标完成情况 |
| 1 | 医疗救助 | 336 | 336 | | 95 | 规范救助管理 | 已完成 |
| 2 | 公费医疗 | 200.61 | 200.61 | | 98 | 提供免费医疗 | 已完成 |
| 3 | 办公经费 | 11.6 | 11 | 0.6 | 99 | 保障运转 | 保障了运转 |
| 4 | | | | | | | |
"""
"""A project list whose last line is not used."""

SOUND = {
    "national": NATIONAL,
    "scored_header": SCORED_HEADER,
    "transfer": TRANSFER,
    "scoresheet": SCORESHEET,
    "department": DEPARTMENT,
    "converted": CONVERTED,
    "project_list": PROJECT_LIST,
}
"""Every sound form by name: no rule finds anything in them, but for what `NOTED` says."""

NOTED = {"department": ["PX206"]}
"""The notes on sound forms: some offices print 10 points at every fund row."""


def form(drawing: str, **changes: str) -> Form:
    """Return the one form of a drawing, after changing cells by address (F6="%90.00"; "" empties a cell)."""
    (found,) = read_forms(workbook(altered(drawing, **changes)))
    return found


def altered(drawing: str, **changes: str) -> str:
    """Return a drawing with the cells at the given addresses replaced."""
    return drawing_altered(drawing, changes)


def without(drawing: str, *rows: int) -> str:
    """Return a drawing without some of its lines, counted from 1."""
    lines = drawing.strip().splitlines()
    return "\n".join(line for number, line in enumerate(lines, start=1) if number not in rows)


def findings(found: Form) -> tuple[Finding, ...]:
    """Return what all rules find; a rule that raises fails the test, which `check_form` would only report."""
    settings = settings_for(found)
    for rule in rules_on(Subject.FORM):
        tuple(rule.check(found, settings))
    return check_form(found)


def at(found: Form, code: str) -> dict[str, Severity]:
    """Return the cells at which one code stands, with its severity."""
    return {finding.cell: finding.severity for finding in findings(found) if finding.code == code}


def only(found: Form, code: str) -> Finding:
    """Return the one finding of a code."""
    (finding,) = (finding for finding in findings(found) if finding.code == code)
    return finding
