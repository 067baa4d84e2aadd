// The accounts, second by second, and what an operator can do to the emulator.
import { byId, call, clock, make, problem, send, state } from './elements.js';

const EVERY = 1_000;

/** Buttons that do something once. */
const ACTIONS = [
    ['Call Hume', 'voices', 'Calls Hume with the token, which shows the effect of a fault.',
        () => 'Hume was called. The requests are listed below.'],
    ['Revoke the tokens', 'operator/revoke', 'Hume no longer accepts the token that the extension has.',
        body => `${body.revoked} ${body.revoked === 1 ? 'token' : 'tokens'} revoked. The next call is refused, gets a new token and is repeated.`],
    ['Regenerate the keys', 'operator/keys', 'The keys of all accounts are replaced, and their tokens are no longer valid.',
        () => 'The old keys are no longer valid. The new ones are where the application reads its configuration. The next call is rejected, the keys are read again, and the call is retried.'],
    ['Close the connections', 'operator/connections', 'Every open socket of the emulator is closed.',
        body => `${body.closed} ${body.closed === 1 ? 'connection' : 'connections'} cut. The conversation comes back with a fresh token.`],
    ['Reset everything', 'operator/reset', 'Resets the emulator, including the keys.',
        () => 'The emulator is as it was at the beginning. With the next call, the extension learns that its token is no longer valid.']
];

/** Buttons that stay pressed. */
const SWITCHES = [
    ['outage', 'operator/outage', 'Outage', 'Hume issues no tokens. The current one stays in use.',
        on => on ? 'Token requests are answered with 503. Calls succeed while the current token is valid.' : 'Hume issues tokens again.'],
    ['slow', 'operator/slow', 'Slowness', 'A token request takes three seconds. Calls do not wait while there is a valid token.',
        on => on ? 'The next token request will take three seconds.' : 'Token requests are answered at once again.'],
    ['shortLived', 'operator/short-lived', 'Short lifetimes', 'New tokens are valid for 20 seconds, so that you can watch the renewals.',
        on => on ? 'From the next token on, each is valid for 20 seconds. Revoke the current one to see it.' : 'New tokens are valid for half an hour again.']
];

export class Operator {

    #accounts = [];
    #received = new Map();
    #tools = false;
    #switches = new Map();
    #polling = false;
    #turn = Promise.resolve();

    constructor() {
        const actions = ACTIONS.map(([label, path, hint, result]) => this.#tool(label, hint, async () =>
            path === 'voices' ? [await call(path), result] : [await send('POST', path), result]));
        const switches = SWITCHES.map(([name, path, label, hint, result]) => {
            const tool = this.#tool(label, hint, async button => {
                const on = button.getAttribute('aria-pressed') !== 'true';
                return [await send('PUT', path, { on }), () => result(on)];
            });
            const button = tool.querySelector('button');
            button.setAttribute('aria-pressed', 'false');
            this.#switches.set(name, button);
            return tool;
        });
        const reset = actions.pop();
        byId('operator-buttons').append(...actions, ...switches, reset);
        setInterval(() => this.#poll(), EVERY);
        setInterval(() => this.#tick(), EVERY / 4);
    }

    show(session) {
        this.#tools = session.operator && session.emulator;
        byId('operator-tools').hidden = !this.#tools;
        byId('operator-absent').textContent = !session.emulator
            ? 'This application uses Hume itself, so there are no faults to simulate.'
            : session.operator ? '' : 'Sign in as operator to simulate faults and to watch the recovery.';
        this.#poll();
    }

    #tool(label, hint, action) {
        const button = make('button', { type: 'button', className: 'quiet' }, label);
        button.addEventListener('click', () => {
            button.disabled = true;
            this.#turn = this.#turn.then(() => this.#act(button, action));
        });
        return make('div', { className: 'tool' }, button, make('span', { className: 'note' }, hint));
    }

    /** One after the other, so that what is read belongs to what was pressed last. */
    async #act(button, action) {
        try {
            const [answer, result] = await action(button);
            const body = answer.ok && answer.status !== 204 ? await answer.json() : null;
            byId('operator-result').textContent = answer.ok ? result(body) : await problem(answer);
        } catch (gone) {
            byId('operator-result').textContent = `The application does not answer: ${gone.message}`;
        }
        await this.#poll();
        button.disabled = false;
        if (document.activeElement === document.body) {
            button.focus(); // which was lost when the button was disabled
        }
    }

    async #poll() {
        if (document.hidden || this.#polling) {
            return;
        }
        this.#polling = true;
        try {
            this.#accounts = await (await fetch('status')).json();
            this.#tick();
            if (this.#tools) {
                await this.#behind();
            }
        } catch (gone) {
            byId('operator-absent').textContent = `The application does not answer: ${gone.message}`;
        }
        this.#polling = false;
    }

    async #behind() {
        const answer = await call('operator');
        if (!answer.ok) {
            return;
        }
        const now = await answer.json();
        this.#switches.forEach((button, name) => button.setAttribute('aria-pressed', now[name]));
        byId('request-rows').replaceChildren(...now.requests.reverse().map(request => make('tr', {},
            make('td', {}, make('code', {}, `${request.method} ${request.path}`)),
            make('td', {}, accountName(request.account ?? '')),
            make('td', {}, request.credential),
            make('td', { dataset: { state: request.status < 400 ? 'good' : 'bad' } }, request.status ?? 'none yet'))));
    }

    #tick() {
        this.#accounts.forEach((account, index) => {
            const card = byId('accounts').children[index] ?? byId('accounts').appendChild(newCard());
            fill(card, account);
            const before = this.#received.get(account.account);
            // Reckoned anew each time, so never the same to the nanosecond.
            const received = account.token?.receivedAt ? Math.round(Date.parse(account.token.receivedAt) / 100) : undefined;
            if (received && before && received > before + 1) {
                card.classList.remove('renewed');
                void card.offsetWidth; // so that the animation starts anew
                card.classList.add('renewed');
            }
            this.#received.set(account.account, received ?? before);
        });
    }
}

