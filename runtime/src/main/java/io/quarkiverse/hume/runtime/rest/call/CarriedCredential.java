package io.quarkiverse.hume.runtime.rest.call;

import java.util.List;

import jakarta.ws.rs.core.MultivaluedMap;

import org.jboss.resteasy.reactive.client.impl.RestClientRequestContext;

import io.quarkiverse.hume.runtime.credential.RequestCredential;
import io.quarkiverse.hume.runtime.credential.TrustedHosts;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;

/**
 * The credential that the extension has added to a request, stored with the request: a filter may replace the header later,
 * and a redirect may drop it, so the header alone does not show to which credential a response belongs.
 */
record CarriedCredential(String headerName, String value, TrustedHosts trustedHosts) {

    private static final String BEARER = "Bearer ";
    private static final String KEY = CarriedCredential.class.getName();

    /** @return the credential of the request; {@code null} if the extension has added none */
    static CarriedCredential of(RestClientRequestContext request) {
        return (CarriedCredential) request.getProperties().get(KEY);
    }

    /** Whether the final response, after all redirects, is the response to a request that carried the account's credential. */
    static boolean isAnswered(RestClientRequestContext request) {
        CarriedCredential carried = of(request);
        HttpClientResponse answer = request.getVertxClientResponse();
        return carried != null && answer != null && carried.isOn(answer.request());
    }

    void putOn(RestClientRequestContext request) {
        request.getRequestHeaders().getHeaders().putSingle(headerName, value);
        request.getProperties().put(KEY, this);
    }

    boolean isOn(HttpClientRequest request) {
        return value.equals(request.headers().get(headerName));
    }

    /** Whether the headers contain this credential and no other one. */
    boolean isAloneOn(MultivaluedMap<String, Object> headers) {
        List<Object> values = headers.get(headerName);
        return values != null && values.size() == 1 && value.equals(values.get(0))
                && !headers.containsKey(headerName.equals(RequestCredential.AUTHORIZATION_HEADER)
                        ? RequestCredential.API_KEY_HEADER
                        : RequestCredential.AUTHORIZATION_HEADER);
    }

    /** Whether any header or the address contains the credential, for instance because a filter copied it. */
    boolean isAnywhereOn(RestClientRequestContext request) {
        return request.getRequestHeaders().getHeaders().values().stream().anyMatch(this::isIn)
                || request.getUri().toString().contains(secret());
    }

    /** Removes the credential from every header. */
    void removeFrom(RestClientRequestContext request) {
        request.getRequestHeaders().getHeaders().values().removeIf(this::isIn);
        request.getProperties().remove(KEY);
    }

    private boolean isIn(List<Object> header) {
        return header.stream().anyMatch(part -> part != null && part.toString().contains(secret()));
    }

    private String secret() {
        return value.startsWith(BEARER) ? value.substring(BEARER.length()) : value;
    }

    /** Does not contain the value. */
    @Override
    public String toString() {
        return "CarriedCredential[" + headerName + "]";
    }
}
