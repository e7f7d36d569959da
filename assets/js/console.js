/* SPDX-FileCopyrightText: the GovPortal developers
 * SPDX-License-Identifier: Apache-2.0 */
/* The console with a script: menus that close, an editor, nothing typed is lost.
   Everything works without. */
(function () {
  'use strict';

  /* An open menu closes when attention is elsewhere. */
  const menus = [...document.querySelectorAll('details.gc-drop')];
  document.addEventListener('click', event => {
    for (const menu of menus)
      if (menu.open && !menu.contains(event.target)) menu.open = false;
  });
  document.addEventListener('keydown', event => {
    if (event.key === 'Escape')
      for (const menu of menus)
        if (menu.open) {
          menu.open = false;
          menu.querySelector('summary').focus();
        }
    /* "/" goes to the search of a list, Ctrl+S saves */
    const typing = /^(INPUT|TEXTAREA|SELECT)$/.test(event.target.tagName)
      || event.target.isContentEditable;
    if (event.key === '/' && !typing) {
      const search = document.querySelector('.gc-filters input[type="search"]');
      if (search) {
        event.preventDefault();
        search.focus();
      }
    }
    if ((event.ctrlKey || event.metaKey) && event.key === 's') {
      const form = document.querySelector('.gc-box-form form');
      if (form) {
        event.preventDefault();
        form.requestSubmit();
      }
    }
  });

  /* What a mistake says comes first. */
  const mistakes = document.querySelector('.gov-mistakes');
  if (mistakes) mistakes.focus();

  const form = document.querySelector('.gc-box-form form');
  if (!form) return;

  /* --- the editor ------------------------------------------------------------ */

  const body = form.querySelector('textarea[name="body"]');
  let editor = null;
  if (body && window.Jodit) {
    editor = window.Jodit.make(body, {
      language: document.documentElement.lang === 'zh-CN' ? 'zh_cn' : 'en',
      minHeight: 420,
      toolbarAdaptive: false,
      toolbarSticky: false,
      showCharsCounter: false,
      showWordsCounter: false,
      showXPathInStatusbar: false,
      hidePoweredByJodit: true,
      addNewLine: false,
      showPlaceholder: false,
      beautifyHTML: false,
      sourceEditor: 'area',
      askBeforePasteHTML: false,
      askBeforePasteFromWord: false,
      defaultActionOnPasteFromWord: 'insert_clear_html',
      defaultActionOnPaste: 'insert_clear_html',
      disablePlugins: ['ai-assistant', 'speech-recognize', 'about', 'powered-by-jodit',
        'iframe', 'video', 'file', 'drag-and-drop', 'image-processor', 'print', 'preview'],
      buttons: ['paragraph', 'bold', 'italic', '|', 'ul', 'ol', '|', 'table', 'link', '|',
        'superscript', 'subscript', '|', 'eraser', 'undo', 'redo', 'find', 'fullsize'],
    });
    body.hidden = true;
    const label = form.querySelector(`label[for="${body.id}"]`);
    editor.editor.setAttribute('role', 'textbox');
    editor.editor.setAttribute('aria-multiline', 'true');
    if (label) editor.editor.setAttribute('aria-label', label.textContent);
  }

  /* --- nothing is lost --------------------------------------------------------- */

  /* What was typed stays in this browser until the server says that it was saved: a
     dead session, network or battery takes nothing away. */
  const place = `govportal:${form.getAttribute('action')}`;
  const values = () => {
    const out = {};
    if (editor) editor.synchronizeValues();
    for (const field of form.elements)
      if (field.name && !/^_|^seen$|^lang$/.test(field.name)
        && !/^(file|hidden|submit|checkbox|radio)$/.test(field.type))
        out[field.name] = field.value;
    return out;
  };
  const begun = JSON.stringify(values());
  let sent = false;

  const keep = () => {
    const now = JSON.stringify(values());
    try {
      if (now === begun) window.localStorage.removeItem(place);
      else window.localStorage.setItem(place, now);
    } catch { /* no room, or forbidden: the form still works */ }
    return now !== begun;
  };
  let kept = null;
  try {
    kept = window.localStorage.getItem(place);
  } catch { /* as above */ }
  if (kept && kept !== begun && !mistakes) {
    const old = JSON.parse(kept);
    for (const field of form.elements)
      if (field.name in old && field !== body) field.value = old[field.name];
    if (body && 'body' in old) {
      if (editor) editor.value = old.body;
      else body.value = old.body;
    }
  }
  window.setInterval(keep, 3000);
  form.addEventListener('submit', () => {
    keep();
    sent = true;
    try {
      window.sessionStorage.setItem('govportal-sent', place);
    } catch { /* then it stays until the form is opened again */ }
  });
  window.addEventListener('beforeunload', event => {
    if (keep() && !sent) event.preventDefault();
  });
  /* a form that could not be sent may be sent again */
  window.addEventListener('pageshow', () => { sent = false; });
}());

/* On the page that says "saved" what was kept is not needed any more. */
(function () {
  'use strict';
  if (!/[?&]done=saved/.test(window.location.search)) return;
  try {
    const place = window.sessionStorage.getItem('govportal-sent');
    if (place) window.localStorage.removeItem(place);
  } catch { /* nothing was kept then */ }
}());