const accountName = name => name === '<default>' ? 'default' : name;

function newCard() {
    const part = (tag, className) => make(tag, { className });
    const life = make('div', { className: 'life', ariaHidden: 'true' }, make('i'), make('b'));
    return make('article', { className: 'account' }, make('header', {}, part('h3', 'name'), part('span', 'pill')),
        part('p', 'why note'), life, make('dl', {}));
}

function fill(card, account) {
    const token = account.token;
    card.querySelector('.name').textContent = accountName(account.account);
    card.querySelector('.why').textContent =
        `${account.strategy === 'TOKEN' ? 'Tokens' : 'The API key'}, because ${account.reason}.`;
    const pill = card.querySelector('.pill');
    if (!token) {
        state(pill, 'good', 'Key, no token');
    } else if (token.refreshing) {
        state(pill, 'busy', 'Renewing …');
    } else if (token.valid) {
        state(pill, token.failures > 0 ? 'busy' : 'good', token.failures > 0 ? 'Token, renewal fails' : 'Token');
    } else {
        state(pill, token.failures > 0 ? 'bad' : 'idle', 'No token');
    }
    life(card.querySelector('.life'), token);
    facts(card.querySelector('dl'), [['Platform', account.baseUrl], ...token ? tokenFacts(token)
        : [['Carries', 'X-Hume-Api-Key, on each request']]]);
}

function life(bar, token) {
    bar.hidden = !token?.valid;
    if (token?.valid) {
        const share = at => (Date.parse(at) - Date.parse(token.receivedAt))
            / (Date.parse(token.expiresAt) - Date.parse(token.receivedAt)) * 100;
        bar.querySelector('i').style.inlineSize = `${Math.min(100, Math.max(0, share(new Date().toISOString())))}%`;
        bar.querySelector('b').style.insetInlineStart = `${share(token.refreshAt)}%`;
    }
}

function tokenFacts(token) {
    const facts = token.valid ? [['Token age', span(Date.now() - Date.parse(token.receivedAt))],
        ['Next refresh', until(token.refreshAt)], ['Expires', until(token.expiresAt)]] : [['Token', 'none']];
    facts.push(['Failures in a row', String(token.failures)]);
    if (token.lastFailure) {
        facts.push(['Last failure', token.lastFailure]);
    }
    if (token.retryAt) {
        facts.push(['Next attempt', until(token.retryAt)]);
    }
    return facts;
}

/** Only what has changed is written, so that nobody loses a selection every quarter of a second. */
function facts(list, entries) {
    while (list.children.length > entries.length) {
        list.lastElementChild.remove();
    }
    entries.forEach(([name, value], index) => {
        const row = list.children[index] ?? list.appendChild(make('div', {}, make('dt'), make('dd')));
        for (const [cell, text] of [[row.firstElementChild, name], [row.lastElementChild, value]]) {
            if (cell.textContent !== text) {
                cell.textContent = text;
            }
        }
    });
}

function until(at) {
    const left = Date.parse(at) - Date.now();
    return left <= 0 ? 'now' : `in ${span(left)}, at ${clock(at)}`;
}

function span(millis) {
    const seconds = Math.max(0, Math.floor(millis / 1_000));
    return seconds < 60 ? `${seconds} s` : `${Math.floor(seconds / 60)} min ${String(seconds % 60).padStart(2, '0')} s`;
}
