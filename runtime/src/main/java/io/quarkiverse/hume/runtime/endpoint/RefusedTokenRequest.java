package io.quarkiverse.hume.runtime.endpoint;

import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;

import org.eclipse.microprofile.rest.client.ext.ResponseExceptionMapper;

/** The token endpoint answered with a status other than success. */
final class RefusedTokenRequest extends RuntimeException {

    private static final long serialVersionUID = 1L;

    final int status;

    /** The header {@code Retry-After} as received; may be {@code null}. */
    final String retryAfter;

    RefusedTokenRequest(int status, String retryAfter) {
        super("status " + status);
        this.status = status;
        this.retryAfter = retryAfter;
    }

    /** Without the body, which nobody needs and which could repeat what was sent. */
    static final class Mapper implements ResponseExceptionMapper<RefusedTokenRequest> {

        @Override
        public boolean handles(int status, MultivaluedMap<String, Object> headers) {
            // 0 means that there was no answer at all: then the cause says more than a status.
            return status != 0 && (status < 200 || status >= 300);
        }

        @Override
        public RefusedTokenRequest toThrowable(Response response) {
            return new RefusedTokenRequest(response.getStatus(), response.getHeaderString("Retry-After"));
        }

        @Override
        public int getPriority() {
            return 1;
        }
    }
}
