"""Makes a picture of a terminal's screen: picture.py SCREEN PNG

SCREEN is what screen.sh keeps where SHOTS says. Needs PyPI's rich, and Chromium.
"""

import pathlib
import subprocess
import sys
import tempfile

from rich.console import Console
from rich.terminal_theme import DIMMED_MONOKAI
from rich.text import Text

CELL_WIDTH, CELL_HEIGHT, MARGIN = 9.03, 18, 10
DARK, LIGHT = "#14161b", "#e0e2ea"  # Those of Neovim's default colours


def style(background: str) -> str:
    return (
        f"<style>body {{ margin: {MARGIN}px; background: {background}; overflow: hidden }} "
        f"pre {{ margin: 0; font: 15px/{CELL_HEIGHT}px 'DejaVu Sans Mono' }}</style>"
    )


def html(screen: Text, columns: int, background: str) -> str:
    with open("/dev/null", "w") as nowhere:
        console = Console(record=True, width=columns, file=nowhere, force_terminal=True, color_system="truecolor")
        console.print(screen, no_wrap=True, overflow="crop", crop=False)
    code = "<meta charset='utf-8'><pre><code style='font: inherit'>{code}</code></pre>"
    return style(background) + console.export_html(theme=DIMMED_MONOKAI, inline_styles=True, code_format=code)


def main(source: str, target: str) -> None:
    lines = pathlib.Path(source).read_text().rstrip("\n").split("\n")
    screen = Text.from_ansi("\n".join(lines))
    columns = max(len(line) for line in screen.plain.split("\n"))
    with tempfile.TemporaryDirectory() as folder:
        page = pathlib.Path(folder, "screen.html")
        page.write_text(html(screen, columns, LIGHT if source.endswith("light") else DARK))
        width = int(columns * CELL_WIDTH) + 2 * MARGIN
        height = len(lines) * CELL_HEIGHT + 2 * MARGIN
        command = ["chromium", "--headless", "--no-sandbox", "--disable-gpu", f"--user-data-dir={folder}/profile"]
        command += [f"--window-size={width},{height}", f"--screenshot={pathlib.Path(target).resolve()}"]
        subprocess.run([*command, page.as_uri()], check=True, stderr=subprocess.DEVNULL, timeout=120)


if __name__ == "__main__":
    main(*sys.argv[1:])
