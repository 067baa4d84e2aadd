import { LitElement, html, css, nothing } from 'lit';
import '@vaadin/icon';
import '@qomponent/qui-badge';
import { accountLabel } from './hume-format.js';

const ICONS = { REST: 'right-left', WebSocket: 'bolt', Bean: 'code' };

/** The authenticated clients of the application, and how they were configured. */
export class QwcHumeClients extends LitElement {

    static styles = css`
        :host {
            display: block;
            overflow-x: auto;
            border: 1px solid var(--lumo-contrast-10pct);
            border-radius: var(--lumo-border-radius-l);
        }
        table {
            width: 100%;
            border-collapse: collapse;
            text-align: start;
        }
        th {
            font-size: var(--lumo-font-size-s);
            font-weight: 500;
            text-align: start;
            color: var(--lumo-secondary-text-color);
            background: var(--lumo-contrast-5pct);
        }
        th, td {
            padding: var(--lumo-space-s) var(--lumo-space-m);
            vertical-align: top;
        }
        tr + tr td {
            border-top: 1px solid var(--lumo-contrast-10pct);
        }
        .quiet {
            color: var(--lumo-secondary-text-color);
            font-size: var(--lumo-font-size-s);
        }
        .name {
            overflow-wrap: anywhere;
        }
        code {
            font-size: var(--lumo-font-size-s);
        }
        vaadin-icon {
            width: 0.9em;
            height: 0.9em;
            color: var(--lumo-secondary-text-color);
        }
        .kind {
            white-space: nowrap;
        }
        .nothing {
            padding: var(--lumo-space-m);
        }
    `;

    static properties = {
        clients: { attribute: false },
        /** The strategy of each account, as chosen at start-up. */
        strategies: { attribute: false }
    };

    render() {
        if (!this.clients?.length) {
            return html`<div class="nothing quiet">There are no authenticated clients yet. Put <code>@HumeAuthenticated</code> on a REST client
                or a WebSocket client.</div>`;
        }
        return html`
            <table>
                <thead><tr><th>Client</th><th>Kind</th><th>Account</th><th>Strategy</th><th>How</th></tr></thead>
                <tbody>${this.clients.map(client => this._row(client))}</tbody>
            </table>`;
    }

    _row(client) {
        const [simple, rest] = this._split(client);
        return html`
            <tr>
                <td class="name" title=${client.name}>${simple} <div class="quiet">${rest}</div></td>
                <td class="kind"><vaadin-icon icon="font-awesome-solid:${ICONS[client.kind]}"></vaadin-icon> ${client.kind}</td>
                <td>${client.account ? accountLabel(client.account) : html`<span class="quiet">set in code</span>`}</td>
                <td>${this._strategy(client)}
                    ${client.methods?.map(method => html`<div class="quiet"><code>${method.name}()</code>
                        ${this._method(method, client)}</div>`)}</td>
                <td>${client.how} <div class="quiet"><code>${client.detail}</code></div></td>
            </tr>`;
    }

    _method(method, client) {
        if (method.strategy === 'none') {
            return 'no credential';
        }
        return html`${this._strategy(method)}${method.account === client.account ? nothing : html`,
            ${accountLabel(method.account)}`}`;
    }

    _strategy(one) {
        const strategy = one.strategy === 'auto' ? this.strategies?.[one.account] : one.strategy;
        return strategy ? html`<qui-badge small><span>${strategy}</span></qui-badge>` : nothing;
    }

    /** Below the name, the row shows the package of a class, or the class of an injection point such as com.example.Status#tokens. */
    _split(client) {
        const hash = client.name.indexOf('#');
        const dot = client.name.lastIndexOf('.', hash < 0 ? undefined : hash);
        return dot < 0 ? [client.name, ''] : [client.name.substring(dot + 1), client.name.substring(0, dot)];
    }
}

customElements.define('qwc-hume-clients', QwcHumeClients);
