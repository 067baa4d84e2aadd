package io.quarkus.oidc.client.reactive.filter.runtime;

import jakarta.ws.rs.client.ClientRequestFilter;

/** In place of the one of the OIDC client extension, which is no dependency of this one. */
public abstract class AbstractOidcClientRequestReactiveFilter implements ClientRequestFilter {
}
