// The conversation with Hume's empathic voice interface. This page holds the socket itself, with a token from the server.
// A token is good for one connection here: each reconnect fetches another one and resumes the chat.
import { byId, call, make, pause, problem, send, state } from './elements.js';
import { bytes, Playback } from './playback.js';

const TOKEN_REFUSED = 1006; // what a browser calls a handshake that was refused, whatever the status
const NORMAL = 1000;
const MOST_ATTEMPTS = 8;
const CANNOT_BE_RESUMED = ['E0708', 'E0710'];

export class Conversation {

    #wanted = false;
    #socket = null;
    #group = null;
    #attempts = 0;
    #waiting = [];
    #heard = null;
    #playback = new Playback(byId('voice'), speaking => byId('voice').classList.toggle('live', speaking));

    constructor() {
        byId('say-form').addEventListener('submit', event => {
            event.preventDefault();
            const text = byId('sentence').value.trim();
            byId('sentence').value = '';
            if (text) {
                this.say(text);
            }
        });
        byId('chat-switch').addEventListener('click', () => this.#wanted ? this.end() : this.start());
        this.#listen();
    }

    start() {
        this.#playback.prepare();
        if (!this.#wanted) {
            this.#wanted = true;
            this.#attempts = 0;
            byId('chat-switch').textContent = 'End';
            this.#connect();
        }
    }

    end() {
        this.#wanted = false;
        this.#waiting = [];
        this.#playback.stop();
        this.#socket?.close(NORMAL);
        this.#socket = null;
        this.#idle('Not connected');
    }

    say(text) {
        this.#write('user', text);
        this.#waiting.push(text);
        this.start();
        this.#deliver();
    }

    #idle(text) {
        state(byId('chat-state'), 'idle', text);
        byId('chat-switch').textContent = this.#group ? 'Go on' : 'Connect';
    }

