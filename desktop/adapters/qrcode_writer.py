"""The second, independent writer of QR codes: slower, and there to keep the first one honest."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qrcode import constants
from qrcode.main import QRCode
from qrcode.util import MODE_ALPHA_NUM, QRData

from desktop.hcert.qr import Matrix

if TYPE_CHECKING:
    from typing import Final

_LEVELS: Final = {
    "L": constants.ERROR_CORRECT_L,
    "M": constants.ERROR_CORRECT_M,
    "Q": constants.ERROR_CORRECT_Q,
    "H": constants.ERROR_CORRECT_H,
}


def matrix(text: str, level: str) -> Matrix:
    """The code of a text in QR's alphanumeric alphabet; the CodeWriter port."""
    code = QRCode(error_correction=_LEVELS[level], border=0)
    code.add_data(QRData(text, mode=MODE_ALPHA_NUM), optimize=0)
    code.make(fit=True)
    return Matrix(tuple(bytes(row) for row in code.get_matrix()))
