package io.quarkiverse.hume.emulator.http;

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

/** Which endpoint, answering an {@code A}, serves which method and path. Filled before the server starts, then only read. */
public final class RouteTable<A> {

    private final List<Route<A>> routes = new ArrayList<>();

    /** @param purpose in a few words, for the documentation */
    public record Route<A>(String method, String template, Pattern path, String purpose,
            Function<ReceivedRequest, A> endpoint) {
    }

    /** @param template a path; a segment such as {@code {id}} is open */
    public RouteTable<A> add(String method, String template, String purpose, Function<ReceivedRequest, A> endpoint) {
        Pattern path = Pattern.compile(template.replaceAll("\\{\\w+}", "([^/]+)"));
        routes.add(new Route<>(method, template, path, purpose, endpoint));
        return this;
    }

    public List<Route<A>> routes() {
        return List.copyOf(routes);
    }

    /** The call of the endpoint, which gets the request with the open parts of its path. */
    public Optional<Supplier<A>> find(ReceivedRequest request) {
        for (Route<A> route : routes) {
            Matcher path = route.path().matcher(request.path());
            if (route.method().equals(request.method()) && path.matches()) {
                List<String> open = IntStream.rangeClosed(1, path.groupCount()).mapToObj(path::group).toList();
                return Optional.of(() -> route.endpoint().apply(request.with(open)));
            }
        }
        return Optional.empty();
    }

    /** The answer if no route was found: 405 if only the method is wrong, but 404 in both cases on the cloud platform. */
    public Answer rejection(ReceivedRequest request) {
        if (request.cloud()) {
            return Answer.json(404, JsonObject.of("message", "There is no " + request.method() + " at " + request.path()));
        }
        String methods = routes.stream().filter(route -> route.path().matcher(request.path()).matches()).map(Route::method)
                .distinct().sorted().collect(Collectors.joining(", "));
        return methods.isEmpty() ? Answer.json(404, JsonObject.of("error", "There is nothing at " + request.path()))
                : methodNotAllowed(request, methods);
    }

    public static Answer methodNotAllowed(ReceivedRequest request, String allowed) {
        return Answer.json(405, JsonObject.of("error", request.method() + " is not allowed, only " + allowed))
                .with("Allow", allowed);
    }
}
