// Sends sound to Hume through the application's relay, and draws what comes back.
import { byId, drawBars, make, socketUrl, state } from './elements.js';
import { microphone, pcm, recording, RATE } from './sound.js';

const SVG = 'http://www.w3.org/2000/svg';
const SHORTEST_AXIS = 15;
const COLOURS = 5;
const SHOWN_SECONDS = 3;
const NOT_AVAILABLE = 'The measurement is not available at the moment';

const percent = probability => `${Math.round(probability * 100)} %`;

export class Measurements {

    #socket = null;
    #silence = null;
    #results = [];
    #colours = new Map();
    #recent = new Float32Array(SHOWN_SECONDS * RATE);

    constructor() {
        byId('measure-recording').addEventListener('click',
            () => this.#start(chunk => recording(chunk, () => this.#end()), 'Measuring the recording'));
        byId('measure-microphone').addEventListener('click', () => this.#start(microphone, 'Listening to you'));
        byId('measure-stop').addEventListener('click', () => this.#end());
        drawBars(byId('sound'), this.#recent);
    }

    /** At once, without waiting for what may still be measured. */
    stop() {
        this.#quiet();
        this.#socket?.close();
    }

    #start(source, text) {
        this.#results = [];
        this.#colours.clear();
        this.#draw();
        this.#busy(true);
        state(byId('measure-state'), 'busy', 'Connecting …');
        const socket = new WebSocket(socketUrl('hume/relay/v1/expression/audio/realtime'));
        let complaint = null;
        this.#socket = socket;
        socket.binaryType = 'arraybuffer';
        socket.onmessage = message => {
            const frame = JSON.parse(message.data);
            if (frame.type === 'session.created') {
                this.#listen(socket, source, text);
            } else if (frame.type === 'measurement.result') {
                this.#results.push(frame);
                this.#draw();
            } else if (frame.type === 'error') {
                complaint = frame.message;
            }
        };
        socket.onclose = close => {
            complaint ??= close.code === 1000 ? null : close.reason || NOT_AVAILABLE;
            this.#quiet();
            this.#socket = null;
            this.#busy(false);
            state(byId('measure-state'), complaint || this.#results.length === 0 ? 'bad' : 'idle',
                complaint ?? (this.#results.length === 0 ? 'Nothing was measured' : 'Finished'));
        };
    }

    async #listen(socket, source, text) {
        state(byId('measure-state'), 'busy', 'Preparing the sound …');
        try {
            const silence = await source(samples => this.#sound(socket, samples));
            if (socket.readyState !== WebSocket.OPEN) {
                silence();
                return;
            }
            this.#silence = silence;
            state(byId('measure-state'), 'good', text);
        } catch (failure) {
            socket.close();
            socket.onclose = null;
            this.#socket = null;
            this.#busy(false);
            state(byId('measure-state'), 'bad', failure.name === 'NotAllowedError'
                ? 'The browser was not allowed to listen' : failure.message);
        }
    }

    #sound(socket, samples) {
        if (socket.readyState === WebSocket.OPEN) {
            socket.send(pcm(samples));
        }
        this.#recent.copyWithin(0, samples.length);
        this.#recent.set(samples, this.#recent.length - samples.length);
        drawBars(byId('sound'), this.#recent);
    }

    /** No more sound; what is left is measured before the connection closes. */
    #end() {
        this.#quiet();
        if (this.#socket?.readyState === WebSocket.OPEN) {
            state(byId('measure-state'), 'busy', 'Finishing …');
            this.#socket.send(JSON.stringify({ type: 'session.close' }));
        }
    }

    #quiet() {
        this.#silence?.();
        this.#silence = null;
        this.#recent.fill(0);
        drawBars(byId('sound'), this.#recent);
    }

    #busy(busy) {
        byId('measure-recording').hidden = byId('measure-microphone').hidden = busy;
        byId('measure-stop').hidden = !busy;
    }

    #draw() {
        const latest = this.#results.at(-1);
        for (const score of latest?.expressions ?? []) {
            if (!this.#colours.has(score.name)) {
                this.#colours.set(score.name, this.#colours.size % COLOURS + 1);
            }
        }
        byId('scores').replaceChildren(...[...this.#colours.keys()].slice(0, COLOURS)
            .map(name => this.#bar(name, probability(latest, name))));
        this.#timeline();
        byId('latest').textContent = latest ? `${seconds(latest)} s: ${sentence(latest)}.` : 'Nothing measured yet.';
        byId('measurement-rows').replaceChildren(...this.#results.map(result => make('tr', {},
            make('td', {}, `${seconds(result)} s`), make('td', {}, sentence(result)))));
    }

    #bar(name, value) {
        const fill = make('i');
        fill.style.inlineSize = `${value * 100}%`;
        return make('div', { className: `score series-${this.#colours.get(name)}` },
            make('span', {}, name), make('b', {}, fill), make('span', { className: 'figure' }, percent(value)));
    }

    /** One line for each expression. A dot is a line without length, so that it stays round however wide the picture is. */
    #timeline() {
        const last = this.#results.length === 0 ? 0 : seconds(this.#results.at(-1));
        const axis = Math.max(SHORTEST_AXIS, Math.ceil(last / 5) * 5);
        byId('axis-end').textContent = `${axis} s`;
        const lines = [...this.#colours].slice(0, COLOURS).map(([name, colour]) => {
            const group = document.createElementNS(SVG, 'g');
            group.setAttribute('class', `series-${colour}`);
            const points = this.#results.map(result =>
                `${(seconds(result) / axis * 300).toFixed(1)},${(96 - probability(result, name) * 92).toFixed(1)}`);
            for (const path of [`M${points.join('L')}`, ...points.map(point => `M${point}l0,0`)]) {
                const line = document.createElementNS(SVG, 'path');
                line.setAttribute('d', path);
                line.setAttribute('class', path.endsWith('l0,0') ? 'dot' : 'line');
                group.append(line);
            }
            return group;
        });
        byId('timeline').replaceChildren(...this.#results.length === 0 ? [] : lines);
        byId('timeline').setAttribute('aria-label', this.#results.length === 0 ? 'Nothing measured yet'
            : `Expressions over ${last} seconds, ${this.#results.length} measurements. The table below has them all.`);
    }
}

const probability = (result, name) => result.expressions.find(score => score.name === name)?.probability ?? 0;

const seconds = result => Math.round(result.audio_end_ms / 100) / 10;

const sentence = result => result.expressions.map(score => `${score.name} ${percent(score.probability)}`).join(', ');
