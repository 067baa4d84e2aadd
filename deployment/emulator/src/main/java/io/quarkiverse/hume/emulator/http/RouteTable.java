package io.quarkiverse.hume.emulator.http;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

import io.vertx.core.json.JsonObject;

/** Which endpoint serves which method and path. Filled before the server starts, then only read. */
public final class RouteTable<E> {

    private final List<Route<E>> routes = new ArrayList<>();

    /** @param purpose in a few words, for the documentation */
    public record Route<E>(String method, String template, String purpose, E endpoint) {

        private Optional<Map<String, String>> match(String path) {
            String[] segments = path.split("/", -1);
            String[] pattern = template.split("/", -1);
            if (segments.length != pattern.length) {
                return Optional.empty();
            }
            Map<String, String> variables = new HashMap<>();
            for (int i = 0; i < segments.length; i++) {
                if (pattern[i].startsWith("{") && !segments[i].isEmpty()) {
                    variables.put(pattern[i].substring(1, pattern[i].length() - 1), segments[i]);
                } else if (!pattern[i].equals(segments[i])) {
                    return Optional.empty();
                }
            }
            return Optional.of(variables);
        }
    }

    /** @param request with the parts of its path that the template leaves open */
    public record Match<E>(E endpoint, ReceivedRequest request) {
    }

    /** @param template a path; a segment such as {@code {id}} is open */
    public RouteTable<E> add(String method, String template, String purpose, E endpoint) {
        routes.add(new Route<>(method, template, purpose, endpoint));
        return this;
    }

    public List<Route<E>> routes() {
        return List.copyOf(routes);
    }

    public Optional<Match<E>> find(ReceivedRequest request) {
        return routes.stream().filter(route -> route.method().equals(request.method()))
                .flatMap(route -> route.match(request.path()).stream()
                        .map(variables -> new Match<>(route.endpoint(), request.with(variables))))
                .findFirst();
    }

    /**
     * The answer if nothing was found. Known path, wrong method: 405, except on the cloud platform, which says 404 then too.
     */
    public Answer refusal(ReceivedRequest request) {
        if (Platform.of(request.path()) == Platform.CLOUD) {
            return Answer.json(404,
                    new JsonObject().put("message", "There is no " + request.method() + " at " + request.path()));
        }
        Set<String> methods = new TreeSet<>();
        routes.stream().filter(route -> route.match(request.path()).isPresent()).forEach(route -> methods.add(route.method()));
        return methods.isEmpty() ? error(404, "There is nothing at " + request.path())
                : methodNotAllowed(request, String.join(", ", methods));
    }

    public static Answer methodNotAllowed(ReceivedRequest request, String allowed) {
        return error(405, request.method() + " is not allowed, only " + allowed).with("Allow", allowed);
    }

    private static Answer error(int status, String message) {
        return Answer.json(status, new JsonObject().put("error", message));
    }
}