    #deliver() {
        while (this.#socket?.ready && this.#waiting.length > 0) {
            this.#socket.send(JSON.stringify({ type: 'user_input', text: this.#waiting.shift() }));
        }
    }

    async #connect() {
        state(byId('chat-state'), 'busy', this.#group ? 'Reconnecting …' : 'Connecting …');
        try {
            const token = await this.#token();
            if (token && this.#wanted) {
                this.#open(await this.#address(), token);
            }
        } catch (failure) {
            this.#again(failure.message);
        }
    }

    /** @return nothing if none is to be had now */
    async #token() {
        const answer = await call('hume/token', { method: 'POST' });
        if (answer.ok) {
            return (await answer.json()).access_token;
        }
        if (answer.status === 401) {
            this.end();
        } else {
            const seconds = Number(answer.headers.get('Retry-After') ?? 1);
            this.#again(await problem(answer), seconds * 1_000);
        }
        return null;
    }

    async #address() {
        const answer = await call('conversation');
        if (!answer.ok) {
            throw new Error(await problem(answer));
        }
        return (await answer.json()).url;
    }

    #open(address, token) {
        const url = new URL(address);
        url.searchParams.set('access_token', token);
        if (this.#group) {
            url.searchParams.set('resumed_chat_group_id', this.#group);
        }
        const socket = new WebSocket(url);
        let accepted = false;
        this.#socket = socket;
        socket.onopen = () => accepted = true;
        socket.onmessage = message => this.#received(socket, JSON.parse(message.data));
        socket.onclose = closed => {
            if (this.#socket === socket) {
                this.#socket = null;
                this.#lost(accepted, closed.code);
            }
        };
    }

    async #lost(accepted, code) {
        if (!this.#wanted) {
            return;
        }
        if (accepted && code === NORMAL) {
            this.#wanted = false;
            this.#note('Hume ended the chat.');
            this.#idle('Ended by Hume');
        } else if (accepted) {
            this.#note('The connection was lost. Requesting a new token to continue.');
            this.#connect();
        } else {
            // The page cannot see why. The server finds out whether it was the token.
            if (code === TOKEN_REFUSED) {
                this.#note('Hume rejected the token. The server is checking it.');
                await send('POST', 'conversation/rejections').catch(failure => this.#note(failure.message));
            }
            this.#again('Hume rejected the token.');
        }
    }

    async #again(reason, wait = this.#attempts === 0 ? 0 : Math.min(30_000, 250 * 2 ** this.#attempts)) {
        this.#attempts++;
        if (this.#attempts > MOST_ATTEMPTS) {
            this.#wanted = false;
            this.#note(reason);
            this.#idle('Not connected');
            return;
        }
        if (wait > 0) {
            state(byId('chat-state'), 'busy', `${reason} Trying again in ${Math.ceil(wait / 1_000)} s`);
            await pause(wait);
        }
        if (this.#wanted && this.#socket === null) {
            this.#connect();
        }
    }

    #received(socket, message) {
        switch (message.type) {
            case 'chat_metadata':
                this.#welcome(socket, message);
                break;
            case 'user_message':
                if (!message.from_text) {
                    this.#write('user', message.message.content);
                }
                break;
            case 'assistant_message':
                this.#heard = this.#write('hume', message.message.content);
                break;
            case 'audio_output':
                this.#hear(bytes(message.data));
                break;
            case 'user_interruption':
                this.#playback.stop();
                break;
            case 'error':
                this.#note(`Hume reports: ${message.message} (${message.code})`);
                if (CANNOT_BE_RESUMED.includes(message.code)) {
                    this.#group = null;
                }
        }
    }

    #welcome(socket, message) {
        if (this.#group === message.chat_group_id) {
            this.#note('Connected again with a new token. The conversation continues.');
        }
        this.#group = message.chat_group_id;
        this.#attempts = 0;
        socket.ready = true;
        state(byId('chat-state'), 'good', 'Connected');
        this.#deliver();
    }

    /** The sound belongs to what was said last, and can be heard again. */
    #hear(sound) {
        const said = this.#heard;
        this.#playback.add(sound.slice(0));
        if (said) {
            said.sounds = [...said.sounds ?? [], sound];
            if (said.sounds.length === 1) {
                const again = make('button', { type: 'button', className: 'again', title: 'Hear it again' }, '▸ Hear it again');
                again.addEventListener('click', () => {
                    this.#playback.stop();
                    said.sounds.forEach(piece => this.#playback.add(piece.slice(0)));
                });
                said.append(again);
                this.#scroll();
            }
        }
    }

    #write(who, text) {
        const name = make('span', { className: 'unseen' }, who === 'user' ? 'You: ' : 'Hume: ');
        return this.#append(make('p', { className: who }, name, text));
    }

    #note(text) {
        this.#append(make('p', { className: 'event' }, text));
    }

    #append(line) {
        byId('log').querySelector('.placeholder')?.remove();
        byId('log').append(line);
        this.#scroll();
        return line;
    }

    #scroll() {
        byId('log').scrollTop = byId('log').scrollHeight;
    }

    /** Speech to text is the browser's, where it has it. */
    #listen() {
        const Recognition = window.SpeechRecognition ?? window.webkitSpeechRecognition;
        if (!Recognition) {
            byId('speech-hint').textContent = 'This browser cannot turn speech into text, so this conversation is written.';
            return;
        }
        const recognition = new Recognition();
        recognition.lang = navigator.language;
        recognition.interimResults = true;
        const button = byId('speak');
        const listening = on => {
            button.setAttribute('aria-pressed', on);
            button.querySelector('span').textContent = on ? 'Listening' : 'Speak';
        };
        button.hidden = false;
        button.addEventListener('click', () => {
            this.#playback.prepare();
            if (button.getAttribute('aria-pressed') === 'true') {
                recognition.stop();
            } else {
                byId('speech-hint').textContent = '';
                recognition.start();
                listening(true);
            }
        });
        recognition.onresult = event => {
            const result = event.results[event.results.length - 1];
            byId('sentence').value = result[0].transcript;
            if (result.isFinal) {
                byId('say-form').requestSubmit();
            }
        };
        recognition.onerror = event => byId('speech-hint').textContent = event.error === 'not-allowed'
            ? 'The browser was not allowed to listen. Write instead.'
            : `The browser’s speech recognition does not work here (${event.error}). Write instead.`;
        recognition.onend = () => listening(false);
        byId('speech-hint').textContent = 'Speaking uses your browser’s own speech recognition.';
    }
}
