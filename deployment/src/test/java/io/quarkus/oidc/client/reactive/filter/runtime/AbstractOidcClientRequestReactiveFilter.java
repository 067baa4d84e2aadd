package io.quarkus.oidc.client.reactive.filter.runtime;

import jakarta.ws.rs.client.ClientRequestFilter;

/** Replaces the class of the OIDC client extension, on which this module does not depend. */
public abstract class AbstractOidcClientRequestReactiveFilter implements ClientRequestFilter {
}
