package io.quarkiverse.hume.runtime.rest;

import java.util.Map;
import java.util.Set;

/**
 * The calls of REST clients that set {@code Authorization} or {@code X-Hume-Api-Key} themselves, as determined by the build.
 *
 * @param authenticated the names of the client interfaces that the build knows to be authenticated
 * @param clients the names of the interfaces with a call that can set such a header, whether or not they are authenticated
 * @param parameters the header that a parameter declares, by the name of the interface and the key of the method
 * @param writers whether a provider that writes the bodies of requests sets such a header
 */
public record DeclaredCredentials(Set<String> authenticated, Set<String> clients,
        Map<String, Map<String, String>> parameters, boolean writers) {
}
