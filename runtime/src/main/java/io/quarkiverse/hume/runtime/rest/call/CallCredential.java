package io.quarkiverse.hume.runtime.rest.call;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import jakarta.ws.rs.core.MultivaluedMap;

import io.quarkiverse.hume.runtime.credential.RequestCredential;

/**
 * The credential that one call sets itself, with parameters or with {@code @ClientHeaderParam}. Belongs to one request. Not
 * thread-safe, because the filters of a request run one after the other.
 */
public final class CallCredential {

    /** The name of the request property that contains it. */
    static final String PROPERTY = CallCredential.class.getName();

    public static final List<String> HEADERS = List.of(RequestCredential.AUTHORIZATION_HEADER,
            RequestCredential.API_KEY_HEADER);

    /** The header that a parameter of the method declares; {@code null} if none does. */
    final String declaredHeader;

    private final Map<String, List<String>> given = new LinkedHashMap<>();

    /** The credential of the client's configuration, for calls that set none; {@code null} if it is not known. */
    private final CallCredential configured;

    CallCredential(String declaredHeader, CallCredential configured) {
        this.declaredHeader = declaredHeader;
        this.configured = configured;
    }

    /**
     * Reads the credential from the headers, unless it was found before: parameters, which are read first, take precedence over
     * annotations. A header without a value is ignored.
     */
    void see(MultivaluedMap<String, ?> headers) {
        if (given.isEmpty()) {
            headers.forEach((name, values) -> {
                String header = canonical(name);
                List<String> notBlank = notBlank(values);
                if (header != null && !notBlank.isEmpty()) {
                    given.put(header, notBlank);
                }
            });
        }
    }

    boolean isGiven() {
        return !given.isEmpty();
    }

    /** Uses the configured credential if the call has set none, unless a parameter declares that it sets one. */
    void useConfigured() {
        if (given.isEmpty() && declaredHeader == null && configured != null) {
            given.putAll(configured.given);
        }
    }

    /**
     * Adds the configured credential to a request that the extension does not authenticate. It replaces headers of the same
     * name, as other configured headers do, unless the call has set a credential.
     */
    void putConfigured(MultivaluedMap<String, Object> headers) {
        if (given.isEmpty() && configured != null) {
            configured.given.forEach((name, values) -> headers.put(name, new ArrayList<>(values)));
        }
    }

    /** Where the credential comes from, for messages. */
    String source() {
        return configured != null && given.equals(configured.given) ? "what the configuration of the client gives"
                : "what the call itself gives";
    }

    /** Whether this credential consists of these values of the header. */
    boolean gives(String header, List<?> values) {
        List<String> own = given.get(header);
        return own != null && own.equals(notBlank(values));
    }

    /** Whether the request carries this credential and no other one. */
    boolean isAloneOn(MultivaluedMap<String, Object> headers) {
        return HEADERS.stream().allMatch(name -> given.containsKey(name) ? gives(name, headers.getOrDefault(name, List.of()))
                : !headers.containsKey(name));
    }

    /** Adds this credential to a request, and removes all other credentials. */
    void put(MultivaluedMap<String, Object> headers) {
        HEADERS.forEach(headers::remove);
        given.forEach((name, values) -> headers.put(name, new ArrayList<>(values)));
    }

    public static boolean isCredential(String header) {
        return canonical(header) != null;
    }

    private static String canonical(String header) {
        return HEADERS.stream().filter(name -> name.equalsIgnoreCase(header)).findFirst().orElse(null);
    }

    /**
     * Returns the values that are not blank. A value can be a list, which the REST client splits only when it sends the
     * request.
     */
    static List<String> notBlank(Collection<?> values) {
        return values.stream().flatMap(CallCredential::single).filter(value -> !isBlank(value)).map(Object::toString).toList();
    }

    private static Stream<?> single(Object value) {
        return value instanceof Collection ? ((Collection<?>) value).stream()
                : value instanceof Object[] ? Stream.of((Object[]) value) : Stream.ofNullable(value);
    }

    /** Whether the value contains no credential, which includes a scheme without a credential. */
    static boolean isBlank(Object value) {
        String text = value == null ? "" : value.toString().strip();
        return text.isEmpty() || text.equalsIgnoreCase("Bearer") || text.equalsIgnoreCase("Basic");
    }
}
