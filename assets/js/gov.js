/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: GovPortal contributors
 *
 * What makes a page nicer when script runs; every page works without it. */

(function () {
  'use strict';

  var still = window.matchMedia('(prefers-reduced-motion: reduce)').matches;

  /* The picture news: dots that do not move the page, buttons, and a slow
     show that stops for ever once the reader takes over (WCAG 2.2.2). */
  function carousel(box) {
    var track = box.querySelector('.gov-slides');
    var slides = track.children;
    var dots = box.querySelectorAll('.gov-dots a');
    var timer = 0;
    var over = false;
    var play;

    function current() {
      return Math.round(Math.abs(track.scrollLeft) / track.clientWidth);
    }

    function show(n) {
      var i = (n + slides.length) % slides.length;
      var from = track.getBoundingClientRect().left;
      track.scrollBy({ left: slides[i].getBoundingClientRect().left - from });
    }

    function mark() {
      var n = current();
      for (var i = 0; i < dots.length; i++) {
        if (i === n) dots[i].setAttribute('aria-current', 'true');
        else dots[i].removeAttribute('aria-current');
        slides[i].querySelector('a').tabIndex = i === n ? 0 : -1;
      }
    }

    function stop() {
      clearInterval(timer);
      timer = 0;
      play.set('play', box.dataset.play);
    }

    function start() {
      timer = setInterval(function () {
        if (!over && !document.hidden) show(current() + 1);
      }, 6000);
      play.set('pause', box.dataset.pause);
    }

    function button(icon, name, act) {
      var b = document.createElement('button');
      var i = document.createElement('span');
      b.type = 'button';
      i.setAttribute('aria-hidden', 'true');
      b.appendChild(i);
      b.set = function (icon, name) {
        i.className = 'gov-i gov-i-' + icon;
        b.setAttribute('aria-label', name);
      };
      b.set(icon, name);
      b.addEventListener('click', act);
      buttons.appendChild(b);
      return b;
    }

    if (dots.length < 2) return;
    var buttons = document.createElement('div');
    buttons.className = 'gov-carousel-buttons';
    button('previous', box.dataset.previous, function () {
      stop();
      show(current() - 1);
    });
    play = button('play', box.dataset.play, function () {
      if (timer) stop(); else start();
    });
    button('next', box.dataset.next, function () {
      stop();
      show(current() + 1);
    });
    box.appendChild(buttons);

    dots.forEach(function (dot, i) {
      dot.addEventListener('click', function (event) {
        event.preventDefault();
        stop();
        show(i);
      });
    });
    track.addEventListener('scroll', mark, { passive: true });
    ['touchstart', 'wheel', 'keydown'].forEach(function (name) {
      track.addEventListener(name, stop, { passive: true });
    });
    ['mouseenter', 'focusin'].forEach(function (name) {
      box.addEventListener(name, function () { over = true; });
    });
    ['mouseleave', 'focusout'].forEach(function (name) {
      box.addEventListener(name, function () { over = false; });
    });
    mark();
    if (!still) start();
  }

  /* Escape closes an open sub-menu without moving the focus (WCAG 1.4.13). */
  function menus() {
    var closed = null;
    document.addEventListener('keydown', function (event) {
      if (event.key !== 'Escape') return;
      var li = document.querySelector(
        '.gov-nav > ul > li:hover, .gov-nav > ul > li:focus-within');
      if (!li) return;
      closed = li;
      li.classList.add('gov-closed');
    });
    function reopen(event) {
      if (closed && !closed.contains(event.target)) {
        closed.classList.remove('gov-closed');
        closed = null;
      }
    }
    document.addEventListener('mouseover', reopen);
    document.addEventListener('focusin', reopen);
  }

  /* Ask before a link leaves government. */
  function leaving() {
    var dialog = document.getElementById('gov-leave');
    var target = null;
    if (!dialog || !dialog.showModal) return;
    document.addEventListener('click', function (event) {
      var link = event.target.closest && event.target.closest('a[rel~="external"]');
      if (!link || event.defaultPrevented) return;
      event.preventDefault();
      target = link.href;
      document.getElementById('gov-leave-url').textContent = target;
      dialog.returnValue = 'no';
      dialog.showModal();
    });
    dialog.addEventListener('close', function () {
      if (dialog.returnValue === 'yes') {
        window.open(target, '_blank', 'noopener');
      }
    });
  }

  /* The frame around a table in a text: while it has something to scroll, the
     keyboard reaches it. */
  function tables() {
    function measure(frame) {
      var caption = frame.querySelector('caption');
      var name = caption ? caption.textContent.trim() : '';
      if (frame.scrollWidth > frame.clientWidth) {
        frame.tabIndex = 0;
        if (name) {
          frame.setAttribute('role', 'group');
          frame.setAttribute('aria-label', name);
        }
      } else {
        ['tabindex', 'role', 'aria-label'].forEach(function (attribute) {
          frame.removeAttribute(attribute);
        });
      }
    }
    var observer = window.ResizeObserver && new ResizeObserver(function (list) {
      list.forEach(function (entry) { measure(entry.target); });
    });
    document.querySelectorAll('.gov-body .gov-table').forEach(function (frame) {
      measure(frame);
      if (observer) observer.observe(frame);
    });
  }

  /* "Print" prints; the print view is for those without script. */
  function printing() {
    document.querySelectorAll('.gov-to-print').forEach(function (link) {
      link.addEventListener('click', function (event) {
        event.preventDefault();
        window.print();
      });
    });
  }

  /* Proof of work in place of the sum.  It needs WebCrypto, which plain http has not;
     then the sum stays. */
  function captchas() {
    document.querySelectorAll('[data-gov="captcha"]').forEach(function (box) {
      var folder = box.dataset.folder;
      var sum = box.querySelector('.gov-sum');
      var style;
      if (!window.crypto || !window.crypto.subtle) return;
      style = document.createElement('link');
      style.rel = 'stylesheet';
      style.href = folder + 'altcha.css';
      document.head.appendChild(style);
      import(folder + 'altcha.js').then(function () {
        var widget = document.createElement('altcha-widget');
        widget.setAttribute('challengejson', box.dataset.challenge);
        widget.setAttribute('workerurl', folder + 'worker.js');
        widget.setAttribute('strings', box.dataset.strings);
        widget.setAttribute('hidelogo', '');
        widget.setAttribute('hidefooter', '');
        widget.setAttribute('auto', 'onfocus');
        sum.remove();
        box.appendChild(widget);
      }, function () {});
    });
  }

  document.querySelectorAll('[data-gov="carousel"]').forEach(carousel);
  captchas();
  menus();
  leaving();
  tables();
  printing();
})();
