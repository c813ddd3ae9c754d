"""A mail (メールの下書き) as a file that a mail program opens unsent; nothing is sent."""

from __future__ import annotations

from collections.abc import Mapping
from email.message import EmailMessage
from email.policy import SMTP
from hashlib import sha256

_WORKBOOK = ("application", "vnd.openxmlformats-officedocument.spreadsheetml.sheet")


def mail_draft(subject: str, text: str, attachments: Mapping[str, bytes]) -> bytes:
    """Return an ``.eml`` file: text and workbooks, to nobody yet, marked as unsent (X-Unsent: 1).

    The same input gives the same bytes.
    """
    message = EmailMessage(policy=SMTP)
    message["Subject"] = subject
    message["X-Unsent"] = "1"
    message.set_content(text, cte="base64")
    main, sub = _WORKBOOK
    for name, data in attachments.items():
        message.add_attachment(data, maintype=main, subtype=sub, filename=name)
    if attachments:
        message.set_boundary(f"=_{sha256(text.encode()).hexdigest()[:32]}")
    return message.as_bytes()
