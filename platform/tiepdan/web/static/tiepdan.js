// Progressive enhancement only: every page works without this file.
// Words shown to people come from data- attributes, so that they are translated with the templates.
(() => {
  'use strict';
  const root = document.documentElement;
  const $ = (selector, from = document) => from.querySelector(selector);
  const $$ = (selector, from = document) => [...from.querySelectorAll(selector)];
  const say = (text) => { const box = $('#live'); if (box) box.textContent = text; };

  // --- menus made of <details> close on Escape and on a click elsewhere
  document.addEventListener('click', (event) => {
    for (const menu of $$('details[data-menu][open]')) if (!menu.contains(event.target)) menu.open = false;
  });
  document.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape') return;
    for (const menu of $$('details[data-menu][open]')) { menu.open = false; $('summary', menu).focus(); }
  });

  // --- dialogs and printing
  document.addEventListener('click', (event) => {
    const opener = event.target.closest('[data-open-dialog]');
    if (opener) { event.preventDefault(); document.getElementById(opener.dataset.openDialog)?.showModal(); }
    const closer = event.target.closest('[data-close-dialog]');
    if (closer) closer.closest('dialog')?.close();
    if (event.target.closest('[data-print]')) window.print();
  });

  // --- keyboard shortcuts; single keys can be switched off (WCAG 2.1.4)
  const KEYS_OFF = 'tiepdan.keys.off';
  const keysOff = () => { try { return localStorage.getItem(KEYS_OFF) === '1'; } catch { return false; } };
  const keysBox = $('#shortcuts-on');
  if (keysBox) {
    keysBox.checked = !keysOff();
    keysBox.addEventListener('change', () => {
      try { keysBox.checked ? localStorage.removeItem(KEYS_OFF) : localStorage.setItem(KEYS_OFF, '1'); } catch { /* private mode */ }
    });
  }
  document.addEventListener('keydown', (event) => {
    if (keysOff() || event.ctrlKey || event.metaKey || event.altKey || $('dialog[open]')) return;
    if (event.target.closest('input, textarea, select, [contenteditable]')) return;
    if (event.key === '?') { $('#shortcuts')?.showModal(); event.preventDefault(); }
    if (event.key === '/') { const box = $('[data-shortcut="search"], input[type="search"]'); if (box) { box.focus(); event.preventDefault(); } }
    if (event.key === 'n') $('[data-shortcut="new"]')?.click();
  });

  // --- the list of errors takes the focus, so that it is read first
  $('.error-summary')?.focus();

  // --- rows: "add another person" clones a <template>; the server does the same without scripts
  document.addEventListener('click', (event) => {
    const add = event.target.closest('[data-add-row]');
    if (add) {
      event.preventDefault();
      const list = document.getElementById(add.dataset.addRow);
      const next = Number(list.dataset.next || list.children.length);
      const holder = document.createElement('div');
      holder.innerHTML = $(`template[data-row-of="${list.id}"]`).innerHTML.replaceAll('__index__', String(next));
      const row = holder.firstElementChild;
      list.append(row);
      list.dataset.next = String(next + 1);
      number(list);
      $('input, select, textarea', row)?.focus();
      if (window.htmx) window.htmx.process(row);
    }
    const remove = event.target.closest('[data-remove-row]');
    if (remove) {
      event.preventDefault();
      const list = remove.closest('[data-rows]');
      remove.closest('.row-item').remove();
      number(list);
      $(`[data-add-row="${list.id}"]`)?.focus();
    }
  });
  const number = (list) => $$('[data-row-number]', list).forEach((mark, at) => { mark.textContent = String(at + 1); });

  // --- a part of a form that only one choice needs: data-when="kind=denunciation|complaint"
  const reveal = (form) => {
    for (const part of $$('[data-when]', form)) {
      const [name, values] = part.dataset.when.split('=');
      const chosen = new FormData(form).getAll(name).some((value) => values.split('|').includes(value));
      part.hidden = !chosen;
      for (const control of $$('input, select, textarea', part)) control.disabled = !chosen;
    }
  };
  for (const form of $$('form')) {
    if ($('[data-when]', form)) { reveal(form); form.addEventListener('change', () => reveal(form)); }
  }

  // --- drafts of long texts: this tab only, never on a sign-in page
  const DRAFT = 'draft:';
  const store = (() => { try { return window.sessionStorage; } catch { return null; } })();
  const read = (key) => { try { return JSON.parse(store.getItem(key)); } catch { return null; } };
  const forget = (test) => {
    for (const key of Object.keys(store || {})) if (key.startsWith(DRAFT) && test(key)) store.removeItem(key);
  };
  const draftable = $$('form:not([data-no-draft]) textarea[data-autosave]').filter((area) => !$('input[type="password"]', area.form));
  const keyOf = (area) => `${DRAFT}${location.pathname}:${area.name}`;
  const tokenOf = (form) => $('input[name="_token"]', form)?.value || '';
  if (store) {
    // A form that was sent has been answered once another token is on the page.
    const tokens = new Set($$('input[name="_token"]').map((input) => input.value));
    forget((key) => { const draft = read(key); return draft?.sent && !tokens.has(draft.token); });
    for (const area of draftable) {
      const key = keyOf(area);
      const draft = read(key);
      const note = document.getElementById(`${area.id}-draft`);
      if (draft?.text && !area.value && draft.text !== area.value) {
        area.value = draft.text;
        if (note) note.hidden = false;
        $('[data-drop-draft]', note || document)?.addEventListener('click', () => {
          area.value = ''; store.removeItem(key); note.hidden = true; area.focus();
        });
      }
      let timer;
      area.addEventListener('input', () => {
        clearTimeout(timer);
        timer = setTimeout(() => {
          try { store.setItem(key, JSON.stringify({ text: area.value, token: tokenOf(area.form) })); } catch { /* full */ }
        }, 400);
      });
    }
    // Signing out leaves nothing behind on a shared computer.
    for (const form of $$('form[data-forget-drafts]')) form.addEventListener('submit', () => forget(() => true));
    if ($('input[type="password"]')) forget(() => true);
  }

  // --- unsaved changes, and one press sends one form
  const guarded = $$('form[data-guard]');
  let leaving = false;
  for (const form of guarded) form.addEventListener('input', () => { form.dataset.dirty = '1'; });
  window.addEventListener('beforeunload', (event) => {
    if (!leaving && guarded.some((form) => form.dataset.dirty)) event.preventDefault();
  });
  document.addEventListener('submit', (event) => {
    const form = event.target;
    const question = event.submitter?.dataset.confirm || form.dataset.confirm;
    if (question && !window.confirm(question)) { event.preventDefault(); return; }
    if (form.method !== 'post' || event.defaultPrevented) return;
    if (form.dataset.sent) { event.preventDefault(); return; }
    leaving = true;
    if (form.target === '_blank' || form.matches('[hx-post]')) return;
    form.dataset.sent = '1';
    if (store) for (const area of draftable) {
      const draft = area.form === form && read(keyOf(area));
      if (draft) store.setItem(keyOf(area), JSON.stringify({ ...draft, token: tokenOf(form), sent: true }));
    }
    // After this turn, so that the pressed button's own name and value still travel.
    setTimeout(() => { for (const button of $$('button[type="submit"], button:not([type])', form)) { button.disabled = true; if (button === event.submitter) button.setAttribute('aria-busy', 'true'); } });
  });
  window.addEventListener('pageshow', (event) => {
    if (!event.persisted) return;
    leaving = false;
    for (const form of $$('form[data-sent]')) {
      delete form.dataset.sent;
      for (const button of $$('button', form)) { button.disabled = false; button.removeAttribute('aria-busy'); }
    }
  });

  // --- filters send themselves when a choice changes
  for (const form of $$('form[data-auto-submit]')) form.addEventListener('change', (event) => { if (event.target.matches('select')) form.requestSubmit(); });

  // --- when the server cannot be reached, say so where it is heard
  document.addEventListener('htmx:sendError', () => say(root.dataset.offline || ''));
  document.addEventListener('htmx:responseError', () => say(root.dataset.failed || ''));
})();
