// Runs on the audio thread: brings what the microphone hears down to 16 kHz, 100 ms at a time.
const RATE = 16_000;
const CHUNK = RATE / 10;

registerProcessor('microphone', class extends AudioWorkletProcessor {

    #chunk = new Float32Array(CHUNK);
    #filled = 0;
    #sum = 0;
    #count = 0;
    #due = 0;

    process([input]) {
        for (const sample of input[0] ?? []) {
            // The mean of the samples that fall to one: a plain low-pass filter.
            this.#sum += sample;
            this.#count++;
            this.#due += RATE;
            if (this.#due >= sampleRate) {
                this.#due -= sampleRate;
                this.#chunk[this.#filled++] = this.#sum / this.#count;
                this.#sum = this.#count = 0;
                if (this.#filled === CHUNK) {
                    this.port.postMessage(this.#chunk.slice());
                    this.#filled = 0;
                }
            }
        }
        return true;
    }
});
