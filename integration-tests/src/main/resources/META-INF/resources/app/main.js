// Who is signed in, and which parts of the page are for them.
import { byId, call, make, problem, SESSION_OVER } from './elements.js';
import { Conversation } from './conversation.js';
import { Measurements } from './measurements.js';
import { Webhooks } from './webhooks.js';
import { Operator } from './operator.js';
import { recordings } from './recordings.js';

const conversation = new Conversation();
const measurements = new Measurements();
const webhooks = new Webhooks();
const operator = new Operator();

async function show() {
    const answer = await fetch('session');
    if (!answer.ok) {
        byId('stage').textContent = await problem(answer);
        return;
    }
    const session = await answer.json();
    const signedIn = session.user !== null;
    byId('stage').textContent = session.emulator
        ? 'An emulator replaces Hume here: it answers with tones, and you can make it fail.' : '';
    byId('sign-in').hidden = signedIn;
    byId('whoami').hidden = !signedIn;
    byId('user').textContent = session.user ?? '';
    document.body.dataset.session = signedIn ? 'open' : 'none';
    document.querySelectorAll('[data-for=user]').forEach(panel => panel.hidden = !signedIn);
    offerDemoUsers(session.demoUsers);
    operator.show(session);
    if (signedIn) {
        webhooks.watch(session.emulator);
    } else {
        conversation.end();
        measurements.stop();
        webhooks.leave();
    }
}

function offerDemoUsers(users) {
    byId('demo-users').hidden = users.length === 0;
    byId('demo-buttons').replaceChildren(...users.map(user => {
        const button = make('button', { type: 'button', className: 'quiet' }, `${user.name} / ${user.password}`);
        button.addEventListener('click', () => {
            byId('name').value = user.name;
            byId('password').value = user.password;
            byId('sign-in').requestSubmit();
        });
        return button;
    }));
}

byId('sign-in').addEventListener('submit', async event => {
    event.preventDefault();
    byId('sign-in-error').textContent = '';
    const answer = await fetch('j_security_check',
        { method: 'POST', body: new URLSearchParams(new FormData(byId('sign-in'))) });
    if (answer.ok) {
        byId('sign-in').reset();
        await show();
        byId('sentence').focus();
    } else {
        byId('sign-in-error').textContent = answer.status === 401
            ? 'The name or the password is wrong. Try again.' : await problem(answer);
        byId('password').select();
        byId('password').focus();
    }
});

byId('sign-out').addEventListener('click', async () => {
    await call('session', { method: 'DELETE' });
    await show();
    byId('name').focus();
});

addEventListener(SESSION_OVER, show);

recordings();
show();
