"""Draw the pictures of ``workbooks/README.md`` with LibreOffice: ``python -m tests.tools.make_pictures``."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from pathlib import Path

from tests.tools.make_workbooks import FOLDER

PICTURES = FOLDER / "pictures"
_DPI = "72"
_PAGES = {
    "表紙.png": ("調査票_見本.xlsx", 1),
    "個票.png": ("調査票_見本.xlsx", 3),
    "記入例.png": ("調査票_見本.xlsx", -1),
    "提案型ＰＴ.png": ("様式_提案型プロジェクトチーム.xlsx", 2),
    "計画定義.png": ("計画定義_setagaya-r6.xlsx", 9),
}


def draw(book: Path, folder: Path) -> list[Path]:
    """Print a workbook and return the picture of each page; raise CalledProcessError when a tool fails."""
    run("pdftoppm", "-r", _DPI, "-png", str(printed(book, folder)), str(folder / book.stem))
    return sorted(folder.glob(f"{book.stem}-*.png"))


def printed(document: Path, folder: Path) -> Path:
    """Print a workbook or a Word document into a folder and return the PDF; raise CalledProcessError when it fails."""
    profile = f"-env:UserInstallation={(folder / 'profile').absolute().as_uri()}"
    run("soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", str(folder), str(document))
    return folder / f"{document.stem}.pdf"


def run(program: str, *words: str) -> bytes:
    """Run a tool and return what it prints; raise CalledProcessError when it fails."""
    done = subprocess.run([str(shutil.which(program)), *words], check=True, capture_output=True)  # noqa: S603 - our words
    return done.stdout


def main() -> None:
    """Draw every picture anew."""
    PICTURES.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as name:
        drawn = {book: draw(FOLDER / book, Path(name)) for book in {book for book, _ in _PAGES.values()}}
        for target, (book, page) in _PAGES.items():
            shutil.copyfile(drawn[book][page - 1 if page > 0 else page], PICTURES / target)


if __name__ == "__main__":
    main()
