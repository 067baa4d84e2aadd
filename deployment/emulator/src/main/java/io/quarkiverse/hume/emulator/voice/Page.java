package io.quarkiverse.hume.emulator.voice;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;

import io.quarkiverse.hume.emulator.http.JsonInput;
import io.quarkiverse.hume.emulator.http.ReceivedRequest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/** A part of a list, as the voice platform cuts it: pages are counted from 0. */
final class Page {

    private Page() {
    }

    static JsonObject of(ReceivedRequest request, String field, List<JsonObject> all) {
        JsonInput query = JsonInput.query(request);
        long number = query.whole("page_number", 0, Integer.MAX_VALUE).orElse(0L);
        long size = query.whole("page_size", 1, 100).orElse(10L);
        return JsonObject.of("page_number", number, "page_size", size, "total_pages", (all.size() + size - 1) / size, field,
                new JsonArray(all.stream().skip(number * size).limit(size).toList()));
    }

    /** A list that a client can have in both directions. */
    static JsonObject ordered(ReceivedRequest request, String field, Stream<JsonObject> oldestFirst) {
        boolean ascending = JsonInput.query(request).flag("ascending_order", true);
        List<JsonObject> all = new ArrayList<>(oldestFirst.toList());
        if (!ascending) {
            Collections.reverse(all);
        }
        return of(request, field, all).put("pagination_direction", ascending ? "ASC" : "DESC");
    }
}
