package io.quarkiverse.hume.emulator.voice;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import io.quarkiverse.hume.emulator.http.ReceivedRequest;
import io.quarkiverse.hume.emulator.http.RefusedRequest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/** A part of a list, as the voice platform cuts it: pages are counted from 0. */
final class Page {

    private Page() {
    }

    static JsonObject of(ReceivedRequest request, String field, List<JsonObject> all) {
        int number = whole(request, "page_number", 0, 0, Integer.MAX_VALUE);
        int size = whole(request, "page_size", 10, 1, 100);
        return new JsonObject().put("page_number", number).put("page_size", size)
                .put("total_pages", (all.size() + size - 1) / size)
                .put(field, new JsonArray(all.stream().skip((long) number * size).limit(size).toList()));
    }

    /** A list that a client can have in both directions. */
    static JsonObject ordered(ReceivedRequest request, String field, Stream<JsonObject> oldestFirst) {
        boolean ascending = flag(request, "ascending_order", true);
        List<JsonObject> all = new ArrayList<>(oldestFirst.toList());
        if (!ascending) {
            Collections.reverse(all);
        }
        return of(request, field, all).put("pagination_direction", ascending ? "ASC" : "DESC");
    }

    static boolean flag(ReceivedRequest request, String name, boolean absent) {
        return oneOf(request, name, "true", "false").map(Boolean::valueOf).orElse(absent);
    }

    static Optional<String> oneOf(ReceivedRequest request, String name, String... values) {
        return request.parameter(name).map(value -> {
            if (!List.of(values).contains(value)) {
                throw RefusedRequest.unprocessable("Input should be one of " + List.of(values), "query", name);
            }
            return value;
        });
    }

    private static int whole(ReceivedRequest request, String name, int absent, int least, int most) {
        return request.parameter(name).map(text -> {
            if (text.matches("\\d{1,9}") && Integer.parseInt(text) >= least && Integer.parseInt(text) <= most) {
                return Integer.parseInt(text);
            }
            throw RefusedRequest.unprocessable("Input should be a whole number from " + least + " to " + most, "query", name);
        }).orElse(absent);
    }
}
