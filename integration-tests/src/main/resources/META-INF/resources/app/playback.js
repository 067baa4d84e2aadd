// Plays pieces of sound one after the other, without gaps, and shows them.
import { drawBars } from './elements.js';

export class Playback {

    #canvas;
    #onChange;
    #context;
    #analyser;
    #next = 0;
    #playing = new Set();

    /** @param onChange told whether there is something to hear */
    constructor(canvas, onChange) {
        this.#canvas = canvas;
        this.#onChange = onChange;
        drawBars(canvas, new Float32Array(1));
    }

    /** Browsers let a page make sound only after a gesture, so call this in the handler of one. */
    prepare() {
        if (!this.#context) {
            this.#context = new AudioContext();
            this.#analyser = this.#context.createAnalyser();
            this.#analyser.fftSize = 2048;
            this.#analyser.connect(this.#context.destination);
        }
        return this.#context.resume();
    }

    /** @param file the bytes of a sound file */
    async add(file) {
        this.prepare();
        this.play(await this.#context.decodeAudioData(file));
    }

    /** @param buffer an AudioBuffer */
    play(buffer) {
        const source = this.#context.createBufferSource();
        source.buffer = buffer;
        source.connect(this.#analyser);
        this.#next = Math.max(this.#next, this.#context.currentTime + 0.02);
        source.start(this.#next);
        this.#next += buffer.duration;
        source.onended = () => {
            this.#playing.delete(source);
            this.#canvas.dataset.played = Number(this.#canvas.dataset.played ?? 0) + 1;
            if (this.#playing.size === 0) {
                this.#onChange(false);
                drawBars(this.#canvas, new Float32Array(1));
            }
        };
        this.#playing.add(source);
        if (this.#playing.size === 1) {
            this.#onChange(true);
            this.#draw();
        }
    }

    stop() {
        this.#playing.forEach(source => source.stop());
        this.#next = 0;
    }

    #draw() {
        if (this.#playing.size === 0) {
            return;
        }
        const samples = new Float32Array(this.#analyser.fftSize);
        this.#analyser.getFloatTimeDomainData(samples);
        drawBars(this.#canvas, samples);
        requestAnimationFrame(() => this.#draw());
    }
}

export const bytes = base64 => Uint8Array.from(atob(base64), character => character.charCodeAt(0)).buffer;
