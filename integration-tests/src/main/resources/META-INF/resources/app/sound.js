// Where the sound comes from that is measured: 16 kHz, one channel, 100 ms at a time.
import { problem } from './elements.js';

export const RATE = 16_000;
const CHUNK = RATE / 10;
const PAUSE = 0.9 * RATE;

/** The same thing said three times, louder each time. */
const SENTENCES = [
    ['I wonder what you will hear in this.', 0.25],
    ['Now I say it a little louder, so that you notice.', 0.6],
    ['And this is as loud and as merry as I can be, really!', 1]
];

/** Measured as it is played, at the pace of speech. */
export async function recording(onChunk, onEnd) {
    const spoken = await Promise.all(SENTENCES.map(async ([text, loudness]) => {
        const answer = await fetch('speech', { method: 'POST', headers: { 'Content-Type': 'text/plain' }, body: text });
        if (!answer.ok) {
            throw new Error(await problem(answer));
        }
        const sound = await new OfflineAudioContext(1, 1, RATE).decodeAudioData(await answer.arrayBuffer());
        return sound.getChannelData(0).map(sample => sample * loudness);
    }));
    const samples = new Float32Array(spoken.reduce((length, sentence) => length + sentence.length + PAUSE, 0));
    let at = 0;
    for (const sentence of spoken) {
        samples.set(sentence, at);
        at += sentence.length + PAUSE;
    }
    const context = new AudioContext();
    play(context, samples);
    return paced(samples, onChunk, onEnd, () => context.close());
}

function play(context, samples) {
    const buffer = context.createBuffer(1, samples.length, RATE);
    buffer.copyToChannel(samples, 0);
    const source = context.createBufferSource();
    source.buffer = buffer;
    source.connect(context.destination);
    source.start();
}

/** By the clock and not by the timer, which browsers slow down in the background. */
function paced(samples, onChunk, onEnd, finish) {
    const start = performance.now();
    let sent = 0;
    let over = false;
    const stop = () => {
        if (!over) {
            over = true;
            clearInterval(timer);
            finish();
        }
    };
    const timer = setInterval(() => {
        const due = (performance.now() - start) / 1_000 * RATE;
        for (; sent + CHUNK <= due && sent < samples.length; sent += CHUNK) {
            onChunk(samples.slice(sent, sent + CHUNK));
        }
        if (sent >= samples.length) {
            stop();
            onEnd();
        }
    }, 50);
    return stop;
}

export async function microphone(onChunk) {
    const stream = await navigator.mediaDevices.getUserMedia({ audio: { channelCount: 1 } });
    const context = new AudioContext();
    await context.audioWorklet.addModule(new URL('microphone.worklet.js', import.meta.url));
    const node = new AudioWorkletNode(context, 'microphone', { numberOfOutputs: 0 });
    node.port.onmessage = message => onChunk(message.data);
    context.createMediaStreamSource(stream).connect(node);
    return () => {
        node.port.onmessage = null;
        stream.getTracks().forEach(track => track.stop());
        context.close();
    };
}

/** 16-bit samples, little-endian as every machine that runs a browser is. */
export const pcm = samples => Int16Array.from(samples, sample => Math.max(-1, Math.min(1, sample)) * 0x7fff);

/** A WAV file of the samples. */
export function wav(chunks) {
    const sound = chunks.map(pcm);
    const size = sound.reduce((bytes, chunk) => bytes + chunk.byteLength, 0);
    const header = new DataView(new ArrayBuffer(44));
    const ascii = (offset, text) => [...text].forEach((letter, i) => header.setUint8(offset + i, letter.charCodeAt(0)));
    ascii(0, 'RIFF');
    header.setUint32(4, 36 + size, true);
    ascii(8, 'WAVEfmt ');
    header.setUint32(16, 16, true);
    header.setUint16(20, 1, true);
    header.setUint16(22, 1, true);
    header.setUint32(24, RATE, true);
    header.setUint32(28, 2 * RATE, true);
    header.setUint16(32, 2, true);
    header.setUint16(34, 16, true);
    ascii(36, 'data');
    header.setUint32(40, size, true);
    return new Blob([header, ...sound], { type: 'audio/wav' });
}
