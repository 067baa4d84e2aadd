package io.quarkiverse.hume.emulator.platform;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import io.vertx.core.json.JsonObject;

/** The endpoints, which return an {@code A}, by method and path. Not modified after the server has started. */
public final class RouteTable<A> {

    /** Used instead of a method for sockets. */
    public static final String SOCKET = "WebSocket";

    private final List<Route<A>> routes = new ArrayList<>();

    /** @param purpose in a few words, for the documentation */
    public record Route<A>(String method, String template, Pattern path, String purpose, Function<ReceivedRequest, A> answer) {
    }

    /** @param template a path, with variables such as {@code {id}} */
    public RouteTable<A> add(String method, String template, String purpose, Function<ReceivedRequest, A> endpoint) {
        Pattern path = Pattern.compile(template.replaceAll("\\{\\w+}", "([^/]+)"));
        routes.add(new Route<>(method, template, path, purpose, endpoint));
        return this;
    }

    public List<Route<A>> routes() {
        return List.copyOf(routes);
    }

    /** The call of the endpoint, with the request and the variables of its path. */
    public Optional<Supplier<A>> find(String method, ReceivedRequest request) {
        for (Route<A> route : routes) {
            Matcher path = route.path().matcher(request.path());
            if (route.method().equals(method) && path.matches()) {
                List<String> variables = IntStream.rangeClosed(1, path.groupCount()).mapToObj(path::group).toList();
                return Optional.of(() -> route.answer().apply(request.with(variables)));
            }
        }
        return Optional.empty();
    }

    /** The answer if there is no such endpoint: 404, or 405 on the voice platform if only the method is wrong. */
    public Answer rejection(ReceivedRequest request) {
        if (request.cloud()) {
            return Answer.json(404, JsonObject.of("message", "There is no " + request.method() + " at " + request.path()));
        }
        String methods = routes.stream().filter(route -> route.path().matcher(request.path()).matches()).map(Route::method)
                .distinct().sorted().collect(Collectors.joining(", "));
        return methods.isEmpty() ? Answer.json(404, JsonObject.of("error", "There is nothing at " + request.path()))
                : Answer.json(405, JsonObject.of("error", request.method() + " is not allowed, only " + methods))
                        .with("Allow", methods);
    }
}
