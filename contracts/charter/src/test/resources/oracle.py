"""Business time by brute force: every minute of a stretch of days is put before the wall clock, one by one.

Reads one JSON object a line: a zone, a week (seven lists of [from, until] in minutes, Monday first), closed
dates, a stretch of minutes, and questions about instants in it (seconds since 1970). Writes one JSON object a
line: the answers, null where the stretch is too short to tell; or why there are none.
"""

import datetime
import json
import sys
import zoneinfo

MINUTES = 24 * 60


class Stretch:
    def __init__(self, group):
        zone = zoneinfo.ZoneInfo(group["zone"])
        closed = {datetime.date.fromisoformat(date).toordinal() for date in group["closed"]}
        week = [set() for _ in range(7)]
        for day, hours in enumerate(group["week"]):
            for start, until in hours:
                week[day].update(range(start, until))
        self.start = group["from"]
        self.length = group["minutes"]
        self.open = bytearray(self.length)
        self.repeated = bytearray(self.length)
        self.wall = [0] * self.length
        self.offsets = []
        before = None
        for k in range(self.length):
            local = datetime.datetime.fromtimestamp(self.start + 60 * k, zone)
            day = local.toordinal()
            minute = local.hour * 60 + local.minute
            wall = day * MINUTES + minute
            self.wall[k] = wall
            self.repeated[k] = local.fold
            self.open[k] = minute in week[local.weekday()] and day not in closed
            offset = wall - k
            if offset != before:
                self.offsets.append([k, int(local.utcoffset().total_seconds())])
                before = offset

    def cell(self, second):
        return (second - self.start) // 60

    def opening(self, second):
        k = self.cell(second)
        if self.open[k]:
            return second
        k = self.open.find(1, k)
        return None if k < 0 else self.start + 60 * k

    def add(self, second, left):
        if left == 0:
            return self.settle(second)
        for k in range(self.cell(second), self.length):
            if self.open[k]:
                begin = max(second, self.start + 60 * k)
                until = self.start + 60 * k + 60
                if left <= until - begin:
                    return begin + left
                left -= until - begin
        return None

    def between(self, second, until):
        total = 0
        for k in range(self.cell(second), min(self.cell(until) + 1, self.length)):
            if self.open[k]:
                begin = max(second, self.start + 60 * k)
                end = min(until, self.start + 60 * k + 60)
                total += max(0, end - begin)
        return total

    def settle(self, second):
        k = self.cell(second)
        if self.open[k] or ((second - self.start) % 60 == 0 and k > 0 and self.open[k - 1]):
            return second
        return self.opening(second)

    def add_days(self, second, days):
        if days == 0:
            return self.settle(second)
        while True:
            second = self.opening(second)
            if second is None:
                return None
            k = self.cell(second)
            if not self.repeated[k]:
                break
            k = self.repeated.find(0, k)
            if k < 0:
                return None
            second = self.start + 60 * k
        date = self.wall[k] // MINUTES
        minute = self.wall[k] % MINUTES
        for j in range(k, self.length):
            if self.open[j] and self.wall[j] // MINUTES > date:
                date = self.wall[j] // MINUTES
                days -= 1
                if days == 0:
                    break
        else:
            return None
        target = date * MINUTES + minute
        for j in range(k, self.length):
            if self.wall[j] >= target:
                exact = self.wall[j] == target
                return self.settle(self.start + 60 * j + ((second - self.start) % 60 if exact else 0))
        return None

    def is_open(self, second):
        return int(self.open[self.cell(second)])


def answer(group):
    stretch = Stretch(group)
    if stretch.offsets != group["offsets"]:
        return {"differs": group["zone"]}
    answers = []
    for kind, second, amount in group["asks"]:
        if kind == "add":
            answers.append(stretch.add(second, amount))
        elif kind == "days":
            answers.append(stretch.add_days(second, amount))
        elif kind == "between":
            answers.append(stretch.between(second, second + amount))
        elif kind == "opening":
            answers.append(stretch.opening(second))
        else:
            answers.append(stretch.is_open(second))
    return {"answers": answers}


def main():
    for line in sys.stdin:
        group = json.loads(line)
        try:
            told = answer(group)
        except zoneinfo.ZoneInfoNotFoundError:
            told = {"differs": group["zone"]}
        print(json.dumps(told), flush=True)


if __name__ == "__main__":
    main()
