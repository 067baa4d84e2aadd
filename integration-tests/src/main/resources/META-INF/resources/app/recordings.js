// Text to speech through the application's REST client, and a question about a recording through its relay.
import { byId, call, make, problem } from './elements.js';
import { microphone, wav } from './sound.js';

async function list(path, target, names) {
    const answer = await fetch(path);
    const items = answer.ok ? names(await answer.json()) : [await problem(answer)];
    byId(target).replaceChildren(...items.map(name => make('li', {}, name)));
}

export function recordings() {
    let recording = null;
    let finish = null;

    function offer(sound) {
        recording = sound;
        URL.revokeObjectURL(byId('player').src);
        byId('player').src = URL.createObjectURL(sound);
        byId('player').hidden = false;
        byId('speech-state').textContent = `${Math.round(sound.size / 1024)} KiB of sound`;
        byId('decide').disabled = false;
    }

    byId('say').addEventListener('click', async () => {
        byId('say').disabled = true;
        byId('speech-state').textContent = 'Asking Hume …';
        const answer = await fetch('speech',
            { method: 'POST', headers: { 'Content-Type': 'text/plain' }, body: byId('text').value });
        if (answer.ok) {
            offer(await answer.blob());
            byId('player').play().catch(refused => byId('speech-state').append(` (${refused.message})`));
        } else {
            byId('speech-state').textContent = await problem(answer);
        }
        byId('say').disabled = false;
    });

    byId('record').addEventListener('click', async () => {
        const chunks = [];
        byId('record').hidden = true;
        try {
            const silence = await microphone(samples => chunks.push(samples));
            byId('speech-state').textContent = 'Recording …';
            byId('record-stop').hidden = false;
            finish = () => {
                silence();
                offer(wav(chunks));
            };
        } catch (failure) {
            byId('record').hidden = false;
            byId('speech-state').textContent = failure.name === 'NotAllowedError'
                ? 'The browser was not allowed to listen' : failure.message;
        }
    });

    byId('record-stop').addEventListener('click', () => {
        finish();
        byId('record-stop').hidden = true;
        byId('record').hidden = false;
    });

    byId('decide').addEventListener('click', async () => {
        const question = { type: 'noul', instructions: byId('question').value };
        const form = new FormData();
        form.set('request', new Blob([JSON.stringify({ questions: { asked: question } })], { type: 'application/json' }));
        form.set('file', recording, 'recording.wav');
        byId('decision').textContent = 'Asking Hume …';
        const answer = await call('hume/relay/v0/decisions/file', { method: 'POST', body: form });
        if (answer.ok) {
            const yes = (await answer.json()).answers.asked.noul;
            byId('decision').replaceChildren(make('strong', {}, yes < 0.5 ? 'no' : 'yes'),
                `, with a probability of ${Math.round(Math.max(yes, 1 - yes) * 100)} %`);
        } else {
            byId('decision').textContent = await problem(answer);
        }
    });

    list('voices', 'voice-list', body => body.voices_page.map(voice => voice.name));
    list('configs', 'config-list', body => body.configs_page.map(config => `${config.name}, version ${config.version}`));
}
