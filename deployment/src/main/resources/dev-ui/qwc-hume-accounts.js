import { QwcHotReloadElement, html, css, nothing } from 'qwc-hot-reload-element';
import { JsonRpc } from 'jsonrpc';
import '@vaadin/progress-bar';
import './qwc-hume-account.js';
import './qwc-hume-clients.js';
import './qwc-hume-emulator.js';

const SECOND = 1000;

/** The accounts, the clients that use them, and the emulator. */
export class QwcHumeAccounts extends QwcHotReloadElement {

    // Not logged, because there is a message each second.
    jsonRpc = new JsonRpc(this, false);

    /** For the elements of the page. The object itself responds to every property name, so Lit would take it for a directive. */
    _call = (method, parameters) => this.jsonRpc[method](parameters);

    static styles = css`
        :host {
            display: block;
            padding: 0 var(--lumo-space-l) var(--lumo-space-l);
        }
        .accounts {
            display: grid;
            grid-template-columns: repeat(auto-fit, minmax(min(100%, 30rem), 1fr));
            gap: var(--lumo-space-m);
        }
        h2 {
            margin: var(--lumo-space-l) 0 var(--lumo-space-s);
            font-size: var(--lumo-font-size-xl);
            font-weight: 600;
            color: var(--lumo-header-text-color);
        }
        .error {
            color: var(--lumo-error-text-color);
        }
    `;

    static properties = {
        _state: { state: true },
        _keys: { state: true },
        _clients: { state: true },
        _emulator: { state: true },
        _failure: { state: true },
        _now: { state: true }
    };

    connectedCallback() {
        super.connectedCallback();
        this.addEventListener('hume-changed', this._changed = () => this._load());
        this._load();
        this._timer = setInterval(() => this._tick(), SECOND);
    }

    disconnectedCallback() {
        clearInterval(this._timer);
        this.removeEventListener('hume-changed', this._changed);
        super.disconnectedCallback();
    }

    /** The application was restarted, and may have other accounts, clients or keys. */
    hotReload() {
        this._load();
    }

    /** Keys and clients are not polled: they change rarely, and reading them costs more. */
    _load() {
        this._poll();
        this._ask('keys', keys => this._keys = keys);
        this._ask('clients', clients => this._clients = clients);
    }

    _tick() {
        if (this._state) {
            this._now = Date.now() + this._skew;
        }
        // A restart of the application loses the answer, so it would never arrive.
        if (!document.hidden && Date.now() - (this._pollingSince ?? 0) > 5 * SECOND) {
            this._poll();
        }
    }

    _poll() {
        this._pollingSince = Date.now();
        Promise.allSettled([
            this._ask('state', state => {
                this._skew = state.now - Date.now();
                this._now = state.now;
                this._state = state;
            }),
            this._ask('emulator', emulator => this._emulator = emulator)
        ]).finally(() => this._pollingSince = null);
    }

    _ask(method, use) {
        return this.jsonRpc[method]()
            .then(answer => {
                use(answer.result);
                this._failure = null;
            })
            .catch(failure => this._failure = failure?.error?.message ?? String(failure));
    }

    render() {
        if (!this._state) {
            return this._failure ? html`<p class="error">${this._failure}</p>`
                : html`<vaadin-progress-bar indeterminate></vaadin-progress-bar>`;
        }
        return html`
            ${this._failure ? html`<p class="error">${this._failure}</p>` : nothing}
            <h2>Accounts</h2>
            <div class="accounts">
                ${this._state.accounts.map(account => html`
                    <qwc-hume-account data-account=${account.name} .account=${account} .keys=${this._keys?.[account.name]}
                        .now=${this._now} .call=${this._call}></qwc-hume-account>`)}
            </div>
            <h2>Authenticated clients</h2>
            <qwc-hume-clients .clients=${this._allClients()}
                .strategies=${Object.fromEntries(this._state.accounts.map(account => [account.name, account.strategy]))}>
            </qwc-hume-clients>
            ${this._emulator?.running ? html`
                <h2>Emulator</h2>
                <qwc-hume-emulator .emulator=${this._emulator} .call=${this._call}></qwc-hume-emulator>` : nothing}`;
    }

    /** The clients that the build found, and those that the application has built since it started. */
    _allClients() {
        const known = this._clients ?? [];
        const names = new Set(known.map(client => client.name));
        return [...known, ...this._state.programmaticClients.filter(name => !names.has(name)).map(name => ({ name,
            kind: 'REST', how: 'programmatic', detail: 'register(new HumeRequestFilter(…))' }))];
    }
}

customElements.define('qwc-hume-accounts', QwcHumeAccounts);
