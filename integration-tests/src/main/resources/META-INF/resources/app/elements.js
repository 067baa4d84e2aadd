// Small things that every part of the page needs.

export const byId = id => document.getElementById(id);

/** An element with properties and children; strings become text, never HTML. */
export function make(tag, properties = {}, ...children) {
    const { dataset, ...others } = properties;
    const element = Object.assign(document.createElement(tag), others);
    Object.assign(element.dataset, dataset);
    element.append(...children);
    return element;
}

export function state(element, name, text) {
    element.dataset.state = name;
    if (element.textContent !== text) {
        element.textContent = text;
    }
}

/** Whoever hears of it that nobody is signed in any more tells the rest of the page. */
export const SESSION_OVER = 'session-over';

export async function call(path, options = {}) {
    const answer = await fetch(path, options);
    if (answer.status === 401) {
        dispatchEvent(new Event(SESSION_OVER));
    }
    return answer;
}

/** JSON, which a form of another site cannot send. */
export const send = (method, path, body = {}) => call(path,
    { method, headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) });

/** Why an answer is none, as a sentence. */
export async function problem(answer) {
    const body = await answer.json().catch(() => ({}));
    return body.message ?? body.detail ?? `The service answered ${answer.status}`;
}

export const clock = time => new Date(time).toLocaleTimeString();

export const pause = millis => new Promise(resolve => setTimeout(resolve, millis));

export const socketUrl = path => new URL(path, location.href.replace(/^http/, 'ws'));

/** Draws bars for samples between -1 and 1, the colour from the style sheet. */
export function drawBars(canvas, samples) {
    const context = canvas.getContext('2d');
    const { width, height } = canvas;
    const bars = 100;
    const step = width / bars;
    context.clearRect(0, 0, width, height);
    context.fillStyle = getComputedStyle(canvas).color;
    for (let bar = 0; bar < bars; bar++) {
        let loudest = 0;
        const end = Math.floor((bar + 1) * samples.length / bars);
        for (let i = Math.floor(bar * samples.length / bars); i < end; i++) {
            loudest = Math.max(loudest, Math.abs(samples[i]));
        }
        const size = Math.max(3, loudest * height * 1.3);
        context.globalAlpha = 0.35 + 0.65 * Math.min(1, loudest * 1.6);
        context.beginPath();
        context.roundRect(bar * step + step * 0.22, (height - size) / 2, step * 0.56, size, step);
        context.fill();
    }
}
