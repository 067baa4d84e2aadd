import { LitElement, html, css, nothing } from 'lit';
import '@vaadin/button';
import '@vaadin/icon';
import { accountLabel, duration } from './hume-format.js';

const MODES = [['normal', 'Normal'], ['slow', 'Slow (3 s)'], ['outage', 'Outage (503)']];
const LIFETIMES = [[20, '20 s'], [120, '2 min'], [1800, '30 min']];

/** Controls the faults of the emulator, to show how the application reacts. */
export class QwcHumeEmulator extends LitElement {

    static styles = css`
        :host {
            display: block;
            border: 1px solid var(--lumo-contrast-10pct);
            border-radius: var(--lumo-border-radius-l);
            padding: var(--lumo-space-m);
        }
        .settings {
            display: grid;
            grid-template-columns: max-content 1fr;
            align-items: center;
            gap: var(--lumo-space-s) var(--lumo-space-m);
        }
        .label, .quiet {
            color: var(--lumo-secondary-text-color);
        }
        .choice {
            display: flex;
            flex-wrap: wrap;
            align-items: center;
            gap: var(--lumo-space-s);
        }
        vaadin-button vaadin-icon {
            width: 1em;
            height: 1em;
            padding: 0;
            margin-inline-end: 0.25em;
        }
        .counts {
            display: flex;
            flex-wrap: wrap;
            gap: var(--lumo-space-l);
            margin-bottom: var(--lumo-space-m);
            font-variant-numeric: tabular-nums;
        }
        a {
            color: var(--lumo-primary-text-color);
        }
        .error {
            color: var(--lumo-error-text-color);
        }
        .done {
            min-height: 1.5em;
            margin-top: var(--lumo-space-s);
            font-size: var(--lumo-font-size-s);
        }
    `;

    static properties = {
        emulator: { attribute: false },
        /** Calls the build: a method and its parameters. */
        call: { attribute: false },
        _done: { state: true },
        _failed: { state: true }
    };

    render() {
        const emulator = this.emulator;
        return html`
            <div class="counts">
                <span><span class="label">Address</span> <a href="${emulator.address}/emulator" target="_blank">${emulator.address}</a></span>
                <span><span class="label">Requests</span> <span id="requests">${emulator.requests}</span></span>
                <span><span class="label">Tokens issued</span> <span id="issued">${emulator.tokensIssued}</span></span>
                <span><span class="label">Valid tokens</span> <span id="live">${emulator.tokensLive}</span></span>
            </div>
            <div class="settings">
                <span class="label">Token endpoint</span>
                ${this._choice('token-endpoint', MODES, emulator.tokenEndpoint,
                    mode => this._run('emulateTokenEndpoint', { mode }, `The token endpoint: ${mode}.`))}
                <span class="label">API</span>
                ${this._choice('api', MODES, emulator.api, mode => this._run('emulateApi', { mode }, `The API: ${mode}.`))}
                <span class="label">Lifetime of new tokens</span>
                ${this._choice('lifetime', LIFETIMES, emulator.tokenLifetime, seconds => this._run('emulateTokenLifetime',
                    { seconds: String(seconds) }, `New tokens are valid for ${duration(seconds * 1000)}.`))}
                ${emulator.accounts.map(account => html`
                    <span class="label">${accountLabel(account)}</span>
                    <span class="choice">
                        <vaadin-button theme="small" data-revoke=${account} @click=${() => this._revoke(account)}>
                            <vaadin-icon icon="font-awesome-solid:ban" slot="prefix"></vaadin-icon>Revoke tokens
                        </vaadin-button>
                        <vaadin-button theme="small error" data-regenerate=${account} @click=${() => this._regenerate(account)}>
                            <vaadin-icon icon="font-awesome-solid:key" slot="prefix"></vaadin-icon>Regenerate keys
                        </vaadin-button>
                    </span>`)}
                <span></span>
                <span class="choice">
                    <vaadin-button theme="small primary" id="reset" @click=${() => this._run('emulateReset', {},
                            'The emulator was reset: no faults, the original keys, no tokens.')}>
                        <vaadin-icon icon="font-awesome-solid:arrow-rotate-left" slot="prefix"></vaadin-icon>Reset
                    </vaadin-button>
                </span>
            </div>
            <div class="done" aria-live="polite" id="done">
                ${this._failed ? html`<span class="error">${this._failed}</span>` : this._done ?? nothing}
            </div>`;
    }

    _choice(id, options, current, choose) {
        return html`
            <span class="choice" id=${id} role="group">
                ${options.map(([value, label]) => html`
                    <vaadin-button theme="small ${value === current ? 'primary' : ''}" data-value=${value}
                            aria-pressed=${value === current} @click=${() => choose(value)}>${label}</vaadin-button>`)}
                ${options.some(([value]) => value === current) ? nothing
                    : html`<span class="quiet">now: ${typeof current === 'number' ? duration(current * 1000) : current}</span>`}
            </span>`;
    }

    _revoke(account) {
        this._run('emulateRevocation', { account }, 'The tokens are revoked, and the application does not know it yet:'
            + ' the next call is answered with 401 and retried with a new token.');
    }

    _regenerate(account) {
        this._run('emulateRegeneration', { account }, 'The account has new keys, and the application still has the old ones:'
            + ' Hume rejects them from now on. Reset restores the original keys.');
    }

    _run(method, parameters, done) {
        this.call(method, parameters)
            .then(() => {
                this._failed = null;
                this._done = done;
            })
            .catch(failure => this._failed = `The action failed: ${failure?.error?.message}`)
            .finally(() => this.dispatchEvent(new CustomEvent('hume-changed', { bubbles: true, composed: true })));
    }
}

customElements.define('qwc-hume-emulator', QwcHumeEmulator);
