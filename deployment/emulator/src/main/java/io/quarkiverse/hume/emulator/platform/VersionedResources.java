package io.quarkiverse.hume.emulator.platform;

import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiFunction;
import java.util.function.Predicate;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;

/**
 * Configurations, prompts or tools, which clients can create, list, rename and delete, with their versions.
 *
 * @param fields the fields besides those that all resources have: {@code name!} is a required string, {@code name{}} an
 *        object, {@code name[]} a list, the others are strings
 * @param initial what every account has at the start
 * @param completion adds to what an account posts what every version has, and what it refers to
 * @param accounts by account, all versions; those of one resource follow each other, the oldest first. A version is replaced,
 *        not changed, so that another thread can write it as JSON
 */
record VersionedResources(String kind, String fields, InstantSource clock, List<JsonObject> initial,
        BiFunction<String, JsonObject, JsonObject> completion, Map<String, List<JsonObject>> accounts) {

    VersionedResources(String kind, String fields, InstantSource clock, List<JsonObject> initial,
            BiFunction<String, JsonObject, JsonObject> completion) {
        this(kind, fields, clock, initial, completion, new ConcurrentHashMap<>());
    }

    void register(RouteTable<Answer> routes) {
        String all = "/v0/evi/" + kind + "s";
        String one = all + "/{id}";
        String version = one + "/version/{version}";
        routes.add("GET", all, "lists the newest version of each " + kind + ", or all versions",
                request -> page(request, of(request.account())))
                .add("POST", all, "creates a " + kind, this::create)
                .add("GET", one, "lists the newest version of a " + kind + ", or all versions",
                        request -> page(request, versions(request)))
                .add("POST", one, "adds a version of a " + kind, this::addVersion)
                .add("PATCH", one, "renames a " + kind, this::rename)
                .add("DELETE", one, "deletes a " + kind + " with its versions", request -> delete(request, versions(request)))
                .add("GET", version, "reads a version", request -> Answer.ok(version(request)))
                .add("PATCH", version, "changes the description of a version", this::describe)
                .add("DELETE", version, "deletes a version", request -> delete(request, List.of(version(request))));
    }

    /** A copy of that version, or of the newest if it is null. */
    Optional<JsonObject> find(String account, String id, Integer version) {
        return of(account).stream().filter(one -> one.getString("id").equals(id))
                .filter(one -> version == null || one.getInteger("version").equals(version))
                .reduce((earlier, later) -> later).map(JsonObject::copy);
    }

    private Answer page(ReceivedRequest request, List<JsonObject> versions) {
        Optional<String> name = request.parameter("name");
        Map<String, JsonObject> newest = new LinkedHashMap<>();
        versions.forEach(version -> newest.put(version.getString("id"), version));
        boolean all = !JsonInput.query(request).flag("restrict_to_most_recent", true);
        return Answer.ok(VoicePlatform.page(request, kind + "s_page", (all ? versions : newest.values()).stream()
                .filter(one -> name.isEmpty() || name.get().equals(one.getString("name"))).toList()));
    }

    private synchronized Answer create(ReceivedRequest request) {
        JsonInput input = JsonInput.voice(request.body());
        return add(request, of(request.account()).size(), JsonObject.of("id", UUID.randomUUID().toString(), "version", 0,
                "name", input.required("name"), "created_on", clock.millis()));
    }

    private synchronized Answer addVersion(ReceivedRequest request) {
        List<JsonObject> versions = versions(request);
        JsonObject last = versions.get(versions.size() - 1);
        return add(request, of(request.account()).indexOf(last) + 1, JsonObject.of("id", last.getString("id"), "version",
                last.getInteger("version") + 1, "name", last.getString("name"), "created_on", last.getLong("created_on")));
    }

    /** Nothing is added if the body of the request is not valid. */
    private Answer add(ReceivedRequest request, int position, JsonObject added) {
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
        of(request.account()).add(position, completion.apply(request.account(), added));
        return Answer.json(201, added);
    }

    private Answer rename(ReceivedRequest request) {
        String name = JsonInput.voice(request.body()).required("name");
        change(request, versions(request)::contains, "name", name);
        return Answer.of(200, "text/plain", Buffer.buffer(name));
    }

    private Answer describe(ReceivedRequest request) {
        String description = JsonInput.voice(request.body()).text("version_description").orElse(null);
        change(request, version(request)::equals, "version_description", description);
        return Answer.ok(version(request));
    }

    private void change(ReceivedRequest request, Predicate<JsonObject> changed, String field, String value) {
        of(request.account()).replaceAll(one -> changed.test(one) ? one.copy().put(field, value) : one);
    }

    private Answer delete(ReceivedRequest request, List<JsonObject> versions) {
        of(request.account()).removeAll(versions);
        return Answer.EMPTY;
    }

    private JsonObject version(ReceivedRequest request) {
        String number = request.variables().get(1);
        return versions(request).stream().filter(version -> version.getInteger("version").toString().equals(number))
                .findFirst().orElseThrow(() -> RejectedRequest.notFound("version", number));
    }

    private List<JsonObject> versions(ReceivedRequest request) {
        List<JsonObject> all = of(request.account()).stream().filter(one -> one.getString("id").equals(request.id())).toList();
        if (all.isEmpty()) {
            throw RejectedRequest.notFound(kind, request.id());
        }
        return all;
    }

    private List<JsonObject> of(String account) {
        return accounts.computeIfAbsent(account, unknown -> new CopyOnWriteArrayList<>(initial));
    }
}
