"""A line of the audit log in plain Chinese."""

from collections import Counter
from typing import Any

from checks.explain import DEPARTMENTS

COMMANDS_DONE = {0: "完成", 1: "失败", 3: "完成,但有拒收或没有送达"}
Entry = dict[str, Any]


def describe(entry: Entry) -> str:
    """When, who (user and process) and what, in one line."""
    at = str(entry.get("at", "")).replace("T", " ")
    who = f"{entry.get('user') or entry.get('uid')}(进程 {entry.get('pid')})"
    tell = _TELL.get(entry.get("event", ""), lambda told: str(told.get("event")))
    try:
        told = tell(entry)
    except (KeyError, TypeError, AttributeError):  # a line that somebody altered
        told = "内容读不懂,见 bangfu audit --check"
    return f"{entry.get('seq')} {at} {who} {entry.get('command')}:{told}"


def _received(entry: Entry) -> str:
    files = entry["files"]
    by_department = Counter(DEPARTMENTS.get(file["department"], "不明部门") for file in files)
    refused = sum(file["status"] == "refused" for file in files)
    told = "、".join(f"{department} {count} 份" for department, count in by_department.items())
    return f"收到 {told}" + (f",其中拒收 {refused} 份" if refused else "")


def _written(entry: Entry) -> str:
    books = [f"{book['file']}({book['people']} 人)" for book in entry["books"]]
    dossiers = sum(entry["dossiers"].values())
    return f"写出 {'、'.join(books)}" + (f",另有一户一档 {dossiers} 份" if dossiers else "")


def _mailed(entry: Entry) -> str:
    letters = [f"{letter['recipient']} {letter['state']}" for letter in entry["letters"]]
    return f"寄 {entry['month']} 清单:{'、'.join(letters) or '没有新的'}"


def _settings(entry: Entry) -> str:
    words = {"added": "新增", "changed": "改动", "removed": "去掉"}
    told = [f"{word} {'、'.join(entry[kind])}" for kind, word in words.items() if entry[kind]]
    return f"设定:{';'.join(told)}"


def _removing(entry: Entry) -> str:
    return "按保留期限删除:" + "、".join(f"{kind} {count}" for kind, count in entry["counts"].items())


_TELL = {
    "started": lambda entry: "开始",
    "ended": lambda entry: COMMANDS_DONE.get(entry["status"], f"结束,状态 {entry['status']}"),
    "received": _received,
    "answers": lambda entry: f"收到 {len(entry['files'])} 份交回的清单",
    "writing": lambda entry: f"开始写 {entry['month']} 的工作簿",
    "written": _written,
    "mailing": lambda entry: f"开始寄 {entry['month']} 的清单",
    "mailed": _mailed,
    "explained": lambda entry: f"查看了 {len(entry['people'])} 个人({'、'.join(entry['people'])})",
    "held": lambda entry: f"写出一个人的全部信息({'、'.join(entry['people'])})",
    "settings": _settings,
    "removing": _removing,
    "forgetting": lambda entry: f"删除一个人的全部信息({'、'.join(entry['people'])}),{entry['by']}:{entry['because']}",
    "forgotten_again": lambda entry: f"已删除的 {entry['rows']} 行又从旧文件里来,再次删除",
    "torn": lambda entry: f"上一行写到一半时中断,{entry['bytes']} 字节另存",
    "broken": lambda entry: "前面的内容已不是写下的样子,见 bangfu audit --check",
}
