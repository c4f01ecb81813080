"""The page in a real browser: what a person sees, with thumb, keyboard and screen reader."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser import chromium
from tests.browser.conftest import ARTIFACTS
from tests.browser.echo import HOSTILE, EchoHouse

pytestmark = pytest.mark.browser


def start(page: Page) -> None:
    """Begin the chat and wait for the first answer."""
    page.get_by_role("button", name="Começar").click()
    expect(page.get_by_text("Primeira página")).to_be_visible()


def say(page: Page, text: str) -> None:
    """Write and send."""
    page.get_by_label("Mensagem", exact=True).fill(text)
    page.keyboard.press("Enter")


def bubble(page: Page, text: str):  # type: ignore[no-untyped-def]  # Locator
    """The last bubble with this text."""
    return page.locator(".bubble", has_text=text).last


def test_an_empty_chat_introduces_the_bot_and_offers_start(page: Page) -> None:
    expect(page.get_by_text("Repito o que você diz.")).to_be_visible()
    start(page)
    expect(page.get_by_text("Repito o que você diz.")).to_be_hidden()
    expect(bubble(page, "/start").locator("use[href='#i-checks']")).to_be_attached()


def test_what_is_written_reaches_the_bot_and_its_answer_the_page(page: Page) -> None:
    start(page)
    say(page, f"oi {HOSTILE}\nsegunda linha")
    expect(bubble(page, "Você disse:")).to_contain_text(HOSTILE)
    assert page.locator(".bubble img[src='x']").count() == 0


def test_a_tap_edits_in_place_says_so_and_keeps_the_focus(page: Page) -> None:
    start(page)
    page.get_by_role("button", name="Próximo").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text("Segunda página")).to_be_visible()
    expect(page.get_by_role("status")).to_contain_text("Tocou em Próximo")
    expect(bubble(page, "Segunda página")).to_contain_text("editada")
    expect(page.locator(".message.in")).to_have_count(1)
    expect(page.locator("[data-place='0.0']")).to_be_focused()
    page.keyboard.press("ArrowRight")
    expect(page.get_by_role("button", name="Próximo")).to_be_focused()


def test_a_button_turns_until_the_bot_answers_and_alerts_wait_for_ok(page: Page) -> None:
    start(page)
    page.get_by_role("button", name="Mudo").click()
    expect(page.get_by_role("button", name="Mudo")).to_have_attribute("aria-busy", "true")
    page.get_by_role("button", name="Alerta").click()
    expect(page.get_by_role("dialog")).to_contain_text("Tocou em Alerta")
    page.keyboard.press("Enter")
    expect(page.get_by_role("dialog")).to_be_hidden()
    expect(page.get_by_role("button", name="Alerta")).not_to_have_attribute("aria-busy", "true")


def test_commands_are_in_the_menu_and_come_up_while_typing(page: Page) -> None:
    start(page)
    page.get_by_role("button", name="Menu").click()
    expect(page.get_by_role("option")).to_have_count(2)
    page.keyboard.press("Escape")
    page.get_by_label("Mensagem", exact=True).press_sequentially("/ho")
    expect(page.get_by_role("option")).to_have_count(1)
    page.keyboard.press("Enter")
    expect(page.get_by_text("Fontes:")).to_be_visible()


def test_a_long_quote_folds_and_opens(page: Page) -> None:
    start(page)
    say(page, "/hoje")
    toggle = page.get_by_role("button", name="Abrir o trecho")
    before = page.locator("blockquote").bounding_box()
    toggle.click()
    after = page.locator("blockquote").bounding_box()
    assert before is not None
    assert after is not None
    assert before["height"] < 90 < after["height"]
    expect(page.get_by_text(HOSTILE)).to_be_visible()
    expect(page.get_by_role("button", name="Fechar o trecho")).to_be_visible()


def test_files_go_both_ways(page: Page, tmp_path: Path) -> None:
    start(page)
    say(page, "arquivos")
    expect(page.get_by_role("img", name="Foto: a foto")).to_be_visible()
    with page.expect_download() as download:
        page.get_by_text("semana.pdf").click()
    assert download.value.suggested_filename == "semana.pdf"
    plan = tmp_path / "plano.txt"
    plan.write_text("café", encoding="utf-8")
    page.locator("#pick").evaluate("input => { input.dataset.kind = 'document' }")
    page.locator("#pick").set_input_files(plan)
    page.get_by_label("Legenda").fill("meu plano")
    page.get_by_role("button", name="Enviar").last.click()
    expect(page.get_by_text("Recebi um arquivo.")).to_be_visible()
    expect(bubble(page, "plano.txt")).to_contain_text("meu plano")


def test_reply_keyboards_show_under_the_text_field(page: Page) -> None:
    start(page)
    say(page, "teclado")
    page.get_by_role("group", name="Respostas prontas").get_by_role("button", name="Sim").click()
    expect(page.get_by_text("Você disse: Sim")).to_be_visible()


def test_who_reads_further_up_is_not_pulled_down(page: Page) -> None:
    start(page)
    say(page, "muitas")
    expect(page.get_by_text("linha 29")).to_be_in_viewport()
    page.get_by_role("log").evaluate("log => { log.scrollTop = 0 }")
    expect(page.get_by_role("button", name="Ir para o fim")).to_be_visible()
    page.evaluate(
        "fetch('/api/tap', {method: 'POST', headers: {'Content-Type': 'application/json'}, body: JSON.stringify("
        "{user: Number(new URLSearchParams(location.search).get('user')), message_id: Number(document.querySelector('.message.in').dataset.id), data: 'Próximo'})})"
    )
    expect(page.get_by_text("Segunda página")).to_be_visible()
    assert page.get_by_role("log").evaluate("log => log.scrollTop") < 100
    page.get_by_role("button", name="Ir para o fim").click()
    expect(page.get_by_text("linha 29")).to_be_in_viewport()


def test_the_bot_can_be_blocked_and_unblocked(page: Page) -> None:
    start(page)
    page.get_by_role("button", name="Mais opções").click()
    page.get_by_role("menuitem", name="Bloquear bot").click()
    page.get_by_role("button", name="Desbloquear o bot").click()
    expect(page.get_by_label("Mensagem", exact=True)).to_be_visible()


def test_two_people_do_not_see_each_other(running_browser: Browser, page: Page, house: EchoHouse) -> None:
    page.goto(f"{house.address}/?user=1")
    start(page)
    with chromium.phone(running_browser, f"{house.address}/?user=2") as other:
        expect(other.get_by_role("button", name="Começar")).to_be_visible()
        expect(other.get_by_role("button", name="Você é Bruno")).to_be_visible()
        assert other.locator(".message").count() == 0
    page.get_by_role("button", name="Você é Ana").click()
    page.get_by_role("menuitemradio", name="Carla").click()
    expect(page).to_have_url(f"{house.address}/?user=3")


def test_the_theme_follows_the_system_and_can_be_chosen(page: Page) -> None:
    colour = "getComputedStyle(document.querySelector('.phone')).backgroundColor"
    light = page.evaluate(colour)
    page.emulate_media(color_scheme="dark")
    dark = page.evaluate(colour)
    assert dark != light
    page.get_by_role("button", name="Mais opções").click()
    page.get_by_role("menuitemradio", name="Tema claro").click()
    assert page.evaluate(colour) == light
    page.reload()
    assert page.evaluate(colour) == light


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_at_phone_size_nothing_sticks_out(page: Page, scheme: chromium.Scheme) -> None:
    page.emulate_media(color_scheme=scheme)
    start(page)
    say(page, "uma-palavra-" * 20)
    expect(bubble(page, "Você disse: uma-palavra")).to_be_visible()
    page.get_by_role("button", name="Menu").click()
    assert page.evaluate("document.querySelector('.phone').scrollWidth") <= chromium.PHONE[0]
    assert page.evaluate("document.getElementById('log').scrollWidth") <= chromium.PHONE[0]
    ARTIFACTS.mkdir(exist_ok=True)
    page.screenshot(path=ARTIFACTS / f"local-chat-{scheme}.png")


def test_every_control_has_a_name_and_enough_contrast(page: Page) -> None:
    start(page)
    nameless = page.evaluate(
        "[...document.querySelectorAll('button, a, input:not(.hidden), textarea')].filter(node =>"
        " node.checkVisibility() && !(node.ariaLabel || node.textContent.trim() || node.labels?.length))"
        ".map(node => node.outerHTML)"
    )
    assert nameless == []
    assert page.get_by_role("log").get_attribute("aria-live") == "polite"
    small = page.evaluate(
        "[...document.querySelectorAll('.key, .icon, .composer button')].filter(node => node.checkVisibility())"
        ".map(node => node.getBoundingClientRect()).filter(box => box.height < 34 || box.width < 34).length"
    )
    assert small == 0
