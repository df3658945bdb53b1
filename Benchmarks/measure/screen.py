"""The few terminal sequences that ncurses writes for TERM=xterm-256color, read back into rows of text."""
import codecs
import re

SEQUENCE = re.compile(
    r"\x1b\[([?>=]?)([\d;:]*)([@-~])|\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)|\x1b[()*+][A-Za-z0-9]|\x1b[^\[\]()*+]")


class Screen:
    """A grid of characters; colours are not kept. Wide characters are not known: pods have none."""

    def __init__(self, width, height):
        self.width, self.height = width, height
        self.x = self.y = 0
        self.top, self.bottom = 0, height - 1
        self.last = " "
        self.rest = ""
        self.decoder = codecs.getincrementaldecoder("utf-8")("replace")
        self.cells = [[" "] * width for _ in range(height)]

    @property
    def rows(self):
        return ["".join(row) for row in self.cells]

    def feed(self, data):
        text = self.rest + self.decoder.decode(data)
        self.rest = ""
        at = 0
        while at < len(text):
            character = text[at]
            if character == "\x1b":
                found = SEQUENCE.match(text, at)
                if not found:
                    self.rest = text[at:]
                    return
                self.sequence(found)
                at = found.end()
                continue
            self.character(character)
            at += 1

    def character(self, character):
        if character == "\r":
            self.x = 0
        elif character == "\n":
            self.line_feed()
        elif character == "\b":
            self.x = max(0, self.x - 1)
        elif character >= " ":
            if self.x >= self.width:
                self.x = 0
                self.line_feed()
            self.cells[self.y][self.x] = self.last = character
            self.x += 1

    def line_feed(self):
        if self.y == self.bottom:
            self.scroll(1)
        elif self.y < self.height - 1:
            self.y += 1

    def scroll(self, lines, top=None):
        top = self.top if top is None else top
        for _ in range(abs(lines)):
            blank = [" "] * self.width
            if lines > 0:
                del self.cells[top]
                self.cells.insert(self.bottom, blank)
            else:
                del self.cells[self.bottom]
                self.cells.insert(top, blank)

    def sequence(self, found):
        private, numbers, final = found.group(1), found.group(2), found.group(3)
        if final is None:
            if found.group() == "\x1bM":
                self.y = max(0, self.y - 1)
            return
        if private:
            # The alternate screen begins empty.
            if numbers == "1049" and final == "h":
                self.erase(0, 0, self.height * self.width)
            return
        values = [int(number) if number.isdigit() else 0 for number in numbers.split(";")]
        first = values[0] or 1
        action = getattr(self, ACTIONS.get(final, "ignore"))
        action(first, values)

    def ignore(self, first, values):
        pass

    def place(self, first, values):
        self.y = min(first, self.height) - 1
        self.x = min((values[1] or 1) if len(values) > 1 else 1, self.width) - 1

    def column(self, first, values):
        self.x = min(first, self.width) - 1

    def row(self, first, values):
        self.y = min(first, self.height) - 1

    def up(self, first, values):
        self.y = max(0, self.y - first)

    def down(self, first, values):
        self.y = min(self.height - 1, self.y + first)

    def right(self, first, values):
        self.x = min(self.width - 1, self.x + first)

    def left(self, first, values):
        self.x = max(0, self.x - first)

    def erase(self, x, y, count):
        for place in range(y * self.width + x, min(y * self.width + x + count, self.width * self.height)):
            self.cells[place // self.width][place % self.width] = " "

    def erase_display(self, first, values):
        if values[0] == 0:
            self.erase(self.x, self.y, self.width * self.height)
        elif values[0] == 1:
            self.erase(0, 0, self.y * self.width + self.x + 1)
        else:
            self.erase(0, 0, self.width * self.height)

    def erase_line(self, first, values):
        if values[0] == 0:
            self.erase(self.x, self.y, self.width - self.x)
        elif values[0] == 1:
            self.erase(0, self.y, self.x + 1)
        else:
            self.erase(0, self.y, self.width)

    def erase_characters(self, first, values):
        self.erase(self.x, self.y, min(first, self.width - self.x))

    def repeat(self, first, values):
        for _ in range(first):
            self.character(self.last)

    def insert_characters(self, first, values):
        row = self.cells[self.y]
        self.cells[self.y] = (row[: self.x] + [" "] * first + row[self.x :])[: self.width]

    def delete_characters(self, first, values):
        row = self.cells[self.y]
        self.cells[self.y] = (row[: self.x] + row[self.x + first :] + [" "] * first)[: self.width]

    def insert_lines(self, first, values):
        self.scroll(-first, self.y)

    def delete_lines(self, first, values):
        self.scroll(first, self.y)

    def region(self, first, values):
        self.top = first - 1
        self.bottom = (values[1] or self.height) - 1 if len(values) > 1 else self.height - 1
        self.x = self.y = 0

    def scroll_up(self, first, values):
        self.scroll(first)

    def scroll_down(self, first, values):
        self.scroll(-first)


ACTIONS = {
    "H": "place", "f": "place", "G": "column", "d": "row", "A": "up", "B": "down", "C": "right", "D": "left",
    "J": "erase_display", "K": "erase_line", "X": "erase_characters", "b": "repeat", "@": "insert_characters",
    "P": "delete_characters", "L": "insert_lines", "M": "delete_lines", "r": "region", "S": "scroll_up",
    "T": "scroll_down",
}
