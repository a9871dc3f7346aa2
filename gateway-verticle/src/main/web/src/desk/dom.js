/** The page's element with a test id. */
export function find(testId) {
  return document.querySelector(`[data-testid="${testId}"]`);
}

/**
 * A new element.
 *
 * @param tag its name
 * @param attributes by name; `text` is its content; what is undefined is left out
 * @param children elements or texts
 */
export function element(tag, { text, ...attributes } = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    setAttribute(made, name, value);
  }
  if (text !== undefined) {
    made.textContent = text;
  }
  made.append(...children);
  return made;
}

/** Writes a text unless it stands there. */
export function setText(target, text) {
  if (target.textContent !== text) {
    target.textContent = text;
  }
}

/** Writes an attribute unless it stands there; undefined removes it. */
export function setAttribute(target, name, value) {
  if (value === undefined) {
    target.removeAttribute(name);
  } else if (target.getAttribute(name) !== String(value)) {
    target.setAttribute(name, String(value));
  }
}

/** Calls a function in the next frame, once however often it is asked; a hidden page draws nothing. */
export function perFrame(run) {
  let frame;
  return () => {
    frame ??= requestAnimationFrame(() => {
      frame = undefined;
      run();
    });
  };
}

/** Shows quality as a small badge: its word, and all there is to say as a tip. */
export function showQuality(badge, quality, tip) {
  badge.hidden = !quality;
  setText(badge, quality ? `${quality.quality} ${quality.confidence}` : '');
  setAttribute(badge, 'data-quality', quality?.quality);
  setAttribute(badge, 'data-stale', quality?.isStale ? '' : undefined);
  setAttribute(badge, 'data-tip', tip);
}
