package io.quarkus.oidc.client.reactive.filter;

/** Replaces the filter of quarkus-rest-client-oidc-filter. */
public final class OidcClientRequestReactiveFilter {

    private OidcClientRequestReactiveFilter() {
    }
}
