import { LitElement, html, css, nothing } from 'lit';
import '@vaadin/button';
import '@vaadin/icon';
import '@qomponent/qui-badge';
import { accountLabel, duration, time, withinHalfAMinute } from './hume-format.js';

/** One account: its credential, the lifetime of its token, and two actions. */
export class QwcHumeAccount extends LitElement {

    static styles = css`
        :host {
            display: flex;
            flex-direction: column;
            border: 1px solid var(--lumo-contrast-10pct);
            border-radius: var(--lumo-border-radius-l);
            overflow: hidden;
        }
        header {
            display: flex;
            align-items: center;
            gap: var(--lumo-space-s);
            padding: var(--lumo-space-s) var(--lumo-space-m);
            background: var(--lumo-contrast-5pct);
            border-bottom: 1px solid var(--lumo-contrast-10pct);
        }
        h3 {
            flex: 1;
            margin: 0;
            font-size: var(--lumo-font-size-l);
            font-weight: 600;
            color: var(--lumo-header-text-color);
        }
        .facts {
            display: grid;
            grid-template-columns: max-content 1fr;
            gap: var(--lumo-space-xs) var(--lumo-space-m);
            margin: 0;
            padding: var(--lumo-space-m);
        }
        dt, .quiet {
            color: var(--lumo-secondary-text-color);
        }
        dd {
            margin: 0;
            overflow-wrap: anywhere;
        }
        code {
            font-family: monospace;
            font-size: var(--lumo-font-size-s);
        }
        .token {
            padding: 0 var(--lumo-space-m) var(--lumo-space-m);
        }
        .bar {
            position: relative;
            height: 8px;
            margin: var(--lumo-space-xs) 0;
            border-radius: 4px;
            background: var(--lumo-contrast-10pct);
        }
        .elapsed {
            height: 100%;
            min-width: 4px;
            border-radius: 4px;
            background: var(--lumo-primary-color);
            transition: width 1s linear;
        }
        .elapsed.stale {
            background: var(--lumo-warning-color, #e08e00);
        }
        .renewal {
            position: absolute;
            top: -3px;
            width: 2px;
            height: 14px;
            background: var(--lumo-contrast-60pct);
        }
        .times {
            display: grid;
            grid-template-columns: 1fr auto 1fr;
            gap: var(--lumo-space-m);
            font-size: var(--lumo-font-size-s);
            font-variant-numeric: tabular-nums;
        }
        .times > :nth-child(2) {
            text-align: center;
        }
        .times > :last-child {
            text-align: end;
        }
        .times b {
            display: block;
            font-weight: 600;
            font-size: var(--lumo-font-size-m);
            color: var(--lumo-header-text-color);
        }
        .error {
            color: var(--lumo-error-text-color);
        }
        .success {
            color: var(--lumo-success-text-color);
        }
        footer {
            margin-top: auto;
            padding: var(--lumo-space-s) var(--lumo-space-m);
            border-top: 1px solid var(--lumo-contrast-10pct);
        }
        vaadin-button vaadin-icon {
            width: 1em;
            height: 1em;
            padding: 0;
            margin-inline-end: 0.25em;
        }
        .outcome {
            display: flex;
            gap: var(--lumo-space-s);
            align-items: baseline;
            padding: var(--lumo-space-xs) 0;
            font-size: var(--lumo-font-size-s);
            overflow-wrap: anywhere;
        }
        .outcome vaadin-icon {
            flex: none;
            width: 1em;
            height: 1em;
            align-self: center;
        }
    `;

    static properties = {
        account: { attribute: false },
        keys: { attribute: false },
        /** By the clock of the application. */
        now: { type: Number },
        /** Calls the application: a method and its parameters. */
        call: { attribute: false },
        _outcome: { state: true },
        _busy: { state: true }
    };

    render() {
        return html`
            <header>
                <h3>${accountLabel(this.account.name)}</h3>
                ${this._health()}
                <qui-badge small><span>${this.account.strategy}</span></qui-badge>
            </header>
            <dl class="facts">
                <dt>Strategy</dt>
                <dd>${this.account.strategy} <span class="quiet">(${this.account.reason})</span></dd>
                <dt>Base URL</dt>
                <dd><code>${this.account.baseUrl}</code></dd>
                ${this._key('API key', this.keys?.apiKey)}
                ${this._key('Secret key', this.keys?.secretKey)}
                ${this.account.apiKeyExpiresAt ? html`<dt>API key expires</dt>
                    <dd id="key-expiry">${new Date(this.account.apiKeyExpiresAt).toLocaleString()}</dd>` : nothing}
                ${this.account.token ? this._requests(this.account.token) : nothing}
            </dl>
            ${this.account.token ? this._token(this.account.token) : nothing}
            <footer>
                ${this.account.token ? html`
                    <vaadin-button theme="small" id="refresh" ?disabled=${this._busy}
                            @click=${() => this._run('Refresh', 'refresh')}>
                        <vaadin-icon icon="font-awesome-solid:rotate" slot="prefix"></vaadin-icon>Refresh the token
                    </vaadin-button>` : nothing}
                <vaadin-button theme="small" id="test" ?disabled=${this._busy} @click=${() => this._run('Test', 'test')}>
                    <vaadin-icon icon="font-awesome-solid:plug-circle-check" slot="prefix"></vaadin-icon>Test the connection
                </vaadin-button>
                <div aria-live="polite">${this._renderOutcome()}</div>
            </footer>`;
    }

