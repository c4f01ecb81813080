"""The first contact: what is kept and why, and whether Gemini may be used."""

from handlers.catalogue import joined, paragraphs
from handlers.keyboards import place, places
from handlers.texts import buttons as b
from handlers.texts import onboarding as s
from handlers.transport.screens import Button, Screen, View, screen


@screen("consentimento")
async def consent(view: View) -> Screen:
    """Ask for consent; with Gemini configured, its yes and its no are two buttons."""
    t = view.t
    if not view.services.gemini_enabled:
        text = paragraphs([t(s.CONSENT), t(s.CONSENT_QUESTION)])
        return Screen(
            text,
            (
                (Button(t.plain(b.AGREE), "consinto:sem"), Button(t.plain(b.NOT_NOW), "consinto:nao")),
                (place(t, "privacidade", b.READ_MORE),),
            ),
            remember="question",
        )
    text = paragraphs([joined([t(s.CONSENT), t(s.CONSENT_GEMINI)]), t(s.CONSENT_GEMINI_QUESTION)])
    return Screen(
        text,
        (
            (Button(t.plain(b.AGREE_WITH_GEMINI), "consinto:gemini"),),
            (Button(t.plain(b.AGREE_WITHOUT_GEMINI), "consinto:sem"),),
            (Button(t.plain(b.NOT_NOW), "consinto:nao"), place(t, "privacidade", b.READ_MORE)),
        ),
        remember="question",
    )


@screen("consentimento_negado")
async def refused(view: View) -> Screen:
    """Nothing was kept, or nothing more than under a former text; the door stays open."""
    kept = view.person is not None and view.person.consented
    return Screen(
        view.t(s.CONSENT_REFUSED_LATER if kept else s.CONSENT_REFUSED), places(view.t, ("comecar",))
    )


@screen("consentimento_dado")
async def given(view: View, *, gemini: bool) -> Screen:
    """What the consent question shrinks to."""
    return Screen(view.t(s.CONSENT_GIVEN_GEMINI if gemini else s.CONSENT_GIVEN))


@screen("gemini_novo")
async def gemini_alone(view: View) -> Screen:
    """Gemini was switched on after the person agreed to the rest."""
    t = view.t
    return Screen(
        t(s.GEMINI_NEW),
        (
            (Button(t.plain(b.AGREE_WITH_GEMINI), "gemini:sim"),),
            (Button(t.plain(b.NOT_NOW), "gemini:nao"),),
        ),
    )
