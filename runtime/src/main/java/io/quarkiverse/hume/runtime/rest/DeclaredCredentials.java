package io.quarkiverse.hume.runtime.rest;

import java.util.Map;
import java.util.Set;

/**
 * Which calls of REST clients set {@code Authorization} or {@code X-Hume-Api-Key} themselves, as the build found out.
 *
 * @param authenticated the names of the client interfaces that the build knows to be authenticated
 * @param clients the names of the interfaces, authenticated or not, of which a call can set such a header
 * @param parameters by the name of the interface and the key of the method, the header that a parameter declares
 * @param writers whether something that writes the bodies of requests sets such a header
 */
public record DeclaredCredentials(Set<String> authenticated, Set<String> clients,
        Map<String, Map<String, String>> parameters, boolean writers) {
}