    _health() {
        const token = this.account.token;
        if (!token) {
            return nothing;
        }
        if (token.failures > 0 || token.retryAt) {
            return token.valid ? html`<qui-badge small level="warning"><span>renewal failing</span></qui-badge>`
                : html`<qui-badge small level="error"><span>no token</span></qui-badge>`;
        }
        if (token.valid) {
            return html`<qui-badge small level="success"><span>valid token</span></qui-badge>`;
        }
        return html`<qui-badge small level="contrast"><span>no token yet</span></qui-badge>`;
    }

    _key(label, key) {
        if (!key) {
            const why = label === 'API key' ? this.keys?.problem : null;
            return html`<dt>${label}</dt><dd class=${why ? 'error' : 'quiet'}>${why ?? (this.keys ? 'none' : '…')}</dd>`;
        }
        return html`<dt>${label}</dt><dd><code>${key.masked}</code> <span class="quiet">from ${key.source}</span></dd>`;
    }

    _requests(token) {
        return html`
            <dt>Token request</dt>
            <dd id="flight">${token.refreshing ? 'under way' : html`<span class="quiet">none under way</span>`}</dd>
            <dt>Failures in a row</dt>
            <dd id="failures">${token.failures === 0 ? html`<span class="quiet">none</span>`
                : html`<span class="error">${token.failures}</span>`}
                ${token.retryAt ? html`<span class="quiet">next attempt in <span id="retry">${duration(token.retryAt - this.now)}</span></span>`
                    : nothing}</dd>
            ${token.lastFailure ? html`<dt>Last error</dt><dd class="error" id="last-error">${token.lastFailure}</dd>` : nothing}`;
    }

    _token(token) {
        if (token.expiresAt == null) {
            return html`<div class="token quiet">There is no access token. The next call requests one.</div>`;
        }
        const lifetime = token.expiresAt - token.receivedAt;
        const share = at => Math.min(100, Math.max(0, (at - token.receivedAt) / lifetime * 100));
        const stale = this.now >= token.refreshAt;
        return html`
            <div class="token">
                <div class="bar" role="img" aria-label="Elapsed lifetime of the token">
                    <div class="elapsed ${stale ? 'stale' : ''}" style="width: ${share(this.now)}%"></div>
                    <div class="renewal" style="left: ${share(token.refreshAt)}%" title="Renewal"></div>
                </div>
                <div class="times">
                    <span title=${time(token.receivedAt)}><b id="age">${duration(this.now - token.receivedAt)}</b>
                        <span class="quiet">old</span></span>
                    <span title=${time(token.refreshAt)}><b id="renewal">${stale ? 'due' : duration(token.refreshAt - this.now)}</b>
                        <span class="quiet">until renewal, ${time(token.refreshAt)}</span></span>
                    <span title=${time(token.expiresAt)}><b id="expiry">${token.valid ? duration(token.expiresAt - this.now) : 'over'}</b>
                        <span class="quiet">until expiry, ${time(token.expiresAt)}</span></span>
                </div>
            </div>`;
    }

    _renderOutcome() {
        const outcome = this._outcome;
        if (!outcome) {
            return nothing;
        }
        return html`
            <div class="outcome" id="outcome">
                <vaadin-icon class=${outcome.success ? 'success' : 'error'}
                    icon="font-awesome-solid:${outcome.success ? 'circle-check' : 'circle-exclamation'}"></vaadin-icon>
                <span>
                    ${outcome.status != null ? html`<b class=${outcome.success ? 'success' : 'error'}>${outcome.status}</b>` : nothing}
                    ${outcome.message}
                    ${outcome.retryAt && outcome.retryAt > this.now
                        ? html`<span class="quiet">· next attempt at ${time(outcome.retryAt)}</span>` : nothing}
                    <span class="quiet">· ${outcome.millis} ms · ${time(outcome.at)}</span>
                </span>
            </div>`;
    }

    _run(what, method) {
        this._busy = true;
        withinHalfAMinute(this.call(method, { account: this.account.name }))
            .then(answer => this._outcome = { ...answer.result, at: this.now })
            .catch(failure => this._outcome = { success: false, message: `${what} failed: ${failure?.error?.message}`,
                millis: 0, at: this.now })
            .finally(() => {
                this._busy = false;
                this.dispatchEvent(new CustomEvent('hume-changed', { bubbles: true, composed: true }));
            });
    }
}

customElements.define('qwc-hume-account', QwcHumeAccount);
