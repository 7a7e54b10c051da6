"""Every word of this plugin that a user reads, in Dutch and English."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from vib.dates import written_day
from vib.language import LANGUAGES, Text
from vib.roles import ROLES, Role
from vib.terminal import DATA

WRONG = Text(
    nl="Dit e-mailadres en wachtwoord horen niet bij elkaar.", en="This email address and password do not go together."
)
WAIT = Text(nl="Even wachten", en="Please wait")

OTHER_SITE = Text(nl="Niet uitgevoerd", en="Not done")
OTHER_SITE_WHY = Text(
    nl="Dit verzoek kwam van een andere website. Open VIB Studio zelf, en doe het daar.",
    en="This request came from another website. Open VIB Studio itself, and do it there.",
)

NO_INVITATION = Text(nl="Hier is een uitnodiging voor nodig", en="This needs an invitation")
NO_INVITATION_WHY = Text(
    nl="Een account maken kan alleen met de link uit een uitnodiging. Een link werkt één keer en verloopt "
    "na enkele dagen. Vraag de beheerder om een nieuwe. Heb je al een account, dan kun je gewoon inloggen.",
    en="An account can only be made with the link of an invitation. A link works once and expires after "
    "some days. Ask the administrator for a new one. If you already have an account, simply log in.",
)
ADDRESS_TAKEN = Text(
    nl="Op dit adres is al een account. Vraag de beheerder om hulp als dat niet klopt.",
    en="There is already an account with this address. Ask the administrator if that is not right.",
)
OTHER_ADDRESS = Text(
    nl="De uitnodiging is voor een ander e-mailadres.", en="The invitation is for another email address."
)
DOCS_ELSEWHERE = Text(
    nl="Deze pagina van Label Studio haalt zijn programma van een andere host, en dat gebeurt hier niet. "
    "De beschrijving van de API zelf staat op /docs/api/schema/json/.",
    en="This page of Label Studio takes its program from another host, which is not done here. "
    "The description of the API itself is at /docs/api/schema/json/.",
)

WORDS: Mapping[str, Text] = {
    "account": Text(nl="Account maken", en="Create account"),
    "email": Text(nl="E-mailadres", en="Email address"),
    "invited": Text(nl="Je bent uitgenodigd als", en="You are invited as"),
    "lead": Text(
        nl="Samen kijken naar contact: wat gebeurt er, en wat doet het kind daarna?",
        en="Looking at contact together: what happens, and what does the child do next?",
    ),
    "log_in": Text(nl="Inloggen", en="Log in"),
    "no_account": Text(
        nl="Nog geen account? De beheerder nodigt je uit.", en="No account yet? The administrator invites you."
    ),
    "password": Text(nl="Wachtwoord", en="Password"),
    "password_rule": Text(
        nl="Minstens 8 tekens, en niet je eigen adres.", en="At least 8 characters, and not your own address."
    ),
    "stay": Text(
        nl="Ingelogd blijven als ik de browser sluit. Niet aanvinken op een gedeelde computer.",
        en="Stay logged in when I close the browser. Leave empty on a shared computer.",
    ),
    "welcome": Text(nl="Welkom", en="Welcome"),
}
"""What the templates say, by name."""

COMMAND: Mapping[str, Text] = {
    "help": Text(
        nl="Nodig iemand uit om een account te maken, en toon de link.",
        en="Invite somebody to make an account, and print the link.",
    ),
    "email": Text(nl="E-mailadres van wie wordt uitgenodigd.", en="Email address of who is invited."),
    "role": Text(nl="Rol van het account.", en="Role of the account."),
    "days": Text(nl="Zoveel dagen werkt de link.", en="For so many days the link works."),
    "list": Text(nl="Toon de uitnodigingen.", en="Show the invitations."),
    "withdraw": Text(nl="Trek de uitnodiging voor dit adres in.", en="Withdraw the invitation of this address."),
    "mail": Text(nl="Stuur de link ook per e-mail (VIB_MAIL).", en="Send the link by mail too (VIB_MAIL)."),
    "data": DATA,
}

STATES: Mapping[str, Text] = {
    "open": Text(nl="open", en="open"),
    "used": Text(nl="gebruikt", en="used"),
    "withdrawn": Text(nl="ingetrokken", en="withdrawn"),
    "expired": Text(nl="verlopen", en="expired"),
}

ADMIN: Mapping[str, Text] = {
    "app": Text(nl="VIB Studio: wie binnen mag", en="VIB Studio: who is let in"),
    "one": Text(nl="uitnodiging", en="invitation"),
    "many": Text(nl="uitnodigingen", en="invitations"),
    "email": Text(nl="e-mailadres", en="email address"),
    "role": Text(nl="rol", en="role"),
    "state": Text(nl="stand", en="state"),
    "made_by": Text(nl="uitgenodigd door", en="invited by"),
    "made_at": Text(nl="uitgenodigd op", en="invited at"),
    "expires": Text(nl="verloopt op", en="expires at"),
    "used_at": Text(nl="gebruikt op", en="used at"),
    "withdrawn_at": Text(nl="ingetrokken op", en="withdrawn at"),
    "withdraw": Text(nl="Trek in", en="Withdraw"),
}
"""Names on the administration pages."""


MAIL_SUBJECT = Text(nl="Uitnodiging voor VIB Studio", en="Invitation to VIB Studio")
MAIL = Text(
    nl="Je bent uitgenodigd om een account te maken in VIB Studio, als {role}. Met deze link kies je een "
    "wachtwoord:\n\n{link}\n\nDe link werkt één keer, en tot {until}. Hij is alleen voor jou: stuur hem niet door.\n"
    "Kende je VIB Studio niet? Dan kun je deze mail weggooien.",
    en="You are invited to make an account in VIB Studio, as {role}. With this link you choose a "
    "password:\n\n{link}\n\nThe link works once, and until {until}. It is for you only: do not pass it on.\n"
    "You do not know VIB Studio? Then you can throw this mail away.",
)
NO_MAIL = Text(
    nl="kan niet: er is geen mailserver ingesteld; zet VIB_MAIL", en="cannot be: no mail server is set; set VIB_MAIL"
)


def invitation_mail(role: Role, link: str, until: date) -> tuple[str, str]:
    """Return subject and text of the mail with an invitation: in both languages, as who is invited has chosen none."""
    subject = " / ".join(MAIL_SUBJECT.to(language) for language in LANGUAGES)
    text = "\n\n--\n\n".join(
        MAIL.to(language).format(role=ROLES[role].to(language), link=link, until=written_day(until, language))
        for language in LANGUAGES
    )
    return subject, text


def not_mailed(error: str) -> Text:
    """Say that the mail with an invitation could not be sent."""
    return Text(
        nl=f"De mail kon niet worden verstuurd ({error}). De uitnodiging staat wel: stuur de link hierboven zelf.",
        en=f"The mail could not be sent ({error}). The invitation stands: send the link above yourself.",
    )


def wait(minutes: int) -> Text:
    """Say when it may be tried again."""
    return Text(
        nl=f"Het is te vaak geprobeerd. Probeer het over {minutes} {'minuut' if minutes == 1 else 'minuten'} "
        "opnieuw. Wachtwoord kwijt? De beheerder kan een nieuw instellen.",
        en=f"It was tried too often. Try again in {minutes} minute{'' if minutes == 1 else 's'}. "
        "Lost your password? The administrator can set a new one.",
    )


def withdrawn(email: str) -> Text:
    """Say that an invitation no longer works."""
    return Text(nl=f"De uitnodiging voor {email} is ingetrokken.", en=f"The invitation of {email} was withdrawn.")


INVITED: Mapping[str, Text] = {
    "heading": Text(nl="Uitnodigingen aan jou", en="Invitations to you"),
    "about": Text(
        nl="Dat je bent uitgenodigd, met welke rol, en of je dat gebruikte: zo komt niemand binnen die niet is"
        " gevraagd.",
        en="That you were invited, with which role, and whether you used it: so nobody gets in who was not asked.",
    ),
    "role": Text(nl="Rol", en="Role"),
    "made_at": Text(nl="Gemaakt", en="Made"),
    "used_at": Text(nl="Gebruikt", en="Used"),
}
INVITING: Mapping[str, Text] = {
    "heading": Text(nl="Uitnodigingen die jij maakte", en="Invitations that you made"),
    "about": Text(
        nl="Wanneer je iemand uitnodigde en met welke rol. Voor wie het was staat er niet bij.",
        en="When you invited somebody and with which role. For whom it was is left out.",
    ),
    "role": INVITED["role"],
    "made_at": INVITED["made_at"],
}
WRONG_PASSWORDS: Mapping[str, Text] = {
    "heading": Text(nl="Foute wachtwoorden", en="Wrong passwords"),
    "about": Text(
        nl="Hoe vaak er met jouw adres een fout wachtwoord werd gegeven, zodat niemand eindeloos kan raden. Het"
        " wachtwoord zelf wordt niet bewaard. Vanaf waar het was staat er niet bij: dat kan een ander zijn.",
        en="How often a wrong password was given with your address, so that nobody can guess without end. The password"
        " itself is not kept. From where it was is left out: it may have been somebody else.",
    ),
    "how_long": Text(
        nl="Een kwartier, of tot je je aanmeldt.",
        en="A quarter of an hour, or until you sign in.",
    ),
    "attempt_time": Text(nl="Wanneer", en="When"),
    "failures_since_start": Text(nl="Hoe vaak", en="How often"),
}
