package io.quarkiverse.hume.emulator;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Function;

import io.vertx.core.json.JsonObject;

/** Which code answers which method and path. Filled before the server starts, then only read. */
final class RouteTable {

    private final List<Route> routes = new ArrayList<>();

    private record Route(String method, String[] template, Function<ReceivedRequest, Answer> endpoint) {

        Optional<Map<String, String>> match(String[] path) {
            if (path.length != template.length) {
                return Optional.empty();
            }
            Map<String, String> variables = new HashMap<>();
            for (int i = 0; i < path.length; i++) {
                if (template[i].startsWith("{") && !path[i].isEmpty()) {
                    variables.put(template[i].substring(1, template[i].length() - 1), path[i]);
                } else if (!template[i].equals(path[i])) {
                    return Optional.empty();
                }
            }
            return Optional.of(variables);
        }
    }

    /** @param template a path; a segment such as {@code {id}} is open */
    RouteTable add(String method, String template, Function<ReceivedRequest, Answer> endpoint) {
        routes.add(new Route(method, template.split("/", -1), endpoint));
        return this;
    }

    /** Unknown path: 404. Known path, wrong method: 405 with the methods there are, or 404 too on the cloud platform. */
    Answer answer(ReceivedRequest request) {
        String[] path = request.path().split("/", -1);
        TreeSet<String> allowed = new TreeSet<>();
        for (Route route : routes) {
            Optional<Map<String, String>> variables = route.match(path);
            if (variables.isPresent() && route.method().equals(request.method())) {
                return route.endpoint().apply(request.with(variables.get()));
            }
            variables.ifPresent(ignored -> allowed.add(route.method()));
        }
        if (Platform.of(request.path()) == Platform.CLOUD) {
            return Answer.json(404, new JsonObject().put("message",
                    "There is no " + request.method() + " at " + request.path()));
        }
        return allowed.isEmpty() ? error(404, "There is nothing at " + request.path())
                : methodNotAllowed(request, String.join(", ", allowed));
    }

    static Answer methodNotAllowed(ReceivedRequest request, String allowed) {
        return error(405, request.method() + " is not allowed, only " + allowed).with("Allow", allowed);
    }

    private static Answer error(int status, String message) {
        return Answer.json(status, new JsonObject().put("error", message));
    }
}
