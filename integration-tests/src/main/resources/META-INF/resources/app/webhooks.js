// Webhooks as they arrive at the application, and buttons that let the emulator send some.
import { byId, clock, make, pause, problem, send, socketUrl, state } from './elements.js';

const SENT = {
    GENUINE: ['A genuine webhook', ''],
    CORRUPT: ['A webhook whose signature is wrong', 'The log of the application says HUME0042: no key matches.'],
    STALE: ['A webhook signed ten minutes ago', 'The log of the application says HUME0043: too old.'],
    REPLAY: ['A genuine webhook, and the very same once more', 'Of the second, the log of the application says HUME0045: accepted before.']
};

export class Webhooks {

    #socket = null;
    #wanted = false;
    #newest = 0;

    constructor() {
        byId('webhook-buttons').addEventListener('click', event => {
            const kind = event.target.dataset.kind;
            if (kind) {
                this.#send(kind);
            }
        });
    }

    watch(emulator) {
        byId('webhook-buttons').hidden = !emulator;
        byId('webhook-absent').hidden = emulator;
        if (!this.#wanted) {
            this.#wanted = true;
            this.#connect();
        }
    }

    leave() {
        this.#wanted = false;
        this.#socket?.close();
        this.#newest = 0;
        byId('webhook-list').replaceChildren();
        byId('webhook-result').textContent = '';
    }

    #connect() {
        const socket = new WebSocket(socketUrl('webhooks/live'));
        this.#socket = socket;
        socket.onopen = () => state(byId('webhook-state'), 'good', 'Watching');
        socket.onmessage = message => JSON.parse(message.data).forEach(entry => this.#show(entry));
        socket.onclose = async () => {
            state(byId('webhook-state'), 'idle', 'Not watching');
            await pause(2_000);
            if (this.#wanted && this.#socket === socket) {
                this.#connect();
            }
        };
    }

    /** What arrived while the connection was being made comes twice. */
    #show(entry) {
        if (entry.number <= this.#newest) {
            return;
        }
        this.#newest = entry.number;
        const verdict = make('span', { className: 'badge', dataset: { verdict: entry.verified ? 'good' : 'bad' } },
            entry.verified ? 'Verified' : 'Rejected');
        const what = entry.verified ? make('span', {}, make('strong', {}, entry.event), ` chat ${entry.chat.slice(0, 8)}`)
            : make('span', {}, `answered ${entry.status}, and nothing in it was read`);
        byId('webhook-list').prepend(make('li', {}, verdict, what, make('time', { dateTime: entry.at }, clock(entry.at))));
    }

    async #send(kind) {
        byId('webhook-result').textContent = 'The emulator is sending …';
        const answer = await send('POST', 'webhooks/samples', { kind });
        const [what, why] = SENT[kind];
        byId('webhook-result').textContent = answer.ok
            ? `${what}: answered ${(await answer.json()).statuses.join(', then ')}. ${why}` : await problem(answer);
    }
}
