package io.quarkiverse.hume;

/**
 * How a request to Hume is authenticated.
 * <p>
 * Source: Hume, <a href="https://dev.hume.ai/docs/introduction/api-key">Getting your API keys</a>, "Authentication
 * strategies".
 */
public enum HumeStrategy {

    /**
     * In {@link HumeAuthenticated}: the strategy of the account. In the configuration of an account: the token strategy if a
     * secret key is configured, otherwise the API key strategy.
     */
    AUTO,

    /** Every request carries the API key, in the header {@code X-Hume-Api-Key} or in the query of a WebSocket handshake. */
    API_KEY,

    /**
     * Every request carries a short-lived access token, in the header {@code Authorization: Bearer} or in the query of a
     * WebSocket handshake.
     */
    TOKEN
}
