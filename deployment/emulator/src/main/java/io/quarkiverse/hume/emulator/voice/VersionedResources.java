package io.quarkiverse.hume.emulator.voice;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Stream;

import io.quarkiverse.hume.emulator.http.Answer;
import io.quarkiverse.hume.emulator.http.JsonInput;
import io.quarkiverse.hume.emulator.http.ReceivedRequest;
import io.quarkiverse.hume.emulator.http.RejectedRequest;
import io.quarkiverse.hume.emulator.http.RouteTable;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;

/**
 * Configurations, prompts or tools: what a client creates is listed, versioned, renamed and gone after a delete.
 *
 * @param fields what they consist of besides what all have: {@code name!} is a string that is required, {@code name{}} an
 *        object, {@code name[]} a list, the others are strings
 * @param initial what every account has at the start
 * @param completion adds to what an account posts what every version has, and what it refers to
 * @param accounts by account and ID, the versions with the oldest first
 */
record VersionedResources(String kind, String fields, InstantSource clock, List<JsonObject> initial,
        BiFunction<String, JsonObject, JsonObject> completion, Map<String, Map<String, List<JsonObject>>> accounts) {

    VersionedResources(String kind, String fields, InstantSource clock, List<JsonObject> initial,
            BiFunction<String, JsonObject, JsonObject> completion) {
        this(kind, fields, clock, initial, completion, new HashMap<>());
    }

    void register(RouteTable<Answer> routes) {
        String all = "/v0/evi/" + kind + "s";
        String one = all + "/{id}";
        String version = one + "/version/{version}";
        routes.add("GET", all, "lists the newest version of each " + kind + ", or all versions",
                locked(request -> page(request, of(request.account()).values().stream())))
                .add("POST", all, "creates a " + kind, locked(this::create))
                .add("GET", one, "lists the newest version of a " + kind + ", or all versions",
                        locked(request -> page(request, Stream.of(versions(request)))))
                .add("POST", one, "adds a version of a " + kind, locked(this::addVersion))
                .add("PATCH", one, "renames a " + kind, locked(this::rename))
                .add("DELETE", one, "deletes a " + kind + " with its versions", locked(this::delete))
                .add("GET", version, "reads a version", locked(request -> Answer.ok(version(request))))
                .add("PATCH", version, "changes the description of a version", locked(request -> Answer.ok(version(request)
                        .put("version_description", JsonInput.voice(request.body()).text("version_description").orElse(null)))))
                .add("DELETE", version, "deletes a version", locked(request -> {
                    versions(request).remove(version(request));
                    return versions(request).isEmpty() ? delete(request) : Answer.EMPTY;
                }));
    }

    /** A copy of that version, or of the newest if it is null. */
    synchronized Optional<JsonObject> find(String account, String id, Integer version) {
        return of(account).getOrDefault(id, List.of()).stream()
                .filter(one -> version == null || one.getInteger("version").equals(version))
                .reduce((earlier, later) -> later).map(JsonObject::copy);
    }

    synchronized void forget() {
        accounts.clear();
    }

    private Function<ReceivedRequest, Answer> locked(Function<ReceivedRequest, Answer> endpoint) {
        return request -> {
            synchronized (this) {
                return endpoint.apply(request);
            }
        };
    }

    private Answer page(ReceivedRequest request, Stream<List<JsonObject>> resources) {
        Optional<String> name = request.parameter("name");
        boolean newest = JsonInput.query(request).flag("restrict_to_most_recent", true);
        return Answer.ok(VoicePlatform.page(request, kind + "s_page", resources
                .flatMap(versions -> versions.stream().skip(newest ? versions.size() - 1 : 0))
                .filter(one -> name.isEmpty() || name.get().equals(one.getString("name"))).toList()));
    }

    private Answer create(ReceivedRequest request) {
        JsonInput input = JsonInput.voice(request.body());
        return add(request, new ArrayList<>(), JsonObject.of("id", UUID.randomUUID().toString(), "version", 0, "name",
                input.required("name"), "created_on", clock.millis()));
    }

    private Answer addVersion(ReceivedRequest request) {
        List<JsonObject> versions = versions(request);
        JsonObject last = versions.get(versions.size() - 1);
        return add(request, versions, JsonObject.of("id", last.getString("id"), "version", last.getInteger("version") + 1,
                "name", last.getString("name"), "created_on", last.getLong("created_on")));
    }

    /** Nothing is added if the body of the request is not valid. */
    private Answer add(ReceivedRequest request, List<JsonObject> versions, JsonObject added) {
        JsonInput input = JsonInput.voice(request.body());
        added.put("modified_on", clock.millis());
        for (String spec : fields.split(" ")) {
            String field = spec.replaceAll("\\W+$", "");
            if (spec.endsWith("!")) {
                input.required(field);
            }
            Optional<?> value = spec.endsWith("{}") ? input.object(field)
                    : spec.endsWith("[]") ? Optional.of(input.list(field)) : input.text(field);
            value.ifPresent(given -> added.put(field, given));
        }
        versions.add(completion.apply(request.account(), added));
        of(request.account()).put(added.getString("id"), versions);
        return Answer.json(201, added);
    }

    private Answer rename(ReceivedRequest request) {
        String name = JsonInput.voice(request.body()).required("name");
        versions(request).forEach(version -> version.put("name", name));
        return Answer.of(200, "text/plain", Buffer.buffer(name));
    }

    private Answer delete(ReceivedRequest request) {
        versions(request);
        of(request.account()).remove(request.id());
        return Answer.EMPTY;
    }

    private JsonObject version(ReceivedRequest request) {
        String number = request.variables().get(1);
        return versions(request).stream().filter(version -> version.getInteger("version").toString().equals(number))
                .findFirst().orElseThrow(() -> notFound("version", number));
    }

    private List<JsonObject> versions(ReceivedRequest request) {
        String id = request.id();
        return Optional.ofNullable(of(request.account()).get(id)).orElseThrow(() -> notFound(kind, id));
    }

    private static RejectedRequest notFound(String kind, String id) {
        return RejectedRequest.voice(404, "not_found", "There is no " + kind + " " + id);
    }

    private Map<String, List<JsonObject>> of(String account) {
        return accounts.computeIfAbsent(account, unknown -> {
            Map<String, List<JsonObject>> first = new LinkedHashMap<>();
            initial.forEach(one -> first.put(one.getString("id"), new ArrayList<>(List.of(one.copy()))));
            return first;
        });
    }
}
