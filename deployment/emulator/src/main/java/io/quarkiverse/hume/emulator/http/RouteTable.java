package io.quarkiverse.hume.emulator.http;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;

import io.vertx.core.json.JsonObject;

/**
 * Which endpoint serves which method and path. Filled before the server starts, then only read.
 *
 * @param <A> what the endpoints answer
 */
public final class RouteTable<A> {

    private final List<Route<A>> routes = new ArrayList<>();

    /** @param purpose in a few words, for the documentation */
    public record Route<A>(String method, String template, String purpose, Function<ReceivedRequest, A> endpoint) {

        private Optional<Map<String, String>> match(String path) {
            String[] segments = path.split("/", -1);
            String[] pattern = template.split("/", -1);
            Map<String, String> variables = new HashMap<>();
            boolean matches = segments.length == pattern.length;
            for (int i = 0; matches && i < segments.length; i++) {
                if (pattern[i].startsWith("{") && !segments[i].isEmpty()) {
                    variables.put(pattern[i].substring(1, pattern[i].length() - 1), segments[i]);
                } else {
                    matches = pattern[i].equals(segments[i]);
                }
            }
            return matches ? Optional.of(variables) : Optional.empty();
        }
    }

    /** @param template a path; a segment such as {@code {id}} is open */
    public RouteTable<A> add(String method, String template, String purpose, Function<ReceivedRequest, A> endpoint) {
        routes.add(new Route<>(method, template, purpose, endpoint));
        return this;
    }

    public List<Route<A>> routes() {
        return List.copyOf(routes);
    }

    /** The call of the endpoint, which gets the request with the open parts of its path. */
    public Optional<Supplier<A>> find(ReceivedRequest request) {
        return routes.stream().filter(route -> route.method().equals(request.method()))
                .flatMap(route -> route.match(request.path()).stream()
                        .map(variables -> (Supplier<A>) () -> route.endpoint().apply(request.with(variables))))
                .findFirst();
    }

    /** The answer if no route was found: 405 if only the method is wrong, but 404 in both cases on the cloud platform. */
    public Answer refusal(ReceivedRequest request) {
        if (request.cloud()) {
            return Answer.json(404,
                    JsonObject.of("message", "There is no " + request.method() + " at " + request.path()));
        }
        String methods = routes.stream().filter(route -> route.match(request.path()).isPresent()).map(Route::method)
                .distinct().sorted().collect(Collectors.joining(", "));
        return methods.isEmpty() ? Answer.json(404, JsonObject.of("error", "There is nothing at " + request.path()))
                : methodNotAllowed(request, methods);
    }

    public static Answer methodNotAllowed(ReceivedRequest request, String allowed) {
        return Answer.json(405, JsonObject.of("error", request.method() + " is not allowed, only " + allowed))
                .with("Allow", allowed);
    }
}
