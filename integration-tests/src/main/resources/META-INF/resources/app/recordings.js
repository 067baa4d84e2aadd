// Text to speech, and a question about what was said.
import { byId, make, problem } from './elements.js';

async function list(path, target, names) {
    const answer = await fetch(path);
    const items = answer.ok ? names(await answer.json()) : [await problem(answer)];
    byId(target).replaceChildren(...items.map(name => make('li', {}, name)));
}

export function recordings() {
    let recording = null;

    byId('say').addEventListener('click', async () => {
        byId('say').disabled = true;
        byId('speech-state').textContent = 'Asking Hume …';
        const answer = await fetch('speech',
            { method: 'POST', headers: { 'Content-Type': 'text/plain' }, body: byId('text').value });
        if (answer.ok) {
            recording = await answer.blob();
            URL.revokeObjectURL(byId('player').src);
            byId('player').src = URL.createObjectURL(recording);
            byId('player').hidden = false;
            byId('player').play().catch(refused => byId('speech-state').append(` (${refused.message})`));
            byId('speech-state').textContent = `${Math.round(recording.size / 1024)} KiB of sound`;
            byId('decide').disabled = false;
        } else {
            byId('speech-state').textContent = await problem(answer);
        }
        byId('say').disabled = false;
    });

    byId('decide').addEventListener('click', async () => {
        const form = new FormData();
        form.set('question', byId('question').value);
        form.set('recording', recording, 'speech.wav');
        byId('decision').textContent = 'Asking Hume …';
        const answer = await fetch('decisions', { method: 'POST', body: form });
        if (answer.ok) {
            const verdict = await answer.json();
            byId('decision').replaceChildren(make('strong', {}, verdict.answer),
                `, with a probability of ${Math.round(verdict.probability * 100)} %`);
        } else {
            byId('decision').textContent = await problem(answer);
        }
    });

    list('voices', 'voice-list', body => body.voices_page.map(voice => voice.name));
    list('configs', 'config-list', body => body.configs_page.map(config => `${config.name}, version ${config.version}`));
}
