"""Answers as common programs write them, shortened; what stands before `===` is what the person wrote."""

ANSWERS = {
    "gmail english": """Yes, see you at five.
===
On Thu, Nov 26, 2026 at 10:15 AM Jan via Recado <sms@example.org> wrote:

> Can I come at five?
>
""",
    "gmail english wrapped": """Yes, see you at five.
===
On Thu, Nov 26, 2026 at 10:15 AM +48 501 222 333 via Recado with a long name
<sms@recado.example.org> wrote:

> Can I come at five?
""",
    "gmail polish": """Tak, zapraszam.
===
czw., 26 lis 2026 o 10:15 Jan przez Recado <sms@example.org> napisał(a):

> Czy mogę przyjść o piątej?
""",
    "thunderbird english": """Yes.
===
On 11/26/26 10:15, Jan via Recado wrote:
> Can I come at five?
""",
    "thunderbird polish": """Tak.
===
W dniu 26.11.2026 o 10:15, Jan przez Recado pisze:
> Czy mogę przyjść?
""",
    "apple mail english": """Yes.
===
> On 26 Nov 2026, at 10:15, Jan via Recado <sms@example.org> wrote:
>
> Can I come?
""",
    "iphone polish": """Tak
===
Wysłane z iPhone’a

> Wiadomość napisana przez Jan <sms@example.org> w dniu 26.11.2026, o godz. 10:15:
>
> Czy mogę?
""",
    "iphone english": """Yes
===
Sent from my iPhone

> On 26 Nov 2026, at 10:15, Jan <sms@example.org> wrote:
> Can I?
""",
    "outlook english": """Yes, at five.
===

________________________________
From: Jan via Recado <sms@example.org>
Sent: Thursday, November 26, 2026 10:15 AM
To: shop@example.com <shop@example.com>
Subject: SMS from Jan

Can I come at five?
""",
    "outlook polish": """Tak, o piątej.
===

From: Jan przez Recado <sms@example.org>
Sent: Thursday, November 26, 2026 10:15 AM
""",
    "outlook polish headers": """Tak, o piątej.
===
Od: Jan przez Recado <sms@example.org>
Wysłano: czwartek, 26 listopada 2026 10:15
Do: sklep@example.com
Temat: SMS od Jan

Czy mogę?
""",
    "outlook express": """Yes.
===
-----Original Message-----
From: Jan
Can I?
""",
    "outlook express polish": """Tak.
===
-----Wiadomość oryginalna-----
Od: Jan
""",
    "wp.pl": """Tak.
===
Dnia 26 listopada 2026 10:15 Jan <sms@example.org> napisał(a):

Czy mogę?
""",
    "signature": """Yes.
===
--\x20
Anna Nowak
Shop, 22 555 44 33
""",
    "signature above the quote": """Yes.
===
--\x20
Anna

On Thu, Nov 26, 2026 at 10:15 AM Jan <sms@example.org> wrote:
> Can I?
""",
    "outlook for a phone": """Yes.
===

Get Outlook for Android<https://aka.ms/AAb9ysg>
""",
    "samsung": """Tak.
===
Wysłane z telefonu Samsung Galaxy.
""",
    "words of people that look like a program's": """Wysłane z magazynu 12.11, dotrze jutro.
Sent from the warehouse today.
===""",
    "nothing cut": """Anna wrote: bring 2 cakes.
On Monday I am away.
Od jutra: 10-18.

From us all: thanks!
===""",
}
"""By program: the answer's text part."""
