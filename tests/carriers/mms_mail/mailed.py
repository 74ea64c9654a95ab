"""Mails as operators' gateways write them, made up by ourselves after what each is known to do.

What belongs here: mails as octets. What does not: what is read out of them (`test_reading_mailed_mms`).
"""

import base64

JPEG = b"\xff\xd8\xff\xe0" + bytes(range(256)) * 4
GIF = b"GIF89a\x01\x00\x01\x00" + bytes(30)
SMIL = (
    b'<smil><body><par dur="5s"><text src="cid:second"/></par><par dur="5s"><img src="cat.jpg"/><text src="first.txt"/></par></body></smil>'
)


def part(content: str | bytes, *headers: str, charset: str = "utf-8") -> bytes:
    """Return a part; octets as base64, texts as they are."""
    lines = list(headers)
    if isinstance(content, bytes):
        lines.append("Content-Transfer-Encoding: base64")
        body = base64.encodebytes(content).replace(b"\n", b"\r\n")
    else:
        body = content.replace("\n", "\r\n").encode(charset)
    return "".join(f"{line}\r\n" for line in lines).encode() + b"\r\n" + body


def picture(name: str, *more: str, content: bytes = JPEG, kind: str = "image/jpeg") -> bytes:
    """Return a picture."""
    return part(content, f'Content-Type: {kind}; name="{name}"', *more)


def text(words: str, *more: str, charset: str = "utf-8") -> bytes:
    """Return a text."""
    return part(words, f"Content-Type: text/plain; charset={charset}", *more, charset=charset)


def page(words: str, *more: str) -> bytes:
    """Return a text in HTML."""
    return part(words, "Content-Type: text/html; charset=utf-8", *more)


def multi(kind: str, *parts: bytes, boundary: str = "b1") -> bytes:
    """Return a multipart with its header, as a part or as what follows the headers of a mail."""
    mark = f"--{boundary}".encode()
    inside = b"".join(mark + b"\r\n" + one + b"\r\n" for one in parts)
    return f'Content-Type: multipart/{kind}; boundary="{boundary}"\r\n\r\n'.encode() + inside + mark + b"--\r\n"


def mail(body: bytes, sender: str = "+48501222333/TYPE=PLMN@mms.example.net", **headers: str) -> bytes:
    """Return a mail; `body` begins with its own headers. Names of headers have `_` for `-`."""
    given = {"From": sender, "To": "mms@reply.example.org", "Message_ID": "<m1@mms.example.net>", "MIME_Version": "1.0", **headers}
    return "".join(f"{name.replace('_', '-')}: {value}\r\n" for name, value in given.items()).encode() + body


T_MOBILE_US = mail(
    multi(
        "related",
        page(
            "<html><head><title>T-Mobile</title></head><body><img src='cid:300'><table><tr><td>T-Mobile</td></tr>"
            "<tr><td><img src='cid:350'></td></tr><tr><td><img src='cid:IMG_5'></td></tr><tr><td>our   cat</td></tr>"
            "<tr><td>This message was sent by a T-Mobile phone.</td></tr><tr><td><a href='http://www.t-mobile.com/'><img src='cid:400'></a>"
            "</td></tr></table></body></html>"
        ),
        picture("masthead.jpg", "Content-ID: <300>", content=JPEG + b"1"),
        picture("dottedLine_600.gif", "Content-ID: <350>", content=GIF, kind="image/gif"),
        picture("spacer.gif", "Content-ID: <400>", content=GIF, kind="image/gif"),
        picture("IMG_5.jpg", "Content-ID: <IMG_5>"),
        text("our cat", 'Content-Disposition: attachment; filename="text_0.txt"'),
    ),
    "2065550123@tmomail.net",
    Subject="",
)
SPRINT = mail(
    multi(
        "alternative",
        text("You have new Picture Mail!\nClick Go/View to see now.\n"),
        page("<p>You have new Picture Mail!</p><p>look</p><img src='http://pictures.sprintpcs.com/1?token=2'>"),
    ),
    "2065550123@pm.sprint.com",
    Subject="New Picture Mail!",
)
ATT = mail(
    multi("mixed", text("at the beach\n\n--\n====\nThis mobile text message is brought to you by AT&T"), picture("photo.jpg")),
    "2065550123@mms.att.net",
    Subject="Multimedia message",
)
VERIZON = mail(
    multi(
        "mixed",
        picture("0611.jpg"),
        text(
            "ship\n\nThis message was sent using the Picture and Video Messaging service from\nVerizon Wireless!\n".replace(
                "from\n", "from "
            )
            + "To learn how, visit www.verizonwireless.com/picture.\n"
        ),
    ),
    "2065550123@vzwpix.com",
    Subject="Re: offer",
)
ORANGE_PL = mail(
    multi(
        "mixed",
        multi(
            "alternative", text("Wiadomość multimedialna.\nróża 5\n"), page("<p>Wiadomość multimedialna.</p><p>róża 5</p>"), boundary="b2"
        ),
        picture("róża.jpg"),
    ),
    '"501 222 333" <501222333@mmsemail.orange.pl>',
    Subject="=?iso-8859-2?Q?Wiadomo=B6=E6_multimedialna?=",
)
PLUS_PL = mail(
    multi("mixed", text("Otrzymałeś wiadomość MMS od 48501222333"), text("głosuję na B", charset="windows-1250"), picture("a.jpg")),
    Subject="Nowa wiadomość MMS",
    X_MMS_From="48501222333",
)
LAID_OUT = mail(
    multi(
        "related",
        part(SMIL, "Content-Type: application/smil; charset=us-ascii"),
        text("then", "Content-Location: first.txt", "Content-Disposition: attachment"),
        text("first", "Content-ID: <second>"),
        picture("cat.jpg"),
    ),
    Subject="KOT",
)
HTML_ALONE = mail(page("<p>Hello<br>you</p><blockquote>a quote of hers</blockquote>"), Subject="x")
OWN_LOGO = mail(multi("mixed", text("our new logo"), picture("logo.jpg"), picture("spacer.gif", content=GIF, kind="image/gif")), Subject="")
ONE_BAD_PART = mail(
    multi(
        "mixed", picture("cat.jpg"), b"Content-Type: image/png; name=bad.png\r\nContent-Transfer-Encoding: base64\r\n\r\n!!A", text("ok")
    ),
)
